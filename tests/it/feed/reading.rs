//! What the feed tells, in which order, and to whom.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use domain::feed::FeedKind;
use serde_json::{Value, json};
use tests::extract_copy::{PRICE, Seen};
use tests::follower::Follower;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{followed, number};

on_both_engines! {
    async fn a_phone_that_follows_holds_what_a_full_read_gives(server: &TestServer) {
        let (citizen, mut phone) = followed(server, "0912345678").await;
        let staff = server.staff().await;
        assert_eq!((phone.dossiers.len(), phone.catalogue.as_i64()), (0, Some(1)));
        let accepted = staff.accepted(&citizen.filed().await).await;
        staff.cashier.done(&accepted, "record_cash", json!({ "amount": PRICE })).await;
        let draft = citizen.draft().await;
        number(server).await;
        phone.catches_up(20).await;
        assert_eq!(phone.differences().await, [""; 0]);
        let held = &phone.dossiers[&accepted.id];
        assert_eq!(held["payments"].as_array().unwrap().len(), 1);
        assert_eq!(held["timeline"].as_array().unwrap().last().unwrap()["kind"], "payment_recorded");
        citizen.delete(&format!("/v1/dossiers/{}", draft.id)).if_match(&draft.etag).send().await.expect(204);
        number(server).await;
        phone.catches_up(20).await;
        assert!(!phone.dossiers.contains_key(&draft.id), "a draft thrown away is gone");
        assert_eq!(phone.differences().await, [""; 0]);
    }

    async fn a_thing_is_told_once_in_an_answer_at_its_last_place(server: &TestServer) {
        let (citizen, mut phone) = followed(server, "0912345678").await;
        let [first, second] = [citizen.draft().await, citizen.draft().await];
        let edit = json!({ "delivery": "counter" }).to_string();
        let path = format!("/v1/dossiers/{}", first.id);
        let patch = citizen.patch(&path).if_match(&first.etag).body("application/merge-patch+json", edit);
        patch.send().await.expect(200);
        number(server).await;
        phone.told.clear();
        assert_eq!(phone.catches_up(20).await, 1);
        assert_eq!(phone.told, [second.id.clone(), first.id.clone()]);
        assert_eq!(phone.dossiers[&first.id]["view"]["delivery"], "counter");
    }

    /// Both where a phone begins and where it goes on.
    async fn much_is_told_in_parts(server: &TestServer) {
        let (citizen, mut phone) = followed(server, "0912345678").await;
        for _ in 0..5 {
            citizen.draft().await;
        }
        number(server).await;
        assert_eq!(phone.catches_up(2).await, 3);
        let mut new = Follower::new(citizen.clone());
        assert!(new.catches_up(2).await >= 3);
        for phone in [&phone, &new] {
            assert_eq!(phone.dossiers.len(), 5);
            assert_eq!(phone.differences().await, [""; 0]);
        }
    }

    /// What happens while everything is told for the first time is not lost: also a draft of a page
    /// that was told already.
    async fn what_happens_during_the_first_telling_is_told_after_it(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let mut drafts = Vec::new();
        for _ in 0..4 {
            drafts.push(citizen.draft().await);
        }
        number(server).await;
        let mut phone = Follower::new(citizen.clone());
        let first = phone.asks("page_size=2").send().await;
        assert!(phone.takes(&first), "there is more");
        let newest: &Seen = drafts.last().unwrap();
        assert!(phone.dossiers.contains_key(&newest.id));
        citizen.delete(&format!("/v1/dossiers/{}", newest.id)).if_match(&newest.etag).send().await.expect(204);
        citizen.submit(&drafts[2]).send().await.expect(200);
        number(server).await;
        phone.catches_up(2).await;
        assert_eq!(phone.dossiers.len(), 3);
        assert_eq!(phone.differences().await, [""; 0]);
    }

    async fn a_cursor_is_good_for_one_account_and_ninety_days(server: &TestServer) {
        let (citizen, phone) = followed(server, "0912345678").await;
        let other = server.citizen("0987654321").await;
        let cursor = phone.cursor.clone().unwrap();
        let sync = |cursor: &str| format!("/v1/sync?cursor={cursor}");
        for broken in [sync("abc"), sync(""), sync(&cursor[1..])] {
            citizen.get(&broken).send().await.refused(400, "invalid-cursor");
        }
        other.get(&sync(&cursor)).send().await.refused(400, "invalid-cursor");
        other.get(&format!("/v1/sync/stream?cursor={cursor}")).send().await.refused(400, "invalid-cursor");
        citizen.get("/v1/sync?page_size=0").send().await.refused(400, "invalid-parameter");
        citizen.get("/v1/sync/stream?max_seconds=3601").send().await.refused(400, "invalid-parameter");
        server.clock().set("2027-02-20T09:00:00+07:00");
        let renewed = citizen.get(&sync(&cursor)).send().await.expect(200).json();
        let renewed = renewed["cursor"].as_str().unwrap().to_owned();
        assert_ne!(renewed, cursor, "whoever keeps asking need not begin anew");
        server.clock().set("2027-02-23T09:00:00+07:00");
        citizen.get(&sync(&cursor)).send().await.refused(410, "cursor-expired");
        citizen.get(&sync(&renewed)).send().await.expect(200);
    }

    /// The words and the law of dossiers follow the catalogue: with another one all is told anew.
    async fn another_catalogue_is_told_with_everything_that_follows_it(server: &TestServer) {
        let (citizen, mut phone) = followed(server, "0912345678").await;
        let draft = citizen.draft().await;
        number(server).await;
        phone.catches_up(20).await;
        let before = phone.catalogue.as_i64().unwrap();
        server.import_changed("calendar-2026.json", |file| file["version"] = json!("2026.2")).await;
        phone.told.clear();
        phone.catches_up(20).await;
        assert_eq!(phone.catalogue.as_i64(), Some(before + 1));
        assert!(phone.told.contains(&draft.id));
        assert_eq!(phone.differences().await, [""; 0]);
    }

    async fn the_account_is_followed_and_its_end_too(server: &TestServer) {
        let (citizen, mut phone) = followed(server, "0912345678").await;
        let me = citizen.get("/v1/me").send().await.expect(200).etag();
        let name = json!({ "full_name": "Nguyễn Thị Đào" }).to_string();
        let change = citizen.patch("/v1/me").if_match(&me).body("application/merge-patch+json", name);
        change.send().await.expect(200);
        citizen.draft().await;
        number(server).await;
        phone.catches_up(20).await;
        assert_eq!(phone.differences().await, [""; 0]);
        let id = phone.account["person_id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
        let call = server.app().call(domain::actor::Actor::System);
        let erase = move |tx: &mut persistence::Tx| {
            api::people::erasing::erase_person(tx, &call, domain::ids::Id::from_uuid(id))
        };
        server.store().write(erase).await.unwrap();
        number(server).await;
        phone.catches_up(20).await;
        assert_eq!((phone.account, phone.dossiers.len()), (Value::Null, 0));
    }

    /// One round trip and under 400 bytes, as they come over the wire.
    async fn nothing_new_costs_next_to_nothing(server: &TestServer) {
        let (citizen, phone) = followed(server, "0912345678").await;
        let cursor = phone.cursor.clone().unwrap();
        assert_eq!(phone.asks("").send().await.status, 304);
        let address = server.base().replace("http://", "");
        let mut stream = TcpStream::connect(&address).unwrap();
        let request = format!(
            "GET /v1/sync?cursor={cursor} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
             accept-encoding: br\r\nprefer: wait=1\r\nif-none-match: \"{cursor}\"\r\nconnection: close\r\n\r\n",
            citizen.token().unwrap()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let text = String::from_utf8_lossy(&answer);
        assert!(text.starts_with("HTTP/1.1 304"), "{text}");
        assert!(answer.len() < 400, "{} bytes: {text}", answer.len());
    }
}

/// A kind that is added is told somewhere in these stories, or this says so.
#[test]
fn every_kind_of_change_is_followed_by_a_story() {
    let follower = include_str!("../../harness/follower.rs");
    for kind in FeedKind::ALL {
        let handled = format!("(\"{}\", ", kind.as_str());
        assert!(follower.contains(&handled), "{kind:?} is not followed");
    }
}
