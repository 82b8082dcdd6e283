//! Random walks: people propose, agree, confirm, revoke and give back, days go by, and after each step
//! everybody is asked for every dossier. An oracle of its own says who may read and who may act.

mod oracle;

use chrono::{NaiveDate, TimeDelta};
use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::extract_copy::Seen;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use self::oracle::{Dossier, Mandate, Oracle, Owner, Stand};
use super::{
    Held, at_desk, command, draft_under, from_account, named, of_child, proposing, to_account,
};

/// Phones and names of the accounts; the first one gives, the others act.
const PEOPLE: [(&str, &str); 3] = [
    ("0912345678", "Nguyễn Thị Đào"),
    ("0987654321", "Trần Văn Mận"),
    ("0977777777", "Lê Văn Sáu"),
];

/// Names and numbers of the children.
const CHILDREN: [(&str, &str); 2] = [
    ("Trần Thị Bé", "089315000001"),
    ("Trần Văn Út", "089215000002"),
];

/// Marsaglia's xorshift: the same seed, the same walk.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

struct Walk {
    people: Vec<Client>,
    receiver: Client,
    oracle: Oracle,
    dice: Dice,
    stood: usize,
    ended: usize,
    /// How often a delegate asked for what a mandate that is over had opened.
    lost: usize,
}

on_both_engines! {
    async fn who_reads_and_acts_is_who_the_oracle_says(server: &TestServer) {
        let mut people = Vec::new();
        for (phone, name) in PEOPLE {
            people.push(named(server, phone, name).await);
        }
        let receiver = server.officer(&[Role::Receiver], MY_THUAN).await;
        let mut lost = 0;
        for seed in 1..=u64::from(tests::runs(3, 60)) {
            let mut walk = Walk::begin(&people, &receiver, seed);
            for step in 0..90 {
                walk.step(server).await;
                let today = server.app().clock.now().date();
                walk.ask_everybody(today, &format!("seed {seed}, step {step}")).await;
            }
            assert!(walk.stood > 2 && walk.ended > 0, "seed {seed} goes nowhere");
            lost += walk.lost;
            walk.end_everything().await;
        }
        assert!(lost > 20, "hardly anybody asked for what was taken back: {lost}");
    }
}

