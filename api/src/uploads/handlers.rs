//! The operations of the protocol.

use actix_web::{delete, options, patch, post, route, web};

use super::{
    declared::Declared,
    headers::{Chunk, FirstChunk, Resumable},
    wire::{
        Begun, ChecksumHeader, CreationHeaders, Kept, OffsetHeader, ResumableHeader, Spoken, Told,
        UploadPath, UploadView,
    },
};
use crate::{
    app::App,
    document::problems::{
        ChecksumWrong, Conflict, Full, Invalid, Locked, Missing, Refused, WrongVersion,
    },
    extract::{Anonymous, Citizen, IfNoneMatch, Path},
    failure::Failure,
    papers::wire::FileBytes,
    reply::Done,
};

/// What of tus 1.0 is spoken.
///
/// The versions, the extensions, the largest file and how chunks may be checked, in headers.
#[utoipa::path(
    tag = "Papers",
    security(()),
    responses((status = 204, description = "See the headers.")),
)]
#[options("")]
pub(crate) async fn get_upload_options(app: web::Data<App>, _: Anonymous) -> Spoken {
    Spoken {
        largest: app.config.limits.file,
    }
}

/// Begin an upload (tus 1.0).
///
/// The file is declared first: size, name, media type and SHA-256. The first chunk may be sent along. Asked
/// again for the same bytes while they are on their way, it gives the address of that upload.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(ResumableHeader, CreationHeaders, ChecksumHeader),
    request_body(content((Option<FileBytes> = "application/offset+octet-stream")), description = "The first chunk, or nothing."),
    responses(
        (status = 201, description = "Begun; `Upload-Offset` bytes are there."),
        Conflict, WrongVersion, Locked, ChecksumWrong, Full,
    ),
)]
#[post("")]
pub(crate) async fn create_upload(
    app: web::Data<App>,
    citizen: Citizen,
    _: Resumable,
    declared: Declared,
    first: FirstChunk,
) -> Result<Begun, Failure> {
    app.begin_upload(citizen.person, declared, first.0)
        .await
        .map(Begun)
}

/// How an upload stands.
///
/// `HEAD` gives the same in the headers of tus 1.0, `Upload-Offset` and `Upload-Length`, and 410 once it was
/// refused. What lies before the offset is on the disk.
#[utoipa::path(
    get,
    path = "/{upload_id}",
    operation_id = "get_upload",
    tag = "Papers",
    security(("access_token" = [])),
    params(UploadPath, ResumableHeader, IfNoneMatch),
    responses(
        (status = 200, description = "The upload.", body = UploadView),
        (status = 304, description = "The tag held still stands."),
        WrongVersion, Invalid, Locked, Full,
    ),
)]
#[route("/{upload_id}", method = "GET", method = "HEAD")]
pub(crate) async fn get_upload(
    app: web::Data<App>,
    citizen: Citizen,
    _: Resumable,
    path: Path<UploadPath>,
) -> Result<Told, Failure> {
    app.standing(citizen.person, path.0.upload_id)
        .await
        .map(Told)
}

/// Send the next chunk.
///
/// Of any size. 204 means that it is on the disk; a chunk that was cut off is kept as far as it came, unless
/// it has a checksum. With the last one the whole file is checked and looked into: 422 with the reason if it
/// is not taken, and then the upload is over.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(UploadPath, ResumableHeader, OffsetHeader, ChecksumHeader),
    request_body(content((FileBytes = "application/offset+octet-stream")), description = "The bytes from the offset on."),
    responses(
        (status = 204, description = "Kept; `Upload-Offset` says how far it has come."),
        Conflict, Refused, WrongVersion, Locked, ChecksumWrong, Full,
    ),
)]
#[patch("/{upload_id}")]
pub(crate) async fn send_chunk(
    app: web::Data<App>,
    citizen: Citizen,
    _: Resumable,
    path: Path<UploadPath>,
    chunk: Chunk,
) -> Result<Kept, Failure> {
    app.go_on(citizen.person, path.0.upload_id, chunk)
        .await
        .map(Kept)
}

/// Give an upload up.
///
/// Its bytes go; a paper made of it stays.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(UploadPath, ResumableHeader),
    responses((status = 204, description = "It is gone."), Missing, WrongVersion, Locked, Full),
)]
#[delete("/{upload_id}")]
pub(crate) async fn discard_upload(
    app: web::Data<App>,
    citizen: Citizen,
    _: Resumable,
    path: Path<UploadPath>,
) -> Result<Done, Failure> {
    app.give_up(citizen.person, path.0.upload_id).await?;
    Ok(Done)
}
