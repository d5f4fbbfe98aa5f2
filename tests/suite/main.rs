//! What a user of `dossier` would notice, tested on the program itself and, where that is quicker, on the library.
//!
//! Each module takes one side of the program: what goes in, what comes out, what it refuses.

mod accessibility;
mod audit;
mod bags;
mod bodies;
mod build;
mod cache;
mod collection;
mod commands;
mod dates;
mod duplicates;
mod editions;
mod editor;
mod export;
mod fuzzed;
mod glossary;
mod glyphs;
mod hostile;
mod hostile_set;
mod html;
mod imposition;
mod keep;
mod layouts;
mod list;
mod live;
mod markdown;
mod misuse;
mod organizations;
mod output;
mod pages;
mod pdf;
mod pictures;
mod preview;
mod readback;
mod reference;
mod scripts;
mod seeds;
mod selection;
mod sheets;
mod standards;
mod structure;
mod takes;
mod text_as_data;
mod typography;
mod volumes;
