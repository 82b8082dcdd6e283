//! What is sent and answered about result documents.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use chrono::NaiveDate;
use domain::{
    ids::FileId,
    papers::File,
    rejection::{Code, Fault, Rejection},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::issuing::Issue;
use crate::{
    dossiers::{party::checked_text, render::hex},
    failure::Failure,
};

/// A result as it is issued.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultBody {
    /// The number in the agency's register.
    #[schema(min_length = 1, max_length = 60, example = "215/2026/TLKS-BS")]
    pub number: String,
    /// The date on the document; not after today.
    pub issued_on: NaiveDate,
    /// Who signed, as printed.
    #[schema(min_length = 1, max_length = 120)]
    pub signer_name: String,
    /// The document, uploaded before at `POST /v1/office/dossiers/{dossier_id}/result_file`.
    pub file_id: FileId,
}

impl ResultBody {
    /// The result, checked.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn check(self, today: NaiveDate) -> Result<Issue, Failure> {
        let Self {
            number,
            issued_on,
            signer_name,
            file_id,
        } = self;
        let (number, signer) = (checked_text(&number, 60), checked_text(&signer_name, 120));
        let mut faults = Vec::new();
        faults.extend(
            number
                .as_ref()
                .err()
                .map(|code| Fault::new("/number", *code)),
        );
        if issued_on > today {
            faults.push(Fault::new("/issued_on", Code::OutOfRange));
        }
        faults.extend(
            signer
                .as_ref()
                .err()
                .map(|code| Fault::new("/signer_name", *code)),
        );
        Rejection::of_faults(faults)?;
        Ok(Issue {
            number: number?,
            issued_on,
            signer_name: signer?,
            file: file_id,
        })
    }
}

/// A document that was stored; it is at `/v1/files/{file_id}`.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoredFile {
    /// Its id.
    pub file_id: FileId,
    /// SHA-256 of its bytes, hexadecimal.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// Its size in bytes.
    #[schema(minimum = 1)]
    pub size: i64,
    /// Its media type.
    #[schema(max_length = 100, example = "application/pdf")]
    pub media_type: &'static str,
}

impl From<File> for StoredFile {
    fn from(file: File) -> Self {
        let File {
            id,
            sha256,
            size,
            kind,
            stored_at: _,
        } = file;
        Self {
            file_id: id,
            sha256: hex(&sha256),
            size,
            media_type: kind.media_type(),
        }
    }
}

impl Responder for StoredFile {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Created()
            .insert_header((header::LOCATION, format!("/v1/files/{}", self.file_id)))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(self)
    }
}
