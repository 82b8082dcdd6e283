//! Passwords: as much work for nobody as for somebody, and only so much at once.

use api::config::Config;
use domain::actor::Role;
use serde_json::json;
use tests::accounts::MY_THUAN;
use tests::client::Response;
use tests::engine::Ground as _;
use tests::on_both_engines;
use tests::server::TestServer;

async fn login(server: &TestServer, login: &str, password: &str) -> Response {
    let request = server.nobody().post("/v1/auth/officers/login");
    let body = json!({ "login": login, "password": password });
    request.json(&body).send().await
}

/// The answer without what differs between any two: its request id.
fn told(answer: Response) -> serde_json::Value {
    let mut body = answer.refused(401, "credentials-refused").json();
    body["request_id"].take();
    body
}

on_both_engines! {
    async fn an_unknown_login_and_a_wrong_password_are_alike(server: &TestServer) {
        let known = server.hire(&[Role::Receiver], MY_THUAN).await;
        let gone = server.hire(&[Role::Receiver], MY_THUAN).await;
        server.deactivate(&gone).await;
        let mut answers = Vec::new();
        for name in [known.login.as_str(), gone.login.as_str(), "khong.co"] {
            let before = server.app().passwords.carried_out();
            answers.push(told(login(server, name, "sai").await));
            assert_eq!(server.app().passwords.carried_out(), before + 1, "{name}");
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }

    /// One is checked, one waits, the others are told when to come again; nothing is left behind.
    async fn logins_beyond_the_queue_are_sent_away(server: &TestServer) {
        let narrow = |config: &mut Config| {
            config.sessions.password_checks = 1;
            config.sessions.password_queue = 1;
        };
        let server = TestServer::start_with(server.site().engine(), narrow);
        let names: Vec<_> = (0..24).map(|number| format!("can-bo-{number}")).collect();
        let request = |name: &String| {
            let body = json!({ "login": name, "password": "sai" });
            server.nobody().post("/v1/auth/officers/login").json(&body).send()
        };
        let logins: Vec<_> = names.iter().map(|name| tokio::spawn(request(name))).collect();
        let mut answers = Vec::new();
        for login in logins {
            answers.push(login.await.unwrap());
        }
        let busy: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
        assert!(!busy.is_empty(), "somebody was sent away");
        for answer in &busy {
            assert_eq!(answer.header("retry-after"), "2");
        }
        assert!(answers.iter().all(|answer| [401, 503].contains(&answer.status)));
        login(&server, "can-bo", "sai").await.refused(401, "credentials-refused");
        server.finish().await;
    }
}
