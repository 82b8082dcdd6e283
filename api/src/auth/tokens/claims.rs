//! What an access token says, read strictly: a field that is not ours, or one that occurs twice, is
//! none of our making.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::actor::Role;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The header. That nothing else may stand there rules out keys that a token brings along or points
/// at (`jwk`, `jku`, `x5c`, `x5u`) and extensions that must be understood (`crit`), RFC 8725 §3.10.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// The algorithm.
    pub(super) alg: Algorithm,
    /// The media type.
    pub(super) typ: String,
    /// The name of the key.
    pub(super) kid: String,
}

/// The one algorithm there is.
#[derive(Debug, Deserialize)]
pub(super) enum Algorithm {
    /// Edwards curve signatures (RFC 8037).
    EdDSA,
}

impl Head {
    /// The header of a token, before anything is believed of it.
    pub(super) fn of(token: &str) -> Result<Self, String> {
        let mut parts = token.split('.');
        let (Some(head), Some(_), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err("not three parts".to_owned());
        };
        let head = BASE64_URL_SAFE_NO_PAD
            .decode(head)
            .map_err(|error| error.to_string())?;
        serde_json::from_slice(&head).map_err(|error| error.to_string())
    }
}

/// The claims (RFC 7519; `roles` as in RFC 9068 §2.2.3, `sid` as in `OpenID` Connect;
/// `deputy` is ours: by which deputising an officer stands in for another one).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) sub: Uuid,
    pub(super) sid: Uuid,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) jti: Uuid,
    pub(super) kind: AccountKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) agency: Option<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) roles: Vec<Role>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) deputy: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AccountKind {
    Citizen,
    Officer,
}
