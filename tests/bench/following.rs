//! A thousand phones that follow by long poll: what they cost, and how soon each sees what happens to it.

use std::ops::Range;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use tests::engine::Engine;
use tokio::sync::mpsc;

use crate::client::Connection;
use crate::register::DRAFTS_EACH;
use crate::report::{Report, mebibytes, millis};
use crate::requests::{Operation, Requests};
use crate::scenario::Served;

/// How many phones.
pub(crate) const PHONES: u64 = 1000;

/// How many changes are made, one after the other.
const CHANGES: u64 = 300;

/// Between two changes.
const PAUSE: Duration = Duration::from_millis(20);

/// That a phone was told something.
struct Told {
    phone: u64,
    at: Instant,
}

/// Connects the phones of the drafts' owners, one each, and changes a draft of some of them.
pub(crate) async fn measure(
    engine: Engine,
    served: &Served,
    requests: &Requests,
    drafts: Range<u64>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let phones = drafts.end.saturating_sub(drafts.start) / DRAFTS_EACH;
    let (send, mut told) = mpsc::unbounded_channel();
    let mut following = tokio::task::JoinSet::new();
    for phone in 0..phones {
        let token = requests
            .tokens
            .owner_of(&requests.register, drafts.start + phone * DRAFTS_EACH);
        let mut connection = Connection::open(served.address).await?;
        let cursor = cursor(&mut connection, token).await?;
        following.spawn(follow(
            connection,
            token.to_owned(),
            cursor,
            (phone, send.clone()),
        ));
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let resident = served.resident()?;
    let mut seen = Vec::new();
    let mut writer = Connection::open(served.address).await?;
    for phone in 0..CHANGES.min(phones) {
        let draft = drafts.start + phone * DRAFTS_EACH;
        requests.write(Operation::Submit, draft, &mut writer.request);
        let began = Instant::now();
        let answer = writer.exchange().await?;
        anyhow::ensure!(answer.status == 200, "submit: {}", answer.status);
        seen.push((phone, began));
        tokio::time::sleep(PAUSE).await;
    }
    let mut took = Vec::new();
    while took.len() < seen.len() {
        let next = tokio::time::timeout(Duration::from_secs(5), told.recv()).await;
        let Ok(Some(Told { phone, at })) = next else {
            break;
        };
        let of = seen.iter().find(|(of, _)| *of == phone);
        let (_, began) = of.context("a phone was told of what did not happen to it")?;
        took.push(at.saturating_duration_since(*began));
    }
    following.abort_all();
    judge(engine, (phones, resident), (seen.len(), took), report);
    Ok(())
}

/// Says what was seen how soon, and how much the server holds meanwhile.
fn judge(
    engine: Engine,
    (phones, resident): (u64, u64),
    (changes, mut took): (usize, Vec<Duration>),
    report: &mut Report,
) {
    let unseen = changes - took.len();
    report.judge(
        unseen == 0,
        &format!("{engine}: {unseen} changes were not seen"),
    );
    took.sort_unstable();
    let p99 = took.get(took.len() * 99 / 100).or(took.last());
    let p99 = p99.copied().unwrap_or(Duration::from_mins(1));
    let what = format!("{engine}, a change seen by its phone among {phones} that wait, p99");
    report.under(&what, millis(p99), 1000.0, "ms");
    let what = format!("{engine}, resident memory with {phones} phones that wait");
    report.under(&what, mebibytes(resident), 100.0, "MiB");
}

/// Where the first screen says that changes are told from.
async fn cursor(connection: &mut Connection, token: &str) -> anyhow::Result<String> {
    connection.request = get("/v1/me/home", token, "");
    let answer = connection.exchange().await?;
    let home: serde_json::Value = serde_json::from_slice(answer.body)?;
    let cursor = home.get("sync_cursor").and_then(serde_json::Value::as_str);
    Ok(cursor.context("no cursor")?.to_owned())
}

/// Asks again and again, and says when something was told.
async fn follow(
    mut connection: Connection,
    token: String,
    mut cursor: String,
    (phone, told): (u64, mpsc::UnboundedSender<Told>),
) -> anyhow::Result<()> {
    loop {
        let more = format!("prefer: wait=25\r\nif-none-match: \"{cursor}\"\r\n");
        connection.request = get(&format!("/v1/sync?cursor={cursor}"), &token, &more);
        let answer = connection.exchange().await?;
        if answer.status == 304 {
            continue;
        }
        let at = Instant::now();
        let body: serde_json::Value = serde_json::from_slice(answer.body)?;
        let changes = body.get("changes").and_then(serde_json::Value::as_array);
        if changes.is_some_and(|changes| !changes.is_empty()) {
            told.send(Told { phone, at })?;
        }
        let next = body.get("cursor").and_then(serde_json::Value::as_str);
        next.context("no cursor")?.clone_into(&mut cursor);
    }
}

fn get(path: &str, token: &str, more: &str) -> Vec<u8> {
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: localhost:8080\r\nauthorization: Bearer {token}\r\n{more}\r\n"
    );
    request.into_bytes()
}
