//! Keys are changed by command while the service runs, and nobody notices.

use std::process::Command;

use serde_json::{Value, json};
use tests::client::Client;
use tests::on_both_engines;
use tests::process;
use tests::server::TestServer;

use super::sql;

/// Runs `motcua field-keys …` as another process beside the server.
fn keys(server: &TestServer, words: &[&str]) -> impl FnOnce() -> String + Send + 'static {
    let mut command = Command::new(process::binary());
    command
        .arg("field-keys")
        .args(words)
        .env("MOTCUA_DATA_DIR", server.site().data_directory())
        .envs(
            server
                .site()
                .database_url()
                .map(|url| ("DATABASE_URL", url)),
        );
    move || {
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// The name of the only key that `status` tells of.
fn only_key(status: &str) -> String {
    assert_eq!(status.lines().count(), 1, "{status}");
    status.split(':').next().unwrap().to_owned()
}

/// Signs in with a code and says whose account it is, and whether it was made just now.
async fn signs_in(server: &TestServer, phone: &str) -> (Value, Value) {
    let nobody = server.nobody();
    let asked = nobody.post("/v1/auth/otp").json(&json!({ "phone": phone }));
    let asked = asked.send().await.expect(202).json();
    let code = server.newest_code().await;
    let shown = nobody.post("/v1/auth/otp/verify");
    let session = shown
        .json(&json!({
            "code_request_id": asked["code_request_id"], "phone": phone, "code": code
        }))
        .send()
        .await;
    let session = session.expect(200).json();
    (session["person_id"].clone(), session["is_new"].clone())
}

/// Everybody reads what is theirs, and somebody new comes, until the command has ended. How often.
async fn meanwhile(
    server: &TestServer,
    citizens: &[(Client, String)],
    command: impl FnOnce() -> String + Send + 'static,
) -> (u32, String) {
    let command = tokio::task::spawn_blocking(command);
    let mut reads = 0;
    loop {
        let ended = command.is_finished();
        for (citizen, dossier) in citizens {
            let me = citizen.get("/v1/me").send().await.expect(200).json();
            assert!(me["phone"].as_str().unwrap().starts_with("+849"));
            let seen = citizen.get(dossier).send().await.expect(200).json();
            assert_eq!(seen["applicant"]["personal_number"], "089190001234");
            reads += 2;
        }
        let new = format!("09{:08}", rand_like(reads, server));
        assert_eq!(signs_in(server, &new).await.1, true);
        if ended {
            break;
        }
    }
    (reads, command.await.unwrap())
}

/// A number nobody has had: the clock of the test stands still, the count of accounts does not.
fn rand_like(reads: u32, server: &TestServer) -> u32 {
    let people = sql(server.site(), "SELECT CAST(count(*) AS text) FROM people");
    10_000_000 + reads + people.parse::<u32>().unwrap() * 1000
}

on_both_engines! {
    async fn keys_are_changed_under_load_and_no_read_fails(server: &TestServer) {
        let mut citizens = Vec::new();
        for n in 0..8 {
            let citizen = server.citizen(&format!("091234560{n}")).await;
            let draft = citizen.draft().await;
            citizens.push((citizen, format!("/v1/dossiers/{}", draft.id)));
        }
        let (first, _) = signs_in(server, "0912345600").await;
        let status = || keys(server, &["status"])();
        let old = only_key(&status());

        let (reads, told) = meanwhile(server, &citizens, keys(server, &["rotate"])).await;
        assert!(reads > 0 && told.contains("wraps from now on"), "{told}");
        let both = status();
        assert!(both.contains(&format!("{old}: 0 data keys")), "{both}");
        meanwhile(server, &citizens, keys(server, &["retire", &old])).await;
        assert_ne!(only_key(&status()), old);

        // To the other column, and back to the first one.
        for _ in 0..2 {
            let before = sql(server.site(), "SELECT max(phone_index) FROM people");
            let (_, told) = meanwhile(server, &citizens, keys(server, &["move-index"])).await;
            assert!(told.contains("found by the new key"), "{told}");
            assert_ne!(sql(server.site(), "SELECT max(phone_index) FROM people"), before);
            assert_eq!(signs_in(server, "0912345600").await, (first.clone(), json!(false)));
            let clear = sql(
                server.site(),
                "SELECT CAST(count(phone_index_other) AS text) || ' ' || count(*) FROM people",
            );
            let (other, all) = clear.split_once(' ').unwrap();
            assert!(other == "0" || other == all, "no citizen is left between: {clear}");
        }
    }
}
