//! The bytes of unfinished uploads: one file of this machine for each, whose length is the offset.
//!
//! Whoever works on an upload holds its file locked, in this process or another one; the lock goes with
//! the process. An offset is told only after what lies before it has reached the disk.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::PathBuf,
};

use anyhow::Context as _;
use bytes::Bytes;
use domain::ids::UploadId;

use crate::config::Config;

/// How much is read at once.
const PIECE: u64 = 1024 * 1024;

/// The folder of unfinished uploads.
#[derive(Debug, Clone)]
pub struct Staging {
    folder: PathBuf,
}

/// An upload that nobody else works on as long as this lives.
#[derive(Debug)]
pub struct Held {
    file: File,
    offset: u64,
}

impl Staging {
    /// The folder the configuration names; a missing one is made.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let folder = config.files.uploads_dir.clone();
        let folder = folder.unwrap_or_else(|| config.data_dir.join("uploads"));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// Where it is.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    fn path(&self, id: UploadId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// Holds an upload; nothing while somebody else does. The first to hold it makes its file.
    ///
    /// # Errors
    /// As the disk reports it.
    pub fn hold(&self, id: UploadId) -> io::Result<Option<Held>> {
        let path = self.path(id);
        let is_new = !path.exists();
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if is_new {
            // Without its entry in the folder, bytes that were flushed could not be found again.
            File::open(&self.folder)?.sync_all()?;
        }
        file.sync_data()?;
        let offset = file.metadata()?.len();
        Ok(Some(Held { file, offset }))
    }

    /// How far an upload has come, for certain: what was written is flushed first.
    ///
    /// # Errors
    /// As the disk reports it.
    pub fn offset(&self, id: UploadId) -> io::Result<u64> {
        match File::open(self.path(id)) {
            Ok(file) => {
                let offset = file.metadata()?.len();
                file.sync_data()?;
                Ok(offset)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Removes the bytes of an upload; nothing if there are none.
    ///
    /// # Errors
    /// As the disk reports it.
    pub fn remove(&self, id: UploadId) -> io::Result<()> {
        match fs::remove_file(self.path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The uploads that have bytes here.
    ///
    /// # Errors
    /// As the disk reports it.
    pub fn all(&self) -> io::Result<Vec<UploadId>> {
        let mut ids = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            ids.extend(name.to_str().and_then(|name| name.parse::<UploadId>().ok()));
        }
        Ok(ids)
    }
}

impl Held {
    /// How many bytes there are.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Adds bytes at the end. They may be lost until [`Held::flush`].
    ///
    /// # Errors
    /// As the disk reports it; what was written of them is taken back.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.offset))?;
        if let Err(error) = self.file.write_all(bytes) {
            self.file.set_len(self.offset)?;
            return Err(error);
        }
        self.offset = self
            .offset
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }

    /// Waits until everything is on the disk.
    ///
    /// # Errors
    /// As the disk reports it.
    pub fn flush(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// All bytes, in pieces.
    ///
    /// # Errors
    /// As the disk reports it.
    pub fn read(&mut self) -> io::Result<Vec<Bytes>> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut pieces = Vec::new();
        loop {
            let mut piece = Vec::new();
            (&self.file).take(PIECE).read_to_end(&mut piece)?;
            if piece.is_empty() {
                return Ok(pieces);
            }
            pieces.push(Bytes::from(piece));
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
mod tests {
    use domain::ids::Id;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_holds_it_and_what_was_written_is_there_for_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        let staging = Staging::open(&config).unwrap();
        let (one, other) = (Id::from_uuid(Uuid::now_v7()), Id::from_uuid(Uuid::now_v7()));
        assert_eq!(staging.offset(one).unwrap(), 0);
        let mut held = staging.hold(one).unwrap().unwrap();
        assert!(staging.hold(one).unwrap().is_none());
        assert!(staging.hold(other).unwrap().is_some());
        held.append(b"abc").unwrap();
        held.append(b"de").unwrap();
        held.flush().unwrap();
        assert_eq!((held.offset(), staging.offset(one).unwrap()), (5, 5));
        drop(held);
        let mut held = staging.hold(one).unwrap().unwrap();
        assert_eq!(held.offset(), 5);
        assert_eq!(held.read().unwrap().concat(), b"abcde");
        assert_eq!(staging.all().unwrap().len(), 2);
        drop(held);
        for _ in 0..2 {
            staging.remove(one).unwrap();
        }
        assert_eq!(staging.all().unwrap(), [other]);
    }
}
