//! Writing an edition: several files, each whole, in one order.
//!
//! What enters: the files of an edition with their bytes, the one that vouches for the others last. What leaves: either
//! all of them in their places or, where the disk refuses one, the old ones untouched. All are written beside their
//! places before any is moved there, so that a full disk is met while nothing has changed; a process that is killed
//! between two moves leaves whole files, and the last one old.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

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

/// Makes a folder for files, where there is none.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path).map_err(|error| named(path, &error))
}

/// Writes files in their order.
pub fn publish(steps: &[Step]) -> io::Result<()> {
    let mut ready = Vec::with_capacity(steps.len());
    for step in steps {
        ready.push((beside(step).map_err(|error| named(&step.path, &error))?, &step.path));
    }
    for (file, path) in ready {
        file.persist(path).map_err(|error| named(path, &error.error))?;
    }
    Ok(())
}

/// Writes a file beside its place.
fn beside(step: &Step) -> io::Result<NamedTempFile> {
    let folder = step.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dossier-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(&step.bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}` cannot be written: {error}", path.display()))
}
