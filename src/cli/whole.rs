//! Files that are written whole or not at all, also where the run is cut short.
//!
//! What enters: bytes and the place where they belong. They are written beside it and moved there. What leaves nothing
//! behind is [`heed_signals`]: on a signal that ends the program, whatever is half written is removed first.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The files that are being written. Signals come to the process as a whole, so what they must know belongs to it too.
static HALF_WRITTEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// How every file begins that is not whole yet; a watch takes no notice of these.
pub const PREFIX: &str = ".dossier-";

/// How a run ends whose work was cut short (128 and the number of SIGINT, as shells count).
pub const INTERRUPTED: i32 = 130;

fn half_written() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    HALF_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the program with a status on Ctrl-C and where it is asked to end, with nothing half written left behind.
pub fn heed_signals(status: i32) {
    // Without a handler the program ends all the same, only less tidily.
    let _ = ctrlc::set_handler(move || end(status));
}

/// Ends the program; what is half written is removed. No file is begun any more while that goes on, since the lock is
/// kept to the end.
fn end(status: i32) -> ! {
    let half_written = half_written();
    for path in half_written.iter() {
        let _ = fs::remove_file(path);
    }
    std::process::exit(status)
}

/// Writes a file beside its place and moves it there, so that a torn file is never seen.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("`{}` cannot be written: {error}", path.display()));
    let mut file = {
        let mut half_written = half_written();
        let file = builder.tempfile_in(folder).map_err(named)?;
        half_written.insert(file.path().to_owned());
        file
    };
    let beside = file.path().to_owned();
    let written = file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(named);
    let moved = written.and_then(|()| file.persist(path).map(drop).map_err(|error| named(error.error)));
    half_written().remove(&beside);
    moved
}
