//! Whose work: given by a leader, taken up, taken over, let go.

use domain::actor::Role::{Approver, Auditor, Processor, Receiver};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::Client;
use tests::content::fault;
use tests::extract_copy::{Seen, grounded};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::{assign, seen, somebody};

async fn processing(server: &TestServer) -> Seen {
    let citizen = server.citizen("0912345678").await;
    let filed = citizen.filed().await;
    server.staff().await.processing(&filed).await
}

/// The ids in a list of work.
async fn listed(who: &Client, work: &str) -> Vec<String> {
    let path = format!("/v1/office/dossiers?work={work}");
    let page = who.get(&path).send().await.expect(200).json();
    let items = page["items"].as_array().unwrap().iter();
    items
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

on_both_engines! {
    async fn while_it_is_ones_work_the_others_read_and_do_not_act(server: &TestServer) {
        let processing = processing(server).await;
        let leader = somebody(server, &[Approver], MY_THUAN).await;
        let first = somebody(server, &[Processor], MY_THUAN).await;
        let second = somebody(server, &[Processor], MY_THUAN).await;
        let given = Seen::of(&assign(&leader.client, &processing, &first.officer).send().await.expect(200));
        assert_eq!(given.view["assignee_id"], json!(first.officer.id));
        assign(&leader.client, &given, &first.officer).send().await.refused(409, "already-assigned");
        let as_read = seen(&second.client, &given).await;
        assert!(!as_read.view["offered"].to_string().contains("\"stop\""), "{}", as_read.view["offered"]);
        let stop = second.client.office(&given, "stop", &grounded("Nhầm.")).send().await;
        stop.refused(409, "assigned-to-another");
        second.client.office(&given, "release", &Value::Null).send().await.refused(409, "assigned-to-another");
        let over = second.client.office(&given, "take_up", &Value::Null).send().await;
        over.expect(422).names(fault("/reason", "required"));
        let over = json!({ "reason": "Đồng chí A nghỉ ốm." });
        let taken = second.client.done(&given, "take_up", over).await;
        assert_eq!(taken.view["assignee_id"], json!(second.officer.id));
        first.client.office(&taken, "stop", &grounded("Nhầm.")).send().await.refused(409, "assigned-to-another");
        let free = second.client.done(&taken, "release", Value::Null).await;
        assert_eq!(free.view["assignee_id"], Value::Null);
        leader.client.office(&free, "release", &Value::Null).send().await.refused(409, "not-assigned");
        let taken = first.client.done(&free, "take_up", Value::Null).await;
        // A leader acts whoever's work it is.
        let decided = leader.client.done(&taken, "decide", json!({ "outcome": "declined" })).await;
        let stopped = leader.client.done(&decided, "stop", grounded("Người nộp không đến.")).await;
        assert_eq!(stopped.state(), "stopped");
        first.client.office(&stopped, "take_up", &Value::Null).send().await.refused(409, "state-forbids");
    }

    async fn it_is_given_to_whoever_works_on_dossiers_there(server: &TestServer) {
        let processing = processing(server).await;
        let leader = somebody(server, &[Approver], MY_THUAN).await;
        let revoked = somebody(server, &[Processor], MY_THUAN).await;
        server.revoke(&revoked.officer, MY_THUAN, Processor).await;
        let not = [
            somebody(server, &[Receiver, Auditor], MY_THUAN).await.officer,
            somebody(server, &[Processor], BINH_SON).await.officer,
            revoked.officer,
        ];
        let nobody = Uuid::now_v7();
        let ids = not.iter().map(|officer| json!(officer.id)).chain([json!(nobody)]);
        for id in ids {
            let given = leader.client.office(&processing, "assign", &json!({ "officer_id": id }));
            given.send().await.expect(422).names(fault("/officer_id", "unknown-reference"));
        }
        let processor = somebody(server, &[Processor], MY_THUAN).await;
        assign(&processor.client, &processing, &processor.officer).send().await.refused(403, "role-forbids");
        assign(&leader.client, &processing, &leader.officer).send().await.expect(200);
    }

    /// A role that ended leaves the work to the others, and the dossier is on the pile again.
    async fn work_ends_with_the_role(server: &TestServer) {
        let processing = processing(server).await;
        let first = somebody(server, &[Processor], MY_THUAN).await;
        let second = somebody(server, &[Processor], MY_THUAN).await;
        let none: [String; 0] = [];
        assert_eq!(listed(&second.client, "unassigned").await, std::slice::from_ref(&processing.id));
        first.client.done(&processing, "take_up", Value::Null).await;
        assert_eq!(listed(&first.client, "mine").await, std::slice::from_ref(&processing.id));
        assert_eq!(listed(&second.client, "unassigned").await, none);
        assert_eq!(listed(&second.client, "mine").await, none);
        let inbox = first.client.get("/v1/office/inbox?work=mine").send().await.expect(200).json();
        assert_eq!(inbox["counts"], json!([{ "state": "processing", "count": 1 }]));
        let inbox = second.client.get("/v1/office/inbox?work=mine").send().await.expect(200).json();
        assert_eq!(inbox["counts"], json!([]));
        server.revoke(&first.officer, MY_THUAN, Processor).await;
        let path = format!("/v1/office/dossiers/{}", processing.id);
        first.client.get(&path).send().await.refused(401, "unauthenticated");
        assert_eq!(listed(&second.client, "unassigned").await, std::slice::from_ref(&processing.id));
        let free = seen(&second.client, &processing).await;
        assert_eq!(free.view["assignee_id"], Value::Null);
        let taken = second.client.done(&free, "take_up", Value::Null).await;
        assert_eq!(taken.view["assignee_id"], json!(second.officer.id));
    }

    /// Whoever stands in for an officer does that officer's work.
    async fn a_deputy_does_the_work_of_whom_they_stand_in_for(server: &TestServer) {
        let processing = processing(server).await;
        let owner = somebody(server, &[Processor], MY_THUAN).await;
        let deputy = somebody(server, &[Receiver], MY_THUAN).await;
        let taken = owner.client.done(&processing, "take_up", Value::Null).await;
        let wish = json!({
            "deputy_id": deputy.officer.id, "role": "processor", "from": "2026-11-23",
            "until": "2026-11-25", "reason": "Nghỉ phép."
        });
        let made = owner.client.post("/v1/office/deputies").json(&wish).send().await.expect(200).json();
        let act = format!("/v1/office/deputies/{}/act", made["deputising_id"].as_str().unwrap());
        let token = deputy.client.post(&act).send().await.expect(200).json();
        let hand = deputy.client.with_token(token["access_token"].as_str().unwrap());
        let stopped = hand.done(&taken, "stop", grounded("Người nộp xin dừng.")).await;
        assert_eq!(stopped.state(), "stopped");
    }
}
