//! Officers, roles, dossiers and whose work they are, as an oracle knows them: sets and nothing else.

use std::collections::BTreeSet;

use domain::actor::{Actor, Role, Roles};
use domain::ids::AgencyId;
use persistence::officers::Officer;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::Client;
use tests::extract_copy::{Seen, draft};
use tests::server::TestServer;

use super::{Somebody, somebody};

pub(super) const AGENCIES: [AgencyId; 2] = [MY_THUAN, BINH_SON];
pub(super) const ROLES: [Role; 3] = [Role::Receiver, Role::Processor, Role::Approver];

/// Numbers that look like chance and come again (splitmix64).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(most).unwrap()).unwrap()
    }
}

/// A dossier: which agency holds it, and whom it was given to.
pub(super) struct Held {
    pub(super) at: usize,
    pub(super) given_to: Option<usize>,
    pub(super) dossier: Seen,
}

/// Somebody stands in for somebody, with a token for it.
pub(super) struct StandIn {
    pub(super) of: usize,
    pub(super) by: usize,
    pub(super) role: Role,
    pub(super) ended: bool,
    pub(super) id: String,
    pub(super) hand: Client,
}

pub(super) struct World<'a> {
    pub(super) server: &'a TestServer,
    pub(super) chance: Chance,
    pub(super) officers: Vec<Officer>,
    pub(super) held: BTreeSet<(usize, usize, Role)>,
    taken: BTreeSet<(usize, usize, Role)>,
    pub(super) dossiers: Vec<Held>,
    pub(super) stand_ins: Vec<StandIn>,
    pub(super) leaders: Vec<Somebody>,
    pub(super) citizen: Client,
}

