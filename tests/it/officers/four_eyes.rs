//! Four eyes: the second person is another one, in time, once, and both are on record.

use chrono::TimeDelta;
use domain::actor::Role::{AgencyAdministrator, ProvinceAdministrator, Receiver};
use persistence::events;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PASSWORD, PROVINCE};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::{Chiefs, decide, login, of, propose, role};

/// The events of a kind, as the log has them.
async fn recorded(server: &TestServer, kind: &'static str) -> Vec<Value> {
    let number = |tx: &mut _| persistence::sequencer::run_once(tx, 10_000);
    while server.store().write(number).await.unwrap() > 0 {}
    let all = server.store().read(|tx| events::after(tx, 0, 10_000)).await;
    let all = all.unwrap().into_iter();
    let of_kind = all.filter(|event| event.kind == kind);
    let payload = |event: events::Event| {
        let mut payload: Value = event.payload.parse().unwrap();
        payload["actor"] = json!(event.actor_id);
        payload
    };
    of_kind.map(payload).collect()
}

on_both_engines! {
    async fn the_second_person_is_another_one(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        let session = login(server, &officer.login, PASSWORD).await.expect(200).json();
        let themself = server.nobody().with_token(session["access_token"].as_str().unwrap());
        let far = server.officer(&[AgencyAdministrator], BINH_SON).await;
        let proposal = propose(&chiefs.local, &officer, &role(MY_THUAN, "approver")).await.expect(200).json();
        decide(&chiefs.local, &proposal, "approve").await.refused(403, "second-person-needed");
        decide(&themself, &proposal, "approve").await.refused(403, "not-to-oneself");
        decide(&far, &proposal, "approve").await.refused(404, "not-found");
        decide(&far, &proposal, "decline").await.refused(404, "not-found");
        let roles = chiefs.first.get(&format!("{}/roles", of(&officer))).send().await.expect(200).json();
        assert_eq!(roles["items"].as_array().unwrap().len(), 1, "nothing has happened");
        decide(&chiefs.first, &proposal, "approve").await.expect(200);
        decide(&chiefs.second, &proposal, "approve").await.refused(409, "proposal-closed");
        decide(&chiefs.local, &proposal, "decline").await.refused(409, "proposal-closed");
        let granted = recorded(server, "role_granted").await;
        let granted = granted.iter().find(|it| it["approved_by"] != Value::Null).unwrap();
        assert_eq!(granted["proposed_by"], proposal["proposed_by"]);
        assert_eq!(granted["approved_by"], granted["actor"]);
        let approvals = recorded(server, "proposal_approved").await;
        assert_eq!(approvals.len(), 1);
        assert_eq!(approvals[0]["proposed_by"], proposal["proposed_by"]);
        assert_eq!(approvals[0]["decided_by"], approvals[0]["actor"]);
        assert_eq!(approvals[0]["payload_sha256"], proposal["payload_sha256"]);
    }

    async fn a_proposal_waits_a_week_and_only_once(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[], MY_THUAN).await;
        let mut wish = role(MY_THUAN, "receiver");
        wish["from"] = json!("2026-12-31");
        let proposal = propose(&chiefs.local, &officer, &wish).await.expect(200).json();
        propose(&chiefs.local, &officer, &wish).await.refused(409, "already-exists");
        propose(&chiefs.first, &officer, &wish).await.refused(409, "already-exists");
        server.clock().advance(TimeDelta::days(7));
        decide(&chiefs.first, &proposal, "approve").await.refused(409, "proposal-closed");
        let again = propose(&chiefs.local, &officer, &wish).await.expect(200).json();
        let listed = chiefs.local.get("/v1/admin/proposals?page_size=1").send().await.expect(200).json();
        assert_eq!(listed["items"][0]["proposal_id"], again["proposal_id"]);
        let token = listed["next_page_token"].as_str().unwrap();
        let next = format!("/v1/admin/proposals?page_size=1&page_token={token}");
        let next = chiefs.local.get(&next).send().await.expect(200).json();
        assert_eq!(next["items"][0]["proposal_id"], proposal["proposal_id"]);
        decide(&chiefs.local, &again, "decline").await.expect(200);
        decide(&chiefs.first, &again, "approve").await.refused(409, "proposal-closed");
        let unknown = json!({ "proposal_id": Uuid::now_v7() });
        decide(&chiefs.first, &unknown, "approve").await.refused(404, "not-found");
    }

    async fn a_proposal_falls_with_the_power_of_its_author(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let author = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        let session = login(server, &author.login, PASSWORD).await.expect(200).json();
        let hand = server.nobody().with_token(session["access_token"].as_str().unwrap());
        let officer = server.hire(&[], MY_THUAN).await;
        let proposal = propose(&hand, &officer, &role(MY_THUAN, "receiver")).await.expect(200).json();
        server.revoke(&author, MY_THUAN, AgencyAdministrator).await;
        decide(&chiefs.first, &proposal, "approve").await.refused(409, "proposal-closed");
        // And the author's own token is worth nothing any more.
        propose(&hand, &officer, &role(MY_THUAN, "cashier")).await.refused(401, "unauthenticated");
        decide(&hand, &proposal, "decline").await.refused(401, "unauthenticated");
    }

    async fn an_administrators_sign_in_is_reset_by_two(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        for (role, agency) in [(AgencyAdministrator, MY_THUAN), (ProvinceAdministrator, PROVINCE)] {
            let officer = server.hire(&[role, Receiver], agency).await;
            let reset = format!("{}/reset_sign_in", of(&officer));
            let local = chiefs.local.post(&reset).send().await;
            if agency == MY_THUAN { local.refused(403, "role-forbids") } else { local.refused(404, "not-found") };
            let proposal = chiefs.first.post(&reset).send().await.expect(200).json();
            chiefs.second.post(&reset).send().await.refused(409, "already-exists");
            decide(&chiefs.first, &proposal, "approve").await.refused(403, "second-person-needed");
            login(server, &officer.login, PASSWORD).await.expect(200);
            let approval = decide(&chiefs.second, &proposal, "approve").await.expect(200).json();
            login(server, &officer.login, PASSWORD).await.refused(401, "credentials-refused");
            let one_time = approval["one_time_password"].as_str().unwrap();
            login(server, &officer.login, one_time).await.refused(403, "password-change-required");
        }
        assert_eq!(recorded(server, "officer_sign_in_reset").await.len(), 2);
    }

    /// Of two who agree at the same moment, one is the second person.
    async fn of_two_approvals_at_once_one_takes_effect(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[], MY_THUAN).await;
        let proposal = propose(&chiefs.local, &officer, &role(MY_THUAN, "receiver")).await.expect(200).json();
        let both = tokio::join!(decide(&chiefs.first, &proposal, "approve"), decide(&chiefs.second, &proposal, "approve"));
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let roles = chiefs.first.get(&format!("{}/roles", of(&officer))).send().await.expect(200).json();
        assert_eq!(roles["items"].as_array().unwrap().len(), 1);
    }
}
