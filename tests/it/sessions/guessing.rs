//! One-time codes under attack: guessed at from many places, in parallel, over restarts.

use std::net::{IpAddr, Ipv4Addr};

use api::config::Config;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::client::Response;
use tests::engine::Ground as _;
use tests::on_both_engines;
use tests::runs;
use tests::server::TestServer;
use uuid::Uuid;

/// Guesses that may be looked at in a day at one number: five codes, five tries each, of a million.
const BOUND: u32 = 25;

/// A server behind a proxy that tells it where requests come from.
fn behind_a_proxy(server: &TestServer) -> TestServer {
    let trust =
        |config: &mut Config| config.trusted_proxies = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    TestServer::start_with(server.site().engine(), trust)
}

async fn ask(server: &TestServer, from: &str, body: Value) -> Response {
    let request = server.nobody().post("/v1/auth/otp");
    let request = request.header("x-forwarded-for", from);
    request.json(&body).send().await
}

async fn show(
    server: &TestServer,
    from: &str,
    request: &Value,
    phone: &str,
    code: &str,
) -> Response {
    let shown = server.nobody().post("/v1/auth/otp/verify");
    let shown = shown.header("x-forwarded-for", from);
    let body = json!({ "code_request_id": request, "phone": phone, "code": code });
    shown.json(&body).send().await
}

fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", code.get(..5).unwrap())
}

on_both_engines! {
    /// Somebody with as many addresses as he likes asks and guesses for days, the server starting anew
    /// in between. A guess was looked at when the right code would have been taken in its place: the
    /// attacker shows a wrong one each time, and the right one once he has none left.
    async fn an_attacker_has_twenty_five_guesses_a_day(server: &TestServer) {
        let mut server = behind_a_proxy(server);
        let phone = "0912345678";
        for day in 0..runs(2, 30) {
            let (mut sent, mut looked_at) = (0, 0);
            for place in 0..12 {
                let from = format!("198.51.{day}.{place}");
                let asked = ask(&server, &from, json!({ "phone": phone })).await;
                if asked.status == 429 {
                    continue;
                }
                sent += 1;
                let request = asked.expect(202).json()["code_request_id"].clone();
                let code = server.newest_code().await;
                for guess in 0..5 {
                    let other = format!("203.0.{guess}.{place}");
                    let guessed = show(&server, &other, &request, phone, &wrong(&code)).await;
                    guessed.refused(401, "credentials-refused");
                    looked_at += 1;
                    if guess == 2 {
                        server = server.restarted().await;
                    }
                }
                let late = show(&server, &from, &request, phone, &code).await;
                late.refused(401, "credentials-refused");
                server.clock().advance(TimeDelta::minutes(1));
            }
            assert_eq!(sent, 5, "codes on day {day}");
            assert!(looked_at <= BOUND, "{looked_at} guesses on day {day}");
            server.clock().advance(TimeDelta::days(1));
        }
        server.finish().await;
    }

    /// Forty guesses at once at one request: five are looked at. Two right ones at once: one is taken.
    async fn tries_at_once_count_one_by_one(server: &TestServer) {
        let phone = "0912345678";
        let request = ask(server, "", json!({ "phone": phone })).await.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        let bad = wrong(&code);
        let guess = |code: &str| {
            let body = json!({ "code_request_id": request, "phone": phone, "code": code });
            tokio::spawn(server.nobody().post("/v1/auth/otp/verify").json(&body).send())
        };
        let guesses: Vec<_> = (0..40).map(|_| guess(&bad)).collect();
        let mut limited = 0;
        for guess in guesses {
            limited += u32::from(guess.await.unwrap().status == 429);
        }
        // Five used up the request; of the rest ten were guesses at nothing, and then no more.
        assert_eq!(limited, 25);
        guess(&code).await.unwrap().expect(429);
        server.clock().advance(TimeDelta::minutes(20));
        let request = ask(server, "", json!({ "phone": phone })).await.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        let show = || {
            let body = json!({ "code_request_id": request, "phone": phone, "code": code });
            tokio::spawn(server.nobody().post("/v1/auth/otp/verify").json(&body).send())
        };
        let (one, two) = (show(), show());
        let mut statuses = [one.await.unwrap().status, two.await.unwrap().status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    }

    /// A code works for its request, its number and its purpose, once.
    async fn a_code_works_for_nothing_else(server: &TestServer) {
        let (phone, other) = ("0912345678", "0987654321");
        let mine = ask(server, "", json!({ "phone": phone })).await.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        let theirs = ask(server, "", json!({ "phone": other })).await.expect(202).json()["code_request_id"].clone();
        let their_code = server.newest_code().await;
        for (request, phone, code) in [
            (&mine, other, &code), (&mine, other, &their_code), (&theirs, phone, &code),
            (&theirs, phone, &their_code), (&json!(Uuid::now_v7()), phone, &code),
        ] {
            show(server, "", request, phone, code).await.refused(401, "credentials-refused");
        }
        show(server, "", &mine, phone, &code).await.expect(200);
        show(server, "", &mine, phone, &code).await.refused(401, "credentials-refused");
        show(server, "", &theirs, other, &their_code).await.expect(200);
        let without = server.nobody().post("/v1/auth/otp/verify");
        let without = without.json(&json!({ "phone": phone, "code": "000000" }));
        without.send().await.refused(422, "invalid-content");
    }

    /// A stranger who asks and guesses all day long costs the owner nothing: not her own request, and
    /// not, on the phone she is known by, the next one.
    async fn a_stranger_locks_nobody_out(server: &TestServer) {
        let server = behind_a_proxy(server);
        let (phone, owner) = ("0912345678", "192.0.2.1");
        let device = "4f1d0c1e8c3b4f6a9d2e";
        let first = ask(&server, owner, json!({ "phone": phone, "device_id": device })).await;
        let first = first.expect(202).json()["code_request_id"].clone();
        let code = server.newest_code().await;
        // While she types, he guesses at a request of his own, and at hers without knowing it.
        let his = ask(&server, "198.51.100.1", json!({ "phone": phone })).await;
        let his = his.expect(202).json()["code_request_id"].clone();
        server.newest_code().await;
        for _ in 0..5 {
            show(&server, "198.51.100.1", &his, phone, "000000").await;
        }
        for place in 0..20 {
            let from = format!("198.51.100.{place}");
            show(&server, &from, &json!(Uuid::now_v7()), phone, "000000").await;
        }
        let body = json!({ "code_request_id": first, "phone": phone, "code": code, "device_id": device });
        let shown = server.nobody().post("/v1/auth/otp/verify").header("x-forwarded-for", owner);
        shown.json(&body).send().await.expect(200);
        // He takes what strangers get at her number, from one place and from many.
        let mut sent = 0;
        for place in 0..10 {
            server.clock().advance(TimeDelta::minutes(1));
            let from = format!("198.51.100.{}", place / 4);
            sent += u32::from(ask(&server, &from, json!({ "phone": phone })).await.status == 202);
        }
        assert_eq!(sent, 4, "one of five was asked for before");
        ask(&server, owner, json!({ "phone": phone })).await.refused(429, "too-many-requests");
        let known = ask(&server, "203.0.113.200", json!({ "phone": phone, "device_id": device })).await;
        let known = known.expect(202).json()["code_request_id"].clone();
        server.newest_code().await;
        server.clock().advance(TimeDelta::minutes(1));
        let guessed = ask(&server, owner, json!({ "phone": phone, "device_id": "0123456789abcdef0123" })).await;
        guessed.refused(429, "too-many-requests");
        assert!(known.is_string());
        server.finish().await;
    }
}
