//! The file of the keys that field encryption stands on: outside the database, and in no copy of it.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use aws_lc_rs::rand;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use persistence::sealing::{FieldKeys, IndexColumn, KeyMaterial, KeySource, NamedKey};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize as _, Zeroizing};

use super::keyring::{PRIVATE, read, read_or_make};
use crate::config::Config;

/// The file's name in the folder of keys, where the configuration names none.
pub const FILE: &str = "field-keys.json";

/// The keys, as the file holds them. Never printed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    /// Keys that wrap data keys, oldest first: the last one wraps.
    wrapping: Vec<Named>,
    /// Keys of the blind indexes; two while the index is moved.
    index: Vec<OfIndex>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    key: Secret,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfIndex {
    column: Column,
    key: Secret,
}

/// Which of the two columns a key fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Column {
    One,
    Other,
}

/// 32 bytes in base64, wiped when dropped.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Secret(String);

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Secret {
    fn new() -> anyhow::Result<Self> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        rand::fill(bytes.as_mut_slice())?;
        Ok(Self(BASE64_STANDARD.encode(bytes.as_slice())))
    }

    fn bytes(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        let bytes = BASE64_STANDARD.decode(&self.0);
        bytes
            .map(Zeroizing::new)
            .map_err(|_| "a key is not written in base64".to_owned())
    }
}

impl Named {
    /// A new key under a name that was never given.
    fn new() -> anyhow::Result<Self> {
        let mut bytes = [0_u8; 8];
        rand::fill(&mut bytes)?;
        let name = bytes
            .iter()
            .fold("k".to_owned(), |name, byte| format!("{name}{byte:02x}"));
        Ok(Self {
            name,
            key: Secret::new()?,
        })
    }
}

impl Column {
    const fn taken_in_turn(self) -> Self {
        match self {
            Self::One => Self::Other,
            Self::Other => Self::One,
        }
    }

    const fn named(self) -> IndexColumn {
        match self {
            Self::One => IndexColumn::One,
            Self::Other => IndexColumn::Other,
        }
    }
}

impl KeyFile {
    fn new() -> anyhow::Result<Self> {
        Ok(Self {
            wrapping: vec![Named::new()?],
            index: vec![OfIndex {
                column: Column::One,
                key: Secret::new()?,
            }],
        })
    }

    /// The file as it is now.
    ///
    /// # Errors
    /// When it is not there, is not one of ours, or can be read by other users.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = read(path)?.with_context(|| format!("{} is not there", path.display()))?;
        Self::parse(text).with_context(|| format!("{} holds no field keys", path.display()))
    }

    fn parse(text: Vec<u8>) -> anyhow::Result<Self> {
        let text = Zeroizing::new(text);
        // The error's own text quotes what it found.
        serde_json::from_slice(&text).map_err(|error| anyhow::anyhow!("{:?}", error.classify()))
    }

    fn text(&self) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        Ok(Zeroizing::new(serde_json::to_vec_pretty(self)?))
    }

    /// Puts it in the file's place, in one step.
    ///
    /// # Errors
    /// When the folder cannot be written to; the file is then as it was.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let partial = path.with_extension("partial");
        let about = || format!("cannot write {}", partial.display());
        match fs::remove_file(&partial) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(about);
            }
            Ok(()) | Err(_) => {}
        }
        let mut options = fs::OpenOptions::new();
        let options = options.write(true).create_new(true).mode(PRIVATE);
        let mut file = options.open(&partial).with_context(about)?;
        file.write_all(&self.text()?)?;
        file.sync_all()?;
        fs::rename(&partial, path)?;
        if let Some(folder) = path.parent() {
            fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// The name of the key that wraps.
    pub fn wraps_by(&self) -> Option<&str> {
        self.wrapping.last().map(|key| key.name.as_str())
    }

    /// The names of the keys that only unwrap any more.
    pub fn older(&self) -> impl Iterator<Item = &str> {
        let older = self.wrapping.len().saturating_sub(1);
        self.wrapping
            .iter()
            .take(older)
            .map(|key| key.name.as_str())
    }

    /// Adds a key, which wraps from now on; its name.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn add_wrapping(&mut self) -> anyhow::Result<String> {
        let key = Named::new()?;
        let name = key.name.clone();
        self.wrapping.push(key);
        Ok(name)
    }

    /// Takes a key out for good.
    ///
    /// # Errors
    /// When it is the one that wraps, or there is none of that name.
    pub fn retire_wrapping(&mut self, name: &str) -> anyhow::Result<()> {
        ensure!(
            self.wraps_by() != Some(name),
            "{name} is the key that wraps"
        );
        let before = self.wrapping.len();
        self.wrapping.retain(|key| key.name != name);
        ensure!(self.wrapping.len() < before, "there is no key {name}");
        Ok(())
    }

    /// Adds the key the blind indexes move to; nothing when they are being moved already.
    ///
    /// # Errors
    /// When the machine gives no randomness, or the file has no index key.
    pub fn begin_index_move(&mut self) -> anyhow::Result<()> {
        let Some(present) = self.index.first() else {
            bail!("there is no index key");
        };
        if self.index.len() == 1 {
            let column = present.column.taken_in_turn();
            self.index.push(OfIndex {
                column,
                key: Secret::new()?,
            });
        }
        Ok(())
    }

    /// The column the blind indexes move to, while they are being moved.
    pub fn moves_to(&self) -> Option<IndexColumn> {
        let next = self.index.get(1)?;
        Some(next.column.named())
    }

    /// Takes the key the blind indexes came from out for good.
    pub fn end_index_move(&mut self) {
        if self.index.len() > 1 {
            self.index.remove(0);
        }
    }
}

/// The file as the store's source of keys.
struct Source(PathBuf);

impl KeySource for Source {
    fn load(&self) -> Result<KeyMaterial, String> {
        let KeyFile { wrapping, index } =
            KeyFile::read(&self.0).map_err(|error| format!("{error:#}"))?;
        let named = |Named { name, key }: &Named| {
            Ok(NamedKey {
                name: name.clone(),
                key: key.bytes()?,
            })
        };
        let of_index = |OfIndex { column, key }: &OfIndex| Ok((column.named(), key.bytes()?));
        Ok(KeyMaterial {
            wrapping: wrapping.iter().map(named).collect::<Result<_, String>>()?,
            index: index.iter().map(of_index).collect::<Result<_, String>>()?,
        })
    }
}

/// Where the configuration keeps the file.
pub fn path(config: &Config) -> PathBuf {
    let beside = || config.data_dir.join("keys").join(FILE);
    config.field_keys.clone().unwrap_or_else(beside)
}

/// The field keys of this installation, made at the first start.
///
/// # Errors
/// When the file cannot be read or made, is not one of ours, or can be read by other users.
pub fn open(config: &Config) -> anyhow::Result<FieldKeys> {
    let path = path(config);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    read_or_make(&path, || Ok(KeyFile::new()?.text()?.to_vec()))?;
    FieldKeys::open(Source(path)).map_err(Into::into)
}

#[cfg(test)]
mod tests;
