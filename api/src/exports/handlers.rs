//! What a citizen does about a copy of all that is held about her.

use actix_web::{HttpRequest, get, post, web};
use domain::rejection::Code;

use super::{
    use_cases,
    wire::{ExportList, ExportOrder, ExportPath, ExportView},
};
use crate::{
    app::App,
    document::problems::{Conflict, OutsideRange},
    extract::{Citizen, IfNoneMatch, Path},
    failure::Failure,
    papers::{
        serving::{self, FileAnswer, Sent},
        wire::{FileBytes, RangeHeaders},
    },
    reply::{Secret, WithEtag},
};

/// Ask for a copy of all that is held about oneself.
///
/// A ZIP archive of JSON and files, made within minutes and kept for seven days. Its entries are
/// encrypted (AES-256) under `code`, which is told this once. 409 `already-exists` while one is being made.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "It is being made; keep the code.", body = ExportOrder),
        Conflict,
    ),
)]
#[post("")]
pub(crate) async fn create_export(
    app: web::Data<App>,
    citizen: Citizen,
) -> Result<Secret<ExportOrder>, Failure> {
    let (call, code) = (app.call(citizen.actor()), use_cases::new_code()?);
    let told = code.clone();
    let ask = move |tx: &mut _| use_cases::create_export(tx, &call, &code);
    let export = app.store.write(ask).await?.into();
    Ok(Secret(ExportOrder {
        export,
        code: told.into_revealed(),
    }))
}

/// The citizen's own exports.
///
/// The newest twenty, each with how far it has come.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The exports, newest first.", body = ExportList),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("")]
pub(crate) async fn list_exports(
    app: web::Data<App>,
    citizen: Citizen,
) -> Result<WithEtag<ExportList>, Failure> {
    let exports = app.look(citizen.actor(), use_cases::list_exports).await?;
    let items = exports.into_iter().map(Into::into);
    Ok(WithEtag::hashed(ExportList {
        items: items.collect(),
    }))
}

/// One of the citizen's own exports.
///
/// `files_done` of `files_total` says how far it has come.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(ExportPath, IfNoneMatch),
    responses(
        (status = 200, description = "The export.", body = ExportView),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/{export_id}")]
pub(crate) async fn get_export(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<ExportPath>,
) -> Result<WithEtag<ExportView>, Failure> {
    let id = path.0.export_id;
    let look = move |tx: &mut _, call: &_| use_cases::get_export(tx, call, id);
    let export = app.look(citizen.actor(), look).await?;
    Ok(WithEtag::versioned(export.version, export.into()))
}

/// The archive of an export.
///
/// For its owner only, and until `expires_at`. A download that broke off goes on where it stopped, with
/// `Range` and `If-Range`.
#[utoipa::path(
    tag = "Privacy",
    security(("access_token" = [])),
    params(ExportPath, IfNoneMatch, RangeHeaders),
    responses(
        (status = 200, description = "The whole archive.", content((FileBytes = "application/zip"))),
        (status = 206, description = "The range of bytes asked for.", content((FileBytes = "application/zip"))),
        (status = 304, description = "The tag held still stands."),
        OutsideRange,
    ),
)]
#[get("/{export_id}/archive")]
pub(crate) async fn get_export_archive(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<ExportPath>,
    request: HttpRequest,
) -> Result<FileAnswer, Failure> {
    let id = path.0.export_id;
    let find = move |tx: &mut _, call: &crate::call::Call| {
        let export = use_cases::get_export(tx, call, id)?;
        let (sha256, size) = export.archive_at(call.now).ok_or(Code::NotFound)?;
        Ok(Sent {
            id: id.uuid(),
            sha256,
            size,
            media_type: "application/zip",
            extension: "zip",
        })
    };
    let archive = app.look(citizen.actor(), find).await?;
    serving::open(&app.objects, archive, &request).await
}
