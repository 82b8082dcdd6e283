//! What a mandate opens, and that it closes at once.

use serde_json::{Value, json};
use tests::client::Client;
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen, draft, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::{Held, done, draft_under, from_account, named, proposed, to_account};

const DAO: (&str, &str) = ("0912345678", "Nguyễn Thị Đào");
const MAN: (&str, &str) = ("0987654321", "Trần Văn Mận");

/// Everything there is to read of a dossier.
const READS: [&str; 7] = [
    "",
    "/timeline",
    "/supplements",
    "/payments",
    "/results",
    "/consents",
    "/deadline",
];

async fn two(server: &TestServer) -> (Client, Client, Held) {
    let (dao, man) = (
        named(server, DAO.0, DAO.1).await,
        named(server, MAN.0, MAN.1).await,
    );
    let mandate = done(
        &dao,
        &proposed(&man, &from_account(DAO.0, DAO.1)).await,
        "accept",
    )
    .await;
    (dao, man, mandate)
}

async fn submitted(who: &Client, draft: &Seen) -> Seen {
    Seen::of(&who.submit(draft).send().await.expect(200))
}

async fn assert_is_gone(who: &Client, seen: &Seen) {
    for part in READS {
        let path = format!("/v1/dossiers/{}{part}", seen.id);
        who.get(&path).send().await.refused(404, "not-found");
    }
    for (what, body) in [
        ("submit", json!({ "consent": true })),
        ("withdraw", json!({})),
    ] {
        who.act(seen, what, &body)
            .send()
            .await
            .refused(404, "not-found");
    }
    who.attach_anyway(seen, "authorisation")
        .await
        .refused(404, "not-found");
    if seen.view["supplements"][0].is_object() {
        who.answer(seen).send().await.refused(404, "not-found");
    }
    for file in [
        &seen.view["papers"][0]["file_id"],
        &seen.view["results"][0]["file_id"],
    ] {
        if let Some(file) = file.as_str() {
            who.get(&format!("/v1/files/{file}"))
                .send()
                .await
                .refused(404, "not-found");
        }
    }
}

