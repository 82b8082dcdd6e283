//! A failure as the caller reads it: `application/problem+json` (RFC 9457), in their language.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};
use domain::{personal::Personal, text::Localized};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api_code::ApiCode,
    extract::language::Language,
    failure::{Failure, FieldError},
};

/// The media type of every error answer.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error answer (RFC 9457). `code` is stable and never translated; `title` and `detail` are
/// sentences in Vietnamese, or in English when `Accept-Language` prefers it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "urn:motcua:problem:state-forbids",
    "title": "Hồ sơ đang ở trạng thái không cho phép việc này.",
    "status": 409,
    "detail": "Hồ sơ đang ở trạng thái không cho phép việc này.",
    "code": "state-forbids",
    "request_id": "019ab1f0-7c1e-7000-8000-000000000001"
}))]
pub struct Problem {
    /// A URI that names the kind of problem; it ends in `code`.
    #[serde(rename = "type")]
    #[schema(max_length = 100)]
    pub kind: String,
    /// What this kind of problem is, in one sentence.
    #[schema(max_length = 300)]
    pub title: String,
    /// The HTTP status, repeated.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What happened this time.
    #[schema(max_length = 1000)]
    pub detail: String,
    /// The stable code, in kebab case.
    #[schema(max_length = 60, pattern = "^[a-z-]+$")]
    pub code: String,
    /// Every fault found in the content; left out when there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub errors: Vec<ProblemField>,
    /// The version the resource has now; only with `version-mismatch` and
    /// `fields-changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub current_version: Option<i64>,
    /// The request, to be quoted when reporting the problem.
    pub request_id: Uuid,
}

/// One fault of a request's content.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Where: a JSON Pointer into the body (RFC 6901), or the name of a parameter or header.
    #[schema(max_length = 1000, example = "/applicant/full_name")]
    pub pointer: String,
    /// What is wrong: a stable code, in kebab case.
    #[schema(max_length = 60, pattern = "^[a-z-]+$", example = "required")]
    pub code: String,
    /// A sentence for people.
    #[schema(max_length = 1000, example = "Chưa có nội dung bắt buộc.")]
    pub detail: String,
    /// What stands there now, null where nothing does; only with `field-changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Value, required = false)]
    pub current_value: Option<Value>,
}

impl ProblemField {
    /// A fault, in the reader's language.
    pub fn of(error: FieldError, language: Language) -> Self {
        let FieldError {
            pointer,
            code,
            detail,
            current,
        } = error;
        Self {
            pointer,
            code: code.to_owned(),
            detail: language.of(detail),
            current_value: current.map(Personal::into_revealed),
        }
    }
}

impl Problem {
    /// The answer to a failure.
    pub fn of(failure: &Failure, language: Language, request_id: Uuid) -> Self {
        let (title, told, errors, current_version) = match failure {
            Failure::Rule(rejection) => (
                Localized::new(rejection.code.vi(), rejection.code.en()),
                None,
                rejection
                    .faults
                    .iter()
                    .cloned()
                    .map(FieldError::from)
                    .collect(),
                None,
            ),
            Failure::Edge(refusal) => (
                Localized::new(refusal.code.vi(), refusal.code.en()),
                refusal.told.clone(),
                refusal.errors.clone(),
                refusal.current_version,
            ),
        };
        let title = language.of(title);
        Self {
            kind: format!("urn:motcua:problem:{}", failure.code()),
            detail: told.map_or_else(|| title.clone(), |told| language.of(told)),
            title,
            status: failure.status(),
            code: failure.code().to_owned(),
            errors: errors
                .into_iter()
                .map(|error| ProblemField::of(error, language))
                .collect(),
            current_version,
            request_id,
        }
    }
}

/// The whole response: problem document, language, and the headers some codes need.
pub fn render(failure: &Failure, language: Language, request_id: Uuid) -> HttpResponse {
    let problem = Problem::of(failure, language, request_id);
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::CONTENT_TYPE, MEDIA_TYPE))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    if let Failure::Edge(refusal) = failure {
        if matches!(
            refusal.code,
            ApiCode::Unauthenticated | ApiCode::CredentialsRefused | ApiCode::IdentityTokenRefused
        ) {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"motcua\""));
        }
        if let Some(version) = refusal.current_version {
            response.insert_header((header::ETAG, format!("\"v{version}\"")));
        }
        if let Some(seconds) = refusal.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Some(size) = refusal.size {
            response.insert_header((header::CONTENT_RANGE, format!("bytes */{size}")));
        }
        if let Some(allow) = refusal
            .allow
            .as_deref()
            .and_then(|allow| HeaderValue::from_str(allow).ok())
        {
            response.insert_header((header::ALLOW, allow));
        }
    }
    // A problem always serialises: strings and numbers only.
    response.body(serde_json::to_vec(&problem).unwrap_or_default())
}
