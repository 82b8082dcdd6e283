//! Phones that only follow, while eight writers change what they follow and the server is killed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::insiders::Insiders;
use crate::client::{Client, Request, Response};
use crate::engine::Engine;
use crate::extract_copy::{PRICE, draft};
use crate::follower::Follower;
use crate::process::{Process, Start};

/// Clients that write at the same time.
const WRITERS: u64 = 8;

/// Citizens whose dossiers they write: few, so that much happens to one of them at once.
const CITIZENS: usize = 2;

/// What a run has shown.
#[derive(Debug, Default)]
pub struct Report {
    /// What the phones hold otherwise than a full read gives it; empty is the aim.
    pub faults: Vec<String>,
    /// Answers the phones took in while others wrote.
    pub answers: usize,
    /// Dossiers the phones hold in the end.
    pub dossiers: usize,
}

/// Writes and follows for a while, kills the server and starts it again, so many times; then lets the
/// phones catch up, and compares what they hold with a full read.
pub fn run(engine: Engine, start: &Start, kills: u32, span: Duration) -> Report {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts");
    let report = runtime.block_on(follow(engine, start, kills, span));
    println!(
        "{engine}: {kills} kills: {} answers, {} dossiers, {} faults",
        report.answers,
        report.dossiers,
        report.faults.len()
    );
    report
}

async fn follow(engine: Engine, start: &Start, kills: u32, span: Duration) -> Report {
    let site = crate::server::prepared_site(engine);
    let people = Arc::new(Insiders::on(&site).await);
    let numbers = Arc::new(AtomicU64::new(0));
    let nobody = Client::nobody(String::new());
    let mut phones: Vec<Follower> = people.citizens[..CITIZENS]
        .iter()
        .map(|token| Follower::new(nobody.with_token(token)))
        .collect();
    let mut report = Report::default();
    for round in 0..=kills {
        let process = Process::start(&site, start);
        let stop = Arc::new(AtomicBool::new(false));
        let base = process.base();
        for place in 0..CITIZENS {
            Story::of(&people, &base, place).tidies_up().await;
        }
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let place = usize::try_from(writer).unwrap_or_default() % CITIZENS;
                let story = Story::of(&people, &base, place);
                tokio::spawn(story.told(numbers.clone(), stop.clone()))
            })
            .collect();
        let following: Vec<_> = phones
            .drain(..)
            .zip(&people.citizens)
            .map(|(phone, token)| tokio::spawn(keep_up(phone, client(&base, token), stop.clone())))
            .collect();
        tokio::time::sleep(span).await;
        let is_last = round == kills;
        let process = is_last.then_some(process);
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.expect("a writer does not panic");
        }
        for phone in following {
            let (phone, answers) = phone.await.expect("a phone does not panic");
            report.answers += answers;
            phones.push(phone);
        }
        if let Some(process) = process {
            compare(&mut phones, &mut report).await;
            drop(process);
        }
    }
    report
}

/// Catches up until nothing has come for two seconds, and compares.
async fn compare(phones: &mut [Follower], report: &mut Report) {
    for phone in phones {
        loop {
            let answer = phone.asks("").header("prefer", "wait=2").send().await;
            if answer.status == 304 {
                break;
            }
            phone.takes(&answer);
        }
        report.dossiers += phone.dossiers.len();
        report.faults.extend(phone.differences().await);
    }
}

fn client(base: &str, token: &str) -> Client {
    let client = Client::nobody(base.to_owned()).with_token(token);
    client.keeping_connections()
}

/// Asks again and again until told to stop; a broken connection ends it too.
async fn keep_up(mut phone: Follower, client: Client, stop: Arc<AtomicBool>) -> (Follower, usize) {
    phone.at(client);
    let mut answers = 0;
    while !stop.load(Ordering::Relaxed) {
        let asked = phone.asks("page_size=3").header("prefer", "wait=1");
        let Ok(answer) = asked.try_send().await else {
            break;
        };
        phone.takes(&answer.unwrap_or_else(|fault| panic!("{fault}")));
        answers += 1;
    }
    (phone, answers)
}

/// What one writer does, over and over: drafts, edits, and files, pays or throws away.
struct Story {
    citizen: Client,
    officer: Client,
}

/// A write that got no answer, or not the one that was due.
struct Cut;

impl Story {
    fn of(people: &Insiders, base: &str, place: usize) -> Self {
        let token = people.citizens.get(place).expect("a citizen");
        Self {
            citizen: client(base, token),
            officer: client(base, &people.officer),
        }
    }

    /// Throws away the drafts that a kill has left half done: nobody may keep more than twenty.
    async fn tidies_up(self) {
        let list = self.citizen.get("/v1/dossiers?state=draft&page_size=100");
        let list = list.send().await.expect(200).json();
        for item in list["items"].as_array().expect("items") {
            let path = format!("/v1/dossiers/{}", item["id"].as_str().expect("an id"));
            let seen = format!("\"v{}\"", item["version"]);
            let discard = self.citizen.delete(&path).if_match(&seen);
            discard.send().await.expect(204);
        }
    }

    async fn told(self, numbers: Arc<AtomicU64>, stop: Arc<AtomicBool>) {
        while !stop.load(Ordering::Relaxed) {
            let number = numbers.fetch_add(1, Ordering::Relaxed);
            if self.once(number).await.is_err() {
                return;
            }
        }
    }

    async fn once(&self, number: u64) -> Result<(), Cut> {
        let id = Uuid::now_v7();
        let own = format!("/v1/dossiers/{id}");
        let office = format!("/v1/office/dossiers/{id}");
        let drafted = sent(self.citizen.put(&own).if_new().json(&draft())).await?;
        let edit = json!({ "delivery": "counter" }).to_string();
        let patch = self.citizen.patch(&own).if_match(&drafted.etag());
        let edited = sent(patch.body("application/merge-patch+json", edit)).await?;
        if number.is_multiple_of(3) {
            let discard = self.citizen.delete(&own).if_match(&edited.etag());
            return sent(discard).await.map(drop);
        }
        let submit = self.citizen.post(&format!("{own}/submit"));
        let submit = submit.if_match(&edited.etag()).key(&format!("{id}-submit"));
        let filed = sent(submit.json(&json!({ "consent": true }))).await?;
        let accept = self.officer.post(&format!("{office}/accept"));
        let accept = accept.if_match(&filed.etag()).json(&json!({}));
        let accepted = sent(accept).await?;
        if number.is_multiple_of(2) {
            let cash = self.officer.post(&format!("{office}/record_cash"));
            let cash = cash.if_match(&accepted.etag()).key(&format!("{id}-cash"));
            sent(cash.json(&json!({ "amount": PRICE }))).await?;
        }
        Ok(())
    }
}

async fn sent(request: Request) -> Result<Response, Cut> {
    let answer = request.try_send().await.map_err(|_| Cut)?;
    let answer = answer.unwrap_or_else(|fault| panic!("{fault}"));
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    assert!(answer.status < 300, "{}: {said}", answer.status);
    Ok(answer)
}