on_both_engines! {
    async fn a_delegate_files_answers_and_receives_and_the_mandator_sees_it_all(server: &TestServer) {
        let ((dao, man, mandate), staff) = (two(server).await, server.staff().await);
        let drafted = man.draft_of(&draft_under(&mandate, "nguyễn thị đào")).await;
        assert_eq!(drafted.view["applicant"]["full_name"], DAO.1, "as the account has it");
        assert_eq!(drafted.view["submitter"]["full_name"], MAN.1);
        assert_eq!(drafted.view["submitter"]["phone"], "+84987654321");
        assert_eq!(drafted.view["mandate_id"], json!(mandate.id));
        let filed = submitted(&man, &man.attach(&drafted, "authorisation").await).await;
        assert!(filed.view["tracking_secret"].is_null(), "it could not be taken back");
        let hers = dao.get(&format!("/v1/dossiers/{}", filed.id)).send().await.expect(200).json();
        assert!(hers["tracking_secret"].is_string() && hers["submitter"]["full_name"] == MAN.1);
        let accepted = staff.accepted(&filed).await;
        // Also the secret on the slip could not be taken back.
        for (who, is_told) in [(&dao, true), (&man, false)] {
            let slip = who.get(&format!("/v1/dossiers/{}/receipt", accepted.id)).send().await.expect(200).json();
            let told = (slip["tracking_secret"].is_string(), slip["qr_content"].is_string());
            assert_eq!(told, (is_told, is_told), "{slip}");
        }
        let asked = staff.receiver.done(&accepted, "request_supplement", two_papers()).await;
        let first = man.attach(&asked, "authorisation").await;
        let second = man.attach(&first, "relationship_proof").await;
        let answered = Seen::of(&man.answer(&second).send().await.expect(200));
        let resumed = staff.receiver.done(&answered, "resume", Value::Null).await;
        let paid = staff.cashier.done(&resumed, "record_cash", json!({ "amount": PRICE })).await;
        let going = staff.receiver.done(&paid, "forward", Value::Null).await;
        let decided = staff.approver.done(&going, "decide", json!({ "outcome": "approved" })).await;
        let issued = staff.issued(&decided, "12/2026").await;
        let over = staff.returner.done(&issued, "hand_over", json!({ "recipient": MAN.1 })).await;
        let results = man.get(&format!("/v1/dossiers/{}/results", over.id)).send().await.expect(200).json();
        let file = results["items"][0]["file_id"].as_str().unwrap().to_owned();
        man.get(&format!("/v1/files/{file}")).send().await.expect(200);
        let office = staff.receiver.get(&format!("/v1/office/dossiers/{}/mandate", over.id));
        let office = office.send().await.expect(200).json();
        assert_eq!((&office["id"], &office["delegate_name"]), (&json!(mandate.id), &json!(MAN.1)));
        let ended = done(&dao, &mandate, "revoke").await;
        assert_eq!(ended.view["ending"], "revoked");
        let all = dao.get(&format!("/v1/dossiers/{}", over.id)).send().await.expect(200);
        assert_is_gone(&man, &Seen::of(&all)).await;
        let timeline = dao.get(&format!("/v1/dossiers/{}/timeline", over.id)).send().await.expect(200);
        assert!(timeline.json()["items"].as_array().unwrap().len() > 5, "what was done stays");
        let office = staff.receiver.get(&format!("/v1/office/dossiers/{}/mandate", over.id));
        assert_eq!(office.send().await.expect(200).json()["ending"], "revoked");
    }

    async fn a_mandate_that_ended_opens_no_draft_either(server: &TestServer) {
        let (dao, man, mandate) = two(server).await;
        let drafted = man.draft_of(&draft_under(&mandate, DAO.1)).await;
        done(&man, &mandate, "give_back").await;
        assert_is_gone(&man, &drafted).await;
        let change = man.patch(&format!("/v1/dossiers/{}", drafted.id)).if_match(&drafted.etag);
        let change = change.body("application/merge-patch+json", r#"{"delivery":"counter"}"#);
        change.send().await.refused(404, "not-found");
        let discard = man.delete(&format!("/v1/dossiers/{}", drafted.id)).if_match(&drafted.etag);
        discard.send().await.refused(404, "not-found");
        let anew = man.put(&format!("/v1/dossiers/{}", Uuid::now_v7())).if_new();
        let anew = anew.json(&draft_under(&mandate, DAO.1)).send().await;
        anew.refused(409, "mandate-state-forbids");
        submitted(&dao, &drafted).await;
    }

    async fn a_delegate_does_what_the_mandate_says_and_nothing_else(server: &TestServer) {
        let (dao, man) = (named(server, DAO.0, DAO.1).await, named(server, MAN.0, MAN.1).await);
        let staff = server.staff().await;
        let mut body = to_account(MAN.0, MAN.1);
        body["acts"] = json!(["read"]);
        let reading = done(&man, &proposed(&dao, &body).await, "accept").await;
        let refused = man.put(&format!("/v1/dossiers/{}", Uuid::now_v7())).if_new();
        refused.json(&draft_under(&reading, DAO.1)).send().await.refused(403, "mandate-does-not-cover");
        // The mandator shares a dossier of her own.
        let shared = dao.draft_of(&draft_under(&reading, DAO.1)).await;
        assert!(shared.view["submitter"].is_null());
        let seen = man.get(&format!("/v1/dossiers/{}", shared.id)).send().await.expect(200);
        man.submit(&Seen::of(&seen)).send().await.refused(403, "mandate-does-not-cover");
        man.attach_anyway(&shared, "authorisation").await.refused(403, "mandate-does-not-cover");
        let filed = submitted(&dao, &shared).await;
        man.act(&filed, "withdraw", &json!({})).send().await.refused(403, "mandate-does-not-cover");
        let accepted = staff.accepted(&filed).await;
        let paid = staff.cashier.done(&accepted, "record_cash", json!({ "amount": PRICE })).await;
        let going = staff.receiver.done(&paid, "forward", Value::Null).await;
        let decided = staff.approver.done(&going, "decide", json!({ "outcome": "approved" })).await;
        let issued = staff.issued(&decided, "13/2026").await;
        let over = staff.returner.done(&issued, "hand_over", json!({ "recipient": DAO.1 })).await;
        let file = over.view["results"][0]["file_id"].as_str().unwrap().to_owned();
        let results = man.get(&format!("/v1/dossiers/{}/results", over.id)).send().await.expect(200).json();
        assert!(results["items"][0]["number"].is_string() && results["items"][0]["file_id"].is_null());
        man.get(&format!("/v1/files/{file}")).send().await.refused(404, "not-found");
        dao.get(&format!("/v1/files/{file}")).send().await.expect(200);
        // What she files on her own stays her own.
        let own = dao.draft().await;
        man.get(&format!("/v1/dossiers/{}", own.id)).send().await.refused(404, "not-found");
        let mut other = to_account(MAN.0, MAN.1);
        other["procedures"] = json!(["1.004873"]);
        let other = done(&man, &proposed(&dao, &other).await, "accept").await;
        let refused = man.put(&format!("/v1/dossiers/{}", Uuid::now_v7())).if_new();
        refused.json(&draft_under(&other, DAO.1)).send().await.refused(403, "mandate-does-not-cover");
    }

    async fn the_applicant_is_the_mandator_and_stays_so(server: &TestServer) {
        let (_dao, man, mandate) = two(server).await;
        let stranger = server.citizen("0977777777").await;
        let put = |who: &Client, body: &Value| {
            who.put(&format!("/v1/dossiers/{}", Uuid::now_v7())).if_new().json(body)
        };
        let another = put(&man, &draft_under(&mandate, "Lê Thị Lan")).send().await.expect(422);
        another.names(fault("/applicant/full_name", "not-the-mandator"));
        let mut submitter = draft_under(&mandate, DAO.1);
        submitter["submitter"] = json!({ "full_name": "Lê Thị Lan" });
        put(&man, &submitter).send().await.expect(422).names(fault("/submitter", "out-of-range"));
        let foreign = put(&stranger, &draft_under(&mandate, DAO.1)).send().await.expect(422);
        foreign.names(fault("/mandate_id", "unknown-reference"));
        let mut mine = draft();
        mine["mandate_id"] = json!(Uuid::now_v7());
        put(&man, &mine).send().await.expect(422).names(fault("/mandate_id", "unknown-reference"));
        let drafted = man.draft_of(&draft_under(&mandate, DAO.1)).await;
        for (change, pointer) in [
            (json!({ "applicant": { "full_name": "Lê Thị Lan" } }), "/applicant/full_name"),
            (json!({ "submitter": null }), "/submitter"),
        ] {
            let edit = man.patch(&format!("/v1/dossiers/{}", drafted.id)).if_match(&drafted.etag);
            let edit = edit.body("application/merge-patch+json", change.to_string()).send().await;
            let errors = edit.expect(422).json()["errors"].clone();
            assert_eq!(errors[0]["pointer"], pointer, "{errors}");
        }
    }

    async fn one_asks_for_the_dossiers_of_one_mandate(server: &TestServer) {
        let (dao, man, mandate) = two(server).await;
        let drafted = man.draft_of(&draft_under(&mandate, DAO.1)).await;
        let own = man.draft().await;
        let ids = async |who: &Client, query: &str| {
            let list = who.get(&format!("/v1/dossiers{query}")).send().await.expect(200).json();
            let items = list["items"].as_array().unwrap().iter();
            items.map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let of_it = format!("?mandate_id={}", mandate.id);
        assert_eq!(ids(&man, "").await, [own.id.as_str()], "one's own");
        assert_eq!(ids(&man, &of_it).await, [drafted.id.as_str()]);
        assert_eq!(ids(&dao, "").await, [drafted.id.as_str()]);
        assert_eq!(ids(&dao, &of_it).await, [drafted.id.as_str()]);
        done(&dao, &mandate, "revoke").await;
        assert!(ids(&man, &of_it).await.is_empty());
        assert_eq!(ids(&dao, &of_it).await, [drafted.id.as_str()]);
    }
}
