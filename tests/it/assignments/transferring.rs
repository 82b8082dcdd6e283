//! A dossier goes to another agency: what stays, who sees it, what the citizen is told.

use chrono::TimeDelta;
use domain::actor::Role::{Approver, Auditor, Processor, Receiver};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::{Somebody, seen, somebody, transfer};

on_both_engines! {
    async fn the_new_agency_has_it_and_the_old_one_does_not(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (here, there) = (server.staff().await, server.staff_of(BINH_SON).await);
        let processing = here.processing(&citizen.filed().await).await;
        let taken = here.processor.done(&processing, "take_up", Value::Null).await;
        let decided = here.approver.done(&taken, "decide", json!({ "outcome": "approved" })).await;
        server.clock().advance(TimeDelta::minutes(3));
        let own = format!("/v1/dossiers/{}", decided.id);
        let before = citizen.get(&format!("{own}/deadline")).send().await.expect(200).json();
        let gone = transfer(&here.approver, &decided, BINH_SON).send().await.expect(200).json();
        assert_eq!((&gone["code"], &gone["due_at"]), (&decided.view["code"], &decided.view["due_at"]));
        let path = format!("/v1/office/dossiers/{}", decided.id);
        for who in [&here.receiver, &here.processor, &here.approver, &here.returner, &here.cashier] {
            who.get(&path).send().await.refused(404, "not-found");
            who.get(&format!("{own}/timeline")).send().await.refused(404, "not-found");
        }
        transfer(&here.approver, &decided, MY_THUAN).send().await.refused(404, "not-found");
        let arrived = seen(&there.processor, &decided).await;
        assert_eq!(arrived.view["applicant"]["full_name"], "Nguyễn Thị Đào");
        assert_eq!(arrived.view["applicant"]["personal_number"], decided.view["applicant"]["personal_number"]);
        // Whose work it is, and what the leader there decided, stays behind.
        assert_eq!((&arrived.view["assignee_id"], &arrived.view["outcome"]), (&Value::Null, &Value::Null));
        let mine = Seen::of(&citizen.get(&own).send().await.expect(200));
        assert_eq!((&mine.view["code"], &mine.view["due_at"]), (&decided.view["code"], &decided.view["due_at"]));
        assert_eq!(mine.view["agency"]["id"], json!(BINH_SON));
        let after = citizen.get(&format!("{own}/deadline")).send().await.expect(200).json();
        assert_eq!((&after["due_at"], &after["segments"]), (&before["due_at"], &before["segments"]));
        let told = citizen.get(&format!("{own}/timeline")).send().await.expect(200).json();
        let told = told["items"].as_array().unwrap().last().unwrap();
        assert_eq!(told["kind"], "transferred");
        assert!(told["text"].as_str().unwrap().contains("ngày hẹn trả không đổi"), "{told}");
        assert_eq!(told["transfer"], json!({
            "from_agency_id": MY_THUAN, "to_agency_id": BINH_SON, "reason_code": "not_competent"
        }));
        // The work goes on there, to the end, with the till and the register of that agency.
        let paid = there.cashier.done(&arrived, "record_cash", json!({ "amount": PRICE })).await;
        let decided = there.approver.done(&paid, "decide", json!({ "outcome": "approved" })).await;
        let issued = there.issued(&decided, "17/2026").await;
        let over = json!({ "recipient": "Nguyễn Thị Đào" });
        assert_eq!(there.returner.done(&issued, "hand_over", over).await.state(), "returned");
    }

    async fn the_old_agency_sees_it_for_a_stated_purpose(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let here = server.staff().await;
        let processing = here.processing(&citizen.filed().await).await;
        transfer(&here.approver, &processing, BINH_SON).send().await.expect(200);
        let auditor = somebody(server, &[Auditor], MY_THUAN).await;
        let new = somebody(server, &[Auditor], BINH_SON).await;
        let path = format!("/v1/office/dossiers/{}", processing.id);
        auditor.client.get(&path).send().await.refused(403, "purpose-required");
        let request = auditor.client.get(&path).header("access-purpose", "complaint");
        request.header("access-purpose-note", "Don khieu nai so 12").send().await.expect(200);
        new.client.get(&path).send().await.expect(200);
        let lines = new.client.get("/v1/office/access_log").send().await.expect(200).json();
        let of = |who: &Somebody| {
            let items = lines["items"].as_array().unwrap().iter();
            let of_theirs = items.filter(|line| line["officer_id"] == json!(who.officer.id));
            of_theirs.map(|line| line["purpose"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(of(&auditor), [json!("complaint")], "a line without a reason");
        assert_eq!(of(&new), [json!("inspection")]);
    }

    async fn it_goes_where_the_law_sends_it(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let here = server.staff().await;
        let processing = here.processing(&citizen.filed().await).await;
        let there = somebody(server, &[Approver, Processor, Receiver], BINH_SON).await;
        transfer(&there.client, &processing, BINH_SON).send().await.refused(404, "not-found");
        let home = transfer(&here.approver, &processing, MY_THUAN).send().await;
        home.expect(422).names(fault("/agency_id", "out-of-range"));
        let unknown = json!({
            "agency_id": Uuid::now_v7(), "reason_code": "rearranged", "reason": "Sắp xếp."
        });
        let unknown = here.approver.office(&processing, "transfer", &unknown).send().await;
        unknown.expect(422).names(fault("/agency_id", "unknown-reference"));
        let filed = citizen.filed().await;
        transfer(&here.approver, &filed, BINH_SON).send().await.refused(409, "state-forbids");
        // And back again: each is competent by the catalogue.
        transfer(&here.approver, &processing, BINH_SON).send().await.expect(200);
        let arrived = seen(&there.client, &processing).await;
        transfer(&there.client, &arrived, MY_THUAN).send().await.expect(200);
        seen(&here.processor, &processing).await;
    }

    /// A number is one agency's register's: what came from elsewhere takes a number of the new one.
    async fn a_result_stands_in_the_register_of_who_issues_it(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (here, there) = (server.staff().await, server.staff_of(BINH_SON).await);
        let approved = json!({ "outcome": "approved" });
        let own = here.processing(&citizen.filed().await).await;
        let own = here.approver.done(&own, "decide", approved.clone()).await;
        here.issued(&own, "5/2026").await;
        let one = here.processing(&citizen.filed().await).await;
        transfer(&here.approver, &one, BINH_SON).send().await.expect(200);
        let two = here.processing(&citizen.filed().await).await;
        transfer(&here.approver, &two, BINH_SON).send().await.expect(200);
        let one = there.approver.done(&seen(&there.approver, &one).await, "decide", approved.clone()).await;
        there.issued(&one, "5/2026").await;
        let two = there.approver.done(&seen(&there.approver, &two).await, "decide", approved).await;
        let path = format!("/v1/office/dossiers/{}/result_file", two.id);
        let upload = there.processor.post(&path).body("application/pdf", tests::extract_copy::pdf("x"));
        let file = upload.send().await.expect(201).json()["file_id"].clone();
        let taken = json!({
            "number": "5/2026", "issued_on": "2026-11-23", "signer_name": "Lê Văn Chín", "file_id": file
        });
        let taken = there.processor.office(&two, "issue_result", &taken).send().await;
        taken.refused(409, "result-number-taken");
    }
}
