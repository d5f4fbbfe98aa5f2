//! `dossier build --volumes`: an edition as several books.
//!
//! What enters: a manuscript and how it is to be parted. What leaves: a PDF with its manifest for each volume, all written
//! together. Volumes are set one after another, or as many side by side as was asked; the last one waits for all others,
//! since it lists where everything stands. Of a volume that is set its bytes and its page numbers are kept, no pages.

use super::args::Build;
use super::build::{audited, draw, published, sheets, summed_up};
use super::console::{Console, Failure, counted};
use super::impose;
use super::keep::{self, Kept};
use super::pipeline::{Manuscript, Workshop, emit};
use super::publish::{Step, has_place};
use super::standards;
use super::values::Parting;
use crate::audit::Audit;
use crate::collection::Document;
use crate::diagnostic::Diagnostic;
use crate::edition::Edition;
use crate::edition::glossary::Pages;
use crate::edition::volume::{self, Volume, numeral};
use crate::press::{self, STACK, Shop};
use std::io;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// How many pages a volume has that is handy: what a copy shop binds, and a reader lifts.
const HANDY: f64 = 500.0;

/// The most pages of one book that is not parted unless so many volumes are asked for.
const ONE_BOOK: f64 = 800.0;

/// How many documents are set to learn how much a page takes.
const SAMPLE: usize = 64;

/// How many characters the head of a document and the blank foot of its last page stand for.
const HEAD: usize = 1200;

/// How many characters a document stands for in the contents of all volumes and in the glossary.
const LISTED: usize = 80;

/// Parts an edition; one range holds all of it where it needs no parting.
pub fn parted(
    parting: Parting,
    manuscript: &Manuscript,
    workshop: &mut Workshop,
    console: &mut Console,
) -> Result<Vec<Range<usize>>, Failure> {
    let documents = &manuscript.edition.annotated.collection.documents;
    let lengths: Vec<f64> = documents.iter().map(length).collect();
    let listed = (documents.len() * LISTED) as f64;
    let mut volumes_of = |most: f64, one_book: f64| {
        console.stage("measuring volumes");
        let per_page = per_page(manuscript, &lengths, workshop.shop())?;
        let pages = (lengths.iter().sum::<f64>() + listed) / per_page;
        Ok::<_, Failure>(if pages <= one_book { 1 } else { (pages / most).ceil() as usize })
    };
    let count = match parting {
        Parting::Volumes(count) => count,
        Parting::Pages(most) => volumes_of(most as f64, most as f64)?,
        Parting::Handy => volumes_of(HANDY, ONE_BOOK)?,
    };
    Ok(volume::even(&lengths, listed, count))
}

/// How long a document is, in characters.
fn length(document: &Document) -> f64 {
    let runs = document.passages.runs.iter();
    (HEAD + runs.map(|run| run.text.chars().count()).sum::<usize>()) as f64
}

/// Learns from documents here and there how many characters a page takes.
fn per_page(manuscript: &Manuscript, lengths: &[f64], shop: &mut Shop) -> Result<f64, Failure> {
    let step = lengths.len().div_ceil(SAMPLE).max(1);
    let sample: Vec<usize> = (0..lengths.len()).step_by(step).collect();
    let volume = Volume { number: 1, documents: 0..sample.len(), is_last: false };
    let edition = Edition { volume: Some(volume), ..manuscript.edition.part(&sample) };
    let pressed = press::set(&edition, &manuscript.layout, shop, &mut |_| {})
        .map_err(|unset| Failure::Found(unset.diagnostics))?;
    let first = pressed.pages.documents.first().copied().unwrap_or_default();
    let pages = pressed.pages.behind.unwrap_or_default().saturating_sub(first);
    Ok(sample.iter().map(|at| lengths[*at]).sum::<f64>() / pages.max(1) as f64)
}

/// A volume that is made, and not written yet.
struct Made {
    volume: Volume,
    kept: Kept,
    /// The PDF with nothing attached, where it is to be imposed.
    plain: Option<Vec<u8>>,
    pages: Pages,
    count: usize,
    told: Vec<Diagnostic>,
    audit: Option<Audit>,
}

/// Where the files of a volume go.
struct Places {
    pdf: PathBuf,
    audit: Option<PathBuf>,
    png: Option<PathBuf>,
    emit: Option<PathBuf>,
}

impl Places {
    fn of(volume: &Volume, count: usize, output: &Path, arguments: &Build) -> Self {
        let width = count.to_string().len();
        let number = format!("{:0width$}", volume.number);
        let named = |file: &Path| {
            let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let ending = file.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
            file.with_file_name(format!("{stem}-{number}{ending}"))
        };
        Self {
            pdf: named(output),
            audit: arguments.audit.as_deref().map(named),
            png: arguments.png.as_ref().map(|folder| folder.join(format!("volume-{number}"))),
            emit: arguments.emit.as_ref().map(|folder| folder.join(format!("volume-{number}"))),
        }
    }
}