impl Walk {
    fn begin(people: &[Client], receiver: &Client, seed: u64) -> Self {
        Self {
            people: people.to_vec(),
            receiver: receiver.clone(),
            oracle: Oracle::default(),
            dice: Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)),
            stood: 0,
            ended: 0,
            lost: 0,
        }
    }

    async fn step(&mut self, server: &TestServer) {
        match self.dice.below(12) {
            0..=2 => self.propose(server.app().clock.now().date()).await,
            3..=5 => self.move_one("accept", server).await,
            6 => self.move_one("refuse", server).await,
            7 => self.move_one("revoke", server).await,
            8 => self.move_one("give_back", server).await,
            9 => server.clock().advance(TimeDelta::days(1)),
            _ => self.draft(server.app().clock.now().date()).await,
        }
    }

    async fn propose(&mut self, today: NaiveDate) {
        let delegate = 1 + self.dice.below(2);
        let (owner, proposer, mut body) = match self.dice.below(4) {
            0 => (
                Owner::Person(0),
                delegate,
                from_account(PEOPLE[0].0, PEOPLE[0].1),
            ),
            1 => (
                Owner::Person(0),
                0,
                to_account(PEOPLE[delegate].0, PEOPLE[delegate].1),
            ),
            _ => {
                let child = self.dice.below(2);
                let (name, number) = CHILDREN[child];
                (Owner::Child(child), delegate, of_child(name, number))
            }
        };
        let submits = self.dice.below(3) > 0;
        if !submits {
            body["acts"] = json!(["read"]);
        }
        let from = today + TimeDelta::days(i64::from(self.dice.below(4) == 0));
        body["valid_from"] = json!(from);
        let until = (self.dice.below(2) == 0).then(|| from + TimeDelta::days(2));
        body["valid_until"] = json!(until);
        let held = proposing(&self.people[proposer], &body)
            .send()
            .await
            .expect(201);
        self.oracle.mandates.push(Mandate {
            held: Held::of(&held),
            owner,
            delegate,
            proposer,
            submits,
            from,
            until,
            stand: Stand::Waits,
        });
    }

    /// Somebody, perhaps the wrong one, asks for something, perhaps at the wrong time.
    async fn move_one(&mut self, what: &str, server: &TestServer) {
        if self.oracle.mandates.is_empty() {
            return;
        }
        let which = self.one_to_move(what);
        let by = self.dice.below(4);
        let today = server.app().clock.now().date();
        let mandate = &self.oracle.mandates[which];
        let (request, next) = if by == 3 {
            let what = if what == "accept" { "confirm" } else { what };
            if what == "give_back" {
                return;
            }
            (
                at_desk(&self.receiver, &mandate.held, what),
                mandate.moved_by_desk(what, today),
            )
        } else {
            (
                command(&self.people[by], &mandate.held, what),
                mandate.moved(what, by, today),
            )
        };
        let answer = request.send().await;
        match next {
            Ok(stand) => {
                let held = Held::of(&answer.expect(200));
                self.stood += usize::from(stand == Stand::Stands);
                self.ended += usize::from(stand == Stand::Over);
                let mandate = &mut self.oracle.mandates[which];
                mandate.held = held;
                mandate.stand = stand;
            }
            Err((status, code)) => {
                answer.refused(status, code);
            }
        }
    }

    /// Half of the time where it matters: what waits most likely, or what a dossier was drafted under.
    fn one_to_move(&mut self, what: &str) -> usize {
        let (many, dossiers) = (self.oracle.mandates.len(), self.oracle.dossiers.len());
        match (self.dice.below(2), what) {
            (0, "accept" | "refuse") => many - 1,
            (0, _) if dossiers > 0 => self.oracle.dossiers[self.dice.below(dossiers)].under,
            _ => self.dice.below(many),
        }
    }

    async fn draft(&mut self, today: NaiveDate) {
        if self.oracle.mandates.is_empty() || self.oracle.dossiers.len() > 8 {
            return;
        }
        let stand = (0..self.oracle.mandates.len())
            .rev()
            .find(|which| self.oracle.mandates[*which].stands(today));
        let which = match (self.dice.below(3), stand) {
            (0, _) | (_, None) => self.dice.below(self.oracle.mandates.len()),
            (_, Some(which)) => which,
        };
        let mandate = &self.oracle.mandates[which];
        let name = match mandate.owner {
            Owner::Person(person) => PEOPLE[person].1,
            Owner::Child(child) => CHILDREN[child].0,
        };
        let by = 1 + self.dice.below(2);
        let put = self.people[by]
            .put(&format!("/v1/dossiers/{}", Uuid::now_v7()))
            .if_new();
        let answer = put.json(&draft_under(&mandate.held, name)).send().await;
        if by != mandate.delegate {
            answer.refused(422, "invalid-content");
        } else if !mandate.stands(today) {
            answer.refused(409, "mandate-state-forbids");
        } else if !mandate.submits {
            answer.refused(403, "mandate-does-not-cover");
        } else {
            let owner = mandate.owner;
            let seen = Seen::of(&answer.expect(201));
            self.oracle.dossiers.push(Dossier {
                seen,
                owner,
                under: which,
            });
        }
    }

    /// Everybody reads every dossier, and changes it where they can.
    async fn ask_everybody(&mut self, today: NaiveDate, at: &str) {
        for which in 0..self.oracle.dossiers.len() {
            for (person, client) in self.people.iter().enumerate() {
                let dossier = &self.oracle.dossiers[which];
                let path = format!("/v1/dossiers/{}", dossier.seen.id);
                let (reads, acts) = (
                    self.oracle.reads(dossier, person, today),
                    self.oracle.acts(dossier, person, today),
                );
                let under = &self.oracle.mandates[dossier.under];
                self.lost += usize::from(!reads && person == under.delegate);
                let read = client.get(&path).send().await;
                assert_eq!(
                    read.status,
                    if reads { 200 } else { 404 },
                    "{at}: {person} reads {which}"
                );
                let edit = client.patch(&path).if_match(&dossier.seen.etag);
                let change = json!({ "delivery": if self.dice.0.is_multiple_of(2) { "counter" } else { "post" } });
                let edit = edit
                    .body("application/merge-patch+json", change.to_string())
                    .send()
                    .await;
                let expected = match (reads, acts) {
                    (_, true) => 200,
                    (true, false) => 403,
                    (false, false) => 404,
                };
                assert_eq!(
                    edit.status,
                    expected,
                    "{at}: {person} changes {which}: {}",
                    text(&edit.body)
                );
                if acts {
                    self.oracle.dossiers[which].seen = Seen::of(&edit);
                }
            }
        }
    }

    /// The next walk begins with nothing that stands: children are known by their numbers.
    async fn end_everything(&mut self) {
        for mandate in &self.oracle.mandates {
            if mandate.stand == Stand::Stands {
                let back = command(&self.people[mandate.delegate], &mandate.held, "give_back");
                back.send().await.expect(200);
            }
        }
    }
}

fn text(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_default()
}
