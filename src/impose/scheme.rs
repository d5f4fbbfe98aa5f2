//! Which pages stand together on a side of a sheet.

/// How pages are put on sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Sheets laid into one another, folded in the middle and stapled there.
    Booklet,
    /// One page after another, two on a side.
    TwoUp,
}

/// The edge at which a book is bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Binding {
    /// For writing that runs from left to right.
    #[default]
    Left,
    /// For writing that runs from right to left.
    Right,
}

/// One side of a sheet: the pages on it, counted from 0; none where it is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// The page on the left half.
    pub left: Option<usize>,
    /// The page on the right half.
    pub right: Option<usize>,
}

impl Scheme {
    /// How many pages a sheet takes on both its sides.
    const PER_SHEET: usize = 4;

    /// Gives the sides in the order of printing: the front of the first sheet, its back, the front of the second …
    ///
    /// Backs are printed with the sheet turned over its short edge, so that the heads of both sides are at one edge.
    pub fn sides(self, pages: usize, binding: Binding) -> Vec<Side> {
        let padded = pages.div_ceil(Self::PER_SHEET) * Self::PER_SHEET;
        let page = |index: usize| (index < pages).then_some(index);
        let pairs: Vec<(usize, usize)> = match self {
            Self::Booklet => (0..padded / 2)
                .map(|side| if side % 2 == 0 { (padded - 1 - side, side) } else { (side, padded - 1 - side) })
                .collect(),
            Self::TwoUp => (0..pages.div_ceil(2)).map(|side| (2 * side, 2 * side + 1)).collect(),
        };
        let sides = pairs.into_iter().map(|(left, right)| Side { left: page(left), right: page(right) });
        match binding {
            Binding::Left => sides.collect(),
            Binding::Right => sides.map(|side| Side { left: side.right, right: side.left }).collect(),
        }
    }

    /// How many pages are left blank.
    pub fn blanks(self, pages: usize) -> usize {
        let of = match self {
            Self::Booklet => Self::PER_SHEET,
            Self::TwoUp => 2,
        };
        pages.next_multiple_of(of) - pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Folds the sheets of a booklet and leafs through it.
    fn leafed(sides: &[Side]) -> Vec<Option<usize>> {
        let (fronts, backs): (Vec<_>, Vec<_>) = sides.chunks(2).map(|sheet| (sheet[0], sheet[1])).unzip();
        let to_the_middle = fronts.iter().zip(&backs).flat_map(|(front, back)| [front.right, back.left]);
        let from_the_middle = fronts.iter().zip(&backs).rev().flat_map(|(front, back)| [back.right, front.left]);
        to_the_middle.chain(from_the_middle).collect()
    }

    #[test]
    fn a_folded_booklet_has_its_pages_in_order() {
        for pages in 1..=40 {
            let leaves = leafed(&Scheme::Booklet.sides(pages, Binding::Left));
            assert_eq!(leaves.len() % 4, 0);
            let expected: Vec<Option<usize>> = (0..leaves.len()).map(|page| (page < pages).then_some(page)).collect();
            assert_eq!(leaves, expected);
            assert_eq!(leaves.iter().filter(|page| page.is_none()).count(), Scheme::Booklet.blanks(pages));
        }
    }

    #[test]
    fn a_book_bound_at_the_right_is_its_mirror_image() {
        let left = Scheme::Booklet.sides(7, Binding::Left);
        let right = Scheme::Booklet.sides(7, Binding::Right);
        assert!(left.iter().zip(&right).all(|(one, other)| (one.left, one.right) == (other.right, other.left)));
    }

    #[test]
    fn two_on_a_side_follow_one_another() {
        let sides = Scheme::TwoUp.sides(3, Binding::Left);
        assert_eq!(sides, [Side { left: Some(0), right: Some(1) }, Side { left: Some(2), right: None }]);
        assert_eq!(Scheme::TwoUp.blanks(3), 1);
    }
}
