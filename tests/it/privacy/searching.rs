//! Finding somebody at the counter: by a whole number, in a body, for those who receive, and never unseen.

use chrono::TimeDelta;
use domain::actor::Role::{Auditor, Processor, ProvinceAdministrator, Receiver, Returner};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::extract_copy::grounded;
use tests::on_both_engines;
use tests::server::TestServer;

use super::disclosures::{officer, reviewed, shown};

const NUMBER: &str = "089190001234";

async fn search(by: &Client, body: &Value) -> Response {
    by.post("/v1/office/search").json(body).send().await
}

async fn found(by: &Client, body: &Value) -> Vec<Value> {
    let page = search(by, body).await.expect(200).json();
    page["items"].as_array().unwrap().clone()
}

on_both_engines! {
    async fn a_receiver_finds_by_a_whole_number_and_it_is_written_down(server: &TestServer) {
        let citizen = server.verified_citizen("0912345678", NUMBER).await;
        let other = server.citizen("0987654321").await;
        let (filed, theirs) = (citizen.filed().await, other.filed().await);
        citizen.draft().await;
        let (id, receiver) = officer(server, &[Receiver], MY_THUAN).await;
        for body in [json!({ "phone": "0912 345 678" }), json!({ "phone": "+84912345678" }), json!({ "personal_number": NUMBER })] {
            let items = found(&receiver, &body).await;
            assert_eq!((items.len(), &items[0]["id"]), (1, &json!(filed.id)), "{body}");
        }
        let lines = reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await;
        assert_eq!((lines.len(), &lines[0]["actions"], &lines[0]["purpose"]), (1, &json!(["search"]), &json!("handling")));
        let text = shown(&citizen).await[0]["text"].as_str().unwrap().to_owned();
        assert!(text.contains("đã tìm thấy qua tra cứu hồ sơ"), "{text}");
        assert!(shown(&other).await.is_empty());
        // Nobody's number, somebody without a dossier here, and another agency's all look alike.
        server.citizen("0977777777").await;
        let (_, there) = officer(server, &[Receiver], BINH_SON).await;
        for (who, body) in [
            (&receiver, json!({ "phone": "0900000001" })), (&receiver, json!({ "phone": "0977777777" })),
            (&receiver, json!({ "personal_number": "089190004321" })), (&there, json!({ "phone": "0912345678" })),
        ] {
            assert_eq!(found(who, &body).await, Vec::<Value>::new(), "{body}");
        }
        // What waits at no desk of theirs shows initials until it is opened.
        let desk = server.officer(&[Receiver], MY_THUAN).await;
        desk.done(&theirs, "refuse", grounded("Sai cơ quan.")).await;
        let items = found(&receiver, &json!({ "phone": "0987654321" })).await;
        assert_eq!((&items[0]["applicant_name"], &items[0]["name_masked"]), (&json!("Nguyễn T. Đ."), &json!(true)));
    }

    async fn only_receivers_search_and_not_without_end(server: &TestServer) {
        let body = json!({ "phone": "0912345678" });
        for role in [Processor, Returner, Auditor, ProvinceAdministrator] {
            let (_, other) = officer(server, &[role], MY_THUAN).await;
            search(&other, &body).await.refused(403, "role-forbids");
        }
        let (_, receiver) = officer(server, &[Receiver], MY_THUAN).await;
        let (_, colleague) = officer(server, &[Receiver], MY_THUAN).await;
        for (body, pointer, code) in [
            (json!({}), "/phone", "required"), (json!({ "phone": "12345678" }), "/phone", "wrong-format"),
            (json!({ "personal_number": "08919000123x" }), "/personal_number", "wrong-format"),
            (json!({ "phone": "0912345678", "personal_number": NUMBER }), "/phone", "duplicate"),
        ] {
            search(&receiver, &body).await.expect(422).names(fault(pointer, code));
        }
        for _ in 0..40 {
            search(&receiver, &body).await.expect(200);
        }
        search(&receiver, &body).await.refused(429, "too-many-requests");
        search(&colleague, &body).await.expect(200);
        server.clock().advance(TimeDelta::minutes(1));
        search(&receiver, &body).await.expect(200);
    }
}
