//! The picture shown in place of a photograph: without its hidden parts, for whoever may see the file.

use actix_web::{HttpRequest, get, web};
use domain::{ids::FileId, papers::FileKind, rejection::Code};
use persistence::{Tx, inspections};

use super::{
    content::extension,
    serving::{self, FileAnswer, Sent},
    wire::{FileBytes, FilePath, RangeHeaders},
};
use crate::{
    app::App,
    call::Call,
    disclosures::stated::StatedPurpose,
    document::problems::{Conflict, OutsideRange},
    extract::{Caller, IfNoneMatch, Path},
    failure::Failure,
};

/// The picture, if the file is one that can be decoded and whoever asks may see it.
///
/// # Errors
/// `not-found` where there is no picture; those of [`serving::find_file`].
fn find(tx: &mut Tx, call: &Call, id: FileId) -> Result<Sent, Failure> {
    let file = serving::find_file(tx, call, id)?;
    let known = inspections::find(tx, &file.sha256)?;
    let derivative = known.and_then(|known| known.derivative);
    let (sha256, size) = derivative.ok_or(Code::NotFound)?;
    Ok(Sent {
        id: id.uuid(),
        sha256,
        size,
        media_type: FileKind::Jpeg.media_type(),
        extension: extension(FileKind::Jpeg),
    })
}

/// A photograph to look at.
///
/// Upright and encoded anew as JPEG, without position, time, device and whatever else lies hidden in the file.
/// 404 for what is no photograph, and for HEIC, which is not decoded here: `preview` of the paper says so.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(FilePath, StatedPurpose, IfNoneMatch, RangeHeaders),
    responses(
        (status = 200, description = "The picture.", content((FileBytes = "image/jpeg"))),
        (status = 206, description = "The range of bytes asked for.", content((FileBytes = "image/jpeg"))),
        (status = 304, description = "The tag held still stands."),
        Conflict, OutsideRange,
    ),
)]
#[get("/{file_id}/preview")]
pub(crate) async fn get_file_preview(
    app: web::Data<App>,
    caller: Caller,
    purpose: StatedPurpose,
    path: Path<FilePath>,
    request: HttpRequest,
) -> Result<FileAnswer, Failure> {
    let id = path.0.file_id;
    let look = move |tx: &mut _, call: &_| find(tx, call, id);
    let picture = app.look_for(caller.0, purpose.0, look).await?;
    serving::open(&app.objects, picture, &request).await
}
