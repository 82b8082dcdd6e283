//! A small client that holds every answer against the published document.

use std::collections::HashMap;
use std::sync::OnceLock;

use reqwest::Method;
use serde_json::Value;

use crate::document::{Answer, Document};

/// Somebody who sends requests: nobody in particular, a citizen or an officer.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// A request that is being put together.
#[derive(Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct Request {
    builder: reqwest::RequestBuilder,
    method: Method,
}

/// An answer that agrees with the document.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    /// After decompression.
    pub body: Vec<u8>,
    request: String,
}

impl Client {
    /// Without a token; `base` has no slash at the end.
    pub fn nobody(base: String) -> Self {
        Self {
            http: connection().clone(),
            base,
            token: None,
        }
    }

    /// The same client with an access token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// The same client, keeping its connections between requests: for a test that sends thousands
    /// of them from one runtime.
    #[must_use]
    pub fn keeping_connections(&self) -> Self {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy();
        Self {
            http: builder.build().expect("a client"),
            ..self.clone()
        }
    }

    /// The access token, if there is one.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// `GET`; `path` begins with a slash and may hold a query.
    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// `POST`.
    pub fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    /// `PUT`.
    pub fn put(&self, path: &str) -> Request {
        self.request(Method::PUT, path)
    }

    /// `PATCH`.
    pub fn patch(&self, path: &str) -> Request {
        self.request(Method::PATCH, path)
    }

    /// `DELETE`.
    pub fn delete(&self, path: &str) -> Request {
        self.request(Method::DELETE, path)
    }

    /// Any method.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let mut builder = self
            .http
            .request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            builder = builder.bearer_auth(token);
        }
        Request { builder, method }
    }
}

impl Request {
    /// A JSON body.
    pub fn json(self, body: &Value) -> Self {
        Self {
            builder: self.builder.json(body),
            ..self
        }
    }

    /// Any body.
    pub fn body(self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let builder = self
            .builder
            .header("content-type", media_type)
            .body(body.into());
        Self { builder, ..self }
    }

    /// A header.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self {
            builder: self.builder.header(name, value),
            ..self
        }
    }

    /// `If-Match` with a tag as [`Response::etag`] gives it.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }

    /// `If-None-Match: *`: only if it does not exist yet.
    pub fn if_new(self) -> Self {
        self.header("if-none-match", "*")
    }

    /// `Idempotency-Key`.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// `Accept-Language: en`.
    pub fn in_english(self) -> Self {
        self.header("accept-language", "en")
    }

    /// Sends it. Panics when no answer comes, or one that the document does not allow.
    pub async fn send(self) -> Response {
        let answer = self.try_send().await.expect("the server answers");
        answer.unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Sends it; the outer error is a broken connection, the inner one an answer that the
    /// document does not allow.
    pub async fn try_send(self) -> reqwest::Result<Result<Response, String>> {
        let answer = self.builder.send().await?;
        let path = answer.url().path().to_owned();
        let status = answer.status().as_u16();
        let headers = headers(answer.headers());
        let body = answer.bytes().await?.to_vec();
        Ok(Response::checked(
            self.method.as_str(),
            &path,
            status,
            headers,
            body,
        ))
    }
}

impl Response {
    /// The answer, if the document allows it.
    pub(crate) fn checked(
        method: &str,
        path: &str,
        status: u16,
        headers: HashMap<String, String>,
        body: Vec<u8>,
    ) -> Result<Self, String> {
        let seen = Answer {
            method,
            path,
            status,
            headers: &headers,
            body: &body,
        };
        Document::published().check(&seen)?;
        Ok(Self {
            status,
            headers,
            body,
            request: format!("{method} {path}"),
        })
    }

    /// Panics, showing the body, unless the status is this one.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "often only the check is wanted"
    )]
    pub fn expect(self, status: u16) -> Self {
        let Self {
            status: found,
            request,
            body,
            ..
        } = &self;
        let body = String::from_utf8_lossy(body);
        assert_eq!(*found, status, "{request}: {body}");
        self
    }

    /// Panics, showing the body, unless it is a problem with this status and code.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "often only the check is wanted"
    )]
    pub fn refused(self, status: u16, code: &str) -> Self {
        let refused = self.expect(status);
        assert_eq!(
            refused.code(),
            code,
            "{}: {}",
            refused.request,
            refused.json()
        );
        refused
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{}: {error}", self.request))
    }

    /// The code of a problem, empty where there is none.
    pub fn code(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body["code"].as_str().unwrap_or_default().to_owned()
    }

    /// A header, by its name in lower case; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The strong tag, quotes included, ready for [`Request::if_match`].
    #[track_caller]
    pub fn etag(&self) -> String {
        let etag = self.header("etag");
        assert!(etag.starts_with('"'), "{}: no strong ETag", self.request);
        etag.to_owned()
    }
}

/// Shared by all tests of the process: to build one reads the machine's certificates, which takes
/// longer than most tests. Each test has a runtime of its own, so no connection may outlive its
/// request.
fn connection() -> &'static reqwest::Client {
    static CONNECTION: OnceLock<reqwest::Client> = OnceLock::new();
    CONNECTION.get_or_init(|| {
        let builder = reqwest::Client::builder()
            // Where an answer points is for the test to see.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .pool_max_idle_per_host(0);
        builder.build().expect("a client")
    })
}

fn headers(found: &reqwest::header::HeaderMap) -> HashMap<String, String> {
    let mut headers: HashMap<String, String> = HashMap::new();
    for (name, value) in found {
        let value = String::from_utf8_lossy(value.as_bytes());
        headers
            .entry(name.as_str().to_owned())
            .and_modify(|all| {
                all.push_str(", ");
                all.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    headers
}
