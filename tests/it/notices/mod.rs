//! Notices: the inbox, devices and choices, and sending them by providers that are played here.

mod complete;
mod devices;
mod inbox;
mod mail;
mod preferences;
mod providers;
mod reminding;
mod sending;
mod trouble;

use std::fs;

use api::config::Config;
use api::worker::run_once;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::client::Client;
use tests::engine::{Engine, Ground};
use tests::server::TestServer;
use uuid::Uuid;

use self::mail::MailHost;
use self::providers::Providers;

/// The citizen's number and what must be in no payload that is pushed.
pub(super) const NUMBER: &str = "0912345678";

/// A server whose four channels lead to providers of this test.
pub(super) struct Connected {
    pub(super) server: TestServer,
    providers: Providers,
    mail: MailHost,
    _secrets: TempDir,
}

impl Ground for Connected {
    async fn prepare(engine: Engine) -> Self {
        let (providers, mail) = (Providers::open(), MailHost::open());
        let secrets = tempfile::tempdir().unwrap();
        let settings = |config: &mut Config| {
            config.notices = serde_json::from_value(json!({
                "push": { "service_account_file": providers.service_account(secrets.path()),
                          "url": providers.base() },
                "sms": { "url": format!("{}/sms", providers.base()), "sender": "MOTCUA",
                         "status_url": format!("{}/sms_status", providers.base()),
                         "token_file": secret(&secrets, "sms") },
                "zalo": { "url": format!("{}/zalo", providers.base()), "template_id": "4711",
                          "status_url": format!("{}/zalo_status", providers.base()),
                          "access_token_file": secret(&secrets, "zalo") },
                "email": { "host": "127.0.0.1", "port": mail.port(), "tls": "none",
                           "from": "Một Cửa <motcua@angiang.example>" },
                "timeout_seconds": 1, "insecure_loopback": true
            }))
            .unwrap();
        };
        Self {
            server: TestServer::start_with(engine, settings),
            providers,
            mail,
            _secrets: secrets,
        }
    }

    async fn finish(self) {
        self.server.finish().await;
    }
}

fn secret(folder: &TempDir, name: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, format!("only-{name}-knows\n")).unwrap();
    path.display().to_string()
}

impl Connected {
    /// One round of the worker, in which nothing fails but what is to.
    pub(super) async fn round(&self) {
        assert_eq!(run_once(self.server.app()).await.failed, 0);
    }
}

/// Chooses what goes by which channel; everything else is off.
pub(super) async fn only(citizen: &Client, channels: &[&str], email: Option<&str>) {
    let path = "/v1/me/notice_preferences";
    let seen = citizen.get(path).send().await.expect(200);
    let mut choices = seen.json()["choices"].clone();
    for choice in choices.as_array_mut().unwrap() {
        let channel = choice["channel"].as_str().unwrap();
        choice["enabled"] = json!(channels.contains(&channel));
    }
    let body = json!({ "choices": choices, "email": email });
    let put = citizen.put(path).if_match(&seen.etag()).json(&body);
    put.send().await.expect(200);
}

/// The newest notices, newest first.
pub(super) async fn inbox(citizen: &Client) -> Vec<Value> {
    let page = citizen
        .get("/v1/me/notices")
        .send()
        .await
        .expect(200)
        .json();
    page["items"].as_array().unwrap().clone()
}

/// How the newest notice stands on a channel: its state and the reason.
pub(super) async fn stands(citizen: &Client, channel: &str) -> (String, String) {
    let newest = inbox(citizen).await.swap_remove(0);
    let rows = newest["deliveries"].as_array().unwrap();
    let row = rows.iter().find(|row| row["channel"] == channel);
    let text = |name: &str| {
        let value = row.map(|row| &row[name]).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    (text("state"), text("reason"))
}

/// As [`stands`] is compared with.
pub(super) fn is(state: &str, reason: &str) -> (String, String) {
    (state.to_owned(), reason.to_owned())
}

/// Registers a phone; its id.
pub(super) async fn registered(citizen: &Client, token: &str) -> Uuid {
    let id = Uuid::now_v7();
    let body = json!({ "platform": "android", "push_token": token });
    let put = citizen.put(&format!("/v1/me/devices/{id}")).json(&body);
    put.send().await.expect(204);
    id
}
