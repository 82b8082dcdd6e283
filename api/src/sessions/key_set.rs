//! The shape of the published keys.

use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::tokens::PublicKey;

/// The public keys that access tokens are checked with (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySet {
    /// The keys; the first one signs new tokens.
    #[schema(max_items = 10)]
    pub keys: Vec<KeySetEntry>,
}

/// One public key: Ed25519 (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySetEntry {
    /// The family of the key: `OKP`.
    #[schema(max_length = 3, example = "OKP")]
    pub kty: &'static str,
    /// The curve: `Ed25519`.
    #[schema(max_length = 7, example = "Ed25519")]
    pub crv: &'static str,
    /// The algorithm: `EdDSA`.
    #[schema(max_length = 5, example = "EdDSA")]
    pub alg: &'static str,
    /// What it is for: `sig`, signatures.
    #[serde(rename = "use")]
    #[schema(max_length = 3, example = "sig")]
    pub purpose: &'static str,
    /// The name tokens carry as `kid`.
    #[schema(max_length = 43, example = "q9nW2c1ZbXw0aYtE")]
    pub kid: String,
    /// The public key, base64url.
    #[schema(
        max_length = 43,
        example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    )]
    pub x: String,
}

impl From<&PublicKey> for KeySetEntry {
    fn from(key: &PublicKey) -> Self {
        let PublicKey { kid, x } = key;
        Self {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            purpose: "sig",
            kid: kid.clone(),
            x: x.clone(),
        }
    }
}
