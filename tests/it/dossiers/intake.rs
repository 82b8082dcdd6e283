//! Intake at the desk: accept, refuse, hand on, file for somebody.

use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen, counter_filing, form, grounded, marital_status};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

on_both_engines! {
    async fn acceptance_starts_the_clock_and_fixes_the_fee(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        assert_eq!(accepted.state(), "accepted");
        assert_eq!(accepted.view["due_date"], "2026-11-23");
        assert_eq!(accepted.view["original_due_at"], accepted.view["due_at"]);
        assert_eq!(accepted.view["amount_due"], PRICE);
        let owed = &accepted.view["obligations"][0];
        assert_eq!((&owed["quantity"], &owed["gross"], &owed["net"]), (&json!(3), &json!(PRICE), &json!(PRICE)));
        let path = format!("/v1/dossiers/{}/deadline", accepted.id);
        citizen.get(&path).send().await.expect(200);
    }

    async fn late_in_the_day_is_the_next_working_day(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        server.clock().set("2026-11-27T15:30:00+07:00");
        assert_eq!(staff.accepted(&filed).await.view["due_date"], "2026-11-30");
    }

    async fn without_a_calendar_nothing_is_accepted(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        server.clock().set("2027-12-31T16:00:00+07:00");
        let answer = staff.receiver.office(&filed, "accept", &json!({})).send().await;
        answer.refused(409, "calendar-missing");
        let read = staff.receiver.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await;
        assert_eq!(Seen::of(&read.expect(200)).state(), "registered");
    }

    async fn a_group_whose_proof_was_seen_pays_nothing(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let mut claimed = marital_status();
        claimed["claims"] = json!(["merit_family"]);
        let draft = citizen.draft_of(&claimed).await;
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        let seen = json!({ "groups_seen": ["merit_family"] });
        let accepted = staff.receiver.done(&filed, "accept", seen).await;
        let owed = &accepted.view["obligations"][0];
        assert_ne!(owed["gross"], 0);
        assert_eq!((&owed["net"], &accepted.view["amount_due"]), (&json!(0), &json!(0)));
        assert!(owed["reduction_basis"].is_string(), "{owed}");
        let cash = json!({ "amount": PRICE });
        let answer = staff.cashier.office(&accepted, "record_cash", &cash).send().await;
        answer.refused(409, "nothing-owed");
        let answer = staff.receiver.office(&accepted, "request_payment", &Value::Null).send().await;
        answer.refused(409, "nothing-owed");
    }

    async fn a_refusal_says_why_and_on_what_ground(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        for (body, expected) in [
            (json!({ "reason": " ", "legal_ground": "x" }), fault("/reason", "required")),
            (json!({ "reason": "x", "legal_ground": "x".repeat(501) }), fault("/legal_ground", "too-long")),
            (json!({ "reason": "x", "legal_ground": 7 }), fault("/legal_ground", "wrong-format")),
        ] {
            let answer = staff.receiver.office(&filed, "refuse", &body).send().await;
            answer.refused(422, "invalid-content").names(expected);
        }
        let refused = staff.receiver.done(&filed, "refuse", grounded("Không thuộc thẩm quyền của xã.")).await;
        assert_eq!(refused.state(), "not_accepted");
        assert_eq!(refused.view["due_at"], Value::Null);
        let answer = staff.receiver.office(&refused, "accept", &json!({})).send().await;
        answer.refused(409, "state-forbids");
    }

    async fn the_desk_files_for_somebody_without_a_phone(server: &TestServer) {
        let staff = server.staff().await;
        let path = "/v1/office/dossiers";
        let filing = counter_filing();
        let file = |body: &Value| {
            let key = Uuid::now_v7().to_string();
            staff.receiver.post(path).key(&key).json(body).send()
        };
        let filed = Seen::of(&file(&filing).await.expect(200));
        assert_eq!(filed.id, filing["id"].as_str().unwrap());
        assert_eq!(filed.state(), "registered");
        assert_eq!((&filed.view["channel"], &filed.view["assistance"]), (&json!("counter"), &json!("typed_by_officer")));
        assert_eq!(filed.view["agency"]["id"], json!(MY_THUAN));
        assert!(filed.view["code"].is_string());
        file(&filing).await.refused(409, "already-exists");
        let mut online = counter_filing();
        online["channel"] = json!("online");
        file(&online).await.refused(422, "invalid-content").names(fault("/channel", "out-of-range"));
    }

    /// Its answers decide what is owed, so they are complete before there is a code.
    async fn the_form_of_a_filing_is_checked(server: &TestServer) {
        let staff = server.staff().await;
        let file = |body: &Value| {
            let key = Uuid::now_v7().to_string();
            staff.receiver.post("/v1/office/dossiers").key(&key).json(body).send()
        };
        for (channel, end) in [("counter", "-0000001"), ("post", "-0000002")] {
            let mut filing = counter_filing();
            filing["channel"] = json!(channel);
            filing["form"]["copies"] = json!("3");
            filing["form"].as_object_mut().unwrap().remove("purpose");
            let problem = file(&filing).await.refused(422, "invalid-content").json();
            let faults = problem["errors"].as_array().unwrap();
            let found: Vec<_> = faults.iter().map(|it| (&it["pointer"], &it["code"])).collect();
            assert_eq!(found, [
                (&json!("/form/copies"), &json!("wrong-format")),
                (&json!("/form/purpose"), &json!("required")),
            ]);
            let path = format!("/v1/office/dossiers/{}", filing["id"].as_str().unwrap());
            staff.receiver.get(&path).send().await.refused(404, "not-found");
            filing["form"] = form();
            let filed = Seen::of(&file(&filing).await.expect(200));
            let code = filed.view["code"].as_str().unwrap();
            assert!(code.ends_with(end), "none is skipped: {code}");
            let accepted = staff.accepted(&filed).await;
            assert_eq!(accepted.view["obligations"][0]["quantity"], 3, "{channel}");
        }
    }

    async fn who_sees_the_province_acts_in_one_agency_only(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let both = [Role::ProvinceAdministrator, Role::Receiver];
        let elsewhere = server.officer(&both, PROVINCE).await;
        let path = format!("/v1/office/dossiers/{}", filed.id);
        elsewhere.get(&path).send().await.refused(403, "purpose-required");
        let stated = elsewhere.get(&path).header("access-purpose", "technical_support");
        let stated = stated.header("access-purpose-note", "Phieu ho tro so 12/2026");
        let seen = stated.send().await.expect(200);
        assert_eq!(seen.json()["offered"], json!([]));
        elsewhere.office(&filed, "accept", &json!({})).send().await.refused(404, "not-found");
        let here = server.officer(&both, MY_THUAN).await;
        here.office(&filed, "accept", &json!({})).send().await.expect(200);
    }

    async fn a_dossier_is_seen_at_its_own_desk_only(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (here, there) = (server.staff().await, server.staff_of(BINH_SON).await);
        let filed = citizen.filed().await;
        let path = format!("/v1/office/dossiers/{}", filed.id);
        here.receiver.get(&path).send().await.expect(200);
        there.receiver.get(&path).send().await.refused(404, "not-found");
        let list = |who: &tests::client::Client| who.get("/v1/office/dossiers").send();
        assert_eq!(list(&here.receiver).await.expect(200).json()["items"].as_array().unwrap().len(), 1);
        assert_eq!(list(&there.receiver).await.expect(200).json()["items"], json!([]));
    }
}
