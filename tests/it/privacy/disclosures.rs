//! The access log: every way in which an officer reads leaves its line, and the citizen sees it.

use chrono::TimeDelta;
use domain::actor::Role::{self, Approver, Auditor, Receiver, Returner};
use domain::actor::{Actor, Roles};
use domain::ids::AgencyId;
use persistence::{Seams, StoreError, Tx, disclosures};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::Client;
use tests::engine::{Ground as _, Site};
use tests::extract_copy::Seen;
use tests::on_both_engines;
use tests::server::TestServer;

/// An officer: the id, and a client with a token.
pub(super) async fn officer(
    server: &TestServer,
    roles: &[Role],
    agency: AgencyId,
) -> (String, Client) {
    let account = server.hire(roles, agency).await;
    let client = server.signed_in(&Actor::Officer {
        officer: account.id,
        agency,
        roles: Roles::of(roles),
    });
    (account.id.to_string(), client)
}

/// What an auditor of the agency is shown of it.
pub(super) async fn reviewed(server: &TestServer, agency: AgencyId, filter: &str) -> Vec<Value> {
    let (_, auditor) = officer(server, &[Auditor], agency).await;
    let path = format!("/v1/office/access_log?page_size=100{filter}");
    let page = auditor.get(&path).send().await.expect(200).json();
    page["items"].as_array().unwrap().clone()
}

/// What a citizen is shown.
pub(super) async fn shown(citizen: &Client) -> Vec<Value> {
    let page = citizen.get("/v1/me/access_log").send().await.expect(200);
    page.json()["items"].as_array().unwrap().clone()
}

/// Every address that shows an officer something of a dossier, with what is done by it.
fn ways(seen: &Seen) -> Vec<(String, &'static str)> {
    let of = |rest: &str| format!("/v1/dossiers/{}/{rest}", seen.id);
    let file = seen.view["papers"][0]["file_id"].as_str().unwrap();
    vec![
        (format!("/v1/office/dossiers/{}", seen.id), "open"),
        (of("timeline"), "follow"),
        (of("deadline"), "follow"),
        (of("supplements"), "follow"),
        (of("payments"), "follow"),
        (of("consents"), "follow"),
        (of("results"), "follow"),
        (of("receipt"), "slip"),
        (format!("/v1/files/{file}"), "file"),
        ("/v1/office/inbox".to_owned(), "list"),
        ("/v1/office/dossiers".to_owned(), "list"),
        ("/v1/office/dossiers?q=dao".to_owned(), "search"),
    ]
}

/// An accepted dossier with a paper, due soon.
async fn accepted(server: &TestServer) -> Seen {
    let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
    let draft = citizen
        .attach(&citizen.draft().await, "authorisation")
        .await;
    let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
    staff.accepted(&filed).await
}

/// The ways that left no line, or not the right one, each tried by an officer of its own.
async fn unwritten(server: &TestServer) -> Vec<String> {
    let seen = accepted(server).await;
    let mut missing = Vec::new();
    for (path, action) in ways(&seen) {
        let (id, reader) = officer(server, &[Receiver], MY_THUAN).await;
        let answer = reader.get(&path).send().await.expect(200);
        assert!(!answer.body.is_empty());
        let lines = reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await;
        let is_right = |line: &Value| {
            line["dossier_id"] == json!(seen.id)
                && line["actions"] == json!([action])
                && line["purpose"] == json!("handling")
                && line["roles"] == json!(["receiver"])
        };
        if lines.len() != 1 || !is_right(&lines[0]) {
            missing.push(format!("{path}: {lines:?}"));
        }
    }
    missing
}

