//! Writing an edition: several files, each whole, in one order.
//!
//! What enters: the files of an edition with their bytes, the one that vouches for the others last. What leaves: either
//! all of them in their places or, where the disk refuses one, the old ones untouched. All are written beside their
//! places before any is moved there, so that a full disk is met while nothing has changed; a process that is killed
//! between two moves leaves whole files, and the last one old. A signal that ends the program waits for the moves, and
//! removes what is half written ([`heed_signals`]).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::NamedTempFile;

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

/// A file to be written.
#[derive(Debug)]
pub struct Step {
    /// Its place.
    pub path: PathBuf,
    /// What will stand in it.
    pub bytes: Vec<u8>,
}

impl Step {
    /// Gives a place and what will stand there.
    pub fn new(path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// Makes sure that the folder is there in which a file is to be written.
///
/// # Errors
/// Where it is not, with what can be done.
pub fn has_place(path: &Path) -> Result<(), String> {
    let folder = parent(path);
    if folder.is_dir() {
        return Ok(());
    }
    let (path, folder) = (path.display(), folder.display());
    Err(format!("`{path}` cannot be written: there is no folder `{folder}`; make it, or name another place"))
}

/// Gives the folder in which a file stands.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder for files, where there is none.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path).map_err(|error| named(path, &error))
}

/// Writes one file, so that a torn one is never seen.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    publish(&[Step::new(path, bytes)])
}

/// Writes files in their order.
pub fn publish(steps: &[Step]) -> io::Result<()> {
    let mut ready = Vec::with_capacity(steps.len());
    let mut written = Ok(());
    for step in steps {
        match beside(step) {
            Ok(file) => ready.push((file, &step.path)),
            Err(error) => {
                written = Err(named(&step.path, &error));
                break;
            }
        }
    }
    // A signal waits until all of them are in their places.
    let mut half_written = half_written();
    for (file, path) in ready {
        half_written.remove(file.path());
        if written.is_ok() {
            written = file.persist(path).map(drop).map_err(|error| named(path, &error.error));
        }
    }
    written
}

/// Writes a file beside its place.
fn beside(step: &Step) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = {
        let mut half_written = half_written();
        // The name that the file has until it is whole says nothing to whoever reads the message.
        let file = builder.tempfile_in(parent(&step.path)).map_err(|error| error.kind())?;
        half_written.insert(file.path().to_owned());
        file
    };
    let written = file.write_all(&step.bytes).and_then(|()| file.as_file().sync_all());
    if written.is_err() {
        half_written().remove(file.path());
    }
    written.map(|()| file)
}

/// Says which file cannot be written.
pub fn named(path: &Path, error: &io::Error) -> io::Error {
    let mends = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "; name a place where you may write",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "; make room, or name another place",
        _ => "",
    };
    io::Error::new(error.kind(), format!("`{}` cannot be written: {error}{mends}", path.display()))
}
