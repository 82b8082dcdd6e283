//! What makes a dossier cheaper: filed in time, filed online by a digital citizen, and the proof.

use serde_json::{Value, json};
use tests::client::Client;
use tests::extract_copy::{PRICE, Seen, counter_filing, draft};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

/// What an officer writes down of a digital citizen's screen.
const SCREEN: &str = "VNeID mức độ 2, đã tích hợp đủ 5 loại giấy tờ, xem lúc 9 giờ 15";

/// The registration of a birth on that day.
fn birth(day: &Value) -> Value {
    let mut birth = draft();
    birth["procedure_code"] = json!("1.001193");
    birth["form"] = json!({
        "child_name": "Trần Minh An", "child_birth_date": day, "child_sex": "male",
        "birth_place": "Bệnh viện Hòn Đất", "mother_name": "Nguyễn Thị Đào",
        "relation": "parent", "requester_name": "Nguyễn Thị Đào",
        "requester_id": "089190001234", "delivery": "electronic"
    });
    birth
}

async fn checked(citizen: &Client, seen: &Seen) -> Value {
    let path = format!("/v1/dossiers/{}/check", seen.id);
    let check = citizen.post(&path).send().await.expect(200).json();
    assert_eq!(check["total"], check["fees"][0]["net"]);
    check["fees"][0].clone()
}

/// The codes of the reductions still open, with what each would leave to pay.
fn possible(fee: &Value) -> Vec<(&str, i64)> {
    let open = fee["possible"].as_array().unwrap().iter();
    open.map(|it| (it["code"].as_str().unwrap(), it["net"].as_i64().unwrap()))
        .collect()
}

