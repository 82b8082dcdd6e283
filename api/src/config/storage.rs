//! Where the bytes of papers are kept.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::Deserialize;

/// Where the bytes of papers are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "snake_case")]
pub enum Storage {
    /// A folder of this machine.
    Local {
        /// The folder; `<data_dir>/papers` when left out.
        #[serde(default)]
        dir: Option<PathBuf>,
    },
    /// An S3-compatible object store.
    S3 {
        /// The bucket.
        bucket: String,
        /// The region.
        region: String,
        /// The address, where it is not Amazon's.
        #[serde(default)]
        endpoint: Option<String>,
        /// The access key's id.
        access_key_id: String,
        /// The access key.
        secret_access_key: SecretString,
        /// Whether plain HTTP is accepted. For tests only.
        #[serde(default)]
        allow_http: bool,
    },
}
