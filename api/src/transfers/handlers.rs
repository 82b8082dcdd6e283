//! The operation that sends a dossier to another agency.

use actix_web::{post, web};

use super::{
    use_cases,
    wire::{TransferBody, Transferred},
};
use crate::{
    app::App,
    document::problems::Conflict,
    dossiers::wire::DossierPath,
    extract::{IfMatch, Json, Officer, Path},
    failure::Failure,
    reply::WithEtag,
};

/// Send a dossier to the agency that is competent.
///
/// By an approver, after acceptance. Code and due date stay, and the citizen is told. The agency that sent
/// it sees it no more, except for a stated purpose; it stays in that agency's figures, which took it in.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    params(DossierPath, IfMatch),
    request_body = TransferBody,
    responses((status = 200, description = "It went.", body = Transferred), Conflict),
)]
#[post("/{dossier_id}/transfer")]
pub(crate) async fn transfer_dossier(
    app: web::Data<App>,
    officer: Officer,
    path: Path<DossierPath>,
    version: IfMatch,
    body: Json<TransferBody>,
) -> Result<WithEtag<Transferred>, Failure> {
    let (call, target) = (app.call(officer.actor()), path.at(version));
    let transfer = body.body.check()?;
    let send = move |tx: &mut _| use_cases::transfer_dossier(tx, &call, target, &transfer);
    let dossier = app.store.write(send).await?;
    Ok(WithEtag::versioned(dossier.version, (&dossier).into()))
}
