//! The load of the fault tests: dossiers drafted, filed, accepted and paid, each accounted for.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::insiders::Insiders;
use super::workload::{Entry, Order, Step, Told, Workload};
use crate::client::{Client, Request};
use crate::engine::Site;
use crate::extract_copy::{PRICE, draft};

/// The writes of one order, in order; each makes the dossier's next version.
const WRITES: [&str; 4] = ["draft", "submit", "accept", "record_cash"];

/// Dossiers of [`crate::extract_copy`]; every fourth stays a draft, every fourth is paid.
#[derive(Debug)]
pub struct Dossiers {
    people: Insiders,
    /// Every code and receipt that was seen, with the dossier it belongs to.
    numbers: Mutex<BTreeMap<String, String>>,
}

impl Dossiers {
    fn citizen(&self, base: &str, order: Order) -> Client {
        let place = usize::try_from(order.number).unwrap_or_default() % self.people.citizens.len();
        let token = self.people.citizens.get(place).expect("a citizen");
        Client::nobody(base.to_owned()).with_token(token)
    }

    fn officer(&self, base: &str) -> Client {
        Client::nobody(base.to_owned()).with_token(&self.people.officer)
    }

    /// The write that makes the version `place + 1`, the same each time it is sent.
    fn write(&self, base: &str, order: Order, place: usize) -> Request {
        let (citizen, officer) = (self.citizen(base, order), self.officer(base));
        let own = format!("/v1/dossiers/{}", order.id);
        let office = format!("/v1/office/dossiers/{}", order.id);
        let (seen, key) = (format!("\"v{place}\""), format!("{}-{place}", order.id));
        match place {
            0 => citizen.put(&own).if_new().json(&draft()),
            1 => citizen
                .post(&format!("{own}/submit"))
                .if_match(&seen)
                .key(&key)
                .json(&json!({ "consent": true })),
            2 => officer
                .post(&format!("{office}/accept"))
                .if_match(&seen)
                .json(&json!({})),
            _ => officer
                .post(&format!("{office}/record_cash"))
                .if_match(&seen)
                .key(&key)
                .json(&json!({ "amount": PRICE })),
        }
    }

    /// Notes a number; a fault when another dossier holds it.
    fn note(&self, number: &Value, order: Order) -> Option<String> {
        let number = number.as_str()?.to_owned();
        let mut numbers = self.numbers.lock().expect("nobody panicked");
        let holder = numbers
            .entry(number.clone())
            .or_insert(order.id.to_string());
        (*holder != order.id.to_string()).then(|| format!("{number} belongs to {holder} too"))
    }

    async fn faults(&self, base: &str, entry: &Entry) -> Vec<String> {
        let order = entry.order;
        let acknowledged = acknowledged(entry);
        let citizen = self.citizen(base, order);
        let path = format!("/v1/dossiers/{}", order.id);
        let found = citizen.get(&path).send().await;
        let mut faults = Vec::new();
        let version = match found.status {
            404 => 0,
            _ => number(&found.clone().expect(200).json()["version"]),
        };
        if version != acknowledged && !(cut(entry) && version == acknowledged + 1) {
            faults.push(format!("{acknowledged} acknowledged, at version {version}"));
            return faults;
        }
        if cut(entry) {
            faults.extend(self.send_again(base, order, acknowledged, version).await);
        }
        let now = citizen.get(&path).send().await;
        if now.status != 200 {
            faults.push(format!("sent again, and then {}", now.status));
            return faults;
        }
        let now = now.json();
        faults.extend(contradictions(entry, &now));
        faults.extend(self.note(&now["code"], order));
        let paid = citizen.get(&format!("{path}/payments")).send().await;
        let paid = paid.expect(200).json()["payments"].clone();
        let due = usize::from(number(&now["version"]) == 4);
        let paid = paid.as_array().cloned().unwrap_or_default();
        if paid.len() != due {
            faults.push(format!("{} payments instead of {due}", paid.len()));
        }
        faults.extend(
            paid.iter()
                .filter_map(|one| self.note(&one["receipt"], order)),
        );
        faults
    }

    /// Sends the write whose outcome was unknown once more: it is done once, whatever had happened.
    async fn send_again(
        &self,
        base: &str,
        order: Order,
        place: usize,
        version: usize,
    ) -> Option<String> {
        let answer = self.write(base, order, place).send().await;
        let done_before = version == place + 1;
        let expected = match (place, done_before) {
            (0, false) => 201,
            (0, true) => 409,
            // No key: the version tells.
            (2, true) => 412,
            (_, _) => 200,
        };
        let replayed = answer.header("idempotency-replayed") == "true";
        let told =
            answer.status == expected && (place.is_multiple_of(2) || replayed == done_before);
        (!told).then(|| {
            let write = WRITES.get(place).copied().unwrap_or_default();
            format!("{write} sent again: {} ({})", answer.status, answer.code())
        })
    }
}

impl Workload for Dossiers {
    async fn begin(site: &Site) -> Self {
        Self {
            people: Insiders::on(site).await,
            numbers: Mutex::default(),
        }
    }

    async fn act(&self, base: &str, order: Order) -> Vec<Step> {
        let writes = usize::try_from(order.number % 4).unwrap_or_default() + 1;
        let mut steps = Vec::new();
        for (place, write) in WRITES.into_iter().enumerate().take(writes) {
            let told = match self.write(base, order, place).try_send().await {
                Ok(answer) => {
                    let answer = answer.unwrap_or_else(|fault| panic!("{fault}"));
                    assert!(answer.status < 300, "{write}: {}", answer.json());
                    Told::Acknowledged(text(&answer.json()["code"]))
                }
                Err(_) => Told::Unknown,
            };
            let cut = told == Told::Unknown;
            steps.push(Step { write, told });
            if cut {
                break;
            }
        }
        steps
    }

    async fn check(&self, base: &str, entry: &Entry) -> Vec<String> {
        self.faults(base, entry).await
    }

    /// No code and no receipt is missing in its series.
    fn finish(&self) -> Vec<String> {
        let mut series: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for number in self.numbers.lock().expect("nobody panicked").keys() {
            let (of, last) = number.rsplit_once('-').unwrap_or_default();
            let last = last.parse().unwrap_or_default();
            series.entry(of.to_owned()).or_default().push(last);
        }
        let gaps = series.into_iter().filter_map(|(of, mut numbers)| {
            numbers.sort_unstable();
            let gapless = numbers.iter().copied().eq((1..).take(numbers.len()));
            (!gapless).then(|| format!("{of} has gaps: {numbers:?}"))
        });
        gaps.collect()
    }
}

fn acknowledged(entry: &Entry) -> usize {
    let told = |step: &&Step| step.told != Told::Unknown;
    entry.steps.iter().filter(told).count()
}

fn cut(entry: &Entry) -> bool {
    acknowledged(entry) < entry.steps.len()
}

/// What was told once and reads differently now.
fn contradictions(entry: &Entry, now: &Value) -> Vec<String> {
    let told = entry.steps.iter().filter_map(|step| match &step.told {
        Told::Acknowledged(code) => Some((step.write, code)),
        Told::Unknown => None,
    });
    told.filter(|(write, code)| *write != "draft" && now["code"] != code.as_str())
        .map(|(write, code)| format!("{write} told {code}, now {}", now["code"]))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> usize {
    value
        .as_u64()
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or_default()
}
