//! An independent identity provider (npm's `oidc-provider`) as a child process, and the browser that goes
//! there.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use api::config::IdentityProvider as Settings;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client as Http, Url};
use serde_json::{Value, json};

use crate::afterwards;
use crate::client::{Client, Request, Response};
use crate::engine::{Engine, Ground};
use crate::server::TestServer;

/// Where the app is sent back to.
pub const REDIRECT_URI: &str = "vn.angiang.motcua:/login";

/// A running provider. It ends with this value.
#[derive(Debug)]
pub struct IdentityProvider {
    child: Child,
    // Ends it when this process is killed.
    guard: Child,
    issuer: String,
    http: Http,
}

/// A server under test with a provider of its own, both at the machine's time.
#[derive(Debug)]
pub struct WithProvider {
    /// The server.
    pub server: TestServer,
    /// The provider.
    pub provider: IdentityProvider,
}

/// What comes back with the browser.
#[derive(Debug, Clone)]
pub struct CameBack {
    /// The request that was begun.
    pub request: Value,
    /// The code.
    pub code: String,
    /// The state.
    pub state: String,
}

impl IdentityProvider {
    /// Starts one that knows this house as `motcua`.
    pub fn start() -> Self {
        let root = crate::root();
        let script = std::fs::read_to_string(root.join("tests/oidc/server.mjs"));
        let mut child = Command::new("node")
            .args(["--input-type=module", "--eval"])
            .args([&script.expect("the provider's script"), "--", REDIRECT_URI])
            .current_dir(root.join("target/oidc"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts: run scripts/setup test");
        let guard = afterwards::end(child.id());
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("the provider says where it is");
        let told: Value = serde_json::from_str(&line).expect("run scripts/setup test");
        Self {
            child,
            guard,
            issuer: text(&told["issuer"]),
            http: Http::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .pool_max_idle_per_host(0)
                .build()
                .expect("a client"),
        }
    }

    /// Its issuer address.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// How a server under test is configured for it.
    pub fn settings(&self) -> Settings {
        let settings = json!({
            "issuer": self.issuer,
            "client_id": "motcua",
            "client_secret": "known-to-motcua",
            "redirect_uris": [REDIRECT_URI],
            "scopes": ["profile_vn"],
            "timeout_seconds": 4,
            "insecure_loopback": true
        });
        serde_json::from_value(settings).expect("a configuration")
    }

    /// Tells it who there is and what the next answers are to be like; how often it was asked comes back.
    pub async fn control(&self, wish: &Value) -> Value {
        let request = self.http.post(format!("{}/control", self.issuer));
        let answer = request.json(wish).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// From now on this person signs in there.
    pub async fn person(&self, id: &str, claims: &Value) {
        let wish = json!({ "people": { id: claims }, "faults": { "login": id } });
        self.control(&wish).await;
    }

    /// What a browser does with the address, until it is sent back to the app; where to.
    pub async fn browse(&self, address: &str) -> Url {
        let mut address = Url::parse(address).expect("an address");
        let mut cookies: BTreeMap<String, String> = BTreeMap::new();
        for _ in 0..10 {
            let jar = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"));
            let jar = jar.collect::<Vec<_>>().join("; ");
            let request = self.http.get(address.clone()).header("cookie", jar);
            let answer = request.send().await.expect("the provider answers");
            for cookie in answer.headers().get_all("set-cookie") {
                let cookie = cookie.to_str().expect("a cookie").split(';').next();
                let (name, value) = cookie.and_then(|it| it.split_once('=')).expect("a cookie");
                cookies.insert(name.to_owned(), value.to_owned());
            }
            let next = answer.headers().get("location").cloned();
            let Some(next) = next else {
                panic!(
                    "{}: {}",
                    answer.status(),
                    answer.text().await.unwrap_or_default()
                );
            };
            address = address
                .join(next.to_str().expect("an address"))
                .expect("an address");
            if address.as_str().starts_with(REDIRECT_URI) {
                return address;
            }
        }
        panic!("round in circles at {address}");
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        // A child that has ended already is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = self.guard.kill();
        let _ = self.guard.wait();
    }
}

impl WithProvider {
    /// Begins a sign-in, or for a client with a token the verification of the account.
    pub async fn begun(&self, client: &Client) -> Value {
        let start = match client.token() {
            Some(_) => "/v1/me/identity/start",
            None => "/v1/auth/oidc/start",
        };
        let request = client.post(start);
        let request = request.json(&json!({ "redirect_uri": REDIRECT_URI }));
        request.send().await.expect(200).json()
    }

    /// Begins one and lets the browser go there and come back.
    pub async fn came_back(&self, client: &Client) -> CameBack {
        let begun = self.begun(client).await;
        self.browsed(&begun, ToOwned::to_owned).await
    }

    /// Lets the browser go to the address, changed on its way, and come back.
    pub async fn browsed(&self, begun: &Value, change: impl Fn(&str) -> String) -> CameBack {
        let address = change(&text(&begun["authorization_url"]));
        let back = self.provider.browse(&address).await;
        let named = |wanted: &str| {
            let found = back.query_pairs().find(|(name, _)| name == wanted);
            found.expect("it comes back with that").1.into_owned()
        };
        CameBack {
            request: begun["provider_request_id"].clone(),
            code: named("code"),
            state: named("state"),
        }
    }

    /// Lets the time of the server pass.
    pub fn wait(&self, seconds: i64) {
        self.server.clock().advance(TimeDelta::seconds(seconds));
    }
}

impl CameBack {
    /// Shows it to the server: to sign in, or with a token to verify the account.
    pub async fn shown(&self, client: &Client) -> Response {
        self.request(client).send().await
    }

    fn request(&self, client: &Client) -> Request {
        let Self {
            request,
            code,
            state,
        } = self;
        let body = json!({ "provider_request_id": request, "code": code, "state": state });
        let finish = match client.token() {
            Some(_) => "/v1/me/identity/finish",
            None => "/v1/auth/oidc/finish",
        };
        client.post(finish).json(&body)
    }
}

impl Ground for WithProvider {
    async fn prepare(engine: Engine) -> Self {
        let provider = IdentityProvider::start();
        let settings = provider.settings();
        let server = TestServer::start_with(engine, |config| {
            config.identity_provider = Some(settings);
        });
        server.clock().set(&machine_time().to_rfc3339());
        Self { server, provider }
    }

    async fn finish(self) {
        self.server.finish().await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tokens of the provider are made and run out by the machine's clock"
)]
fn machine_time() -> DateTime<Utc> {
    std::time::SystemTime::now().into()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
