//! What a citizen does with consents given: look at them, take them back.

use actix_web::{get, post, web};

use super::{
    own_wire::{ConsentPath, OwnConsent, OwnConsentList},
    withdrawing,
};
use crate::{
    app::App,
    document::problems::Conflict,
    extract::{Citizen, IfNoneMatch, Language, Path},
    failure::Failure,
    reply::WithEtag,
};

/// The citizen's own consents.
///
/// The newest hundred, each with what taking it back stops.
#[utoipa::path(
    tag = "Consents",
    security(("access_token" = [])),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The consents, newest first.", body = OwnConsentList),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_my_consents(
    app: web::Data<App>,
    citizen: Citizen,
    language: Language,
) -> Result<WithEtag<OwnConsentList>, Failure> {
    let look = app
        .look(citizen.actor(), withdrawing::list_my_consents)
        .await?;
    let items = look.iter().map(|it| OwnConsent::of(it, language));
    Ok(WithEtag::hashed(OwnConsentList {
        items: items.collect(),
    }))
}

/// Take a consent back.
///
/// As easy as giving it: no reason is asked for (Law 91/2025/QH15 art. 10). A dossier that may still be
/// taken back is; `effect_of_withdrawal` says what stops. 409 `consent-withdrawn` the second time.
#[utoipa::path(
    tag = "Consents",
    security(("access_token" = [])),
    params(ConsentPath),
    responses((status = 200, description = "The consent, taken back.", body = OwnConsent), Conflict),
)]
#[post("/{consent_id}/withdraw")]
pub(crate) async fn withdraw_consent(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<ConsentPath>,
    language: Language,
) -> Result<WithEtag<OwnConsent>, Failure> {
    let (call, id) = (app.call(citizen.actor()), path.0.consent_id);
    let withdraw = move |tx: &mut _| withdrawing::withdraw_consent(tx, &call, id);
    let standing = app.store.write(withdraw).await?;
    Ok(WithEtag::hashed(OwnConsent::of(&standing, language)))
}
