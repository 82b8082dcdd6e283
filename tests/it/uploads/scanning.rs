//! What the virus scanner says, and who may open what.

use chrono::TimeDelta;
use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::engine::Ground as _;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::pdf_of;
use super::scanner::{Mood, Scanner};
use crate::papers::{attach, draft};

/// A filed dossier with one paper: the dossier's address and the file's.
async fn filed(citizen: &Client, text: &str) -> (String, String) {
    let (dossier, etag) = draft(citizen).await;
    let kept = attach(citizen, &dossier, &etag, pdf_of(text, 3_000))
        .send()
        .await
        .expect(200);
    assert_eq!(kept.json()["papers"][0]["scan"], "pending");
    let file = crate::papers::file_of(&kept);
    let filing = citizen
        .post(&format!("{dossier}/submit"))
        .if_match(&kept.etag())
        .key(&Uuid::now_v7().to_string());
    filing
        .json(&json!({ "consent": true }))
        .send()
        .await
        .expect(200);
    (dossier, file)
}

async fn scan_of(citizen: &Client, dossier: &str) -> Value {
    let view = citizen.get(dossier).send().await.expect(200).json();
    view["papers"][0]["scan"].clone()
}

on_both_engines! {
    async fn only_what_was_found_clean_is_opened(server: &TestServer) {
        let scanner = Scanner::start().await;
        let with = TestServer::start_with(server.site().engine(), |config| {
            config.files.scanner = Some(scanner.address.clone());
            config.files.scanner_seconds = 1;
        });
        let citizen = with.citizen("0912345678").await;
        let desk = with.officer(&[Role::Receiver], MY_THUAN).await;
        let (dossier, file) = filed(&citizen, "sạch").await;
        desk.get(&file).send().await.refused(409, "file-held-back");
        citizen.get(&file).send().await.expect(200);
        assert_eq!(api::worker::run_once(with.app()).await.scanned, 1);
        assert_eq!(scan_of(&citizen, &dossier).await, "clean");
        assert_eq!(scanner.seen(), [pdf_of("sạch", 3_000)]);
        desk.get(&file).send().await.expect(200);

        scanner.is(Mood::Found);
        let (dossier, file) = filed(&citizen, "độc").await;
        api::worker::run_once(with.app()).await;
        assert_eq!(scan_of(&citizen, &dossier).await, "refused");
        desk.get(&file).send().await.refused(409, "file-held-back");
        citizen.get(&file).send().await.refused(409, "file-held-back");
        // What was found is not asked about again, and cannot be used elsewhere.
        scanner.is(Mood::Fine);
        with.clock().advance(TimeDelta::days(1));
        assert_eq!(api::worker::run_once(with.app()).await.scanned, 0);
        let (other, etag) = draft(&citizen).await;
        let id = file.trim_start_matches("/v1/files/");
        let again = citizen.put(&format!("{other}/papers/{}", crate::papers::KEY)).if_match(&etag);
        again.json(&json!({ "file_id": id })).send().await.refused(409, "file-held-back");
        with.finish().await;
    }

    /// Down, garbled or silent: held back, never clean, and asked again until it answers.
    async fn a_scanner_that_does_not_answer_makes_nothing_clean(server: &TestServer) {
        let scanner = Scanner::start().await;
        let with = TestServer::start_with(server.site().engine(), |config| {
            config.files.scanner = Some(scanner.address.clone());
            config.files.scanner_seconds = 1;
        });
        let citizen = with.citizen("0912345678").await;
        let desk = with.officer(&[Role::Receiver], MY_THUAN).await;
        let (dossier, file) = filed(&citizen, "chờ").await;
        for mood in [Mood::Garbage, Mood::HangsUp, Mood::Hangs] {
            scanner.is(mood);
            assert_eq!(api::worker::run_once(with.app()).await.scanned, 1, "{mood:?}");
            assert_eq!(scan_of(&citizen, &dossier).await, "quarantined", "{mood:?}");
            desk.get(&file).send().await.refused(409, "file-held-back");
            assert_eq!(api::worker::run_once(with.app()).await.scanned, 0, "not at once");
            with.clock().advance(TimeDelta::hours(1));
        }
        scanner.is(Mood::Fine);
        assert_eq!(api::worker::run_once(with.app()).await.scanned, 1);
        assert_eq!(scan_of(&citizen, &dossier).await, "clean");
        desk.get(&file).send().await.expect(200);
        with.finish().await;
    }
}
