//! What is sent about uploads.

use std::time::SystemTime;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, Responder,
    body::BoxBody,
    http::{
        Method, StatusCode,
        header::{self, HttpDate},
    },
};
use domain::{
    ids::{FileId, UploadId},
    time::Time,
    uploads::{Upload, UploadState},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::headers::{
    ALGORITHMS, CHECKSUM_ALGORITHM, EXPIRES, EXTENSION, EXTENSIONS, LENGTH, MAX_SIZE, OFFSET,
    VERSION, VERSIONS,
};
use crate::{api_code::ApiCode, dossiers::render::hex, failure::Failure, reply::WithEtag};

/// The path of one upload.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct UploadPath {
    /// The upload's id.
    #[param(value_type = uuid::Uuid)]
    pub upload_id: UploadId,
}

/// The version of the protocol that is spoken.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct ResumableHeader {
    /// The version of the tus protocol.
    #[param(
        rename = "Tus-Resumable",
        max_length = 10,
        pattern = r"^1\.0\.0$",
        example = "1.0.0"
    )]
    #[expect(
        dead_code,
        reason = "read from the request; named here for the document"
    )]
    tus_resumable: String,
}

/// What is declared of a file before its bytes come.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct CreationHeaders {
    /// How many bytes the file has.
    #[param(rename = "Upload-Length", minimum = 1)]
    #[expect(
        dead_code,
        reason = "read from the request; named here for the document"
    )]
    upload_length: u64,
    /// `filename`, `filetype` (media type) and `sha256` (64 hexadecimal digits), each followed by its
    /// value in Base64. The name's ending must go with the media type; the name itself is not kept.
    #[param(
        rename = "Upload-Metadata",
        max_length = 2000,
        example = "filename YS5wZGY=,filetype YXBwbGljYXRpb24vcGRm,sha256 NDdERVE="
    )]
    #[expect(
        dead_code,
        reason = "read from the request; named here for the document"
    )]
    upload_metadata: String,
}

/// Where a chunk goes on.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct OffsetHeader {
    /// How many bytes are there already.
    #[param(rename = "Upload-Offset", minimum = 0)]
    #[expect(
        dead_code,
        reason = "read from the request; named here for the document"
    )]
    upload_offset: u64,
}

/// How a chunk is checked.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct ChecksumHeader {
    /// `sha256` or `sha1` and the digest of this chunk in Base64: it is kept whole or not at all.
    #[param(rename = "Upload-Checksum", required = false, max_length = 100, value_type = String,
        example = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")]
    #[expect(
        dead_code,
        reason = "read from the request; named here for the document"
    )]
    upload_checksum: Option<String>,
}

/// An upload (tệp đang tải lên).
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadView {
    /// The upload.
    pub upload_id: UploadId,
    /// Where it stands.
    pub state: UploadState,
    /// How many bytes are there for certain.
    #[schema(minimum = 0)]
    pub offset: u64,
    /// How many it will have.
    #[schema(minimum = 1)]
    pub size: i64,
    /// What it is declared to be.
    #[schema(max_length = 100)]
    pub media_type: &'static str,
    /// The declared SHA-256 of all bytes.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// Why it was refused: a code of problems.
    #[schema(max_length = 60)]
    pub refusal: Option<String>,
    /// The file it became, ready to be handed in as a paper.
    pub file_id: Option<FileId>,
    /// Until when it is kept.
    pub expires_at: Time,
}

/// How an upload stands.
#[derive(Debug, Clone)]
pub struct Standing {
    upload: Upload,
    offset: u64,
}

impl Standing {
    /// An upload of which so many bytes are there.
    pub(super) const fn of(upload: Upload, offset: u64) -> Self {
        Self { upload, offset }
    }

    /// The upload.
    pub fn upload(self) -> Upload {
        self.upload
    }

    fn view(&self) -> UploadView {
        let Upload {
            id,
            person: _,
            kind,
            size,
            sha256,
            state,
            refusal,
            file,
            created_at: _,
            expires_at,
        } = &self.upload;
        UploadView {
            upload_id: *id,
            state: *state,
            offset: self.offset,
            size: *size,
            media_type: kind.media_type(),
            sha256: hex(sha256),
            refusal: refusal.clone(),
            file_id: *file,
            expires_at: *expires_at,
        }
    }

    /// The protocol's own headers.
    fn tell(&self, response: &mut HttpResponseBuilder) {
        let expires = HttpDate::from(SystemTime::from(self.upload.expires_at.utc()));
        response
            .insert_header((OFFSET, self.offset.to_string()))
            .insert_header((EXPIRES, expires.to_string()))
            .insert_header((header::CACHE_CONTROL, "no-store"));
    }
}

/// 201: an upload was begun.
#[derive(Debug)]
pub struct Begun(pub Standing);

impl Responder for Begun {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Self(standing) = self;
        let mut response = HttpResponse::Created();
        standing.tell(&mut response);
        let location = format!("/v1/uploads/{}", standing.upload.id);
        response
            .insert_header((header::LOCATION, location))
            .finish()
    }
}

/// 204: the chunk is kept.
#[derive(Debug)]
pub struct Kept(pub Standing);

impl Responder for Kept {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::NoContent();
        self.0.tell(&mut response);
        response.finish()
    }
}

/// How an upload stands: to `HEAD` as the protocol has it, to `GET` as JSON too.
#[derive(Debug)]
pub struct Told(pub Standing);

impl Responder for Told {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self(standing) = self;
        if *request.method() == Method::HEAD {
            return standing.head();
        }
        let mut response = WithEtag::hashed(standing.view()).respond_to(request);
        let mut more = HttpResponse::Ok();
        standing.tell(&mut more);
        for (name, value) in more.finish().headers() {
            response.headers_mut().insert(name.clone(), value.clone());
        }
        response
    }
}

impl Standing {
    fn head(&self) -> HttpResponse {
        if self.upload.state == UploadState::Refused {
            return HttpResponse::from_error(Failure::from(ApiCode::UploadRefused));
        }
        let mut response = HttpResponse::build(StatusCode::OK);
        self.tell(&mut response);
        let length = self.upload.size.to_string();
        response.insert_header((LENGTH, length)).finish()
    }
}

/// What of the protocol is spoken here.
#[derive(Debug, Clone, Copy)]
pub struct Spoken {
    /// The largest file, in bytes.
    pub largest: usize,
}

impl Responder for Spoken {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent()
            .insert_header((VERSIONS, VERSION))
            .insert_header((EXTENSION, EXTENSIONS))
            .insert_header((MAX_SIZE, self.largest.to_string()))
            .insert_header((CHECKSUM_ALGORITHM, ALGORITHMS))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish()
    }
}
