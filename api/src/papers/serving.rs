//! Files on their way out: for whoever may see their dossier, whole or in part, never to be run.

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::{BoxBody, SizedStream},
    http::{
        StatusCode,
        header::{self, HeaderName},
    },
};
use domain::{
    actor::{Actor, Role},
    disclosures::AccessAction,
    ids::FileId,
    papers::File,
    rejection::Code,
};
use persistence::{StoreError, Tx, inspections, papers, results::drafts, uploads};
use uuid::Uuid;

use super::{
    content::extension,
    range::{Wanted, wanted},
    storage::{Digest, ObjectStorage, Pieces},
};
use crate::{
    api_code::ApiCode,
    call::Call,
    dossiers::render::hex,
    extract::IfNoneMatch,
    failure::{Failure, Refusal},
    middleware::compression,
};

/// The file, if it belongs to a dossier the actor may see; a result document that was not issued
/// yet only for the agency's officers who could issue it.
///
/// # Errors
/// `not-found`, `role-forbids`, `purpose-required`, `file-held-back`.
pub fn find_file(tx: &mut Tx, call: &Call, id: FileId) -> Result<File, Failure> {
    let file = seen_file(tx, call, id)?;
    is_let_out(tx, call, &file)?;
    Ok(file)
}

fn seen_file(tx: &mut Tx, call: &Call, id: FileId) -> Result<File, Failure> {
    match papers::file(tx, id, &call.reading(AccessAction::File)?) {
        Err(StoreError::Absent) if call.lacks_purpose() && papers::is_filed(tx, id)? => {
            Err(Code::PurposeRequired.into())
        }
        Err(StoreError::Absent) => match call.actor {
            Actor::Officer {
                officer: _,
                agency,
                roles,
            } if roles.has(Role::Processor) || roles.has(Role::Approver) => Ok(drafts::find(
                tx,
                agency,
                id,
                &call.reading(AccessAction::File)?,
            )?),
            Actor::Citizen { person } => Ok(uploads::file(tx, id, person)?),
            Actor::Officer { .. } | Actor::System => Err(StoreError::Absent.into()),
        },
        found => Ok(found?),
    }
}

/// Nothing if the scanner lets whoever asks have the file: officers only what was looked at, where anybody
/// looks, and nobody what something was found in.
fn is_let_out(tx: &mut Tx, call: &Call, file: &File) -> Result<(), Failure> {
    let state = inspections::state(tx, &file.sha256)?;
    let opens = match call.actor {
        Actor::Citizen { .. } => state.opens_for_owner(),
        Actor::Officer { .. } | Actor::System => state.opens_for_officers(),
    };
    if opens {
        Ok(())
    } else {
        Err(ApiCode::FileHeldBack.into())
    }
}

/// Stored bytes on their way out, with what is said of them.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// The id they are known by: their name among somebody's downloads.
    pub id: Uuid,
    /// Their digest: their tag, and where they are stored.
    pub sha256: Digest,
    /// How many there are.
    pub size: i64,
    /// Their media type.
    pub media_type: &'static str,
    /// The usual ending of a name, without the dot.
    pub extension: &'static str,
}

impl From<File> for Sent {
    fn from(file: File) -> Self {
        let File {
            id,
            sha256,
            size,
            kind,
            stored_at: _,
        } = file;
        Self {
            id: id.uuid(),
            sha256,
            size,
            media_type: kind.media_type(),
            extension: extension(kind),
        }
    }
}

/// A file, ready to be sent.
pub struct FileAnswer {
    file: Sent,
    /// What is sent; nothing when the caller holds it already.
    part: Option<Part>,
}

struct Part {
    from: u64,
    length: u64,
    whole: bool,
    pieces: Pieces,
}

/// Opens what the request asks of the file.
///
/// # Errors
/// `range-not-satisfiable`, `unavailable`.
pub async fn open(
    objects: &ObjectStorage,
    file: impl Into<Sent>,
    request: &HttpRequest,
) -> Result<FileAnswer, Failure> {
    let file = file.into();
    let tag = hex(&file.sha256);
    if IfNoneMatch::of(request).holds(&tag) {
        return Ok(FileAnswer { file, part: None });
    }
    let size = u64::try_from(file.size).map_err(Failure::internal)?;
    let text = |name: HeaderName| request.headers().get(name)?.to_str().ok();
    // A range of another file than the one here is not wanted (RFC 9110 §13.1.5).
    let same = text(header::IF_RANGE).is_none_or(|held| held.trim() == format!("\"{tag}\""));
    let asked = wanted(text(header::RANGE).filter(|_| same), size);
    let (range, whole) = match asked {
        Wanted::Whole => (None, true),
        Wanted::Part(range) => (Some(range), false),
        Wanted::Outside => return Err(outside(size)),
    };
    let (from, length) = range
        .as_ref()
        .map_or((0, size), |range| (range.start, range.end - range.start));
    let pieces = objects.get(&file.sha256, range).await?;
    let part = Part {
        from,
        length,
        whole,
        pieces,
    };
    Ok(FileAnswer {
        file,
        part: Some(part),
    })
}

fn outside(size: u64) -> Failure {
    let mut refusal = Refusal::new(ApiCode::RangeNotSatisfiable);
    refusal.size = Some(size);
    refusal.into()
}

impl Responder for FileAnswer {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Self { file, part } = self;
        let Sent {
            id,
            sha256,
            size,
            media_type,
            extension,
        } = file;
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::ETAG, format!("\"{}\"", hex(&sha256))))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::ACCEPT_RANGES, "bytes"));
        let Some(part) = part else {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        };
        // The name says nothing about anybody: it ends up in folders of downloads.
        let name = format!("attachment; filename=\"{id}.{extension}\"");
        response
            .insert_header((header::CONTENT_DISPOSITION, name))
            .content_type(media_type);
        let Part {
            from,
            length,
            whole,
            pieces,
        } = part;
        if !whole {
            let last = from.saturating_add(length).saturating_sub(1);
            let range = format!("bytes {from}-{last}/{size}");
            response
                .status(StatusCode::PARTIAL_CONTENT)
                .insert_header((header::CONTENT_RANGE, range));
        }
        let mut response = response.body(SizedStream::new(length, pieces));
        // The tag and the ranges are of the bytes as they are stored.
        compression::leave(response.headers_mut());
        response
    }
}