/// Builds the volumes of an edition.
pub fn build(
    mut manuscript: Manuscript,
    ranges: &[Range<usize>],
    output: &Path,
    arguments: &Build,
    workshop: &mut Workshop,
    console: &mut Console,
) -> Result<(), Failure> {
    let count = ranges.len();
    let volumes: Vec<Volume> = (1..)
        .zip(ranges)
        .map(|(number, documents)| Volume { number, documents: documents.clone(), is_last: number == count })
        .collect();
    let places: Vec<Places> = volumes.iter().map(|volume| Places::of(volume, count, output, arguments)).collect();
    for file in places.iter().flat_map(|places| [Some(&places.pdf), places.audit.as_ref()]).flatten() {
        has_place(file).map_err(Failure::Use)?;
    }
    let jobs = arguments.jobs.map_or(1, NonZeroUsize::get).min(count);
    let mut shops: Vec<Shop> = (1..jobs).map(|_| workshop.further_shop(&manuscript)).collect();
    let mut before = Pages::default();
    let mut made = Vec::with_capacity(count);
    let (last, others) = volumes.split_last().expect("an edition in volumes has some");
    for chunk in others.chunks(jobs) {
        console.stage(&named(chunk));
        let set = side_by_side(chunk, &manuscript, &places, arguments, workshop.shop(), &mut shops)?;
        press::forget_all();
        for volume in set {
            before.join(volume.volume.number, &volume.pages);
            made.push(volume);
        }
    }
    console.stage(&named(std::slice::from_ref(last)));
    let whole = Some((&manuscript.edition, &before));
    made.push(make(last, &manuscript, whole, &places[count - 1], arguments, workshop.shop())?);
    console.stage("writing");
    let mut steps = Vec::new();
    for (volume, places) in made.iter_mut().zip(&places) {
        steps.push(Step::new(&places.pdf, std::mem::take(&mut volume.kept.pdf)));
        steps.push(Step::new(keep::beside(&places.pdf), std::mem::take(&mut volume.kept.manifest)));
    }
    published(steps, &mut manuscript)?;
    console.end_stage();
    report(made, &places, &manuscript, arguments, console)
}

/// Says what was written.
fn report(
    made: Vec<Made>,
    places: &[Places],
    manuscript: &Manuscript,
    arguments: &Build,
    console: &mut Console,
) -> Result<(), Failure> {
    let edition = &manuscript.edition;
    let (count, mut pages) = (made.len(), 0);
    for (Made { volume, plain, count, told, audit, .. }, places) in made.into_iter().zip(places) {
        console.tell(told);
        if let Some(audit) = audit {
            console.say(&summed_up(&audit));
        }
        let (first, last) = (volume.documents.start, volume.documents.end - 1);
        console.say(&format!(
            "wrote {}: volume {}, {}, nos. {} to {}",
            places.pdf.display(),
            numeral(volume.number),
            counted(count, "page"),
            edition.items[first].facts.number,
            edition.items[last].facts.number,
        ));
        match (arguments.impose, plain) {
            (Some(kind), Some(plain)) => {
                impose::write(&plain, kind, arguments.first_sheet, &impose::beside(&places.pdf, kind), console)?;
            }
            _ => console.say(&sheets(count, &edition.sheet, manuscript.layout.page())),
        }
        pages += count;
    }
    console.say(&format!(
        "{}: {}, {}, {:.1} s, {}",
        counted(count, "volume"),
        counted(pages, "page"),
        counted(edition.items.len(), "document"),
        console.seconds(),
        console.tally(),
    ));
    if arguments.timings {
        console.say_timings();
    }
    Ok(())
}

/// Names volumes that are set at the same time.
fn named(volumes: &[Volume]) -> String {
    match volumes {
        [one] => format!("volume {}", numeral(one.number)),
        [first, .., last] => format!("volumes {} to {}", numeral(first.number), numeral(last.number)),
        [] => String::new(),
    }
}

/// Makes volumes at the same time, each in a shop of its own.
fn side_by_side(
    volumes: &[Volume],
    manuscript: &Manuscript,
    places: &[Places],
    arguments: &Build,
    shop: &mut Shop,
    further: &mut [Shop],
) -> Result<Vec<Made>, Failure> {
    if let [volume] = volumes {
        return Ok(vec![make(volume, manuscript, None, &places[volume.number - 1], arguments, shop)?]);
    }
    let shops = std::iter::once(shop).chain(further);
    thread::scope(|scope| {
        let running = volumes.iter().zip(shops).map(|(volume, shop)| {
            let places = &places[volume.number - 1];
            let work = move || make(volume, manuscript, None, places, arguments, shop);
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)
        });
        let running: Vec<_> = running.collect::<io::Result<_>>()?;
        let done = running.into_iter().map(|volume| volume.join().unwrap_or_else(|panic| resume_unwind(panic)));
        done.collect()
    })
}

/// Makes one volume; the last one lists the whole edition.
fn make(
    volume: &Volume,
    manuscript: &Manuscript,
    whole: Option<(&Edition, &Pages)>,
    places: &Places,
    arguments: &Build,
    shop: &mut Shop,
) -> Result<Made, Failure> {
    let Manuscript { layout, folder, standards, firmness, enclosing, .. } = manuscript;
    let edition = manuscript.edition.volume(volume.clone());
    let set = press::set_volume(&edition, whole, layout, shop, &mut |_| {});
    if let Some(folder) = &places.emit {
        emit(set.as_ref().map_or_else(|unset| &unset.forme, |pressed| &pressed.forme), folder)?;
    }
    let mut pressed = set.map_err(|unset| Failure::Found(unset.diagnostics))?;
    let audit = match &places.audit {
        Some(file) => Some(audited(&edition, &pressed, shop, file)?),
        None => None,
    };
    let unaccounted = audit.iter().flat_map(|audit| audit.problems(&edition));
    pressed.diagnostics.extend(unaccounted);
    if let Some(folder) = &places.png {
        draw(&pressed, folder, arguments.pages.as_ref())?;
    }
    let (plain, standards) = standards::print(&mut pressed, &edition, standards.clone(), *firmness)?;
    let kept = keep::keep(&plain, None, (&edition, &pressed), folder, &standards, *enclosing)?;
    Ok(Made {
        volume: volume.clone(),
        kept,
        plain: arguments.impose.map(|_| plain),
        count: pressed.document.pages().len(),
        pages: pressed.pages,
        told: pressed.diagnostics,
        audit,
    })
}
