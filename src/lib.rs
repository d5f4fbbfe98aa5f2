//! `dossier` turns a folder of collected documents into one printed book: in chronological order, with a headnote above
//! each document, a glossary of organizations with page locators, and the evidence for every date.
//!
//! # Architecture
//!
//! The crate is a compiler. Each stage is a function from one named type to the next, and a value of a later type proves
//! that the earlier stages ran:
//!
//! ```text
//! folder::read          a folder                 → Folder      captures, dossier.toml, sidecars (the only reader of the disk)
//! source::Source::read  bytes                    → Source      decoded, front matter split off, contact details masked;
//!                                                              a saved page as its Markdown rendition (web::read)
//! date::gather, decide  a Source's text          → Dating      what files the document, with evidence; never a guess
//! collection::collect   captures, settings       → Collection  text as a tree, furniture left out, described, in order;
//!                                                              of one text captured twice one document is printed
//! picture::gather       Collection, files       → Pictures    what documents refer to, decoded; or why there is none
//! annotation::annotate  Collection, Authority    → Annotated   the register of organizations, each mention in its passage
//! lock::enrol           Collection, Lock         → Roll        permanent ids and printed numbers; what the edition before had
//! edition::edit         Annotated, Layout        → Edition     numbered; headnotes, source notes, timeline, colophon
//! Edition::volume       Edition, Volume          → Edition     a part of it as a book of its own
//! edition::glossary     Edition, Pages           → Glossary    entries, locators, references, letter groups
//! forme::lock_up        Edition, Glossary        → Forme       the virtual Typst files, and marks that lead back
//! press::set            Edition, Layout, Shop    → Pressed     pages: the documents, then all else around them, made up
//! press::print          Pressed, Standards       → bytes       the PDF
//! readback::pages       bytes                    → pages       their characters, as another program reads them
//! manifest::Manifest    Edition, pages, bytes    → Manifest    what everything in it is known by
//! enclosure::attach     bytes, files             → bytes       the PDF with its sources and its manifest inside
//! verify::verify        bytes, Manifest, folder  → diagnostics what is not as it was
//! bag::pack             files                    → files       a BagIt bag, with its manifests
//! export::write         Edition                  → text        the chronology for other programs
//! impose::impose        bytes                    → Imposed     two of its pages on each side of a sheet
//! audit::audit          Edition, Pressed         → Audit       where every word of every source went, read from the pages
//! ```
//!
//! Habits of a collection (day before month on each site, lines that recur on every page of one site) are learned between
//! two parallel passes over its documents; everything else is done document by document, in parallel, and gathered in order.
//!
//! ## Rules
//!
//! - **Imports run one way**, in this order: [`text`], [`language`], [`diagnostic`], [`settings`], [`document`],
//!   [`front_matter`], [`web`], [`source`], [`date`], [`organization`], [`layout`], [`description`], [`collection`], [`picture`],
//!   [`annotation`], [`lock`], [`edition`], [`forme`], [`press`], [`impose`], [`audit`], [`report`], [`export`],
//!   [`enclosure`], [`readback`], [`manifest`], [`verify`], [`bag`], [`folder`], [`cli`]. A test reads the sources and
//!   fails on an upward import.
//! - **The core is pure.** Only [`folder`] reads the disk ([`press`] reads font files) and only [`cli`] prints, writes
//!   files, reads the environment and decides how the program ends. No stage asks a clock, a locale or a hash map's order.
//! - **Text is data.** A source's words reach Typst inside string literals; an edition's own words come from templates
//!   whose values are escaped. Nothing that a source says can become markup or code.
//! - **Masking comes first.** A [`source::Source`] holds the masked rendition only, so no later stage can leak what
//!   was masked, and its hash is that of the rendition.
//! - **Nothing is lost in silence.** Bad input gives a [`diagnostic::Diagnostic`] with file, line and an edit that mends it;
//!   the other documents are still set.
//!
//! ## Page numbers
//!
//! The glossary's pages are read from the laid-out pages: every glyph carries the span of the literal it was set from,
//! and [`forme`] knows which mention each literal belongs to ([`forme::emit::Mark`]). So a mention costs nothing in
//! Typst: no label, no counter, no query. Only the first mention of a body in a document carries a link.
//!
//! A book is set in parts. First come the documents alone: no head, no folio, and links that lead to keys
//! (`dossier:org-7`), so that nothing in them waits for what stands elsewhere; and beside them the front matter, whose
//! contents keep a place for every page number (`press::page_number`). From both the page numbers are read. Then
//! comes what else stands around the documents (`press::matter`): the back matter with the glossary, and pages with nothing
//! but a head and a folio, one for each page of the book. Make-up puts all of it together, leads every key to its place, and
//! sets the numbers into the contents.
//!
//! Where documents begin pages, they are set in takes of a few, side by side (`press::take`), each from files that say
//! nothing of other documents, as if all its pages were right-hand ones; make-up moves those that are not. What stands on
//! the outer side of a page is set again where that is the other one. All pages in a row are what one setting of all
//! documents would give, which a test compares point by point.
//!
//! Typst sets again whatever asked for something that only the finished pages tell: a counter, a measure of what will stand
//! somewhere. So no part asks for anything of the kind that it can be told. Notes say their own numbers (`press::notes`),
//! headings and contents get theirs in make-up, folios are told the pages, what stands above a text fills whole lines by a
//! function that Typst does not have (`press::lines`), and another measures without looking among the pages
//! (`press::measured`).
//!
//! What `--emit` writes sets the whole book in one go, in plain Typst: the file `setting.typ` says which it is. A layout
//! whose books are set by files of somebody's own is set as a whole, twice.
//!
//! ## Paragraphs
//!
//! Breaking paragraphs into lines took Typst most of its time: it shapes a paragraph anew for many of the lines that might
//! be. Justified paragraphs in plain left-to-right text are taken out of its hands where it makes elements of them
//! (`press::paragraph`, by way of Typst's table of routines): each word is shaped once for a book, and the lines are found by
//! the same costs. Every letter stands where Typst would put it, which a test compares glyph by glyph. Two things differ: of
//! divisions that cost the same another may be taken, and Typst itself misses the cheapest now and then where dashes end
//! lines, because it bounds its search by a line with the cost of two dashes in a row. All other text Typst sets as ever.
//!
//! ## Volumes
//!
//! A volume is an edition of its own ([`edition::volume`]), set like any other and forgotten by Typst before the next, so
//! that memory is that of one volume. The last is given the whole edition and the pages of the volumes before it, for the
//! contents of all of them and the glossary.
//!
//! ## Changes
//!
//! `watch` and `preview` set a book again and again in one process (`cli::pipeline`). What a stage makes of one document
//! stands on a shelf under the fingerprint of all that it was made from ([`collection::shelf`]), and is made again only
//! where that has changed. The generated files of other documents stay as they are to the byte; what stands in a document
//! does not change with its page number. So only the take with the changed document is set anew, and in it Typst's
//! memoization holds for the others. Pages of the last PDF that are the same in the next one are not read back again
//! ([`readback::Memory`]). The preview shows a changed document by itself first ([`press::draft()`]).
//!
//! ## Layouts
//!
//! A layout is a folder of Typst files (the typography), minijinja templates that yield Markdown (the words) and a
//! manifest; what a layout lacks comes from `layouts/shared`. All of them are embedded, and a project overrides single
//! files in a `layouts/NAME` folder of its own ([`layout`]).

#![warn(missing_docs)]

pub mod annotation;
pub mod audit;
pub mod bag;
pub mod cli;
pub mod collection;
pub mod date;
pub mod description;
pub mod diagnostic;
pub mod document;
pub mod edition;
pub mod enclosure;
pub mod export;
pub mod folder;
pub mod forme;
pub mod front_matter;
pub mod impose;
pub mod language;
pub mod layout;
pub mod lock;
pub mod manifest;
pub mod organization;
pub mod picture;
pub mod press;
pub mod readback;
pub mod report;
pub mod settings;
pub mod source;
pub mod text;
pub mod verify;
pub mod web;
