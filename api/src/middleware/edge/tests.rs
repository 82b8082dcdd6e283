//! The outermost layer: whatever breaks leaves as a problem.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
use actix_web::{App as ActixApp, get, middleware::from_fn, test};
use serde_json::Value;

use super::*;
use crate::fixture::Fixture;

#[get("/panics")]
#[expect(clippy::panic, reason = "this is what is tested")]
async fn panics() -> &'static str {
    panic!("secret-canary")
}

#[get("/breaks")]
async fn breaks() -> Result<&'static str, Failure> {
    Err(Failure::internal("secret-canary"))
}

#[get("/strange")]
async fn strange() -> Result<&'static str, Error> {
    Err(actix_web::error::ErrorBadGateway("secret-canary"))
}

/// Status, `code` and body of an answer whose common headers were checked.
async fn answer(request: test::TestRequest) -> (u16, String, String) {
    let fixture = Fixture::new();
    let app = ActixApp::new()
        .app_data(fixture.app.clone())
        .service(panics)
        .service(breaks)
        .service(strange)
        .wrap(from_fn(edge));
    let app = test::init_service(app).await;
    let response = match test::try_call_service(&app, request.to_request()).await {
        Ok(response) => response.into_parts().1.map_into_boxed_body(),
        Err(error) => error.error_response(),
    };
    let headers = response.headers().clone();
    for name in [
        "x-content-type-options",
        "content-security-policy",
        "x-request-id",
        "vary",
    ] {
        assert!(headers.contains_key(name), "{name}");
    }
    let status = response.status().as_u16();
    let body = actix_web::body::to_bytes(response.into_body())
        .await
        .unwrap();
    let problem: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem.get("status").unwrap(), status);
    let text = |name| {
        problem
            .get(name)
            .and_then(Value::as_str)
            .unwrap()
            .to_owned()
    };
    let id = headers.get("x-request-id").unwrap().to_str().unwrap();
    assert_eq!(text("request_id"), id);
    let code = text("code");
    (status, code, String::from_utf8(body.to_vec()).unwrap())
}

#[actix_web::test]
async fn whatever_breaks_leaves_as_a_problem_that_tells_nothing() {
    for (path, status, code) in [
        ("/panics", 500, "internal"),
        ("/breaks", 500, "internal"),
        ("/strange", 500, "internal"),
        ("/nowhere", 404, "route-not-found"),
    ] {
        let (found, name, body) = answer(test::TestRequest::get().uri(path)).await;
        assert_eq!((found, name.as_str()), (status, code), "{path}");
        assert!(!body.contains("canary"), "{body}");
    }
}

#[actix_web::test]
async fn the_language_is_the_callers() {
    let request = test::TestRequest::get().uri("/nowhere");
    let (_, _, vi) = answer(request).await;
    let request = test::TestRequest::get().uri("/nowhere");
    let (_, _, en) = answer(request.insert_header((header::ACCEPT_LANGUAGE, "en"))).await;
    assert!(vi.contains("Không có địa chỉ này.") && en.contains("There is no such address."));
}

/// What was logged, line by line.
#[derive(Clone, Default)]
struct Lines(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[actix_web::test]
async fn what_breaks_is_logged_with_its_cause_under_the_id_that_was_answered() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || writer.clone())
        .finish();
    let listening = tracing::subscriber::set_default(subscriber);
    let (_, _, body) = answer(test::TestRequest::get().uri("/breaks")).await;
    drop(listening);
    let told: Value = serde_json::from_str(&body).unwrap();
    let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let lines = written
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let failed: Vec<Value> = lines
        .filter(|line| line.get("level").and_then(Value::as_str) == Some("ERROR"))
        .collect();
    assert_eq!(failed.len(), 1, "{written}");
    let fields = failed.first().and_then(|line| line.get("fields")).unwrap();
    assert_eq!(fields.get("request_id"), told.get("request_id"));
    assert_eq!(
        fields.get("cause").and_then(Value::as_str),
        Some("secret-canary")
    );
}

#[actix_web::test]
async fn a_refusal_is_logged_with_when_what_and_why_and_nothing_can_be_slipped_into_a_line() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || writer.clone())
        .finish();
    let listening = tracing::subscriber::set_default(subscriber);
    let forged = test::TestRequest::get()
        .uri("/nowhere/%0A%7B%22account%22:%22secret-canary%22%7D")
        .insert_header((header::USER_AGENT, "x\t{\"account\":\"secret-canary\"}"));
    answer(forged).await;
    drop(listening);
    let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let line: Value = serde_json::from_str(written.trim_end()).unwrap();
    assert_eq!(written.lines().count(), 1, "{written}");
    assert!(!written.contains("canary"), "{written}");
    let fields = line.get("fields").unwrap();
    for (name, value) in [("code", "route-not-found"), ("method", "GET")] {
        assert_eq!(fields.get(name).and_then(Value::as_str), Some(value));
    }
    assert!(fields.get("account").is_none());
    let at = line.get("timestamp").and_then(Value::as_str).unwrap();
    assert!(at.ends_with('Z'), "{at} is in UTC");
}
