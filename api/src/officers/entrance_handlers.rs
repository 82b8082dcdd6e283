//! The operations before an officer's first sign-in.

use actix_web::{post, web};

use super::{
    entrance::SetUp,
    entrance_wire::{FirstAdministrator, PasswordChoice, SetUpBody},
};
use crate::{
    app::App,
    document::problems::{Conflict, CredentialsRefused, Forbidden, Limited},
    extract::{Anonymous, Json, Network},
    failure::Failure,
    reply::{Done, Secret},
};

/// Set up the first administrator.
///
/// With the one-time token that `motcua officer setup-token` prints on the machine. It works once, for a
/// day, and never once somebody administers the province.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    request_body = SetUpBody,
    responses(
        (status = 200, description = "The account; sign in with it.", body = FirstAdministrator),
        CredentialsRefused,
        Conflict,
        Limited,
    )
)]
#[post("/setup")]
pub(crate) async fn set_up(
    _: Anonymous,
    app: web::Data<App>,
    network: Network,
    Json { body, digest: _ }: Json<SetUpBody>,
) -> Result<Secret<FirstAdministrator>, Failure> {
    let SetUpBody {
        token,
        login,
        full_name,
        agency_id,
        password,
    } = body;
    let first = SetUp {
        token,
        password,
        login,
        full_name,
        agency: agency_id,
    };
    let officer_id = app.set_up(first, &network).await?;
    Ok(Secret(FirstAdministrator { officer_id }))
}

/// Choose an officer's password.
///
/// With the old one, which may be one that an administrator handed over: until it is replaced, it opens
/// nothing else (403 `password-change-required` at sign-in). Where the account has a second factor its
/// code goes into the same request: 403 `totp-code-required` when it is missing, 401 `credentials-refused`
/// when it is wrong or was used before.
#[utoipa::path(
    tag = "Sessions",
    security(()),
    request_body = PasswordChoice,
    responses((status = 204, description = "It is chosen."), CredentialsRefused, Forbidden, Limited)
)]
#[post("/officers/password")]
pub(crate) async fn choose_password(
    _: Anonymous,
    app: web::Data<App>,
    network: Network,
    Json { body, digest: _ }: Json<PasswordChoice>,
) -> Result<Done, Failure> {
    app.choose_password(body.into_parts()?, &network).await?;
    Ok(Done)
}
