//! What the kernel saw of the real binary.

use tests::client::Client;
use tests::engine::{Engine, Site};
use tests::faults::system_calls::{self, Tracer};
use tests::process::Process;

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
