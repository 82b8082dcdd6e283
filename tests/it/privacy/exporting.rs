//! All that is held about a person in one archive: only they get it, and only the code opens it.

use std::io::{Cursor, Read as _};

use api::exports::making::{expire_past, make_next};
use api::exports::packing::CONTENTS;
use api::papers::sweep::sweep;
use api::worker::run_once;
use aws_lc_rs::digest::{SHA256, digest};
use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::client::{Client, Response};
use tests::extract_copy::pdf;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;
use zip::ZipArchive;

use super::sql;

const MINE: &str = "/v1/me/exports";

/// Words that stand in the citizen's data and nowhere in the open.
const CANARY: &str = "Ấp Chim Hoàng Yến";

pub(super) async fn asked(citizen: &Client) -> (String, String) {
    let order = citizen.post(MINE).send().await.expect(200).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&order["export"]["export_id"]), text(&order["code"]))
}

async fn shown(citizen: &Client, id: &str) -> Value {
    let path = format!("{MINE}/{id}");
    citizen.get(&path).send().await.expect(200).json()
}

pub(super) async fn archive(citizen: &Client, id: &str) -> Response {
    citizen.get(&format!("{MINE}/{id}/archive")).send().await
}

pub(super) fn entry(bytes: &[u8], name: &str, code: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entry = archive.by_name_decrypt(name, code.as_bytes()).ok()?;
    let mut content = Vec::new();
    entry.read_to_end(&mut content).ok()?;
    Some(content)
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

async fn live_there(citizen: &Client) {
    let me = citizen.get("/v1/me").send().await.expect(200);
    let body = json!({ "address": CANARY }).to_string();
    let change = citizen.patch("/v1/me").if_match(&me.etag());
    change
        .body("application/merge-patch+json", body)
        .send()
        .await
        .expect(200);
}

on_both_engines! {
    async fn an_export_holds_everything_and_only_its_code_opens_it(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        live_there(&citizen).await;
        let draft = citizen.attach(&citizen.draft().await, "authorisation").await;
        citizen.submit(&draft).send().await.expect(200);
        let (id, code) = asked(&citizen).await;
        assert_eq!((code.len(), code.matches('-').count()), (19, 3), "16 letters of 5 bits");
        citizen.post(MINE).send().await.refused(409, "already-exists");
        assert_eq!(shown(&citizen, &id).await["state"], "waiting");
        archive(&citizen, &id).await.refused(404, "not-found");
        assert_eq!(run_once(server.app()).await.exported, 1);
        let made = shown(&citizen, &id).await;
        assert_eq!((&made["state"], &made["files_done"], &made["files_total"]), (&json!("ready"), &json!(1), &json!(1)));
        archive(&other, &id).await.refused(404, "not-found");

        let whole = archive(&citizen, &id).await.expect(200);
        assert_eq!(whole.header("content-type"), "application/zip");
        assert_eq!(json!(whole.body.len()), made["archive_size"]);
        let part = citizen.get(&format!("{MINE}/{id}/archive")).header("range", "bytes=10-19").send().await;
        assert_eq!(part.expect(206).body, whole.body[10..20].to_vec());

        let account: Value = serde_json::from_slice(&entry(&whole.body, "account.json", &code).unwrap()).unwrap();
        assert_eq!(account["address"], CANARY);
        assert_eq!(entry(&whole.body, "account.json", "0000-0000-0000-0000"), None, "a wrong code");
        for plain in [CANARY.as_bytes(), b"+84912345678", b"089190001234", b"%PDF-", code.as_bytes()] {
            assert!(!holds(&whole.body, plain), "{}", String::from_utf8_lossy(plain));
        }
        let contents = entry(&whole.body, CONTENTS, &code).unwrap();
        let contents: Value = serde_json::from_slice(&contents).unwrap();
        let listed = contents["entries"].as_array().unwrap();
        assert_eq!(listed.len(), 10, "account, consents, requests, notices, mandates, reads, proofs, sessions, a dossier, a paper: {contents}");
        for one in listed {
            let content = entry(&whole.body, one["name"].as_str().unwrap(), &code).unwrap();
            let found = api::dossiers::render::hex(digest(&SHA256, &content).as_ref());
            assert_eq!(json!(found), one["sha256"], "{one}");
        }
        let paper = listed.iter().find(|one| one["name"].as_str().unwrap().contains(".pdf")).unwrap();
        assert_eq!(entry(&whole.body, paper["name"].as_str().unwrap(), &code), Some(pdf("authorisation")));
        // The code is gone with the job, and it was never readable.
        let left = sql(server.site(), "SELECT count(*) FROM outbox WHERE topic = 'export' AND state = 'pending'");
        assert_eq!(left, "0");
        let seen = sql(server.site(), &format!("SELECT count(*) FROM outbox WHERE CAST(payload AS TEXT) LIKE '%{code}%'"));
        assert_eq!(seen, "0");
    }

    async fn an_archive_is_gone_after_a_week(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (id, _) = asked(&citizen).await;
        assert_eq!(make_next(server.app(), Uuid::now_v7()).await.unwrap(), 1);
        server.clock().advance(TimeDelta::days(7) - TimeDelta::seconds(1));
        archive(&citizen, &id).await.expect(200);
        let now = || server.app().clock.now();
        assert_eq!(expire_past(server.app(), now()).await.unwrap(), 0);
        server.clock().advance(TimeDelta::seconds(1));
        archive(&citizen, &id).await.refused(404, "not-found");
        assert_eq!(expire_past(server.app(), now()).await.unwrap(), 1);
        assert_eq!(sweep(server.app(), now()).await.unwrap().deleted, 1, "the bytes go with it");
        assert_eq!(shown(&citizen, &id).await["state"], "expired");
        asked(&citizen).await;
    }

    /// A worker that took an export and died leaves it to the next one; a file that cannot be read makes
    /// it fail after five tries, and then another one may be asked for.
    async fn a_broken_off_export_is_made_anew_and_one_that_cannot_be_made_fails(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let (id, code) = asked(&citizen).await;
        let (dead, now) = (Uuid::now_v7(), server.app().clock.now());
        let lease = persistence::outbox::Lease { owner: dead, duration: TimeDelta::minutes(15) };
        let take = move |tx: &mut persistence::Tx| persistence::outbox::lease(tx, "export", now, lease, 1);
        assert_eq!(server.store().write(take).await.unwrap().len(), 1);
        assert_eq!(make_next(server.app(), Uuid::now_v7()).await.unwrap(), 0, "it is taken");
        server.clock().advance(TimeDelta::minutes(15));
        assert_eq!(make_next(server.app(), Uuid::now_v7()).await.unwrap(), 1);
        let whole = archive(&citizen, &id).await.expect(200);
        assert!(entry(&whole.body, "account.json", &code).is_some());

        let paper = citizen.attach(&citizen.draft().await, "authorisation").await;
        assert_eq!(paper.view["papers"].as_array().unwrap().len(), 1);
        let papers = server.site().data_directory().join("papers").join("sha256");
        std::fs::rename(&papers, papers.with_extension("away")).unwrap();
        let (id, _) = asked(&citizen).await;
        for tried in 1..=5 {
            assert_eq!(shown(&citizen, &id).await["state"], "waiting", "before try {tried}");
            assert_eq!(make_next(server.app(), Uuid::now_v7()).await.unwrap(), 1);
            assert_eq!(make_next(server.app(), Uuid::now_v7()).await.unwrap(), 0, "it waits");
            server.clock().advance(TimeDelta::hours(1));
        }
        assert_eq!(shown(&citizen, &id).await["state"], "failed");
        std::fs::remove_dir_all(&papers).ok();
        std::fs::rename(papers.with_extension("away"), &papers).unwrap();
        let (id, _) = asked(&citizen).await;
        assert_eq!(make_next(server.app(), Uuid::now_v7()).await.unwrap(), 1);
        assert_eq!(shown(&citizen, &id).await["state"], "ready");
    }
}
