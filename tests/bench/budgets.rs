//! The wire budgets of the contract: what a phone's steps cost in round trips and bytes.

use std::net::SocketAddr;

use domain::dossiers::State;

use crate::client::Connection;
use crate::register::Register;
use crate::report::Report;
use crate::requests::{Operation, Requests};

/// A step of a phone on a connection that is open already.
struct Step {
    name: &'static str,
    request: Vec<u8>,
    budget: usize,
}

/// Measures every step; `draft` is used up.
pub(crate) async fn measure(
    address: SocketAddr,
    requests: &Requests,
    draft: u64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let requests = Requests {
        compressed: true,
        ..requests.clone()
    };
    report.line("");
    report.line(
        "| what a phone does | round trips | bytes up | headers | body (br) | bytes down | budget |",
    );
    report.line("|---|---|---|---|---|---|---|");
    let mut connection = Connection::open(address).await?;
    let steps = steps(&requests, draft, &mut connection).await?;
    for Step {
        name,
        request,
        budget,
    } in steps
    {
        // A refused request may end its connection.
        let mut connection = Connection::open(address).await?;
        let up = request.len();
        connection.request = request;
        let answer = connection.exchange().await?;
        let (head, body) = (answer.head.len(), answer.body.len());
        if matches!(answer.status, 200 | 304) {
            report.line(format!(
                "| {name} | 1 | {up} | {head} | {body} | {} | {budget} |",
                answer.bytes()
            ));
            let what = format!("wire, {name}: {} bytes, budget {budget}", answer.bytes());
            report.judge(answer.bytes() <= budget, &what);
        } else {
            report.line(format!(
                "| {name} | – | {up} | – | – | answered {} | {budget} |",
                answer.status
            ));
            report.judge(false, &format!("wire, {name}: answered {}", answer.status));
        }
    }
    Ok(())
}

async fn steps(
    requests: &Requests,
    draft: u64,
    connection: &mut Connection,
) -> anyhow::Result<Vec<Step>> {
    let register = &requests.register;
    let n = fullest(register);
    let written = |operation, n| {
        let mut request = Vec::new();
        requests.write(operation, n, &mut request);
        request
    };
    connection.request = written(Operation::List, n);
    let tag = tag(&connection.exchange().await?.headers());
    let token = requests.tokens.owner_of(register, n);
    let cursor = cursor(connection, token).await?;
    let unchanged = format!("if-none-match: \"{cursor}\"\r\n");
    let step = |name, request, budget| Step {
        name,
        request,
        budget,
    };
    Ok(vec![
        step(
            "cold start, home screen",
            get("/v1/me/home", token, ""),
            8 * 1024,
        ),
        step(
            "nothing changed since last time",
            get(&format!("/v1/sync?cursor={cursor}"), token, &unchanged),
            400,
        ),
        step(
            "the list has not changed",
            get("/v1/dossiers", token, &format!("if-none-match: {tag}\r\n")),
            400,
        ),
        step(
            "one dossier in full",
            written(Operation::Dossier, n),
            12 * 1024,
        ),
        step("tracking by code", tracking(register, n), 1024),
        step("list of 20 dossiers", written(Operation::List, n), 6 * 1024),
        step(
            "submit (papers already uploaded)",
            written(Operation::Submit, draft),
            4 * 1024,
        ),
    ])
}

/// From where on changes are told.
async fn cursor(connection: &mut Connection, token: &str) -> anyhow::Result<String> {
    let request = get("/v1/me/home", token, "");
    let plain = String::from_utf8_lossy(&request).replace("accept-encoding: br\r\n", "");
    connection.request = plain.into_bytes();
    let answer = connection.exchange().await?;
    let home: serde_json::Value = serde_json::from_slice(answer.body)?;
    let cursor = home.get("sync_cursor").and_then(serde_json::Value::as_str);
    Ok(cursor.unwrap_or_default().to_owned())
}

fn get(path: &str, token: &str, more: &str) -> Vec<u8> {
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: localhost:8080\r\nauthorization: Bearer {token}\r\n\
         accept-encoding: br\r\n{more}\r\n"
    );
    request.into_bytes()
}

fn tracking(register: &Register, n: u64) -> Vec<u8> {
    let dossier = crate::rows::of(register, n).dossier;
    let body = serde_json::json!({
        "code": dossier.code.map(|code| code.to_string()),
        "secret": dossier.tracking_secret.map(domain::personal::Personal::into_revealed),
    });
    let body = body.to_string();
    let request = format!(
        "POST /v1/tracking HTTP/1.1\r\nhost: localhost:8080\r\naccept-encoding: br\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    request.into_bytes()
}

fn tag(headers: &[(String, String)]) -> String {
    let found = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("etag"));
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A dossier with two papers, a fee and a result.
fn fullest(register: &Register) -> u64 {
    let is_full = |n: &u64| n.is_multiple_of(6) && register.state(*n) == State::Returned;
    (0..register.dossiers).rev().find(is_full).unwrap_or(0)
}
