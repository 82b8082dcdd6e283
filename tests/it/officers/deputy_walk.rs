//! Random walks over who stands in for whom, beside an oracle that knows nothing of grants, tokens or
//! tables: a set of roles for each officer, and the days of each deputising.

use chrono::{NaiveDate, TimeDelta};
use domain::actor::Role::{self, Approver, Cashier, Receiver};
use domain::time::Time;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::on_both_engines;
use tests::server::TestServer;

use super::deputies::{Somebody, act, end, make, somebody};

const OFFICERS: usize = 4;
const ROLES: [Role; 3] = [Receiver, Approver, Cashier];

/// Chance that can be repeated (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        let (factor, more) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407);
        self.0 = self.0.wrapping_mul(factor).wrapping_add(more);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// A deputising as the oracle knows it.
struct Known {
    of: usize,
    by: usize,
    role: Role,
    days: (NaiveDate, NaiveDate),
    ended: bool,
    made: Value,
    /// A token for it, once one was given, and when the session is over that it was made in.
    hand: Option<(Client, Time)>,
}

struct World<'a> {
    server: &'a TestServer,
    people: Vec<Somebody>,
    holds: Vec<Vec<Role>>,
    known: Vec<Known>,
    chance: Chance,
}

impl World<'_> {
    async fn begin(server: &TestServer, seed: u64) -> World<'_> {
        let (mut people, mut holds) = (Vec::new(), Vec::new());
        for n in 0..OFFICERS {
            let roles = vec![ROLES[n % ROLES.len()]];
            people.push(somebody(server, &roles).await);
            holds.push(roles);
        }
        World {
            server,
            people,
            holds,
            known: Vec::new(),
            chance: Chance(seed),
        }
    }

    fn today(&self) -> NaiveDate {
        self.server.app().clock.now().date()
    }

    fn stands(&self, one: &Known) -> bool {
        let today = self.today();
        !one.ended
            && one.days.0 <= today
            && today <= one.days.1
            && self.holds[one.of].contains(&one.role)
    }

    /// A client of an officer with the roles held now: what was granted since counts from the next token.
    async fn client(&self, n: usize) -> Client {
        let officer = &self.people[n].officer;
        self.server.proved(officer, &self.holds[n], MY_THUAN).await
    }

    async fn step(&mut self) {
        match self.chance.below(10) {
            0 => self.grant().await,
            1 => self.revoke().await,
            2..=4 => self.make().await,
            5 => self.end().await,
            6 => self.server.clock().advance(TimeDelta::hours(7)),
            _ => self.act().await,
        }
        self.check().await;
    }

    async fn grant(&mut self) {
        let (n, role) = (
            self.chance.below(OFFICERS),
            ROLES[self.chance.below(ROLES.len())],
        );
        if !self.holds[n].contains(&role) {
            let officer = self.people[n].officer.id;
            self.server
                .grant(self.server.role(officer, MY_THUAN, role))
                .await;
            self.holds[n].push(role);
        }
    }

    async fn revoke(&mut self) {
        let n = self.chance.below(OFFICERS);
        if let Some(role) = self.holds[n].pop() {
            let officer = &self.people[n].officer;
            self.server.revoke(officer, MY_THUAN, role).await;
        }
    }

    async fn make(&mut self) {
        let (of, by) = (self.chance.below(OFFICERS), self.chance.below(OFFICERS));
        let role = ROLES[self.chance.below(ROLES.len())];
        let from = self.today() + TimeDelta::days(self.chance.below(2).try_into().unwrap());
        let until = from + TimeDelta::days(self.chance.below(3).try_into().unwrap());
        let wish = json!({
            "deputy_id": self.people[by].officer.id, "role": role.as_str(), "from": from, "until": until,
            "reason": "Nghỉ phép."
        });
        let answer = make(&self.client(of).await, &wish).await;
        let expected = if of == by || !self.holds[of].contains(&role) {
            403
        } else {
            200
        };
        assert_eq!(
            answer.status,
            expected,
            "{of} {by} {role:?}: {}",
            answer.json()
        );
        if expected == 200 {
            let (days, made) = ((from, until), answer.json());
            let hand = None;
            let ended = false;
            self.known.push(Known {
                of,
                by,
                role,
                days,
                ended,
                made,
                hand,
            });
        }
    }

    async fn end(&mut self) {
        if self.known.is_empty() {
            return;
        }
        let (n, who) = (
            self.chance.below(self.known.len()),
            self.chance.below(OFFICERS),
        );
        let (client, one) = (self.client(who).await, &self.known[n]);
        let status = end(&client, &one.made).await.status;
        let party = who == one.of || who == one.by;
        let over = one.ended || one.days.1 < self.today();
        let expected = match (party, over) {
            (false, _) => 403,
            (true, true) => 409,
            (true, false) => 200,
        };
        assert_eq!(status, expected, "{who}");
        self.known[n].ended |= expected == 200;
    }

    async fn act(&mut self) {
        if self.known.is_empty() {
            return;
        }
        let n = self.chance.below(self.known.len());
        // Mostly whoever it is for.
        let who = match self.chance.below(3) {
            0 => self.chance.below(OFFICERS),
            _ => self.known[n].by,
        };
        let (officer, now) = (&self.people[who].officer, self.server.app().clock.now());
        let session = self
            .server
            .proved_in_a_session(officer, &self.holds[who], MY_THUAN);
        let client = session.await.client;
        let lasts = self.server.app().config.sessions.officer_session_seconds;
        let over = now.plus(TimeDelta::seconds(i64::from(lasts)));
        let one = &self.known[n];
        let answer = act(&client, &one.made).await;
        let expected = match (who == one.by, self.stands(one)) {
            (false, _) => 404,
            (true, false) => 409,
            (true, true) => 200,
        };
        assert_eq!(answer.status, expected, "{who}");
        if expected == 200 {
            let token = answer.json();
            let token = token["access_token"].as_str().unwrap();
            self.known[n].hand = Some((client.with_token(token), over));
        }
    }

    /// Every token that was ever given opens something exactly while the oracle says so.
    async fn check(&self) {
        for one in &self.known {
            if let Some((hand, over)) = &one.hand {
                let status = hand.get("/v1/office/deputies").send().await.status;
                let goes_on = self.server.app().clock.now() < *over;
                let expected = if goes_on && self.stands(one) {
                    200
                } else {
                    401
                };
                assert_eq!(
                    status, expected,
                    "{} for {} as {:?}",
                    one.by, one.of, one.role
                );
            }
        }
    }
}

async fn walk(server: &TestServer, seed: u64) -> usize {
    let mut world = World::begin(server, seed).await;
    for _ in 0..tests::runs(80, 800) {
        world.step().await;
    }
    world.known.iter().filter(|one| one.hand.is_some()).count()
}

on_both_engines! {
    async fn nobody_ever_stands_in_for_more_than_the_oracle_says(server: &TestServer) {
        let mut stood_in = 0;
        for seed in [1, 2, 3] {
            stood_in += walk(server, seed).await;
        }
        assert!(stood_in >= 3, "the walks led nowhere: {stood_in}");
    }
}
