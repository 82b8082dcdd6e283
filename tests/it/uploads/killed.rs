//! `kill -9` in the midst of an upload: what was acknowledged is there.

use std::time::Duration;

use tests::client::Client;
use tests::engine::{Engine, block_on};
use tests::faults::insiders::Insiders;
use tests::process::{Process, Start};
use tests::server::prepared_site;

use super::{PDF, begun, chunk, file_of, hash, offset, pdf_of};

fn start() -> Start {
    Start {
        environment: vec![("WOUND".to_owned(), "none".to_owned())],
        binary: Some(env!("CARGO_BIN_EXE_wounded").into()),
        ..Start::default()
    }
}

/// Sends until nobody answers any more; the last offset that was acknowledged.
async fn send_until_killed(client: &Client, upload: &str, bytes: &[u8], from: usize) -> usize {
    let mut known = from;
    while known < bytes.len() {
        let end = bytes.len().min(known + 48 * 1024);
        match chunk(client, upload, known, &bytes[known..end])
            .try_send()
            .await
        {
            Ok(kept) => {
                kept.unwrap().expect(204);
                known = end;
            }
            Err(_) => return known,
        }
    }
    known
}

fn kill_again_and_again(engine: Engine, kills: u64) {
    block_on(async {
        let site = prepared_site(engine);
        let token = Insiders::on(&site).await.citizens[0].clone();
        let bytes = pdf_of("mất điện", 4 << 20);
        let mut process = Process::start(&site, &start());
        let of = |process: &Process| Client::nobody(process.base()).with_token(&token);
        let upload = begun(&of(&process), PDF, &bytes).await;
        let mut known = 0;
        for kill in 0..kills {
            let client = of(&process);
            let (sending, killing) =
                tokio::join!(send_until_killed(&client, &upload, &bytes, known), async {
                    tokio::time::sleep(Duration::from_millis(40 + 13 * kill)).await;
                    process.kill();
                });
            let () = killing;
            process = Process::start(&site, &start());
            let found = offset(&of(&process), &upload).await;
            assert!(
                found >= sending,
                "kill {kill}: {sending} acknowledged, {found} there"
            );
            known = found;
        }
        let client = of(&process);
        assert_eq!(
            send_until_killed(&client, &upload, &bytes, known).await,
            bytes.len()
        );
        let file = file_of(&client, &upload).await;
        let kept = client
            .get(&format!("/v1/files/{file}"))
            .send()
            .await
            .expect(200);
        assert_eq!(hash(&kept.body), hash(&bytes));
    });
}

#[test]
fn what_was_acknowledged_outlives_kills_on_sqlite() {
    kill_again_and_again(Engine::Sqlite, u64::from(tests::runs(3, 50)));
}

#[test]
fn what_was_acknowledged_outlives_kills_on_postgres() {
    kill_again_and_again(Engine::Postgres, u64::from(tests::runs(2, 50)));
}
