//! The operations of second factors and of fresh proofs.

use actix_web::{post, web};
use domain::{
    officers::second_factor::ENROLMENT,
    rejection::{Code, Fault, Rejection},
};
use secrecy::ExposeSecret as _;

use super::{
    accounts::Target,
    second_factor,
    second_factor_wire::{
        EnrolmentConfirmation, EnrolmentRequest, EnrolmentView, RecoveryCode, RecoveryCodes,
        StepUp, StepUpBody,
    },
    step_up::Proof,
    wire::{OfficerPath, OfficerView},
};
use crate::{
    app::App,
    auth::totp,
    document::problems::{Conflict, CredentialsRefused, Forbidden, Limited},
    extract::{Anonymous, IfMatch, Json, Network, Officer, Path},
    failure::Failure,
    reply::{Secret, WithEtag},
};

/// Begin to set a second factor.
///
/// With login and password, for whom signing in answers `second-factor-enrolment-required`. The answer
/// is for the officer's authenticator app and is not shown again; it does nothing until a first code
/// comes back within ten minutes. 409 `second-factor-set` for who has one.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    request_body = EnrolmentRequest,
    responses(
        (status = 200, description = "What the app is to be given.", body = EnrolmentView),
        CredentialsRefused,
        Forbidden,
        Conflict,
        Limited,
    )
)]
#[post("/officers/second_factor")]
pub(crate) async fn begin_enrolment(
    _: Anonymous,
    app: web::Data<App>,
    network: Network,
    Json { body, digest: _ }: Json<EnrolmentRequest>,
) -> Result<Secret<EnrolmentView>, Failure> {
    let EnrolmentRequest { login, password } = body;
    let begun = app.begin_enrolment(login, password, &network).await?;
    Ok(Secret(EnrolmentView {
        enrolment_token: app.second_factors.token(&begun.enrolment),
        otpauth_url: totp::address(&begun.secret, &begun.login)?,
        secret: begun.secret.into_revealed(),
        expires_at: begun.enrolment.begun_at.plus(ENROLMENT),
    }))
}

/// Confirm a second factor.
///
/// With the first code that the app shows. The answer holds eight recovery codes, which are not shown
/// again; sign in with the next code.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    request_body = EnrolmentConfirmation,
    responses(
        (status = 200, description = "It is set.", body = RecoveryCodes),
        CredentialsRefused,
        Limited,
    )
)]
#[post("/officers/second_factor/confirm")]
pub(crate) async fn confirm_enrolment(
    _: Anonymous,
    app: web::Data<App>,
    Json { body, digest: _ }: Json<EnrolmentConfirmation>,
) -> Result<Secret<RecoveryCodes>, Failure> {
    let EnrolmentConfirmation {
        enrolment_token,
        totp_code,
    } = body;
    let codes = app.confirm_enrolment(enrolment_token.expose_secret(), totp_code);
    let codes = codes.await?.into_iter().map(RecoveryCode::from);
    Ok(Secret(RecoveryCodes {
        recovery_codes: codes.collect(),
    }))
}

/// Take a lost second factor away.
///
/// The officer's sessions end, and the next sign-in sets another one. An administrator's account takes
/// two people: 403 `second-person-needed`, and the proposal to reset sign-in. Needs a fresh proof.
#[utoipa::path(
    tag = "Administration",
    security(("access_token" = [])),
    params(OfficerPath, IfMatch),
    responses((status = 200, description = "The account as it is now.", body = OfficerView)),
)]
#[post("/{officer_id}/reset_second_factor")]
pub(crate) async fn reset_second_factor(
    app: web::Data<App>,
    officer: Officer,
    path: Path<OfficerPath>,
    IfMatch(version): IfMatch,
) -> Result<WithEtag<OfficerView>, Failure> {
    let (call, id) = (app.call(officer.actor()), path.0.officer_id);
    let target = Target { id, version };
    let reset = move |tx: &mut _| second_factor::reset_second_factor(tx, &call, target);
    let officer = app.store.write(reset).await?;
    Ok(WithEtag::versioned(officer.version, officer.into()))
}

/// Prove anew who is signed in.
///
/// With the password or a code of the authenticator app. What moves money, roles or accounts needs such
/// a proof, given in the same session in the last five minutes (signing in is one); without it those
/// operations answer 403 `step-up-required`. A wrong proof answers 401 `credentials-refused` and counts
/// like a wrong one at sign-in.
#[utoipa::path(
    tag = "Sessions",
    security(("access_token" = [])),
    request_body = StepUpBody,
    responses(
        (status = 200, description = "The proof counts from now on.", body = StepUp),
        CredentialsRefused,
        Limited,
    )
)]
#[post("/step_up")]
pub(crate) async fn step_up(
    app: web::Data<App>,
    officer: Officer,
    network: Network,
    Json { body, digest: _ }: Json<StepUpBody>,
) -> Result<Secret<StepUp>, Failure> {
    let proof = Proof::try_from(body)?;
    let fresh_until = app.step_up(officer.actor(), proof, &network).await?;
    Ok(Secret(StepUp { fresh_until }))
}

impl TryFrom<StepUpBody> for Proof {
    type Error = Rejection;

    fn try_from(body: StepUpBody) -> Result<Self, Rejection> {
        let StepUpBody {
            password,
            totp_code,
        } = body;
        let fault = match (password, totp_code) {
            (Some(password), None) => return Ok(Self::Password(password)),
            (None, Some(code)) if totp::is_code(code.reveal()) => return Ok(Self::Totp(code)),
            (None, Some(_)) => Fault::new("/totp_code", Code::WrongFormat),
            (None, None) => Fault::new("/totp_code", Code::Required),
            (Some(_), Some(_)) => Fault::new("/totp_code", Code::Duplicate),
        };
        Err(Rejection {
            code: Code::InvalidContent,
            faults: vec![fault],
        })
    }
}
