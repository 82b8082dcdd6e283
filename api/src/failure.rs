//! Every way an operation can fail, and what of it is told and what is only logged.

use actix_web::{HttpResponse, ResponseError, body::BoxBody, http::StatusCode};
use domain::{
    personal::Personal,
    rejection::{Code, Fault, Kind, Rejection},
    text::Localized,
};
use persistence::StoreError;
use serde_json::Value;

use crate::api_code::ApiCode;

/// Why an operation did not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// A rule said no.
    #[error(transparent)]
    Rule(#[from] Rejection),
    /// The edge said no, or something broke.
    #[error(transparent)]
    Edge(Box<Refusal>),
}

/// The edge's no: what is told, and apart from it what is logged.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", code.as_str())]
pub struct Refusal {
    /// The reason.
    pub code: ApiCode,
    /// The faults found in the content.
    pub errors: Vec<FieldError>,
    /// A sentence that says more than the code's own; free of personal data.
    pub told: Option<Localized>,
    /// The technical cause: goes to the log with the request id, never to the caller.
    pub logged: Option<String>,
    /// The version the resource has now, for 412.
    pub current_version: Option<i64>,
    /// After how many seconds to try again, for 429 and 503.
    pub retry_after: Option<u32>,
    /// The methods the address accepts, for 405.
    pub allow: Option<String>,
    /// How many bytes the file has, for 416.
    pub size: Option<u64>,
}

/// One fault of the content, with a code of the rules or of the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where, as a JSON Pointer into the body, or the name of a parameter or header.
    pub pointer: String,
    /// What is wrong: the spelling of a `Code` or an `ApiCode`.
    pub code: &'static str,
    /// The sentence in both languages.
    pub detail: Localized,
    /// What stands there now, for whoever may read it; null where nothing does.
    pub current: Option<Personal<Value>>,
}

impl FieldError {
    /// A fault the edge found.
    pub fn edge(pointer: impl Into<String>, code: ApiCode) -> Self {
        Self {
            pointer: pointer.into(),
            code: code.as_str(),
            detail: Localized::new(code.vi(), code.en()),
            current: None,
        }
    }

    /// A fault with a code of the rules.
    pub fn rule(pointer: impl Into<String>, code: Code) -> Self {
        Fault::new(pointer, code).into()
    }
}

impl From<Fault> for FieldError {
    fn from(fault: Fault) -> Self {
        let Fault {
            pointer,
            code,
            detail,
        } = fault;
        Self {
            pointer,
            code: code.as_str(),
            detail: detail.unwrap_or_else(|| Localized::new(code.vi(), code.en())),
            current: None,
        }
    }
}

impl Refusal {
    /// A refusal with the code's own sentence.
    pub fn new(code: ApiCode) -> Self {
        Self {
            code,
            errors: Vec::new(),
            told: None,
            logged: None,
            current_version: None,
            retry_after: None,
            allow: None,
            size: None,
        }
    }

    /// With one fault of the content.
    #[must_use]
    pub fn at(mut self, error: FieldError) -> Self {
        self.errors.push(error);
        self
    }

    /// With a cause for the log.
    #[must_use]
    pub fn because(mut self, cause: impl std::fmt::Display) -> Self {
        self.logged = Some(cause.to_string());
        self
    }

    /// With a time to wait before trying again, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Edge(Box::new(refusal))
    }
}

impl From<ApiCode> for Failure {
    fn from(code: ApiCode) -> Self {
        Refusal::new(code).into()
    }
}

impl From<StoreError> for Failure {
    /// Constraint names go to the log: they are part of the errors' contract, not of the answer.
    fn from(error: StoreError) -> Self {
        let told = match &error {
            StoreError::Absent => return Code::NotFound.into(),
            StoreError::Stale { .. } => ApiCode::VersionMismatch,
            StoreError::Duplicate { .. } => ApiCode::AlreadyExists,
            StoreError::KeyReused => ApiCode::IdempotencyKeyReused,
            StoreError::Unavailable(_) => ApiCode::Unavailable,
            // No operation deletes what others refer to, so a broken reference is a fault of ours.
            StoreError::Foreign { .. }
            | StoreError::Refused { .. }
            | StoreError::Untraced { .. }
            | StoreError::Corrupt(_) => ApiCode::Internal,
        };
        let mut refusal = Refusal::new(told).because(&error);
        if let StoreError::Stale { current_version } = error {
            refusal.current_version = Some(current_version);
        }
        if told == ApiCode::Unavailable {
            refusal.retry_after = Some(5);
        }
        refusal.into()
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self::Rule(code.into())
    }
}

impl Failure {
    /// Something broke that never should: told as `internal`, logged with its cause.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Refusal::new(ApiCode::Internal).because(cause).into()
    }

    /// What the log and the operator's terminal say of it: the cause where there is one, else the
    /// code. Never told to a caller.
    pub fn cause(&self) -> &str {
        match self {
            Self::Rule(rejection) => rejection.code.as_str(),
            Self::Edge(refusal) => refusal.logged.as_deref().unwrap_or(refusal.code.as_str()),
        }
    }

    /// The stable code, as clients see it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Rule(rejection) => rejection.code.as_str(),
            Self::Edge(refusal) => refusal.code.as_str(),
        }
    }

    /// The status it is answered with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Rule(rejection) => status_of(rejection.code.kind()),
            Self::Edge(refusal) => refusal.code.status(),
        }
    }
}

/// The status of each kind of rejection.
pub const fn status_of(kind: Kind) -> u16 {
    match kind {
        Kind::Invalid => 422,
        Kind::NotAllowed => 403,
        Kind::Conflict => 409,
        Kind::NotFound => 404,
    }
}

/// Only the status is set here: the outermost middleware, which knows the language and the request
/// id, writes the problem document.
impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.status_code())
    }
}

#[cfg(test)]
mod tests;
