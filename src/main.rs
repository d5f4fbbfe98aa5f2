//! The program `dossier`.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Typst makes and drops many small things on several threads, and every take of documents has threads of its own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    dossier::cli::run()
}
