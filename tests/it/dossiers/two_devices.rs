//! Two devices, one draft: no edit that was accepted is lost without an answer that names it.

mod model;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::extract_copy::{PROCEDURE, Seen};
use tests::on_both_engines;
use tests::server::TestServer;

use self::model::{Change, Due, FIELDS, Model, PLACE, patch};

/// Interleavings on one draft, before the next one is begun.
const ON_ONE_DRAFT: u32 = 50;

/// Marsaglia's xorshift: the same seed, the same interleaving.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    /// One to three fields, each once; the place as a whole or in its parts.
    fn changes(&mut self) -> Vec<Change> {
        let mut changes: BTreeMap<&'static str, Option<&'static str>> = BTreeMap::new();
        for _ in 0..=self.below(3) {
            let (name, values) = FIELDS[self.below(FIELDS.len())];
            let value = values[self.below(3)];
            let whole = name.starts_with(PLACE) && self.below(3) == 0;
            let taken_out = name == "/form/note" && self.below(3) == 0;
            changes.insert(
                if whole { PLACE } else { name },
                (!whole && !taken_out).then_some(value),
            );
        }
        if changes.contains_key(PLACE) {
            changes.retain(|name, _| !name.starts_with("/form/place/"));
        }
        changes.into_iter().collect()
    }
}

/// A phone: the version it has seen, and the edit whose answer it waits for.
#[derive(Default)]
struct Device {
    base: i64,
    waiting: Option<Vec<Change>>,
}

struct Desk<'a> {
    citizen: &'a Client,
    path: String,
    model: Model,
    accepted: u32,
    refused: u32,
}

fn blank() -> Value {
    json!({
        "procedure_code": PROCEDURE, "agency_id": tests::accounts::MY_THUAN,
        "applicant": { "full_name": "Nguyễn Thị Đào", "phone": "0911111111" },
        "form": {}, "delivery": "electronic"
    })
}

fn version_of(answer: &Response) -> i64 {
    answer.json()["version"].as_i64().unwrap()
}

/// Each field that is named, with the value it has now.
fn named(refused: &Response) -> BTreeMap<String, Value> {
    let errors = refused.json()["errors"].as_array().unwrap().clone();
    let one = |error: Value| {
        assert_eq!(error["code"], "field-changed");
        assert!(error.as_object().unwrap().contains_key("current_value"));
        (
            error["pointer"].as_str().unwrap().to_owned(),
            error["current_value"].clone(),
        )
    };
    errors.into_iter().map(one).collect()
}

impl Desk<'_> {
    async fn send(&self, base: i64, changes: &[Change]) -> Response {
        let request = self
            .citizen
            .patch(&self.path)
            .if_match(&format!("\"v{base}\""));
        request.json(&patch(changes)).send().await
    }

    /// Sends what the device waits for, or something new; one answer in four is lost on the way.
    async fn edit(&mut self, dice: &mut Dice, device: &mut Device, at: &str) {
        let changes = device.waiting.take().unwrap_or_else(|| dice.changes());
        let answer = self.send(device.base, &changes).await;
        self.compare(device.base, &changes, &answer, at);
        if dice.below(4) == 0 {
            device.waiting = Some(changes);
        } else if answer.status == 200 {
            device.base = version_of(&answer);
        }
    }

    fn compare(&mut self, base: i64, changes: &[Change], answer: &Response, at: &str) {
        let due = self.model.due(base, changes);
        if answer.status == 200 && version_of(answer) > self.model.version {
            // By itself, whatever the model makes of it: nothing unseen is overwritten.
            let Due::Accepted(taken) = &due else {
                panic!("{at}: {changes:?} on {base} overwrites what it has not seen: {due:?}");
            };
            assert!(
                self.model.last_change(taken) <= base,
                "{at}: {changes:?} on {base}"
            );
        }
        match due {
            Due::Accepted(taken) => {
                assert_eq!(
                    answer.status,
                    200,
                    "{at}: {changes:?} on {base}: {}",
                    answer.json()
                );
                self.model.accept(&taken);
                self.accepted += 1;
            }
            Due::Nothing => assert_eq!(answer.status, 200, "{at}: {}", answer.json()),
            Due::Refused(fields) => {
                let refused = answer.clone().refused(412, "fields-changed");
                assert_eq!(named(&refused), fields, "{at}: {changes:?} on {base}");
                assert_eq!(refused.json()["current_version"], self.model.version);
                self.refused += 1;
                return;
            }
        }
        self.shows(answer, at);
    }

    /// What is shown is what was accepted.
    fn shows(&self, answer: &Response, at: &str) {
        let view = answer.json();
        assert_eq!(view["version"], self.model.version, "{at}");
        for (name, _) in FIELDS {
            let found = view.pointer(name).cloned().unwrap_or(Value::Null);
            assert_eq!(found, self.model.shown(name), "{at}: {name}");
        }
    }

    async fn interleave(&mut self, dice: &mut Dice, at: &str) {
        let mut devices = [Device::default(), Device::default()];
        for device in &mut devices {
            device.base = self.model.version;
        }
        for step in 0..8 {
            let device = &mut devices[dice.below(2)];
            let at = format!("{at}, step {step}");
            if dice.below(5) == 0 {
                let read = self.citizen.get(&self.path).send().await.expect(200);
                self.shows(&read, &at);
                *device = Device {
                    base: self.model.version,
                    waiting: None,
                };
            } else {
                self.edit(dice, device, &at).await;
            }
        }
    }
}

