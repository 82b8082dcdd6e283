//! What the way from looking for a procedure to a filed dossier costs a phone: round trips, bytes up and
//! bytes down, step by step.

use std::net::SocketAddr;

use tests::extract_copy::{PROCEDURE, draft, pdf};
use uuid::Uuid;

use crate::client::Connection;
use crate::report::Report;

/// The most requests besides the bytes of papers, from a cold start to the submission.
const REQUESTS: usize = 8;

/// A paper as a phone sends it, in bytes.
const PAPER: usize = 200 * 1024;

/// A request of the journey.
struct Step {
    name: &'static str,
    method: &'static str,
    path: String,
    headers: Vec<String>,
    body: Vec<u8>,
    /// It carries the bytes of a paper.
    carries: bool,
}

/// Walks the journey as the citizen who holds this token, on one connection.
pub(crate) async fn measure(
    address: SocketAddr,
    token: &str,
    report: &mut Report,
) -> anyhow::Result<()> {
    report.line("");
    report.line("| step of the journey | round trips | bytes up | bytes down (br) |");
    report.line("|---|---|---|---|");
    let mut connection = Connection::open(address).await?;
    let (mut requests, mut up, mut down) = (0, 0, 0);
    for step in steps() {
        connection.request = written(&step, token);
        let sent = connection.request.len();
        let answer = connection.exchange().await?;
        anyhow::ensure!(
            (200..300).contains(&answer.status),
            "{}: answered {}",
            step.name,
            answer.status
        );
        report.line(format!(
            "| {} | 1 | {sent} | {} |",
            step.name,
            answer.bytes()
        ));
        requests += usize::from(!step.carries);
        up += sent;
        down += answer.bytes();
    }
    let words = "the whole journey, besides home and the bytes of papers";
    report.line(format!(
        "| {words}: {requests} requests | {requests} | {up} | {down} |"
    ));
    let aim = format!("wire, {words}: {requests} requests, at most {REQUESTS}");
    // The first is the home screen, which has a row of its own above.
    report.judge(requests < REQUESTS, &aim);
    Ok(())
}

fn steps() -> Vec<Step> {
    let dossier = format!("/v1/dossiers/{}", Uuid::now_v7());
    let looks = |name, path: String| sends(name, ("GET", path), &[], Vec::new());
    let paper = |name, key: &str, version: u32| Step {
        carries: true,
        ..sends(
            name,
            ("PUT", format!("{dossier}/papers/{key}")),
            &[
                "content-type: application/pdf",
                &format!("if-match: \"v{version}\""),
            ],
            pdf(&"x".repeat(PAPER)),
        )
    };
    let json = "content-type: application/json";
    let key = format!("idempotency-key: {}", Uuid::now_v7());
    vec![
        looks(
            "find the procedure",
            "/v1/procedures?q=trich%20luc".to_owned(),
        ),
        looks("what to prepare", format!("/v1/procedures/{PROCEDURE}")),
        looks("its form", format!("/v1/procedures/{PROCEDURE}/form")),
        sends(
            "write the draft",
            ("PUT", dossier.clone()),
            &[json, "if-none-match: *"],
            draft().to_string().into_bytes(),
        ),
        paper("paper 1, 200 KB", "authorisation", 1),
        paper("paper 2, 200 KB", "relationship_proof", 2),
        paper("paper 2 taken again, 200 KB", "relationship_proof", 3),
        sends(
            "check",
            ("POST", format!("{dossier}/check")),
            &[],
            Vec::new(),
        ),
        sends(
            "submit",
            ("POST", format!("{dossier}/submit")),
            &[json, "if-match: \"v4\"", &key],
            br#"{"consent":true}"#.to_vec(),
        ),
    ]
}

fn sends(
    name: &'static str,
    (method, path): (&'static str, String),
    headers: &[&str],
    body: Vec<u8>,
) -> Step {
    Step {
        name,
        method,
        path,
        headers: headers.iter().map(|header| (*header).to_owned()).collect(),
        body,
        carries: false,
    }
}

fn written(step: &Step, token: &str) -> Vec<u8> {
    let Step {
        name: _,
        method,
        path,
        headers,
        body,
        carries: _,
    } = step;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost:8080\r\nauthorization: Bearer {token}\r\n\
         accept-encoding: br\r\n"
    );
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    let length = match *method {
        "GET" => String::new(),
        _ => format!("content-length: {}\r\n", body.len()),
    };
    head.push_str(&length);
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}
