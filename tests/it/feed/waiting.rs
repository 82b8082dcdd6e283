//! An answer that is held back until something happens, and no longer.

use std::time::{Duration, Instant};

use tests::on_both_engines;
use tests::server::TestServer;

use super::{followed, number};

/// Much less than the phones would wait, much more than an answer takes.
const SOON: Duration = Duration::from_secs(15);

on_both_engines! {
    async fn an_answer_comes_when_something_happens(server: &TestServer) {
        let (citizen, mut phone) = followed(server, "0912345678").await;
        let (other, _) = followed(server, "0987654321").await;
        let began = Instant::now();
        let waits = phone.asks("").header("prefer", "wait=20").send();
        let happens = async {
            other.draft().await;
            number(server).await;
            citizen.draft().await
        };
        let numbered = async {
            let draft = happens.await;
            number(server).await;
            draft
        };
        let (answer, draft) = tokio::join!(waits, numbered);
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        assert_eq!(answer.header("preference-applied"), "wait=20");
        phone.takes(&answer);
        assert!(phone.dossiers.contains_key(&draft.id));
        assert_eq!(phone.dossiers.len(), 1);
    }

    async fn nothing_that_happens_is_an_answer_too(server: &TestServer) {
        let (_, phone) = followed(server, "0912345678").await;
        let answer = phone.asks("").header("prefer", "respond-async, wait=1").send().await;
        assert_eq!((answer.status, answer.header("preference-applied")), (304, "wait=1"));
    }

    async fn what_is_there_already_is_not_waited_for(server: &TestServer) {
        let (citizen, phone) = followed(server, "0912345678").await;
        citizen.draft().await;
        number(server).await;
        let began = Instant::now();
        phone.asks("").header("prefer", "wait=20").send().await.expect(200);
        assert!(began.elapsed() < SOON);
    }

    /// Another process has made and numbered the change.
    async fn what_another_process_does_is_heard_too(server: &TestServer) {
        let (citizen, mut phone) = followed(server, "0912345678").await;
        let twin = server.twin();
        let there = tests::client::Client::nobody(format!("http://{}", twin.address));
        let there = there.with_token(citizen.token().unwrap());
        let began = Instant::now();
        let waits = phone.asks("").header("prefer", "wait=20").send();
        let happens = async {
            there.draft().await;
            api::worker::run_once(twin.app()).await;
        };
        let (answer, ()) = tokio::join!(waits, happens);
        assert!(began.elapsed() < SOON);
        phone.takes(&answer);
        assert_eq!(phone.dossiers.len(), 1);
        twin.stop().await.unwrap();
    }

    /// Neither a held answer nor a stream keeps the server from stopping.
    async fn a_server_that_stops_answers_whoever_waits(server: &TestServer) {
        let (citizen, phone) = followed(server, "0912345678").await;
        let twin = server.twin();
        let there = tests::client::Client::nobody(format!("http://{}", twin.address));
        let there = there.with_token(citizen.token().unwrap());
        let cursor = phone.cursor.clone().unwrap();
        let began = Instant::now();
        let path = format!("/v1/sync?cursor={cursor}");
        let waits = there.get(&path).header("prefer", "wait=20").send();
        let streams = there.get(&format!("/v1/sync/stream?cursor={cursor}")).send();
        let stops = async {
            while twin.app().feed.listening() < 2 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            twin.stop().await.unwrap();
        };
        let (answer, stream, ()) = tokio::join!(waits, streams, stops);
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        assert_eq!((answer.status, stream.status), (200, 200));
    }

    /// The small version of what `make bench` measures with a thousand.
    async fn fifty_phones_wait_and_each_hears_of_its_own(server: &TestServer) {
        let (citizen, phone) = followed(server, "0912345678").await;
        let (_, stranger) = followed(server, "0987654321").await;
        let [mut own, mut others] = [&phone, &stranger].map(|of| {
            let asks = || of.asks("").header("prefer", "wait=25").send();
            (0..25).map(|_| asks()).collect::<tokio::task::JoinSet<_>>()
        });
        while server.app().feed.listening() < 50 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        citizen.draft().await;
        number(server).await;
        while let Some(answer) = own.join_next().await {
            let told = answer.unwrap().expect(200).json();
            assert_eq!(told["changes"].as_array().unwrap().len(), 1);
        }
        assert_eq!(server.app().feed.listening(), 25, "nobody is kept who has been answered");
        assert!(others.try_join_next().is_none(), "nobody hears of somebody else");
    }
}
