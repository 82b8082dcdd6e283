//! The outermost layer: request id, security headers, problem documents, log line, figures.
//!
//! It stands outside everything else so that a 404, a 405 and a panic leave the house in the same
//! form as an answer of a handler. One layer and not five: each would cost an allocation and a
//! walk through the headers.

use std::{fmt, panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpMessage as _, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use futures_util::FutureExt as _;
use uuid::Uuid;

use super::{
    compression,
    connections::{self, Outgoing},
    current, metrics,
    rates::Share,
    security_headers,
};
use crate::{
    api_code::ApiCode,
    app::App,
    extract::{caller, language::Language, lengths::too_long},
    failure::{Failure, Refusal},
    problem, retired,
    tracking::page::PLACE,
    uploads::headers as tus,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What else than the address an answer depends on. Said of every answer, also of those that were
/// too small to compress: a cache must not give one for the other.
const VARY: HeaderValue = HeaderValue::from_static("Accept-Encoding, Accept-Language");

/// The id of the request, kept with it for handlers that log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(pub Uuid);

/// What of a request is needed once it has been consumed.
struct Seen {
    started: Instant,
    id: Uuid,
    language: Language,
    method: String,
    is_page: bool,
    is_upload: bool,
    /// The account of a good access token.
    account: Option<Uuid>,
}

impl Seen {
    fn of(request: &ServiceRequest) -> Self {
        let id = request
            .app_data::<web::Data<App>>()
            .map_or_else(Uuid::nil, |app| app.ids.uuid(app.clock.now()));
        Self {
            started: Instant::now(),
            id,
            language: Language::from_headers(request.headers()),
            method: request.method().as_str().to_owned(),
            is_page: is_page(request.path()),
            is_upload: tus::is_of_uploads(request.path()),
            account: None,
        }
    }

    fn finish(&self, status: StatusCode, headers: &mut HeaderMap) {
        finish((self.is_page, self.id), status, headers);
        if self.is_upload {
            tus::tell_version(status, headers);
        }
    }

    /// The log line and the figures: who asked for what and how it ended, an account by its id. Never
    /// the path, the query, a header or a body: they may hold personal data.
    fn record(&self, pattern: &str, status: StatusCode, code: Option<&str>) {
        let took = self.started.elapsed();
        metrics::record(&self.method, pattern, status.as_u16(), took);
        tracing::info!(
            target: "access",
            request_id = %self.id,
            method = %self.method,
            route = pattern,
            status = status.as_u16(),
            code,
            account = self.account.map(tracing::field::display),
            ms = took.as_secs_f64() * 1000.0,
        );
    }

    /// The answer to a sender whose share is used up.
    fn turn_away(
        &self,
        request: ServiceRequest,
        (failure, share): &(Failure, Share),
    ) -> ServiceResponse<BoxBody> {
        let mut rendered = self.render(failure);
        share.tell(rendered.headers_mut());
        let response = request.into_response(rendered);
        self.record("refused", response.status(), Some(failure.code()));
        response
    }

    fn render(&self, failure: &Failure) -> HttpResponse {
        self.log_cause(failure);
        let mut response = problem::render(failure, self.language, self.id);
        self.finish(response.status(), response.headers_mut());
        response
    }

    /// The second text: for the log only, under the request id.
    fn log_cause(&self, failure: &Failure) {
        let Failure::Edge(refusal) = failure else {
            return;
        };
        let cause = refusal.logged.as_deref().unwrap_or_default();
        if refusal.code.status() >= 500 {
            tracing::error!(request_id = %self.id, code = refusal.code.as_str(), cause, "failed");
        } else if !cause.is_empty() {
            tracing::debug!(request_id = %self.id, code = refusal.code.as_str(), cause, "refused");
        }
    }
}

/// Whether a path is a page for people or part of one.
fn is_page(path: &str) -> bool {
    path == "/" || path.starts_with("/docs") || path.starts_with(PLACE)
}

/// The headers every answer carries.
fn finish((is_page, id): (bool, Uuid), status: StatusCode, headers: &mut HeaderMap) {
    security_headers::add(is_page, status, headers);
    compression::remove_mark(headers);
    headers.insert(header::VARY, VARY);
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
}

/// Wraps every request of the application.
pub async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    tus::take_method(&mut request);
    let mut seen = Seen::of(&request);
    request.extensions_mut().insert(RequestId(seen.id));
    if let Some(failure) = too_long(request.headers()) {
        let response = request.into_response(seen.render(&failure));
        seen.record("refused", response.status(), Some(failure.code()));
        return Ok(response);
    }
    let share = match count(&request, &mut seen.account) {
        Ok(share) => share,
        Err(refused) => return Ok(seen.turn_away(request, &refused)),
    };
    let connection = connections::begin(&mut request);
    let answered = AssertUnwindSafe(current::within(seen.id, next.call(request)))
        .catch_unwind()
        .await;
    let response = match answered {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(seen.last_resort(failure_of(&error))),
        Err(_) => return Err(seen.last_resort(Failure::internal("a handler panicked"))),
    };
    let pattern = response.request().match_pattern();
    let failure = failure_in(&response);
    let mut response = match &failure {
        None => {
            let mut response = response.map_into_boxed_body();
            seen.finish(response.status(), response.headers_mut());
            response
        }
        Some(failure) => {
            let rendered = seen.render(failure);
            response.into_response(rendered)
        }
    };
    if let Some(share) = share {
        share.tell(response.headers_mut());
    }
    retired::tell(&mut response, pattern.as_deref());
    seen.record(
        pattern.as_deref().unwrap_or("unmatched"),
        response.status(),
        failure.as_ref().map(Failure::code),
    );
    let Some(connection) = connection else {
        return Ok(response);
    };
    Ok(response.map_body(|_, body| BoxBody::new(Outgoing::new(body, connection))))
}

/// Counts the request against its sender's share, before anything is done for it, and notes whose
/// account sends it.
fn count(
    request: &ServiceRequest,
    account: &mut Option<Uuid>,
) -> Result<Option<Share>, Box<(Failure, Share)>> {
    let Some(app) = request.app_data::<web::Data<App>>() else {
        return Ok(None);
    };
    let sender = caller::sender(request.request());
    *account = sender.account();
    app.rate_limits
        .count(request.method(), request.path(), &sender)
}

impl Seen {
    /// An answer where no request is left to attach it to: the framework sends the error itself.
    fn last_resort(&self, failure: Failure) -> Error {
        self.log_cause(&failure);
        let code = Some(failure.code());
        self.record("unmatched", failure.status_code(), code);
        LastResort {
            failure,
            language: self.language,
            id: self.id,
            is_page: self.is_page,
        }
        .into()
    }
}

/// The failure inside an answer that is an error, whoever made it.
fn failure_in<B>(response: &ServiceResponse<B>) -> Option<Failure> {
    if let Some(error) = response.response().error() {
        return Some(failure_of(error));
    }
    let status = response.status().as_u16();
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == problem::MEDIA_TYPE);
    (status >= 400 && !is_problem).then(|| ApiCode::of_status(status).into())
}

/// Our own failure as it is; any other error by its status, with its text for the log only.
fn failure_of(error: &Error) -> Failure {
    if let Some(failure) = error.as_error::<Failure>() {
        return failure.clone();
    }
    let status = error.as_response_error().status_code().as_u16();
    Refusal::new(ApiCode::of_status(status))
        .because(error)
        .into()
}

/// A failure that carries its own rendering.
#[derive(Debug)]
struct LastResort {
    failure: Failure,
    language: Language,
    id: Uuid,
    is_page: bool,
}

impl fmt::Display for LastResort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.failure.code())
    }
}

impl ResponseError for LastResort {
    fn status_code(&self) -> StatusCode {
        self.failure.status_code()
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = problem::render(&self.failure, self.language, self.id);
        finish(
            (self.is_page, self.id),
            response.status(),
            response.headers_mut(),
        );
        response
    }
}

#[cfg(test)]
mod tests;
