//! The operations of signing in.

use actix_web::{get, post, web};

use super::{
    codes::Asker,
    key_set::KeySet,
    officer_wire::{OfficerLogin, OfficerSession},
    wire::{CitizenSession, OtpRequest, OtpSent, OtpVerification},
};
use crate::{
    app::App,
    document::problems::{CredentialsRefused, Forbidden, Limited},
    extract::{Anonymous, IfNoneMatch, Json, Language, Network},
    failure::Failure,
    reply::{Accepted, Secret, WithEtag},
};

/// Send a one-time code.
///
/// Sends six digits to the number, whether or not it has an account: the first code that fits
/// makes one. A code holds for five minutes and five tries, and only together with the `code_request_id`
/// that is answered here.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    responses((status = 202, description = "A code is on its way.", body = OtpSent), Limited)
)]
#[post("/otp")]
pub(crate) async fn request_otp(
    _: Anonymous,
    app: web::Data<App>,
    network: Network,
    Json { body, digest: _ }: Json<OtpRequest>,
) -> Result<Accepted<OtpSent>, Failure> {
    let (number, device) = body.into_parts()?;
    let asker = Asker::AtTheDoor(device);
    app.send_code(number, asker, &network).await.map(Accepted)
}

/// Sign in with a one-time code.
///
/// Opens a session of the number's account, which is made now if there was none. Each device has a
/// session of its own; the 21st ends the one that was used least recently.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    responses(
        (status = 200, description = "Signed in.", body = CitizenSession),
        CredentialsRefused,
        Limited,
    )
)]
#[post("/otp/verify")]
pub(crate) async fn verify_otp(
    _: Anonymous,
    app: web::Data<App>,
    language: Language,
    network: Network,
    Json { body, digest: _ }: Json<OtpVerification>,
) -> Result<Secret<CitizenSession>, Failure> {
    let session = app.citizen_session(body, language, &network).await?;
    Ok(Secret(session))
}

/// Sign in as an officer.
///
/// Opens a session for one agency and the roles held there today: the agency asked for, or the
/// officer's own, or else another one where a role is held. 403 `role-forbids` where none is held,
/// `password-change-required` for a password that somebody else made,
/// `second-factor-enrolment-required` until a second factor is set. Where there is one, its code goes into
/// the same request: 403 `totp-code-required` when it is missing, 401 `credentials-refused` when it is
/// wrong or was used before.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    responses(
        (status = 200, description = "Signed in.", body = OfficerSession),
        CredentialsRefused,
        Forbidden,
        Limited,
    )
)]
#[post("/officers/login")]
pub(crate) async fn officer_login(
    _: Anonymous,
    app: web::Data<App>,
    network: Network,
    Json { body, digest: _ }: Json<OfficerLogin>,
) -> Result<Secret<OfficerSession>, Failure> {
    app.officer_session(body, &network).await.map(Secret)
}

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
    let keys = app.tokens.public_keys(app.clock.now());
    let keys = keys.iter().map(Into::into).collect();
    WithEtag::catalogue(KeySet { keys })
}
