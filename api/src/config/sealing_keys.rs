//! `motcua field-keys`: the keys that field encryption stands on, changed while the server runs.

use std::{
    fs,
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use clap::Subcommand;
use persistence::{
    Store, Tx, mandates,
    sealing::{self, WrappedKey},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Config;
use crate::auth::{
    field_keys::{self, KeyFile},
    keyring::PRIVATE,
};

/// Rows in one transaction: none holds up another write for long.
const BATCH: i64 = 200;

/// What can be done with the keys.
#[derive(Debug, Subcommand)]
pub(super) enum FieldKeysCommand {
    /// Says which keys there are, and how many data keys each has wrapped.
    Status,
    /// Adds a key that wraps from now on, and wraps every data key anew. Rows are not touched, and the
    /// server goes on meanwhile.
    Rotate,
    /// Takes an older key out of the file for good. Refused while it wraps anything; older copies of
    /// data keys it wrapped are unreadable from then on.
    Retire {
        /// Its name, as `status` gives it.
        name: String,
    },
    /// Moves the blind indexes, by which citizens are found, to a new key.
    MoveIndex,
    /// Copies the data keys, wrapped, into a file, in the place of an older copy. Copies of the database
    /// hold none; keep only the newest copy of the keys, or erased citizens come back with it.
    Copy {
        /// The file.
        to: PathBuf,
    },
    /// Puts data keys back after a restore, and blanks what belongs to citizens erased since.
    Put {
        /// The newest copy.
        from: PathBuf,
    },
}

/// Does what the command says.
pub(super) async fn run(config: &Config, command: FieldKeysCommand) -> anyhow::Result<()> {
    let store = Store::open(&config.store_settings()?)?;
    let path = field_keys::path(config);
    match command {
        FieldKeysCommand::Status => status(&store, &path).await,
        FieldKeysCommand::Rotate => rotate(&store, &path).await,
        FieldKeysCommand::Retire { name } => retire(&store, &path, &name).await,
        FieldKeysCommand::MoveIndex => move_index(&store, &path).await,
        FieldKeysCommand::Copy { to } => copy(&store, &to).await,
        FieldKeysCommand::Put { from } => put(&store, &from).await,
    }
}

async fn status(store: &Store, path: &Path) -> anyhow::Result<()> {
    let file = KeyFile::read(path)?;
    for name in file.older().chain(file.wraps_by()) {
        let named = name.to_owned();
        let count = store.read(move |tx: &mut Tx| sealing::wrapped_by(tx, &named));
        println!("{name}: {} data keys", count.await?);
    }
    if file.moves_to().is_some() {
        println!("the blind indexes are being moved: motcua field-keys move-index");
    }
    Ok(())
}

async fn rotate(store: &Store, path: &Path) -> anyhow::Result<()> {
    let mut file = KeyFile::read(path)?;
    let name = file.add_wrapping()?;
    file.write(path)?;
    println!(
        "{name} wraps from now on; {} keys wrapped anew",
        rewrap(store).await?
    );
    Ok(())
}

async fn rewrap(store: &Store) -> anyhow::Result<usize> {
    let mut total = 0;
    loop {
        let keys = store
            .write(|tx: &mut Tx| sealing::rewrap(tx, BATCH))
            .await?;
        if keys == 0 {
            return Ok(total);
        }
        total += keys;
    }
}

async fn retire(store: &Store, path: &Path, name: &str) -> anyhow::Result<()> {
    let mut file = KeyFile::read(path)?;
    file.retire_wrapping(name)?;
    // What a process wrapped that had read the file just before the newer key was in it.
    rewrap(store).await?;
    let named = name.to_owned();
    let left = store.read(move |tx: &mut Tx| sealing::wrapped_by(tx, &named));
    let left = left.await?;
    ensure!(left == 0, "{name} still wraps {left} data keys");
    file.write(path)?;
    println!("{name} is gone");
    Ok(())
}

async fn move_index(store: &Store, path: &Path) -> anyhow::Result<()> {
    let mut file = KeyFile::read(path)?;
    file.begin_index_move()?;
    file.write(path)?;
    // The second look finds what was written by a process that did not know the key yet.
    let filled = reindex(store).await? + reindex(store).await?;
    file.end_index_move();
    file.write(path)?;
    reindex(store).await?;
    println!("{filled} citizens are found by the new key");
    Ok(())
}

async fn reindex_wards(store: &Store) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let step = store.write(move |tx: &mut Tx| mandates::reindex_wards(tx, after, BATCH));
        let (last, _) = step.await?;
        if last.is_none() {
            return Ok(());
        }
        after = last;
    }
}

async fn reindex(store: &Store) -> anyhow::Result<usize> {
    reindex_wards(store).await?;
    let (mut after, mut total) = (None, 0);
    loop {
        let step = store.write(move |tx: &mut Tx| sealing::reindex(tx, after, BATCH));
        let (last, written) = step.await?;
        total += written;
        if last.is_none() {
            return Ok(total);
        }
        after = last;
    }
}

/// A data key as one line of a copy.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: Uuid,
    wrapped: String,
    wrapped_by: String,
}

async fn copy(store: &Store, to: &Path) -> anyhow::Result<()> {
    let partial = to.with_extension("partial");
    let mut options = fs::OpenOptions::new();
    let options = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(PRIVATE);
    let file = options
        .open(&partial)
        .with_context(|| format!("cannot write {}", partial.display()))?;
    let mut out = BufWriter::new(file);
    let (mut after, mut total) = (None, 0);
    loop {
        let page = store.read(move |tx: &mut Tx| sealing::wrapped_keys(tx, after, BATCH));
        let page = page.await?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id);
        total += page.len();
        for key in page {
            let WrappedKey {
                id,
                wrapped,
                wrapped_by,
            } = key;
            let wrapped = BASE64_STANDARD.encode(wrapped);
            let line = Line {
                id,
                wrapped,
                wrapped_by,
            };
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    out.into_inner()?.sync_all()?;
    fs::rename(&partial, to)?;
    println!("{total} data keys, wrapped");
    Ok(())
}

async fn put(store: &Store, from: &Path) -> anyhow::Result<()> {
    let file = fs::File::open(from).with_context(|| format!("cannot read {}", from.display()))?;
    let mut keys = Vec::new();
    for line in BufReader::new(file).lines() {
        let Line {
            id,
            wrapped,
            wrapped_by,
        } = serde_json::from_str(&line?).context("not a copy of data keys")?;
        keys.push(WrappedKey {
            id,
            wrapped: BASE64_STANDARD.decode(wrapped)?,
            wrapped_by,
        });
    }
    // In one go: with a part of them, the rest would look erased.
    let work = move |tx: &mut Tx| {
        let put = sealing::put_back(tx, &keys)?;
        Ok::<_, persistence::StoreError>((put, sealing::blank_what_has_no_key(tx)?))
    };
    let (put, blanked) = store.write(work).await?;
    println!("{put} data keys are back; {blanked} rows had none and were blanked");
    Ok(())
}