on_both_engines! {
    async fn a_birth_is_free_when_filed_within_sixty_days(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let mut filed = Vec::new();
        for (born, expected) in [
            // The 60th day is Monday the 23rd, then Saturday the 21st, then Friday the 20th.
            ("2026-09-24", 0), ("2026-09-22", 0), ("2026-09-21", 8_000),
            // Not born yet: nothing is in time.
            ("2026-11-24", 8_000),
        ] {
            let draft = citizen.draft_of(&birth(&json!(born))).await;
            let fee = checked(&citizen, &draft).await;
            assert_eq!((&fee["gross"], &fee["net"]), (&json!(8_000), &json!(expected)), "{born}");
            let whole = citizen.attach(&draft, "birth_notification").await;
            filed.push((Seen::of(&citizen.submit(&whole).send().await.expect(200)), expected));
        }
        // The desk takes them up two days later, when the 60th day is past for all of them.
        server.clock().set("2026-11-25T09:00:00+07:00");
        for (filed, expected) in filed {
            let owed = staff.accepted(&filed).await.view["obligations"][0].clone();
            assert_eq!(owed["net"], expected, "{owed}");
            if expected == 0 {
                assert_eq!((&owed["reduction"], &owed["state"]), (&json!("on_time"), &json!("waived")));
                assert!(owed["reduction_basis"].as_str().unwrap().contains("60 ngày"), "{owed}");
                let proof = &owed["reduction_proof"];
                assert_eq!((&proof["kind"], &proof["form_field"]), (&json!("form_answer"), &json!("/child_birth_date")));
            } else {
                assert_eq!((&owed["reduction"], &owed["reduction_proof"]), (&Value::Null, &Value::Null));
            }
        }
    }

    async fn a_check_says_what_would_make_it_cheaper(server: &TestServer) {
        let citizen = server.verified_citizen("0912345678", "089190001234").await;
        let mut early = birth(&Value::Null);
        early["form"].as_object_mut().unwrap().remove("child_birth_date");
        let early = citizen.draft_of(&early).await;
        let fee = checked(&citizen, &early).await;
        let groups = [("merit_family", 0), ("poor_household", 0), ("disabled_person", 0)];
        assert_eq!(possible(&fee), [&[("on_time", 0)][..], &groups].concat());
        let on_time = &fee["possible"][0];
        assert_eq!((&on_time["event_field"], &on_time["within_days"]), (&json!("/child_birth_date"), &json!(60)));
        let late = citizen.draft_of(&birth(&json!("2026-01-01"))).await;
        let fee = checked(&citizen, &late).await;
        assert_eq!(possible(&fee), groups);
        assert_eq!(fee["possible"][1]["condition"], "beneficiary_group");
        assert!(fee["possible"][1]["proof_needed"].as_str().unwrap().contains("hộ nghèo"), "{fee}");
        let extract = citizen.draft().await;
        let fee = checked(&citizen, &extract).await;
        assert_eq!(possible(&fee), [("digital_citizen", 0)]);
        let digital = &fee["possible"][0];
        assert_eq!((&digital["condition"], &digital["group"]), (&json!("digital_citizen"), &json!("digital_citizen")));
        assert!(digital["proof_needed"].as_str().unwrap().contains("VNeID"), "{fee}");
        server.clock().set("2027-03-01T09:00:00+07:00");
        assert_eq!(possible(&checked(&citizen, &extract).await), []);
    }

    async fn a_digital_citizen_whose_screen_was_seen_pays_nothing(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let mut claiming = draft();
        claiming["claims"] = json!(["digital_citizen"]);
        let draft = citizen.draft_of(&claiming).await;
        let fee = checked(&citizen, &draft).await;
        assert_eq!((&fee["net"], &fee["unproven"]), (&json!(PRICE), &json!(["digital_citizen"])));
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        let body = json!({ "digital_citizen_seen": SCREEN });
        let accepted = staff.receiver.done(&filed, "accept", body).await;
        let read = citizen.get(&format!("/v1/dossiers/{}", filed.id)).send().await.expect(200).json();
        for view in [&accepted.view, &read] {
            assert_eq!((&view["amount_due"], &view["claims"]), (&json!(0), &json!(["digital_citizen"])));
            let owed = &view["obligations"][0];
            assert_eq!((&owed["gross"], &owed["net"]), (&json!(PRICE), &json!(0)));
            assert_eq!(owed["reduction"], "digital_citizen");
            let proof = &owed["reduction_proof"];
            assert_eq!((&proof["kind"], &proof["text"]), (&json!("confirmed_by_officer"), &json!(SCREEN)));
        }
    }

    async fn a_bare_claim_to_be_a_digital_citizen_is_worth_nothing(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let mut claiming = draft();
        claiming["claims"] = json!(["digital_citizen"]);
        let draft = citizen.draft_of(&claiming).await;
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        for (body, code) in [
            (json!({ "groups_seen": ["digital_citizen"] }), "required"),
            (json!({ "digital_citizen_seen": " " }), "required"),
            (json!({ "digital_citizen_seen": "x".repeat(301) }), "too-long"),
        ] {
            let answer = staff.receiver.office(&filed, "accept", &body).send().await;
            let fault = answer.refused(422, "invalid-content").json()["errors"][0].clone();
            assert_eq!((&fault["pointer"], &fault["code"]), (&json!("/digital_citizen_seen"), &json!(code)));
        }
        let accepted = staff.accepted(&filed).await;
        assert_eq!((&accepted.view["amount_due"], &accepted.view["claims"]), (&json!(PRICE), &json!([])));
    }

    async fn what_was_claimed_and_not_shown_is_told_and_not_lost(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let mut claiming = birth(&json!("2026-01-01"));
        claiming["claims"] = json!(["poor_household", "merit_family"]);
        let draft = citizen.draft_of(&claiming).await;
        let whole = citizen.attach(&draft, "birth_notification").await;
        let filed = Seen::of(&citizen.submit(&whole).send().await.expect(200));
        assert_eq!(filed.view["unproven_claims"], json!([]), "nobody has looked yet");
        let seen = json!({ "groups_seen": ["poor_household"] });
        let accepted = staff.receiver.done(&filed, "accept", seen).await;
        assert_eq!(accepted.view["claims"], json!(["poor_household"]));
        assert_eq!(accepted.view["unproven_claims"], json!(["merit_family"]));
        assert_eq!(accepted.view["obligations"][0]["reduction"], "poor_household");
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", filed.id)).send().await.expect(200).json();
        let acceptance = timeline["items"].as_array().unwrap().iter().find(|it| it["kind"] == "accepted").unwrap();
        assert_eq!(acceptance["unproven_claims"], 1);
        assert!(!timeline.to_string().contains("merit_family"), "a group is a matter of the person: {timeline}");
    }

    async fn the_day_and_the_way_of_filing_decide(server: &TestServer) {
        server.clock().set("2026-08-14T09:00:00+07:00");
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let early = citizen.filed().await;
        server.clock().set("2026-11-23T09:00:00+07:00");
        let body = json!({ "digital_citizen_seen": SCREEN });
        let filing = counter_filing();
        let key = Uuid::now_v7().to_string();
        let request = staff.receiver.post("/v1/office/dossiers").key(&key).json(&filing);
        let counter = Seen::of(&request.send().await.expect(200));
        server.clock().set("2027-02-28T23:30:00+07:00");
        let last = citizen.filed().await;
        server.clock().set("2027-03-01T09:00:00+07:00");
        let after = citizen.filed().await;
        for refused in [&counter, &early, &after] {
            let answer = staff.receiver.office(refused, "accept", &body).send().await;
            let fault = answer.refused(422, "invalid-content").json()["errors"][0].clone();
            assert_eq!((&fault["pointer"], &fault["code"]), (&json!("/digital_citizen_seen"), &json!("out-of-range")));
            assert_eq!(staff.accepted(refused).await.view["amount_due"], PRICE);
        }
        let last = staff.receiver.done(&last, "accept", body).await;
        assert_eq!(last.view["amount_due"], 0, "filed on the last day, taken up on the next");
    }

    async fn the_single_best_reduction_applies_with_its_proof(server: &TestServer) {
        let (citizen, staff) = (server.verified_citizen("0912345678", "089190001234").await, server.staff().await);
        let late = citizen.draft_of(&birth(&json!("2026-01-01"))).await;
        let whole = citizen.attach(&late, "birth_notification").await;
        let filed = Seen::of(&citizen.submit(&whole).send().await.expect(200));
        let seen = json!({ "groups_seen": ["poor_household", "merit_family"] });
        let accepted = staff.receiver.done(&filed, "accept", seen).await;
        let owed = &accepted.view["obligations"][0];
        assert_eq!((&owed["reduction"], &owed["net"]), (&json!("merit_family"), &json!(0)), "of equals the first of the catalogue");
        assert_eq!(owed["reduction_proof"]["kind"], "seen_by_officer");
        let english = citizen.get(&format!("/v1/dossiers/{}", filed.id)).in_english();
        let told = english.send().await.expect(200).json()["obligations"][0]["reduction_proof"]["text"].clone();
        assert_eq!(told, "A paper shown to the receiving officer.");
    }
}
