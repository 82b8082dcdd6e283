//! The operations of signing in.

use actix_web::{get, web};

use super::wire::KeySet;
use crate::{
    app::App,
    extract::{Anonymous, IfNoneMatch},
    reply::WithEtag,
};

/// The public keys of access tokens.
///
/// For services that check tokens themselves. Look again when a token names an unknown `kid`.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The keys.", body = KeySet),
        (status = 304, description = "The tag held still stands."),
    )
)]
#[get("/.well-known/jwks.json")]
pub(crate) async fn get_key_set(_: Anonymous, app: web::Data<App>) -> WithEtag<KeySet> {
    let keys = app.tokens.public_keys().iter().map(Into::into).collect();
    WithEtag::catalogue(KeySet { keys })
}
