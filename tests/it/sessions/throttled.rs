//! Guessing: how often one may try, and that nobody is locked out by it.

use std::net::{IpAddr, Ipv4Addr};

use api::auth::keyring::Keyring;
use api::config::Config;
use api::extract::Network;
use api::sessions::throttle::{Throttle, Way};
use chrono::TimeDelta;
use domain::actor::Role;
use persistence::Store;
use serde_json::json;
use tests::accounts::{MY_THUAN, PASSWORD};
use tests::client::{Request, Response};
use tests::engine::Ground as _;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

/// The address of a stranger, and that of whoever the account belongs to.
const STRANGER: &str = "198.51.100.7";
const OWNER: &str = "203.0.113.5";

/// A server behind a proxy that tells it where requests come from.
fn behind_a_proxy(server: &TestServer) -> TestServer {
    let trust =
        |config: &mut Config| config.trusted_proxies = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    TestServer::start_with(server.site().engine(), trust)
}

fn login(server: &TestServer, from: &str, login: &str, password: &str) -> Request {
    let request = server.nobody().post("/v1/auth/officers/login");
    let request = request.header("x-forwarded-for", from);
    request.json(&json!({ "login": login, "password": password }))
}

fn verify(server: &TestServer, from: &str, phone: &str, code: &str) -> Request {
    let request = server.nobody().post("/v1/auth/otp/verify");
    let request = request.header("x-forwarded-for", from);
    request.json(&json!({ "code_request_id": Uuid::now_v7(), "phone": phone, "code": code }))
}

fn wait(answer: Response) -> i64 {
    let refused = answer.refused(429, "too-many-requests");
    refused.header("retry-after").parse().unwrap()
}

on_both_engines! {
    /// The owner signs in from elsewhere all the while; the stranger may go on one by one.
    async fn a_stranger_is_slowed_down_and_the_owner_is_not_locked_out(server: &TestServer) {
        let server = behind_a_proxy(server);
        let officer = server.hire(&[Role::Receiver], MY_THUAN).await.login;
        let guess = || tokio::spawn(login(&server, STRANGER, &officer, "x").send());
        let guesses: Vec<_> = (0..16).map(|_| guess()).collect();
        let mut refused = 0;
        for guess in guesses {
            refused += u32::from(guess.await.unwrap().status == 429);
        }
        assert_eq!(refused, 6, "of sixteen at once ten are checked");
        assert_eq!(wait(login(&server, STRANGER, &officer, PASSWORD).send().await), 91);
        login(&server, OWNER, &officer, PASSWORD).send().await.expect(200);
        server.clock().advance(TimeDelta::seconds(90));
        login(&server, STRANGER, &officer, "x").send().await.refused(401, "credentials-refused");
        wait(login(&server, STRANGER, &officer, "x").send().await);
        server.finish().await;
    }

    async fn who_signs_in_has_all_tries_again(server: &TestServer) {
        let officer = server.hire(&[Role::Receiver], MY_THUAN).await.login;
        for _ in 0..2 {
            for _ in 0..9 {
                login(server, OWNER, &officer, "x").send().await.refused(401, "credentials-refused");
            }
            login(server, OWNER, &officer, PASSWORD).send().await.expect(200);
        }
    }

    /// One network, many accounts, whether they exist or not; without a proxy of ours nobody
    /// changes networks by writing a header.
    async fn trying_many_accounts_is_one_networks_doing(server: &TestServer) {
        for number in 0..100 {
            let (phone, from) = (format!("09{number:08}"), format!("192.0.2.{number}"));
            verify(server, &from, &phone, "000000").send().await.refused(401, "credentials-refused");
        }
        assert_eq!(wait(verify(server, OWNER, "0912345678", "000000").send().await), 10);
        let officer = server.hire(&[Role::Receiver], MY_THUAN).await.login;
        wait(login(server, OWNER, &officer, PASSWORD).send().await);
        server.clock().advance(TimeDelta::seconds(9));
        login(server, OWNER, &officer, PASSWORD).send().await.expect(200);
        login(server, OWNER, &officer, PASSWORD).send().await.expect(200);
    }

    /// Codes for requests that are not there are as guesses everywhere; they keep nobody in the same
    /// network from showing the code of a request that is.
    async fn made_up_requests_are_guesses_and_real_ones_are_not(server: &TestServer) {
        let phone = "0912345678";
        for _ in 0..10 {
            verify(server, OWNER, phone, "000000").send().await.refused(401, "credentials-refused");
        }
        wait(verify(server, OWNER, phone, "000000").send().await);
        server.citizen(phone).await;
    }

    /// The limits are in the database: another process, or the same one started again, knows them.
    async fn a_restart_gives_no_new_tries(server: &TestServer) {
        let phone = "0912345678";
        for _ in 0..10 {
            verify(server, OWNER, phone, "000000").send().await.refused(401, "credentials-refused");
        }
        let keyring = Keyring::open(&server.site().data_directory()).unwrap();
        let here = Network::of(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let now = server.app().clock.now();
        let attempt = Throttle::new(&keyring).attempt(Way::Code, "+84912345678", &here, now);
        let store = Store::open(&server.app().config.store_settings().unwrap()).unwrap();
        let refused = store.write(move |tx| attempt.pay(tx)).await.map_err(|no| no.code());
        assert_eq!(refused, Err("too-many-requests"));
    }
}
