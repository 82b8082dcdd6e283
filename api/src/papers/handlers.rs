//! Operations on papers and files.

use actix_web::{HttpRequest, delete, get, put, web};
use domain::papers::{CopyKind, Origin};

use super::{
    attaching::{self, Handed},
    handing::{Handing, PaperReference},
    serving::{self, FileAnswer},
    upload::RawBody,
    wire::{DigestHeader, FileBytes, FilePath, PaperPath, RangeHeaders, ScanQuery},
};
use crate::{
    app::App,
    disclosures::stated::StatedPurpose,
    document::problems::{Conflict, Full, Locked},
    dossiers::{answer::DossierAnswer, view::DossierView},
    extract::{Caller, Citizen, IfMatch, IfNoneMatch, Language, Officer, Path, Query},
    failure::Failure,
};

/// Attach a paper.
///
/// The body is the file itself, or says in JSON which upload or which file of the citizen's own store it is.
/// Its content decides what it is and must agree with `Content-Type`;
/// the procedure's list says which kinds and how many bytes the place takes. A paper that was there
/// is replaced. Possible in a draft and while a supplement request is open.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(PaperPath, IfMatch, DigestHeader),
    request_body(content(
        (FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png"), (FileBytes = "image/heic"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (PaperReference = "application/json"),
    ), description = "The bytes of the file, or a reference to one that is here."),
    responses((status = 200, description = "The dossier with the paper.", body = DossierView), Conflict, Full, Locked),
)]
#[put("/{dossier_id}/papers/{paper_key}")]
pub(crate) async fn attach_paper(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<PaperPath>,
    version: IfMatch,
    language: Language,
    handing: Handing,
) -> Result<DossierAnswer, Failure> {
    let handed = Handed {
        copy_kind: CopyKind::Electronic,
        origin: Origin::Uploaded,
    };
    app.take_paper(
        citizen.actor(),
        language,
        (path.at(version), handed),
        handing,
    )
    .await
}

/// Remove a paper from a draft.
///
/// What was filed stays: afterwards a paper can only be replaced, when the desk asks for it.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(PaperPath, IfMatch),
    responses((status = 200, description = "The draft without the paper.", body = DossierView), Conflict),
)]
#[delete("/{dossier_id}/papers/{paper_key}")]
pub(crate) async fn remove_paper(
    app: web::Data<App>,
    citizen: Citizen,
    path: Path<PaperPath>,
    version: IfMatch,
    language: Language,
) -> Result<DossierAnswer, Failure> {
    let place = path.at(version);
    app.change(citizen.actor(), language, move |tx, call| {
        attaching::remove_paper(tx, call, &place)
    })
    .await
}

/// Scan a paper at the counter (số hóa).
///
/// The body is the file itself; `copy_kind` says what the citizen handed in.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(PaperPath, ScanQuery, IfMatch, DigestHeader),
    request_body(content(
        (FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png"), (FileBytes = "image/heic"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ), description = "The bytes of the file."),
    responses((status = 200, description = "The dossier with the paper.", body = DossierView), Conflict, Full),
)]
#[put("/{dossier_id}/papers/{paper_key}")]
pub(crate) async fn scan_paper(
    app: web::Data<App>,
    officer: Officer,
    path: Path<PaperPath>,
    query: Query<ScanQuery>,
    version: IfMatch,
    language: Language,
    body: RawBody,
) -> Result<DossierAnswer, Failure> {
    let handed = Handed {
        copy_kind: query.0.copy_kind,
        origin: Origin::ScannedAtCounter,
    };
    app.take_paper(
        officer.actor(),
        language,
        (path.at(version), handed),
        Handing::Bytes(body),
    )
    .await
}

/// The bytes of a file.
///
/// For whoever may see the dossier it belongs to. The tag is the digest of the bytes, so a download
/// that broke off goes on where it stopped, with `Range` and `If-Range`.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(FilePath, StatedPurpose, IfNoneMatch, RangeHeaders),
    responses(
        (status = 200, description = "The whole file.", content(
            (FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png"), (FileBytes = "image/heic"),
            (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        (status = 206, description = "The range of bytes asked for.", content(
            (FileBytes = "application/pdf"), (FileBytes = "image/jpeg"), (FileBytes = "image/png"), (FileBytes = "image/heic"),
            (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        (status = 304, description = "The tag held still stands."),
        Conflict, crate::document::problems::OutsideRange,
    ),
)]
#[get("/{file_id}")]
pub(crate) async fn get_file(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<FilePath>,
    request: HttpRequest,
) -> Result<FileAnswer, Failure> {
    let id = path.0.file_id;
    let find = move |tx: &mut _, call: &_| serving::find_file(tx, call, id);
    let file = app.look_for(caller.0, purpose.0, find).await?;
    serving::open(&app.objects, file, &request).await
}
