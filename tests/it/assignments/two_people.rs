//! Four eyes: a date beyond the first apology, and opening again what was closed by mistake.

use domain::actor::Role::{Approver, Processor, Receiver};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::Client;
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen, counter_filing, grounded, marital_status};
use tests::on_both_engines;
use tests::server::TestServer;

use super::{decide, propose, seen, somebody, transfer};

fn later(day: u32) -> Value {
    json!({ "reason": "Chờ ý kiến.", "new_due_at": format!("2026-12-{day:02}T16:00:00+07:00") })
}

/// Filed at the desk, in processing, with three working days to go.
async fn processing(server: &TestServer) -> Seen {
    let staff = server.staff().await;
    let mut filing = counter_filing();
    filing["procedure_code"] = json!("1.004873");
    filing["form"] = marital_status()["form"].clone();
    let file = staff.receiver.post("/v1/office/dossiers").key("one");
    let filed = Seen::of(&file.json(&filing).send().await.expect(200));
    staff.processing(&filed).await
}

/// What was told last.
async fn told(who: &Client, dossier: &Seen) -> Value {
    let path = format!("/v1/dossiers/{}/timeline", dossier.id);
    let timeline = who.get(&path).send().await.expect(200).json();
    timeline["items"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone()
}

on_both_engines! {
    async fn a_second_extension_takes_two(server: &TestServer) {
        let processing = processing(server).await;
        let first = somebody(server, &[Approver], MY_THUAN).await;
        let second = somebody(server, &[Approver], MY_THUAN).await;
        let worker = somebody(server, &[Processor], MY_THUAN).await;
        let far = somebody(server, &[Approver], BINH_SON).await;
        let early = propose(&worker.client, &processing, "extension", &later(4)).send().await;
        early.refused(409, "apology-first");
        let sorry = first.client.done(&processing, "apologise", later(1)).await;
        first.client.office(&sorry, "apologise", &later(4)).send().await.refused(409, "already-extended");
        let sooner = propose(&worker.client, &sorry, "extension", &json!({
            "reason": "Chờ.", "new_due_at": "2026-11-30T16:00:00+07:00"
        }));
        sooner.send().await.expect(422).names(fault("/new_due_at", "date-not-later"));
        // Nobody's role is enough to approve what they proposed themself.
        let own = propose(&first.client, &sorry, "extension", &later(4)).send().await.expect(200).json();
        decide(&first.client, &own, "approve").send().await.refused(403, "second-person-needed");
        propose(&second.client, &sorry, "extension", &later(4)).send().await.refused(409, "already-exists");
        decide(&worker.client, &own, "approve").send().await.refused(403, "role-forbids");
        decide(&worker.client, &own, "decline").send().await.refused(403, "role-forbids");
        decide(&far.client, &own, "approve").send().await.refused(404, "not-found");
        decide(&first.client, &own, "decline").send().await.expect(200);
        decide(&second.client, &own, "approve").send().await.refused(409, "proposal-closed");
        assert_eq!(seen(&worker.client, &sorry).await.view["due_at"], sorry.view["due_at"]);
        let wish = propose(&worker.client, &sorry, "extension", &later(4)).send().await.expect(200).json();
        let waits = second.client.get("/v1/office/proposals?page_size=1").send().await.expect(200).json();
        assert_eq!(waits["items"][0]["proposal_id"], wish["proposal_id"]);
        assert_eq!(waits["items"][0]["code"], sorry.view["code"]);
        let none = far.client.get("/v1/office/proposals").send().await.expect(200).json();
        assert_eq!(none["items"], json!([]));
        let done = decide(&second.client, &wish, "approve").send().await.expect(200).json();
        assert_eq!((&done["proposed_by"], &done["decided_by"]), (&json!(worker.officer.id), &json!(second.officer.id)));
        let moved = seen(&worker.client, &sorry).await;
        assert_eq!(moved.view["due_at"], "2026-12-04T09:00:00Z");
        assert_eq!(moved.view["original_due_at"], sorry.view["original_due_at"]);
        let told = told(&worker.client, &sorry).await;
        assert_eq!((&told["kind"], &told["old_due_at"]), (&json!("deadline_extended"), &sorry.view["due_at"]));
    }

    async fn what_was_stopped_by_mistake_is_opened_by_two(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let processing = server.staff().await.processing(&citizen.filed().await).await;
        let leader = somebody(server, &[Approver], MY_THUAN).await;
        let desk = somebody(server, &[Receiver], MY_THUAN).await;
        let open = propose(&desk.client, &processing, "reopening", &grounded("Nhầm.")).send().await;
        open.refused(409, "state-forbids");
        let decided = leader.client.done(&processing, "decide", json!({ "outcome": "approved" })).await;
        let stopped = leader.client.done(&decided, "stop", grounded("Nhầm.")).await;
        assert_eq!((&processing.view["amount_due"], &stopped.view["amount_due"]), (&json!(PRICE), &json!(0)));
        let wish = propose(&desk.client, &stopped, "reopening", &grounded("Dừng nhầm hồ sơ.")).send().await;
        let wish = wish.expect(200).json();
        decide(&leader.client, &wish, "approve").send().await.expect(200);
        let reopened = seen(&desk.client, &stopped).await;
        assert_eq!(reopened.state(), "accepted");
        for same in ["due_at", "code", "amount_due", "accepted_at"] {
            assert_eq!(reopened.view[same], processing.view[same], "{same}");
        }
        for gone in ["finished_at", "outcome"] {
            assert_eq!(reopened.view[gone], Value::Null, "{gone}");
        }
        let told = told(&citizen, &stopped).await;
        assert_eq!((&told["kind"], &told["reason"]), (&json!("reopened"), &json!("Dừng nhầm hồ sơ.")));
        decide(&leader.client, &wish, "approve").send().await.refused(409, "proposal-closed");
    }

    async fn what_was_refused_by_mistake_waits_at_the_desk_again(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let staff = server.staff().await;
        let filed = citizen.filed().await;
        let refused = staff.receiver.done(&filed, "refuse", grounded("Thiếu giấy tờ.")).await;
        let wish = propose(&staff.receiver, &refused, "reopening", &grounded("Giấy tờ đủ.")).send().await;
        decide(&staff.approver, &wish.expect(200).json(), "approve").send().await.expect(200);
        let reopened = seen(&staff.receiver, &refused).await;
        assert_eq!(reopened.state(), "registered");
        staff.accepted(&reopened).await;
        // What a citizen took back before acceptance is filed anew.
        let filed = citizen.filed().await;
        let gone = Seen::of(&citizen.act(&filed, "withdraw", &json!({})).send().await.expect(200));
        assert_eq!(gone.state(), "stopped");
        let wish = propose(&staff.receiver, &gone, "reopening", &grounded("Nhầm.")).send().await;
        wish.refused(409, "state-forbids");
    }

    /// A proposal falls with the role of its author, and goes with the dossier.
    async fn a_proposal_follows_the_dossier_and_its_author(server: &TestServer) {
        let processing = processing(server).await;
        let leader = somebody(server, &[Approver], MY_THUAN).await;
        let worker = somebody(server, &[Processor], MY_THUAN).await;
        let there = somebody(server, &[Approver], BINH_SON).await;
        let sorry = leader.client.done(&processing, "apologise", later(1)).await;
        let wish = propose(&worker.client, &sorry, "extension", &later(4)).send().await.expect(200).json();
        transfer(&leader.client, &sorry, BINH_SON).send().await.expect(200);
        decide(&leader.client, &wish, "approve").send().await.refused(404, "not-found");
        // Its author does not work where the dossier is.
        decide(&there.client, &wish, "approve").send().await.refused(409, "proposal-closed");
        decide(&there.client, &wish, "decline").send().await.expect(200);
        let arrived = seen(&there.client, &sorry).await;
        transfer(&there.client, &arrived, MY_THUAN).send().await.expect(200);
        let wish = propose(&worker.client, &sorry, "extension", &later(5)).send().await.expect(200).json();
        server.revoke(&worker.officer, MY_THUAN, Processor).await;
        decide(&leader.client, &wish, "approve").send().await.refused(409, "proposal-closed");
    }
}
