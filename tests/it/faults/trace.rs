//! What the kernel saw of the real binary.

use tests::client::Client;
use tests::engine::{Engine, Site};
use tests::extract_copy::draft;
use tests::faults::insiders::Insiders;
use tests::faults::system_calls::{self, Tracer};
use tests::process::{Process, Start};
use tests::server::prepared_site;
use uuid::Uuid;

use super::kill9::wounded;

/// The trace can tell: a request that writes nothing is answered without an fsync.
#[tokio::test]
async fn a_read_is_answered_without_touching_the_disk() {
    let site = Site::empty(Engine::Sqlite);
    let tracer = Tracer::on(&site);
    let process = Process::start(&site, &tracer.start());
    let client = Client::nobody(process.base());
    client
        .get("/healthz?marker-1")
        .try_send()
        .await
        .unwrap()
        .unwrap();
    assert!(process.stop());
    let calls = system_calls::read(&tracer.finished());
    let faults = system_calls::unsafe_answers(&calls, &["marker-1".to_owned()]);
    assert_eq!(faults, ["marker-1: answered without an fsync"]);
}

/// What the trace says of forty drafts, four at a time.
async fn traced_drafts(start: Start) -> Vec<String> {
    let site = prepared_site(Engine::Sqlite);
    let people = Insiders::on(&site).await;
    let tracer = Tracer::on(&site);
    let Start { wrapper, .. } = tracer.start();
    let process = Process::start(&site, &Start { wrapper, ..start });
    let mut markers = Vec::new();
    for _ in 0..10 {
        let four: Vec<_> = (0..4)
            .map(|place| {
                let path = format!("/v1/dossiers/{}", Uuid::now_v7());
                let citizen = Client::nobody(process.base()).with_token(&people.citizens[place]);
                (
                    path.clone(),
                    tokio::spawn(citizen.put(&path).if_new().json(&draft()).send()),
                )
            })
            .collect();
        for (path, answer) in four {
            answer.await.unwrap().expect(201);
            markers.push(path);
        }
    }
    assert!(process.stop());
    system_calls::unsafe_answers(&system_calls::read(&tracer.finished()), &markers)
}

#[tokio::test]
async fn every_write_is_on_the_disk_before_it_is_answered() {
    assert_eq!(traced_drafts(Start::default()).await, [""; 0]);
}

/// The control: without waiting for the disk, and with an answer before the commit, it is seen.
#[tokio::test]
async fn a_server_that_does_not_wait_for_the_disk_is_noticed() {
    for wound in ["synchronous_normal", "answer_before_commit"] {
        assert_ne!(traced_drafts(wounded(wound)).await, [""; 0], "{wound}");
    }
    assert_eq!(
        traced_drafts(wounded("none")).await,
        [""; 0],
        "it is the wound that is seen"
    );
}