impl World<'_> {
    /// Four officers, two at each agency, who hold nothing; a leader at each; three dossiers in processing.
    pub(super) async fn begin(server: &TestServer, seed: u64) -> World<'_> {
        let citizen = server.citizen("0912345678").await;
        let (mut officers, mut leaders, mut dossiers) = (Vec::new(), Vec::new(), Vec::new());
        for n in 0..4 {
            officers.push(server.hire(&[], AGENCIES[n % 2]).await);
        }
        for agency in AGENCIES {
            leaders.push(somebody(server, &[Role::Approver], agency).await);
        }
        for n in 0..3 {
            let at = n % 2;
            let mut body = draft();
            body["agency_id"] = json!(AGENCIES[at]);
            let draft = citizen.draft_of(&body).await;
            let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
            let staff = server.staff_of(AGENCIES[at]).await;
            let dossier = staff.processing(&filed).await;
            dossiers.push(Held {
                at,
                given_to: None,
                dossier,
            });
        }
        World {
            server,
            chance: Chance::of(seed),
            officers,
            held: BTreeSet::new(),
            taken: BTreeSet::new(),
            dossiers,
            stand_ins: Vec::new(),
            leaders,
            citizen,
        }
    }

    pub(super) fn holds(&self, who: usize, at: usize, roles: &[Role]) -> bool {
        roles
            .iter()
            .any(|role| self.held.contains(&(who, at, *role)))
    }

    pub(super) fn roles(&self, who: usize, at: usize) -> Vec<Role> {
        let all = ROLES.into_iter();
        all.filter(|role| self.holds(who, at, &[*role])).collect()
    }

    /// Whose work it is: whom it was given to, while that one works on dossiers where it is.
    pub(super) fn worker(&self, n: usize) -> Option<usize> {
        let one = &self.dossiers[n];
        let works = |who: &usize| self.holds(*who, one.at, &[Role::Processor, Role::Approver]);
        one.given_to.filter(works)
    }

    pub(super) fn stands(&self, one: &StandIn) -> bool {
        !one.ended && self.holds(one.of, one.of % 2, &[one.role])
    }

    /// A client with the roles held now.
    pub(super) fn client(&self, who: usize, at: usize) -> Client {
        self.server.signed_in(&Actor::Officer {
            officer: self.officers[who].id,
            agency: AGENCIES[at],
            roles: Roles::of(&self.roles(who, at)),
        })
    }

    /// The dossier with the version it has now.
    async fn refreshed(&mut self, n: usize) -> Seen {
        let path = format!("/v1/dossiers/{}", self.dossiers[n].dossier.id);
        Seen::of(&self.citizen.get(&path).send().await.expect(200))
    }

    pub(super) async fn step(&mut self) {
        match self.chance.below(12) {
            0..=3 => self.grant().await,
            4 => self.revoke().await,
            5 => self.deputise().await,
            6 => self.end_deputising().await,
            7 | 8 => self.assign().await,
            9 => self.take_up().await,
            10 => self.release().await,
            _ => self.transfer().await,
        }
    }

    async fn grant(&mut self) {
        let (who, at) = (self.chance.below(4), self.chance.below(2));
        let key = (who, at, ROLES[self.chance.below(3)]);
        if !self.held.contains(&key) && !self.taken.contains(&key) {
            let grant = self.server.role(self.officers[who].id, AGENCIES[at], key.2);
            self.server.grant(grant).await;
            self.held.insert(key);
        }
    }

    async fn revoke(&mut self) {
        let Some(key) = self.held.iter().nth(self.chance.below(4)).copied() else {
            return;
        };
        let officer = &self.officers[key.0];
        self.server.revoke(officer, AGENCIES[key.1], key.2).await;
        self.held.remove(&key);
        self.taken.insert(key);
    }

    async fn deputise(&mut self) {
        let of = self.chance.below(4);
        let (at, by) = (of % 2, (of + 2) % 4);
        let roles = self.roles(of, at);
        let Some(role) = roles.first().copied() else {
            return;
        };
        let (officer, place) = (&self.officers[of], AGENCIES[at]);
        let client = self.server.proved(officer, &roles, place).await;
        let wish = json!({
            "deputy_id": self.officers[by].id, "role": role, "from": "2026-11-23",
            "until": "2026-11-25", "reason": "Nghỉ phép."
        });
        let made = client.post("/v1/office/deputies").json(&wish).send().await;
        let made = made.expect(200).json();
        let id = made["deputising_id"].as_str().unwrap().to_owned();
        // In a session that is there: what stands in for somebody ends with it.
        let (deputy, own) = (&self.officers[by], self.roles(by, at));
        let session = self.server.proved_in_a_session(deputy, &own, place).await;
        let act = session
            .client
            .post(&format!("/v1/office/deputies/{id}/act"));
        let token = act.send().await.expect(200).json();
        let hand = self
            .server
            .nobody()
            .with_token(token["access_token"].as_str().unwrap());
        self.stand_ins.push(StandIn {
            of,
            by,
            role,
            ended: false,
            id,
            hand,
        });
    }

    async fn end_deputising(&mut self) {
        let found = self.stand_ins.iter().position(|one| self.stands(one));
        let Some(found) = found else { return };
        let of = self.stand_ins[found].of;
        let client = self.client(of, of % 2);
        let end = format!("/v1/office/deputies/{}/end", self.stand_ins[found].id);
        client.post(&end).send().await.expect(200);
        self.stand_ins[found].ended = true;
    }

    async fn assign(&mut self) {
        let (n, to) = (self.chance.below(3), self.chance.below(4));
        let (at, fresh) = (self.dossiers[n].at, self.refreshed(n).await);
        let leader = &self.leaders[at].client;
        let answer = super::assign(leader, &fresh, &self.officers[to])
            .send()
            .await;
        if !self.holds(to, at, &[Role::Processor, Role::Approver]) {
            answer.expect(422);
        } else if self.worker(n) == Some(to) {
            answer.refused(409, "already-assigned");
        } else {
            answer.expect(200);
            self.dossiers[n].given_to = Some(to);
        }
    }

    async fn take_up(&mut self) {
        let (n, who) = (self.chance.below(3), self.chance.below(4));
        let (at, fresh) = (self.dossiers[n].at, self.refreshed(n).await);
        let why = json!({ "reason": "Nhận việc." });
        let taking = self.client(who, at).office(&fresh, "take_up", &why);
        let answer = taking.send().await;
        if !self.holds(who, at, &[Role::Processor, Role::Approver]) {
            assert!([401, 403].contains(&answer.status), "{}", answer.status);
        } else if self.worker(n) == Some(who) {
            answer.refused(409, "already-assigned");
        } else {
            answer.expect(200);
            self.dossiers[n].given_to = Some(who);
        }
    }

    async fn release(&mut self) {
        let n = self.chance.below(3);
        let (at, fresh) = (self.dossiers[n].at, self.refreshed(n).await);
        let release = self.leaders[at]
            .client
            .office(&fresh, "release", &Value::Null);
        let answer = release.send().await;
        if self.worker(n).is_some() {
            answer.expect(200);
            self.dossiers[n].given_to = None;
        } else {
            answer.refused(409, "not-assigned");
        }
    }

    async fn transfer(&mut self) {
        let n = self.chance.below(3);
        let (at, fresh) = (self.dossiers[n].at, self.refreshed(n).await);
        let leader = &self.leaders[at].client;
        let to = 1 - at;
        super::transfer(leader, &fresh, AGENCIES[to])
            .send()
            .await
            .expect(200);
        self.dossiers[n].at = to;
        self.dossiers[n].given_to = None;
    }
}
