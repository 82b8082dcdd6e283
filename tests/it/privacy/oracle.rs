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

/// What a read must answer: the status, and the purpose its line has if there is one.
fn due(
    (token, held): (&[Role], &[Role]),
    (acting, owner): (AgencyId, AgencyId),
    stated: Option<&'static str>,
) -> (u16, Option<&'static str>) {
    let says = |names: &[&str]| token.iter().any(|role| names.contains(&role.as_str()));
    if token.iter().any(|role| !held.contains(role)) {
        return (401, None);
    }
    if let Some(purpose) = stated {
        let may = match purpose {
            "inspection" | "complaint" => says(&["auditor"]),
            "data_subject_request" | "technical_support" => says(&["province_administrator"]),
            _ => says(&["auditor", "province_administrator"]),
        };
        return if may {
            (200, Some(purpose))
        } else {
            (403, None)
        };
    }
    let handles = says(&["receiver", "processor", "approver", "returner", "cashier"]);
    if !handles && !says(&["auditor"]) {
        (403, None)
    } else if acting == owner {
        (200, Some(if handles { "handling" } else { "inspection" }))
    } else if says(&["auditor", "province_administrator"]) {
        (403, None)
    } else {
        (404, None)
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

async fn play(server: &TestServer, seed: u64) {
    let (mut chance, mut account) = (Chance(seed), Account::default());
    let citizen = server.citizen("0912345678").await;
    let dossiers = [
        (MY_THUAN, filed(&citizen, MY_THUAN).await),
        (BINH_SON, filed(&citizen, BINH_SON).await),
    ];
    let mut officers: Vec<Officer> = Vec::new();
    for agency in AGENCIES {
        officers.push(server.hire(&[], agency).await);
    }
    let (mut tokens, mut written) = (BTreeMap::new(), BTreeSet::new());
    for step in 0..STEPS {
        let (who, agency) = (chance.below(officers.len()), chance.of(&AGENCIES));
        let key = (who, agency, chance.of(&Role::ALL));
        match chance.below(8) {
            0 | 1 if !account.held.contains(&key) && !account.taken.contains(&key) => {
                let grant = server.role(officers[who].id, agency, key.2);
                server.grant(grant).await;
                account.held.insert(key);
            }
            2 => {
                if let Some(key) = account.held.iter().copied().find(|held| held.0 == who) {
                    server.revoke(&officers[who], key.1, key.2).await;
                    account.held.remove(&key);
                    account.taken.insert(key);
                }
            }
            3 => {
                tokens.insert((who, agency), account.at(who, agency));
            }
            _ => {
                let held = account.at(who, agency);
                // A token that was issued earlier is shown once, however old it is.
                let token = tokens
                    .remove(&(who, agency))
                    .unwrap_or_else(|| held.clone());
                let (owner, seen) = &dossiers[chance.below(2)];
                let stated = (chance.below(2) == 0).then(|| chance.of(&PURPOSES));
                let client = server.signed_in(&Actor::Officer {
                    officer: officers[who].id,
                    agency,
                    roles: Roles::of(&token),
                });
                let mut request = client.get(&format!("/v1/office/dossiers/{}", seen.id));
                if let Some(purpose) = stated {
                    request = request.header("access-purpose", purpose);
                    request = request.header("access-purpose-note", "Theo van ban so 12/2026");
                }
                let (status, purpose) = due((&token, &held), (agency, *owner), stated);
                // Without any role an officer is known at the own agency alone.
                let stranger = token.is_empty() && officers[who].agency != agency;
                let status = if stranger { 401 } else { status };
                let answer = request.send().await;
                let place = format!("seed {seed}, step {step}: {token:?} of {held:?} {stated:?}");
                assert_eq!(answer.status, status, "{place}");
                if let Some(purpose) = purpose.filter(|_| status == 200) {
                    let officer = officers[who].id.to_string();
                    written.insert((officer, seen.id.clone(), purpose.to_owned()));
                }
            }
        }
    }
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
