//! Tables that are written in HTML inside Markdown.
//!
//! What enters: the pieces of a stretch of HTML. What leaves: the same, in which each table of data has become rows and
//! cells. A table that another one stands in, one with words between its cells and one that the stretch does not end stay
//! as they are, and their rows become lines.

use super::html::{GridTag, Piece};

/// The most columns that a table is set with.
const MOST_COLUMNS: usize = 64;

/// A part of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Table { columns: usize },
    Head,
    Row,
    Cell,
}

/// A step through a stretch of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A piece that is no part of a table of data.
    Piece(Piece),
    /// A part of a table begins.
    Start(Part),
    /// The innermost part ends.
    End,
}

/// A cell and how far it reaches.
struct Cell {
    pieces: Vec<Piece>,
    is_head: bool,
    columns: usize,
    rows: usize,
}

/// Makes rows and cells of the tables of data among some pieces.
pub(super) fn fitted(pieces: Vec<Piece>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(pieces.len());
    let mut rest = pieces.into_iter();
    while let Some(piece) = rest.next() {
        if piece != Piece::Grid(GridTag::Table) {
            steps.push(Step::Piece(piece));
            continue;
        }
        let end = rest.as_slice().iter().position(|piece| *piece == Piece::Grid(GridTag::EndTable));
        match end.and_then(|end| read(&rest.as_slice()[..end]).map(|table| (end, table))) {
            Some((end, (before, rows))) => {
                steps.extend(before.iter().cloned().map(Step::Piece));
                rest.by_ref().take(end + 1).for_each(drop);
                lay(rows, &mut steps);
            }
            None => steps.push(Step::Piece(piece)),
        }
    }
    steps
}

/// Reads the inside of a table: what stands before its first row, and its rows; nothing, where it is no table of data.
fn read(inside: &[Piece]) -> Option<(&[Piece], Vec<Vec<Cell>>)> {
    let first = inside.iter().position(|piece| matches!(piece, Piece::Grid(_)))?;
    let (before, inside) = inside.split_at(first);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut is_in_cell = false;
    for piece in inside {
        match piece {
            Piece::Grid(GridTag::Table | GridTag::EndTable) => return None,
            Piece::Grid(GridTag::Row) => {
                rows.push(Vec::new());
                is_in_cell = false;
            }
            Piece::Grid(GridTag::Cell { is_head, columns, rows: down }) => {
                let row = rows.last_mut()?;
                row.push(Cell { pieces: Vec::new(), is_head: *is_head, columns: *columns, rows: *down });
                is_in_cell = true;
            }
            Piece::Grid(GridTag::EndRow | GridTag::EndCell) => is_in_cell = false,
            piece if is_in_cell => rows.last_mut()?.last_mut()?.pieces.push(piece.clone()),
            piece if is_blank(piece) => {}
            _ => return None,
        }
    }
    rows.retain(|row| !row.is_empty());
    let widest = rows.iter().map(|row| row.iter().map(|cell| cell.columns).sum::<usize>()).max()?;
    ((2..=MOST_COLUMNS).contains(&widest)).then_some((before, rows))
}

/// Lays out rows; a cell that reaches over several columns or rows is followed by empty ones.
fn lay(rows: Vec<Vec<Cell>>, steps: &mut Vec<Step>) {
    let start = steps.len();
    let mut columns = 0;
    // For each column, how many more rows a cell above reaches down.
    let mut reaching: Vec<usize> = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        let is_head = index == 0 && row.iter().all(|cell| cell.is_head);
        steps.push(Step::Start(if is_head { Part::Head } else { Part::Row }));
        let mut column = 0;
        let mut cells = row.into_iter();
        loop {
            if let Some(down) = reaching.get_mut(column).filter(|down| **down > 0) {
                *down -= 1;
                steps.extend([Step::Start(Part::Cell), Step::End]);
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            steps.push(Step::Start(Part::Cell));
            steps.extend(cell.pieces.into_iter().map(Step::Piece));
            steps.push(Step::End);
            reaching.resize(reaching.len().max(column + cell.columns), 0);
            reaching[column..column + cell.columns].fill(cell.rows - 1);
            for _ in 1..cell.columns {
                steps.extend([Step::Start(Part::Cell), Step::End]);
            }
            column += cell.columns;
        }
        steps.push(Step::End);
        columns = columns.max(column);
    }
    steps.insert(start, Step::Start(Part::Table { columns }));
    steps.push(Step::End);
}

/// Whether a piece shows nothing.
fn is_blank(piece: &Piece) -> bool {
    match piece {
        Piece::Text(leaf) => leaf.text.trim().is_empty(),
        Piece::LineEnd | Piece::Block => true,
        _ => false,
    }
}
