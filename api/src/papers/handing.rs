//! What is handed in as a paper: the bytes of a file, or a reference to one that is here already.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE};
use domain::{
    actor::Actor,
    ids::{FileId, PersonId, UploadId},
    papers::File,
    rejection::Code,
    uploads::UploadState,
};
use persistence::{StoreError, Tx, disclosures::Reading, inspections, papers, uploads};
use serde::Deserialize;
use utoipa::ToSchema;

use super::upload::{Allowed, RawBody};
use crate::{
    api_code::ApiCode,
    app::App,
    call::Call,
    extract::Json,
    failure::{Failure, FieldError, Refusal},
};

/// A file that is here already: one of the two is given.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperReference {
    /// An upload of the citizen whose bytes are all there.
    #[serde(default)]
    pub upload_id: Option<UploadId>,
    /// A file of the citizen's own store: an upload, an accepted paper, a result.
    #[serde(default)]
    pub file_id: Option<FileId>,
}

/// Where the file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An upload.
    Upload(UploadId),
    /// The citizen's own store.
    Store(FileId),
}

/// What is handed in.
pub enum Handing {
    /// The bytes of a file.
    Bytes(RawBody),
    /// One that is here already.
    Here(Source),
}

impl TryFrom<PaperReference> for Source {
    type Error = Failure;

    fn try_from(reference: PaperReference) -> Result<Self, Failure> {
        let PaperReference { upload_id, file_id } = reference;
        match (upload_id, file_id) {
            (Some(upload), None) => Ok(Self::Upload(upload)),
            (None, Some(file)) => Ok(Self::Store(file)),
            (None, None) | (Some(_), Some(_)) => {
                let refusal = Refusal::new(ApiCode::InvalidContent);
                let code = if upload_id.is_none() {
                    Code::Required
                } else {
                    Code::Duplicate
                };
                Err(refusal.at(FieldError::rule("/upload_id", code)).into())
            }
        }
    }
}

impl FromRequest for Handing {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/json") {
            let reference = Json::<PaperReference>::from_request(request, payload);
            return Box::pin(async move { Ok(Self::Here(reference.await?.body.try_into()?)) });
        }
        let bytes = RawBody::from_request(request, payload);
        Box::pin(async move { bytes.await.map(Self::Bytes) })
    }
}

impl App {
    /// Sees to it that an upload has become a file, if its bytes are all there.
    ///
    /// # Errors
    /// `not-found`, `upload-unfinished`; those of an upload's completion.
    pub async fn finished(&self, person: PersonId, source: Source) -> Result<(), Failure> {
        let Source::Upload(id) = source else {
            return Ok(());
        };
        match self.standing(person, id).await?.upload().state {
            UploadState::Finished => Ok(()),
            UploadState::Open | UploadState::Refused => Err(ApiCode::UploadUnfinished.into()),
        }
    }
}

/// The citizen's own file, if the place takes one like it.
///
/// # Errors
/// `not-found`, also for somebody else's; `upload-unfinished`; `file-type-refused`, `file-too-large`;
/// `file-held-back` when something was found in it.
pub fn own_file(
    tx: &mut Tx,
    call: &Call,
    (source, allowed): (Source, &Allowed),
) -> Result<File, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    let file = match source {
        Source::Upload(id) => {
            let upload = uploads::find(tx, id, person, call.now)?;
            let became = upload.file.ok_or(ApiCode::UploadUnfinished)?;
            uploads::file(tx, became, person)?
        }
        Source::Store(id) => of_store(tx, id, person)?,
    };
    if !file.kind.is_among(&allowed.kinds) {
        return Err(Code::FileTypeRefused.into());
    }
    if usize::try_from(file.size).map_err(Failure::internal)? > allowed.max_bytes {
        return Err(Code::FileTooLarge.into());
    }
    if !inspections::state(tx, &file.sha256)?.opens_for_owner() {
        return Err(ApiCode::FileHeldBack.into());
    }
    Ok(file)
}

/// A file of the citizen's own store: of an upload, or of a paper or result of an own dossier.
pub(super) fn of_store(tx: &mut Tx, id: FileId, person: PersonId) -> Result<File, Failure> {
    match papers::file(tx, id, &Reading::Own(person)) {
        Err(StoreError::Absent) => Ok(uploads::file(tx, id, person)?),
        found => Ok(found?),
    }
}