on_both_engines! {
    async fn no_accepted_edit_is_lost_without_being_named(server: &TestServer) {
        let citizen = server.citizen("0912345678").await.keeping_connections();
        let (mut accepted, mut refused) = (0, 0);
        let interleavings = tests::runs(60, 10_000);
        for first in (0..interleavings).step_by(usize::try_from(ON_ONE_DRAFT).unwrap()) {
            let path = format!("/v1/dossiers/{}", citizen.draft_of(&blank()).await.id);
            let mut desk = Desk { citizen: &citizen, path, model: Model::new(), accepted: 0, refused: 0 };
            for number in first..interleavings.min(first + ON_ONE_DRAFT) {
                let mut dice = Dice(u64::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
                desk.interleave(&mut dice, &format!("interleaving {number}")).await;
            }
            let tag = format!("\"v{}\"", desk.model.version);
            citizen.delete(&desk.path).if_match(&tag).send().await.expect(204);
            (accepted, refused) = (accepted + desk.accepted, refused + desk.refused);
        }
        println!("{interleavings} interleavings: {accepted} accepted, {refused} refused");
        assert!(accepted > interleavings && refused > interleavings / 4, "{accepted} {refused}");
    }

    /// Both at once, forty times: what is about different fields is taken twice, what is about one field
    /// once, and the other is told.
    async fn of_two_at_once_neither_is_overwritten(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let mut seen = citizen.draft_of(&blank()).await;
        let path = format!("/v1/dossiers/{}", seen.id);
        for round in 0..40 {
            let second = if round % 2 == 0 { "b" } else { "a" };
            let sent = ["a", second].map(|field| {
                let request = citizen.patch(&path).if_match(&seen.etag);
                let patch = json!({ "form": { field: uuid::Uuid::now_v7() } });
                (patch.clone(), tokio::spawn(request.json(&patch).send()))
            });
            let mut taken = Vec::new();
            for (patch, answer) in sent {
                let answer = answer.await.unwrap();
                if answer.status == 412 {
                    let fields: Vec<_> = named(&answer.refused(412, "fields-changed")).into_keys().collect();
                    assert_eq!((second, fields), ("a", vec!["/form/a".to_owned()]), "round {round}");
                } else {
                    answer.expect(200);
                    taken.push(patch);
                }
            }
            assert_eq!(taken.len(), if second == "a" { 1 } else { 2 }, "round {round}");
            seen = Seen::of(&citizen.get(&path).send().await.expect(200));
            for patch in taken {
                for (field, value) in patch["form"].as_object().unwrap() {
                    assert_eq!(seen.view["form"][field], *value, "round {round}");
                }
            }
        }
    }

    /// Papers come and go beside the form; what is only a consequence of a change is a change too.
    async fn an_older_version_is_good_enough_where_nothing_is_overwritten(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let made = citizen.draft().await;
        let attached = citizen.attach(&made, "authorisation").await;
        let path = format!("/v1/dossiers/{}", made.id);
        let edit = |tag: &str, patch: Value| citizen.patch(&path).if_match(tag).json(&patch).send();
        let third = edit(&made.etag, json!({ "form": { "copies": 5 } })).await.expect(200);
        assert_eq!(version_of(&third), 3);
        assert_eq!(third.json()["papers"].as_array().unwrap().len(), 1);
        let helped = json!({
            "assistance": "helped_on_own_phone",
            "helped_by": { "kind": "relative", "full_name": "Trần Văn Cháu" }
        });
        edit(&third.etag(), helped).await.expect(200);
        // Another hand would take the helper away, whom this device has not seen.
        let alone = edit(&attached.etag, json!({ "assistance": "own_hand" })).await.refused(412, "fields-changed");
        let fields = named(&alone);
        assert_eq!(fields["/assistance"], "helped_on_own_phone");
        assert_eq!(fields["/helped_by"]["full_name"], "Trần Văn Cháu");
        alone.names(fault("/helped_by", "field-changed"));
        edit("\"v9\"", json!({})).await.refused(412, "version-mismatch");
        let other = server.citizen("0987654321").await;
        let foreign = other.patch(&path).if_match(&made.etag).json(&json!({ "form": { "copies": 1 } }));
        foreign.send().await.refused(404, "not-found");
    }
}
