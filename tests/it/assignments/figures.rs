//! The figures over random transfers: a dossier stays in those of the agency that took it in, so every
//! agency's balance, T = C + N = F + P, holds by itself and over all, and no past figure changes.

use chrono::TimeDelta;
use domain::actor::Role::ProvinceAdministrator;
use domain::ids::AgencyId;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::client::Client;
use tests::extract_copy::{Seen, Staff, draft, grounded};
use tests::on_both_engines;
use tests::server::TestServer;

use super::{seen, transfer, world::Chance};

const AGENCIES: [AgencyId; 2] = [MY_THUAN, BINH_SON];

struct Filed {
    took_in: usize,
    holds: usize,
    dossier: Seen,
    ended: bool,
}

struct Walk {
    staff: [Staff; 2],
    chance: Chance,
    dossiers: Vec<Filed>,
    transfers: u32,
}

impl Walk {
    /// Accepted at its agency.
    async fn file(&mut self, citizen: &Client) {
        let at = self.chance.below(2);
        let mut body = draft();
        body["agency_id"] = json!(AGENCIES[at]);
        let draft = citizen.draft_of(&body).await;
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        let dossier = self.staff[at].accepted(&filed).await;
        self.dossiers.push(Filed {
            took_in: at,
            holds: at,
            dossier,
            ended: false,
        });
    }

    async fn step(&mut self) {
        let n = self.chance.below(self.dossiers.len());
        let ends = self.chance.below(8) == 0;
        let one = &mut self.dossiers[n];
        if one.ended {
            return;
        }
        let leader = &self.staff[one.holds].approver;
        one.dossier = seen(leader, &one.dossier).await;
        if ends {
            leader
                .done(&one.dossier, "stop", grounded("Người nộp xin dừng."))
                .await;
            one.ended = true;
        } else {
            let to = 1 - one.holds;
            transfer(leader, &one.dossier, AGENCIES[to])
                .send()
                .await
                .expect(200);
            one.holds = to;
            self.transfers += 1;
        }
    }
}

async fn figures(by: &Client, days: (&str, &str), cut_off: &Value) -> Value {
    let cut_off = cut_off
        .as_str()
        .map_or_else(String::new, |at| format!("&cut_off={at}"));
    let (from, to) = days;
    let path =
        format!("/v1/office/statistics/summary?from={from}&to={to}&group_by=agency{cut_off}");
    by.get(&path).send().await.expect(200).json()
}

fn number(counts: &Value, member: &str) -> u64 {
    counts[member].as_u64().unwrap()
}

/// The balance of one agency or of all.
fn assert_balanced(counts: &Value) {
    let of = |member| number(counts, member);
    assert_eq!(
        of("total"),
        of("carried_over") + of("newly_received"),
        "{counts}"
    );
    assert_eq!(of("total"), of("finished") + of("open"), "{counts}");
}

on_both_engines! {
    async fn every_agencys_figures_balance_whatever_was_transferred(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let staff = [server.staff_of(MY_THUAN).await, server.staff_of(BINH_SON).await];
        let mut walk = Walk { staff, chance: Chance::of(29), dossiers: Vec::new(), transfers: 0 };
        for _ in 0..8 {
            walk.file(&citizen).await;
        }
        let province = server.officer(&[ProvinceAdministrator], PROVINCE).await;
        // What happens in one instant is recorded microseconds apart.
        server.clock().advance(TimeDelta::minutes(1));
        let first_day = ("2026-11-23", "2026-11-24");
        let then = figures(&province, first_day, &Value::Null).await;
        server.clock().advance(TimeDelta::days(1));
        walk.staff = [server.staff_of(MY_THUAN).await, server.staff_of(BINH_SON).await];
        for _ in 0..tests::runs(24, 400) {
            walk.step().await;
        }
        server.clock().advance(TimeDelta::minutes(1));
        assert!(walk.transfers > 4, "{} transfers", walk.transfers);
        let province = server.officer(&[ProvinceAdministrator], PROVINCE).await;
        let again = figures(&province, first_day, &then["cut_off"]).await;
        assert_eq!((&again["counts"], &again["groups"]), (&then["counts"], &then["groups"]));
        for days in [("2026-11-01", "2026-12-01"), ("2026-11-24", "2026-11-25")] {
            let found = figures(&province, days, &Value::Null).await;
            assert_balanced(&found["counts"]);
            let groups = found["groups"].as_array().unwrap();
            for group in groups {
                assert_balanced(&group["counts"]);
            }
            for member in ["total", "finished", "open"] {
                let parts: u64 = groups.iter().map(|group| number(&group["counts"], member)).sum();
                assert_eq!(parts, number(&found["counts"], member), "{member}");
            }
            for (at, agency) in AGENCIES.iter().enumerate() {
                let taken_in = walk.dossiers.iter().filter(|one| one.took_in == at);
                let ended = taken_in.clone().filter(|one| one.ended).count();
                let group = groups.iter().find(|group| group["key"] == json!(agency));
                let counts = group.map_or(&Value::Null, |group| &group["counts"]);
                assert_eq!(counts["total"].as_u64().unwrap_or(0), u64::try_from(taken_in.count()).unwrap());
                assert_eq!(counts["finished"].as_u64().unwrap_or(0), u64::try_from(ended).unwrap());
            }
        }
    }
}
