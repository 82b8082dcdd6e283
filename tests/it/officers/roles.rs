//! Roles over HTTP: what may be proposed by whom, and what becomes of it.

use domain::actor::Role::{self, AgencyAdministrator, Approver, ProvinceAdministrator, Receiver};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PASSWORD, PROVINCE};
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{Chiefs, decide, login, of, propose, role, session_at};

on_both_engines! {
    /// Each role an administrator may or may not give, at the own and at another agency.
    async fn each_administrator_gives_what_the_table_lists(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[], MY_THUAN).await;
        for given in Role::ALL {
            for agency in [MY_THUAN, BINH_SON] {
                let wish = role(agency, given.as_str());
                let case_work = Role::ALL[..6].contains(&given);
                let by_local = propose(&chiefs.local, &officer, &wish).await;
                if case_work && agency == MY_THUAN {
                    let proposal = by_local.expect(200).json();
                    decide(&chiefs.local, &proposal, "decline").await.expect(200);
                } else {
                    by_local.refused(403, "role-forbids");
                }
                let by_province = propose(&chiefs.first, &officer, &wish).await;
                if given == ProvinceAdministrator {
                    by_province.refused(403, "role-forbids");
                } else {
                    by_province.expect(200);
                }
            }
        }
        let foreign = server.hire(&[], BINH_SON).await;
        propose(&chiefs.local, &foreign, &role(MY_THUAN, "receiver")).await.refused(404, "not-found");
    }

    async fn a_role_holds_once_two_agreed_and_until_one_takes_it(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let proposal = propose(&chiefs.local, &officer, &role(MY_THUAN, "approver")).await.expect(200).json();
        assert_eq!((&proposal["kind"], &proposal["state"], &proposal["role"]["role"]), (&json!("grant_role"), &json!("open"), &json!("approver")));
        let session = login(server, &officer.login, PASSWORD).await.expect(200).json();
        assert_eq!(session["roles"], json!(["receiver"]));
        let approved = decide(&chiefs.first, &proposal, "approve").await.expect(200).json();
        assert_eq!((&approved["proposal"]["state"], &approved["one_time_password"]), (&json!("approved"), &Value::Null));
        let session = login(server, &officer.login, PASSWORD).await.expect(200).json();
        assert_eq!(session["roles"], json!(["receiver", "approver"]));
        let holder = server.nobody().with_token(session["access_token"].as_str().unwrap());
        holder.get("/v1/office/inbox").send().await.expect(200);
        let roles = format!("{}/roles", of(&officer));
        let held = chiefs.local.get(&roles).send().await.expect(200).json();
        let grant = held["items"][1].clone();
        assert_eq!((&grant["proposed_by"], &grant["approved_by"]), (&proposal["proposed_by"], &approved["proposal"]["decided_by"]));
        let revoke = format!("{roles}/{}/revoke", grant["grant_id"].as_str().unwrap());
        let left = chiefs.local.post(&revoke).send().await.expect(200).json();
        assert_eq!((&left["items"][1]["holds"], &left["items"][1]["revoked_by"]), (&json!(false), &proposal["proposed_by"]));
        holder.get("/v1/office/inbox").send().await.refused(401, "unauthenticated");
        chiefs.local.post(&revoke).send().await.refused(409, "grant-ended");
        chiefs.local.post(&format!("{roles}/{}/revoke", officer.id)).send().await.refused(404, "not-found");
    }

    async fn a_role_at_another_agency_opens_that_one_only(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let proposal = propose(&chiefs.first, &officer, &role(BINH_SON, "returner")).await.expect(200).json();
        // The administrator of the officer's own agency sees it and cannot agree to it.
        decide(&chiefs.local, &proposal, "approve").await.refused(403, "role-forbids");
        decide(&chiefs.second, &proposal, "approve").await.expect(200);
        let there = session_at(server, &officer, BINH_SON).await.expect(200).json();
        assert_eq!(there["roles"], json!(["returner"]));
        session_at(server, &officer, PROVINCE).await.refused(403, "role-forbids");
    }

    async fn wishes_are_checked(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[], MY_THUAN).await;
        for (field, value, pointer, code) in [
            ("from", json!("2026-11-22"), "/from", "out-of-range"),
            ("until", json!("2026-11-22"), "/until", "out-of-range"),
            ("reason", json!(" "), "/reason", "required"),
            ("reason", json!("x".repeat(501)), "/reason", "too-long"),
            ("reason", json!("a\u{202e}b"), "/reason", "hidden-characters"),
            ("agency_id", json!(officer.id), "/agency_id", "unknown-reference"),
        ] {
            let mut wish = role(MY_THUAN, "receiver");
            wish[field] = value;
            propose(&chiefs.first, &officer, &wish).await.expect(422).names(fault(pointer, code));
        }
    }

    async fn high_roles_are_taken_by_the_province_only(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        for high in [AgencyAdministrator, ProvinceAdministrator, Role::Auditor] {
            let officer = server.hire(&[high, Approver], MY_THUAN).await;
            let roles = format!("{}/roles", of(&officer));
            let held = chiefs.local.get(&roles).send().await.expect(200).json();
            let revoke = |n: usize| format!("{roles}/{}/revoke", held["items"][n]["grant_id"].as_str().unwrap());
            chiefs.local.post(&revoke(0)).send().await.refused(403, "role-forbids");
            chiefs.local.post(&revoke(1)).send().await.expect(200);
            chiefs.first.post(&revoke(0)).send().await.expect(200);
        }
    }
}
