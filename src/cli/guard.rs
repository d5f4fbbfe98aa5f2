//! One build of an edition at a time.
//!
//! What enters: a collection's folder. What leaves: a [`Guard`]; until it is dropped, or the process ends in whatever
//! way, no other build records an edition there. The folder itself is locked where the system can do that, since the lock
//! file is replaced by each edition; else an empty hidden file in it.

use super::console::{Console, Failure};
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// The right to record an edition.
#[derive(Debug)]
pub struct Guard(#[expect(dead_code, reason = "it is held, and dropping it frees the folder")] File);

/// Waits until no other build records an edition in a folder.
pub fn guard(folder: &Path, console: &mut Console) -> Result<Guard, Failure> {
    let file = open(folder)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            console.say("another build records an edition of this folder; waiting for it");
            file.lock()?;
        }
        // Where the file system has no locks, whoever builds twice at once must see to it himself.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(Failure::Disk(error)),
    }
    Ok(Guard(file))
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(folder.join(".dossier-guard"))
}