on_both_engines! {
    async fn every_way_of_reading_leaves_its_line(server: &TestServer) {
        let missing = unwritten(server).await;
        assert!(missing.is_empty(), "{missing:#?}");
    }

    /// The control: a store that does not write is noticed on each of the ways.
    async fn a_read_that_is_not_written_is_noticed(site: &Site) {
        let seams = Seams { reads_unwritten: true, ..Seams::default() };
        let server = TestServer::wounded(site.engine(), seams);
        assert_eq!(unwritten(&server).await.len(), 12);
        server.finish().await;
    }

    async fn a_change_leaves_its_line_and_a_citizen_none(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        for path in [format!("/v1/dossiers/{}", filed.id), "/v1/dossiers".to_owned()] {
            citizen.get(&path).send().await.expect(200);
        }
        assert_eq!(shown(&citizen).await, Vec::<Value>::new());
        let (id, receiver) = officer(server, &[Receiver], MY_THUAN).await;
        receiver.done(&filed, "accept", json!({})).await;
        let lines = reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await;
        assert_eq!((lines.len(), &lines[0]["actions"]), (1, &json!(["work"])));
        // A change that is refused shows nothing and leaves nothing.
        let (late, other) = officer(server, &[Receiver], MY_THUAN).await;
        other.office(&filed, "accept", &json!({})).send().await.refused(412, "version-mismatch");
        assert!(reviewed(server, MY_THUAN, &format!("&officer_id={late}")).await.is_empty());
    }

    async fn a_quarter_of_an_hour_is_one_line(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let account = server.hire(&[Receiver], MY_THUAN).await;
        let actor = Actor::Officer { officer: account.id, agency: MY_THUAN, roles: Roles::of(&[Receiver]) };
        let (open, course) = (format!("/v1/office/dossiers/{}", filed.id), format!("/v1/dossiers/{}/timeline", filed.id));
        let filter = format!("&officer_id={}", account.id);
        let lines = async || -> Vec<(Value, Value)> {
            let lines = reviewed(server, MY_THUAN, &filter).await.into_iter();
            lines.map(|line| (line["actions"].clone(), line["times"].clone())).collect()
        };
        let reader = server.signed_in(&actor);
        for _ in 0..3 {
            reader.get(&open).send().await.expect(200);
        }
        assert_eq!(lines().await, [(json!(["open"]), json!(1))]);
        server.clock().advance(TimeDelta::minutes(9));
        reader.get(&course).send().await.expect(200);
        assert_eq!(lines().await, [(json!(["open", "follow"]), json!(2))]);
        // Both at once are one line still.
        server.clock().advance(TimeDelta::minutes(6));
        let reader = server.signed_in(&actor);
        let both = (reader.get(&open), reader.get(&open));
        let (one, other) = tokio::join!(both.0.send(), both.1.send());
        one.expect(200);
        other.expect(200);
        let found = lines().await;
        assert_eq!((found.len(), &found[0].0, &found[1].0), (2, &json!(["open"]), &json!(["open", "follow"])));
        let citizen = server.citizen("0912345678").await;
        assert_eq!(shown(&citizen).await.len(), 2);
    }

    async fn a_citizen_reads_it_in_plain_words(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let (_, leader) = officer(server, &[Approver, Returner], MY_THUAN).await;
        leader.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.expect(200);
        let lines = shown(&citizen).await;
        let line = &lines[0];
        let (agency, code) = (line["agency_name"].as_str().unwrap(), filed.view["code"].as_str().unwrap());
        assert_eq!(line["text"], format!(
            "Lãnh đạo; cán bộ trả kết quả của {agency} đã mở xem hồ sơ {code}, thấy họ tên; số định danh, ngày sinh; số điện thoại, địa chỉ; nội dung tờ khai; quá trình giải quyết, để giải quyết hồ sơ."
        ));
        assert_eq!((&line["purpose"], &line["purpose_text"]), (&json!("handling"), &json!("giải quyết hồ sơ")));
        assert_eq!((&line["dossier_id"], &line["dossier_code"]), (&json!(filed.id), &json!(code)));
        assert_eq!(line["fields"], json!(["name", "identity", "contact", "answers", "course"]));
        let english = citizen.get("/v1/me/access_log").in_english().send().await.expect(200).json();
        let text = english["items"][0]["text"].as_str().unwrap().to_owned();
        assert!(text.starts_with("Approving leader; returning officer of ") && text.ends_with("in order to handle the dossier."), "{text}");
        let other = server.citizen("0987654321").await;
        assert!(shown(&other).await.is_empty());
    }

    async fn names_are_masked_until_the_dossier_is_opened(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let (_, receiver) = officer(server, &[Receiver], MY_THUAN).await;
        let (id, returner) = officer(server, &[Returner], MY_THUAN).await;
        let row = async |who: &Client, query: &str| {
            let page = who.get(&format!("/v1/office/dossiers{query}")).send().await.expect(200).json();
            let row = &page["items"][0];
            (row["applicant_name"].clone(), row["name_masked"].clone())
        };
        let (whole, masked) = ((json!("Nguyễn Thị Đào"), json!(false)), (json!("Nguyễn T. Đ."), json!(true)));
        assert_eq!(row(&receiver, "").await, whole);
        assert_eq!(row(&returner, "").await, masked);
        let inbox = returner.get("/v1/office/inbox").send().await.expect(200).json();
        assert_eq!(inbox["waiting"][0]["applicant_name"], masked.0);
        assert!(reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await.is_empty(), "nothing was told");
        assert_eq!(row(&returner, "?q=dao").await, masked);
        let found = reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await;
        assert_eq!(found[0]["actions"], json!(["search"]), "what is found by a name is told by it");
        let opened = returner.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.expect(200).json();
        assert_eq!(opened["applicant"]["full_name"], whole.0);
        let found = reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await;
        assert_eq!(found[0]["actions"], json!(["search", "open"]));
        let own = citizen.get("/v1/dossiers").send().await.expect(200).json();
        assert_eq!(own["items"][0]["applicant_name"], whole.0);
    }

    async fn an_auditor_reviews_the_own_agency(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (one, two) = (citizen.filed().await, citizen.filed().await);
        let (first, receiver) = officer(server, &[Receiver], MY_THUAN).await;
        let (second, other) = officer(server, &[Receiver], MY_THUAN).await;
        for (who, seen) in [(&receiver, &one), (&receiver, &two), (&other, &one)] {
            who.get(&format!("/v1/office/dossiers/{}", seen.id)).send().await.expect(200);
        }
        for (filter, count) in [
            (String::new(), 3), (format!("&officer_id={first}"), 2), (format!("&officer_id={second}"), 1),
            (format!("&dossier_id={}", one.id), 2), ("&purpose=handling".to_owned(), 3),
            ("&purpose=emergency".to_owned(), 0), (format!("&officer_id={second}&dossier_id={}", two.id), 0),
        ] {
            assert_eq!(reviewed(server, MY_THUAN, &filter).await.len(), count, "{filter}");
            assert!(reviewed(server, BINH_SON, &filter).await.is_empty(), "{filter}");
        }
        let (_, auditor) = officer(server, &[Auditor], MY_THUAN).await;
        let mut path = "/v1/office/access_log?page_size=2".to_owned();
        let page = auditor.get(&path).send().await.expect(200).json();
        assert_eq!(page["items"].as_array().unwrap().len(), 2);
        path = format!("{path}&page_token={}", page["next_page_token"].as_str().unwrap());
        let rest = auditor.get(&path).send().await.expect(200).json();
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next_page_token"]), (1, &Value::Null));
        auditor.get("/v1/office/access_log?purpose=curiosity").send().await.refused(400, "invalid-parameter");
    }

    async fn a_line_is_kept_for_twelve_months(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let (_, receiver) = officer(server, &[Receiver], MY_THUAN).await;
        receiver.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.expect(200);
        let since = server.app().clock.now();
        let kept = server.app().config.access_log_months;
        let purge = |at| {
            let before = kept.before(at);
            server.store().write::<_, StoreError>(move |tx: &mut Tx| disclosures::purge(tx, before, 500))
        };
        assert_eq!(purge(since.plus(TimeDelta::days(365))).await, Ok(0));
        assert_eq!(purge(since.plus(TimeDelta::days(366))).await, Ok(1));
    }
}
