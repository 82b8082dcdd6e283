//! Random histories of roles and reads, judged by an account of the rules that shares nothing with theirs.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::{Actor, Role, Roles};
use domain::ids::AgencyId;
use persistence::officers::Officer;
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::client::Client;
use tests::extract_copy::{Seen, draft};
use tests::on_both_engines;
use tests::server::TestServer;

use super::disclosures::officer;

const AGENCIES: [AgencyId; 3] = [MY_THUAN, BINH_SON, PROVINCE];

const PURPOSES: [&str; 6] = [
    "inspection",
    "complaint",
    "data_subject_request",
    "emergency",
    "statistics_check",
    "technical_support",
];

/// Steps of one history.
const STEPS: usize = 300;

/// Numbers that look like chance and come again (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(most).unwrap()).unwrap()
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// What each officer holds, as the history had it; a role that was taken back is not given again.
#[derive(Default)]
struct Account {
    held: BTreeSet<(usize, AgencyId, Role)>,
    taken: BTreeSet<(usize, AgencyId, Role)>,
}

impl Account {
    fn at(&self, who: usize, agency: AgencyId) -> Vec<Role> {
        let held = self.held.iter();
        let here = held.filter(|(officer, at, _)| (*officer, *at) == (who, agency));
        here.map(|(_, _, role)| *role).collect()
    }
}

/// What a read must answer: the status, the code of a problem, and the purpose its line has if there is one.
fn due(
    (token, held): (&[Role], &[Role]),
    (acting, owner): (AgencyId, AgencyId),
    stated: Option<&'static str>,
) -> (u16, &'static str, Option<&'static str>) {
    let says = |names: &[&str]| token.iter().any(|role| names.contains(&role.as_str()));
    if token.iter().any(|role| !held.contains(role)) {
        return (401, "unauthenticated", None);
    }
    if let Some(purpose) = stated {
        let may = match purpose {
            "inspection" | "complaint" => says(&["auditor"]),
            "data_subject_request" | "technical_support" => says(&["province_administrator"]),
            _ => says(&["auditor", "province_administrator"]),
        };
        return if may {
            (200, "", Some(purpose))
        } else {
            (403, "role-forbids", None)
        };
    }
    let handles = says(&["receiver", "processor", "approver", "returner", "cashier"]);
    let could_state_one = says(&["auditor", "province_administrator"]);
    let reads = handles || says(&["auditor"]);
    if reads && acting == owner {
        (
            200,
            "",
            Some(if handles { "handling" } else { "inspection" }),
        )
    } else if could_state_one {
        (403, "purpose-required", None)
    } else if reads {
        (404, "not-found", None)
    } else {
        (403, "role-forbids", None)
    }
}

/// A line: whose, of which dossier, for what.
type Line = (String, String, String);

/// Every line of the province.
async fn lines(server: &TestServer) -> BTreeSet<Line> {
    let both = [Role::Auditor, Role::ProvinceAdministrator];
    let (_, auditor) = officer(server, &both, PROVINCE).await;
    let (mut found, mut path) = (
        BTreeSet::new(),
        "/v1/office/access_log?page_size=100".to_owned(),
    );
    loop {
        let page = auditor.get(&path).send().await.expect(200).json();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        for line in page["items"].as_array().unwrap() {
            let key = (
                text(&line["officer_id"]),
                text(&line["dossier_id"]),
                text(&line["purpose"]),
            );
            assert!(found.insert(key), "one line for each: {line}");
        }
        let Some(next) = page["next_page_token"].as_str() else {
            return found;
        };
        path = format!("/v1/office/access_log?page_size=100&page_token={next}");
    }
}

async fn filed(citizen: &Client, agency: AgencyId) -> Seen {
    let mut body = draft();
    body["agency_id"] = serde_json::json!(agency);
    let draft = citizen.draft_of(&body).await;
    Seen::of(&citizen.submit(&draft).send().await.expect(200))
}

