//! What whoever is signed in does with their sessions.

use actix_web::{delete, get, post, web};
use persistence::sessions;

use super::session_wire::{
    OpenSession, RefreshRequest, RefreshedSession, SessionList, SessionPath,
};
use crate::{
    app::App,
    document::problems::CredentialsRefused,
    extract::{Anonymous, IfNoneMatch, Json, Network, Path, SignedIn},
    failure::Failure,
    reply::{Done, Secret, WithEtag},
};

/// Go on with a session.
///
/// Gives a new access token and a new refresh token for a refresh token. Each works once; after a
/// lost reply the same device may show the spent one again for ten seconds and gets the same
/// successor. A spent one shown later, or by another device, ends the session: it is in two hands.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    responses(
        (status = 200, description = "The session goes on.", body = RefreshedSession),
        CredentialsRefused,
    )
)]
#[post("/refresh")]
pub(crate) async fn refresh_session(
    _: Anonymous,
    app: web::Data<App>,
    network: Network,
    Json { body, digest: _ }: Json<RefreshRequest>,
) -> Result<Secret<RefreshedSession>, Failure> {
    app.refreshed(body, &network).await.map(Secret)
}

/// Sign out.
///
/// Ends the session of the access token: neither it nor the refresh token works any more.
#[utoipa::path(
    tag = "Sessions",
    security(("access_token" = [])),
    responses((status = 204, description = "Signed out."))
)]
#[post("/logout")]
pub(crate) async fn log_out(caller: SignedIn, app: web::Data<App>) -> Result<Done, Failure> {
    app.log_out(caller).await?;
    Ok(Done)
}

/// The devices that are signed in.
///
/// The open sessions of the citizen's or officer's own account, those used last first.
#[utoipa::path(
    tag = "Sessions",
    security(("access_token" = [])),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The sessions.", body = SessionList),
        (status = 304, description = "The tag held still stands."),
    )
)]
#[get("")]
pub(crate) async fn list_sessions(
    caller: SignedIn,
    app: web::Data<App>,
) -> Result<WithEtag<SessionList>, Failure> {
    let now = app.clock.now();
    let sessions = app
        .store
        .read(move |tx| sessions::live(tx, caller.account, now))
        .await?;
    let seen = |session| OpenSession::seen_from(caller.session, session);
    let items = sessions.into_iter().map(seen).collect();
    Ok(WithEtag::hashed(SessionList { items }))
}

/// Sign a device out.
///
/// Ends one session of the own account, at once: for a device that was lost, or one not recognised.
#[utoipa::path(
    tag = "Sessions",
    security(("access_token" = [])),
    params(SessionPath),
    responses((status = 204, description = "The device is signed out."))
)]
#[delete("/{session_id}")]
pub(crate) async fn end_session(
    caller: SignedIn,
    app: web::Data<App>,
    path: Path<SessionPath>,
) -> Result<Done, Failure> {
    app.end_session(caller, path.0.session_id).await?;
    Ok(Done)
}
