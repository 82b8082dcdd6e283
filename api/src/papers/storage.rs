//! Where the bytes of files are kept: a folder of this machine or an S3 store, under their digest.
//!
//! An object is written once and never changed: its name is what it holds. A put returns when the
//! bytes are durable, and only then may a row that names them commit.

use std::{ops::Range, sync::Arc, time::Duration};

use anyhow::Context as _;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use object_store::{
    ClientOptions, Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, PutMode,
    PutPayload, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
};
use secrecy::ExposeSecret as _;

use crate::{
    api_code::ApiCode,
    config::{Config, Storage},
    dossiers::render::hex,
    failure::{Failure, Refusal},
};

/// SHA-256 of an object: its name.
pub type Digest = [u8; 32];

/// The bytes of an object, piece by piece.
pub type Pieces = BoxStream<'static, object_store::Result<Bytes>>;

/// The store of files' bytes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct ObjectStorage {
    store: Arc<dyn ObjectStore>,
    /// Whether an object that can be seen is durable. In a folder it may be seen before its entry
    /// in the folder has reached the disk.
    durable_when_seen: bool,
}

impl ObjectStorage {
    /// The storage the configuration names; a missing folder is made.
    ///
    /// # Errors
    /// When the folder cannot be made or the settings do not fit together.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        match &config.storage {
            Storage::Local { dir } => {
                let dir = dir
                    .clone()
                    .unwrap_or_else(|| config.data_dir.join("papers"));
                std::fs::create_dir_all(&dir)
                    .with_context(|| format!("cannot make {}", dir.display()))?;
                Ok(Self {
                    store: Arc::new(LocalFileSystem::new_with_prefix(dir)?.with_fsync(true)),
                    durable_when_seen: false,
                })
            }
            Storage::S3 {
                bucket,
                region,
                endpoint,
                access_key_id,
                secret_access_key,
                allow_http,
            } => {
                let mut s3 = AmazonS3Builder::new()
                    .with_bucket_name(bucket)
                    .with_region(region)
                    .with_access_key_id(access_key_id)
                    .with_secret_access_key(secret_access_key.expose_secret())
                    .with_client_options(patience())
                    .with_retry(retries())
                    .with_allow_http(*allow_http);
                if let Some(endpoint) = endpoint {
                    s3 = s3.with_endpoint(endpoint);
                }
                Ok(Self {
                    store: Arc::new(s3.build()?),
                    durable_when_seen: true,
                })
            }
        }
    }

    /// Stores the bytes of that digest; durable when this returns. Bytes that are there already
    /// are left alone.
    ///
    /// # Errors
    /// `unavailable` when the storage cannot be reached or has no room.
    pub async fn put(&self, digest: &Digest, bytes: &[Bytes]) -> Result<(), Failure> {
        let (key, payload) = (key(digest), bytes.iter().cloned().collect::<PutPayload>());
        let payload_size = payload.content_length();
        let put = self
            .store
            .put_opts(&key, payload.clone(), PutMode::Create.into());
        match put.await {
            Ok(_) => Ok(()),
            Err(Error::AlreadyExists { .. }) if self.durable_when_seen => Ok(()),
            // Whoever put it there may not have come to flushing the folder yet. The same bytes
            // take its place in one step, and are flushed.
            Err(Error::AlreadyExists { .. }) => {
                let replace = PutMode::Overwrite.into();
                let put = self.store.put_opts(&key, payload, replace).await;
                put.map(drop).map_err(|error| unreachable(&error))
            }
            // A store may say "already there" and hang up before it has read a large body, which
            // looks like a broken connection from here.
            Err(_) if self.durable_when_seen && self.is_there(&key, payload_size).await => Ok(()),
            Err(error) => Err(unreachable(&error)),
        }
    }

    /// Whether the whole object can be seen.
    async fn is_there(&self, key: &Path, size: usize) -> bool {
        let found = self.store.head(key).await;
        found.is_ok_and(|found| usize::try_from(found.size) == Ok(size))
    }

    /// The bytes of that digest, or a part of them.
    ///
    /// # Errors
    /// `unavailable` when the storage cannot be reached; `internal` when a row names bytes that are
    /// not there.
    pub async fn get(&self, digest: &Digest, part: Option<Range<u64>>) -> Result<Pieces, Failure> {
        let options = GetOptions {
            range: part.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        match self.store.get_opts(&key(digest), options).await {
            Ok(found) => Ok(found.into_stream()),
            Err(error @ Error::NotFound { .. }) => Err(Failure::internal(error)),
            Err(error) => Err(unreachable(&error)),
        }
    }

    /// Deletes the bytes of that digest; nothing if they are gone already.
    ///
    /// # Errors
    /// `unavailable` when the storage cannot be reached.
    pub async fn delete(&self, digest: &Digest) -> Result<(), Failure> {
        match self.store.delete(&key(digest)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(unreachable(&error)),
        }
    }
}

/// How long the S3 store is waited for. A phone waits behind it: the library's own patience is three
/// minutes, and its limit on a whole answer would cut off whoever downloads slowly.
fn patience() -> ClientOptions {
    ClientOptions::new()
        .with_timeout_disabled()
        .with_connect_timeout(Duration::from_secs(3))
        .with_read_timeout(Duration::from_secs(20))
}

/// A stumble is not an outage: tried again for less than a second, then `unavailable`.
fn retries() -> RetryConfig {
    RetryConfig {
        max_retries: 3,
        retry_timeout: Duration::from_secs(10),
        ..RetryConfig::default()
    }
}

/// `sha256/ab/cdef…`: two digits of folder, so that no folder grows too large.
fn key(digest: &Digest) -> Path {
    let digits = hex(digest);
    let (folder, name) = digits.split_at(2);
    Path::from_iter(["sha256", folder, name])
}

fn unreachable(error: &Error) -> Failure {
    let refusal = Refusal::new(ApiCode::Unavailable).because(error);
    refusal.retry_after(5).into()
}

#[cfg(test)]
mod tests;
