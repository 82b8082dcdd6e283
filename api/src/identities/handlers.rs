//! The operations of signing in at the identity provider, and of the counter.

use actix_web::{post, web};

use super::{
    counter,
    wire::{
        IdentityAnswer, IdentityCheck, IdentityChecked, ProviderAnswer, ProviderSignIn,
        ProviderSignInRequest,
    },
};
use crate::{
    app::App,
    document::problems::{Conflict, CredentialsRefused, Forbidden, Missing},
    extract::{Anonymous, Citizen, Json, Language, Network, Officer},
    failure::Failure,
    people::wire::Me,
    reply::{Secret, WithEtag},
    sessions::wire::CitizenSession,
};

/// Begin to sign in with the national e-ID.
///
/// Open `authorization_url` in the system's browser; it comes back to `redirect_uri` with `code` and
/// `state`, for `finish_provider_sign_in`. A request holds for ten minutes and works once. 404
/// `no-identity-provider` where none is connected, 503 `identity-provider-unavailable` while it is away.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    responses((status = 200, description = "Open the address.", body = ProviderSignIn), Missing)
)]
#[post("/oidc/start")]
pub(crate) async fn start_provider_sign_in(
    _: Anonymous,
    app: web::Data<App>,
    Json { body, digest: _ }: Json<ProviderSignInRequest>,
) -> Result<Secret<ProviderSignIn>, Failure> {
    let begun = app.begin_at_provider(body.redirect_uri, None).await?;
    Ok(Secret(begun))
}

/// Sign in with what came back from the national e-ID.
///
/// Opens a session of the account that is verified to have the person's number, which is made now if
/// there was none. Accounts of a telephone number that only state this number are not touched: to verify
/// one of them, sign in to it and use `start_identity`. 401 `credentials-refused` for a request or code
/// that does not hold, `identity-token-refused` for an answer of the provider that proves nothing, 403
/// `identity-level-too-low` or `identity-unusable` for an e-ID that is not enough.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    responses(
        (status = 200, description = "Signed in.", body = CitizenSession),
        CredentialsRefused,
        Forbidden,
        Missing,
    )
)]
#[post("/oidc/finish")]
pub(crate) async fn finish_provider_sign_in(
    _: Anonymous,
    app: web::Data<App>,
    language: Language,
    network: Network,
    Json { body, digest: _ }: Json<ProviderAnswer>,
) -> Result<Secret<CitizenSession>, Failure> {
    let parts = body.into_parts()?;
    let session = app.session_from_provider(parts, language, &network).await?;
    Ok(Secret(session))
}

/// Begin to verify the own account with the national e-ID.
///
/// As `start_provider_sign_in`, for `finish_identity` and the same account.
#[utoipa::path(
    tag = "People",
    security(("access_token" = [])),
    responses((status = 200, description = "Open the address.", body = ProviderSignIn), Missing)
)]
#[post("/start")]
pub(crate) async fn start_identity(
    citizen: Citizen,
    app: web::Data<App>,
    Json { body, digest: _ }: Json<ProviderSignInRequest>,
) -> Result<Secret<ProviderSignIn>, Failure> {
    let account = Some(citizen.person);
    let begun = app.begin_at_provider(body.redirect_uri, account).await?;
    Ok(Secret(begun))
}

/// Verify the own account with what came back from the national e-ID.
///
/// Number, name and date of birth become what the provider says, and stay so. 409 `identity-taken` when
/// another account is verified as this person, `identity-verified` when this one is as somebody else:
/// nothing is merged.
#[utoipa::path(
    tag = "People",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "The account as it is now.", body = Me),
        CredentialsRefused,
        Missing,
        Conflict,
    )
)]
#[post("/finish")]
pub(crate) async fn finish_identity(
    citizen: Citizen,
    app: web::Data<App>,
    Json { body, digest: _ }: Json<IdentityAnswer>,
) -> Result<WithEtag<Me>, Failure> {
    let answer = body.into_answer()?;
    let person = app.identity_from_provider(citizen, answer).await?;
    Ok(WithEtag::versioned(person.version, Me::from(person)))
}

/// Verify a person seen at the counter.
///
/// For a receiver who has seen the person with an identity card: the account, whose id the person's own
/// app shows, rises to level 2. The number is held against date of birth and sex (422
/// `number-disagrees`). Who verified whom, when, and by which kind of document is kept for good.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "The account is verified.", body = IdentityChecked),
        Missing,
        Conflict,
    ),
)]
#[post("/identities")]
pub(crate) async fn verify_identity(
    app: web::Data<App>,
    officer: Officer,
    Json { body, digest: _ }: Json<IdentityCheck>,
) -> Result<WithEtag<IdentityChecked>, Failure> {
    let call = app.call(officer.actor());
    let check = body.into_check(call.now)?;
    let verify = move |tx: &mut _| counter::verify_identity(tx, &call, &check);
    let person = app.store.write(verify).await?;
    Ok(WithEtag::hashed(IdentityChecked::from(&person)))
}