/// A history on its way.
struct History<'a> {
    server: &'a TestServer,
    chance: Chance,
    account: Account,
    officers: Vec<Officer>,
    dossiers: Vec<(AgencyId, Seen)>,
    /// Tokens that were issued and not shown yet, with the roles they say.
    tokens: BTreeMap<(usize, AgencyId), Vec<Role>>,
    written: BTreeSet<Line>,
}

impl History<'_> {
    async fn step(&mut self, place: &str) {
        let (who, agency) = (self.chance.below(3), self.chance.of(&AGENCIES));
        let key = (who, agency, self.chance.of(&Role::ALL));
        match self.chance.below(8) {
            0 | 1 if !self.account.held.contains(&key) && !self.account.taken.contains(&key) => {
                let grant = self.server.role(self.officers[who].id, agency, key.2);
                self.server.grant(grant).await;
                self.account.held.insert(key);
            }
            2 => {
                let held = self.account.held.iter().copied();
                if let Some(key) = held.clone().find(|held| held.0 == who) {
                    let officer = &self.officers[who];
                    self.server.revoke(officer, key.1, key.2).await;
                    self.account.held.remove(&key);
                    self.account.taken.insert(key);
                }
            }
            3 => {
                let held = self.account.at(who, agency);
                self.tokens.insert((who, agency), held);
            }
            _ => self.read(who, agency, place).await,
        }
    }

    async fn read(&mut self, who: usize, agency: AgencyId, place: &str) {
        let held = self.account.at(who, agency);
        // A token that was issued earlier is shown once, however old it is.
        let issued = self.tokens.remove(&(who, agency));
        let token = issued.unwrap_or_else(|| held.clone());
        let (owner, dossier) = &self.dossiers[self.chance.below(2)];
        let stated = (self.chance.below(2) == 0).then(|| self.chance.of(&PURPOSES));
        let client = self.server.signed_in(&Actor::Officer {
            officer: self.officers[who].id,
            agency,
            roles: Roles::of(&token),
        });
        let mut request = client.get(&format!("/v1/office/dossiers/{}", dossier.id));
        if let Some(purpose) = stated {
            request = request.header("access-purpose", purpose);
            request = request.header("access-purpose-note", "Theo van ban so 12/2026");
        }
        let (status, code, purpose) = due((&token, &held), (agency, *owner), stated);
        // Without any role an officer is known at the own agency alone.
        let is_stranger = token.is_empty() && self.officers[who].agency != agency;
        let (status, code) = if is_stranger {
            (401, "unauthenticated")
        } else {
            (status, code)
        };
        let answer = request.send().await;
        let told = if answer.status < 400 {
            String::new()
        } else {
            answer.code()
        };
        assert_eq!(
            (answer.status, told.as_str()),
            (status, code),
            "{place}: {token:?} of {held:?} {stated:?}"
        );
        if let Some(purpose) = purpose.filter(|_| status == 200) {
            let officer = self.officers[who].id.to_string();
            let line = (officer, dossier.id.clone(), purpose.to_owned());
            self.written.insert(line);
        }
    }
}

async fn play(server: &TestServer, seed: u64) {
    let citizen = server.citizen("0912345678").await;
    let mut history = History {
        server,
        chance: Chance(seed),
        account: Account::default(),
        officers: Vec::new(),
        dossiers: Vec::new(),
        tokens: BTreeMap::new(),
        written: BTreeSet::new(),
    };
    for agency in AGENCIES {
        history.officers.push(server.hire(&[], agency).await);
    }
    for agency in [MY_THUAN, BINH_SON] {
        let dossier = filed(&citizen, agency).await;
        history.dossiers.push((agency, dossier));
    }
    for step in 0..STEPS {
        history.step(&format!("seed {seed}, step {step}")).await;
    }
    let written = history.written;
    assert!(written.len() > 12, "seed {seed} tried something");
    assert_eq!(lines(server).await, written, "seed {seed}");
}

on_both_engines! {
    async fn who_may_read_what_is_what_the_oracle_says(server: &TestServer) {
        play(server, 71).await;
    }

    async fn and_in_another_history(server: &TestServer) {
        play(server, 1_991).await;
    }
}
