//! Sessions of a server under test, opened without the way through a one-time code.

use std::sync::Arc;

use api::failure::Failure;
use api::sessions::device::Device;
use api::sessions::opening::NewSession;
use domain::actor::{Actor, Role, Roles};
use domain::ids::AgencyId;
use domain::personal::Personal;
use domain::sessions::AccountKind;
use persistence::officers::Officer;
use persistence::sessions::step_ups;
use persistence::{StoreError, Tx};
use serde_json::{Value, json};

use crate::client::{Client, Response};
use crate::faults::insiders;
use crate::server::TestServer;

/// The device of a session, as the client knows it.
#[derive(Debug, Clone)]
pub struct Phone {
    /// The newest refresh token.
    pub refresh_token: String,
    /// The name of the device, if the session has one.
    pub device_id: Option<String>,
    /// With the access token of the sign-in.
    pub client: Client,
    /// The session's id.
    pub session_id: String,
}

impl TestServer {
    /// The account of the citizen of that number, without a sign-in.
    pub async fn account(&self, number: usize) -> Actor {
        let person = insiders::person(number, self.app().clock.now());
        let actor = Actor::Citizen { person: person.id };
        let work = move |tx: &mut Tx| insiders::register(tx, &person);
        let work = self.store().write::<_, StoreError>(work);
        work.await.expect("the number is new");
        actor
    }

    /// A session of the actor, on a device of that name.
    pub async fn session_of(&self, actor: Actor, device_id: Option<&str>) -> Phone {
        let app = self.app();
        let device = Device {
            id: device_id.map(|id| Personal::new(id.to_owned())),
            label: None,
        };
        let here = api::extract::Network::of(std::net::Ipv4Addr::LOCALHOST.into());
        let kind = match actor {
            Actor::Officer { .. } => AccountKind::Officer,
            Actor::Citizen { .. } | Actor::System => AccountKind::Citizen,
        };
        let new = NewSession::prepare(app, kind, device, &here).expect("chance");
        let new = Arc::new(new);
        let (opening, keys) = (Arc::clone(&new), Arc::clone(&app.refresh_tokens));
        let open = move |tx: &mut Tx| opening.open(tx, &keys, &actor);
        let ended = self.store().write::<_, Failure>(open).await;
        app.ended(&ended.expect("the session is opened"));
        let granted = new.granted(app, &actor).expect("a token");
        Phone {
            refresh_token: granted.refresh_token,
            device_id: device_id.map(str::to_owned),
            client: self.nobody().with_token(&granted.access_token),
            session_id: granted.session_id.to_string(),
        }
    }

    /// An officer who has just proved who they are, in a session that can end, as signing in opens one.
    pub async fn proved_in_a_session(
        &self,
        officer: &Officer,
        roles: &[Role],
        agency: AgencyId,
    ) -> Phone {
        let actor = Actor::Officer {
            officer: officer.id,
            agency,
            roles: Roles::of(roles),
        };
        let phone = self.session_of(actor, None).await;
        let session = phone.session_id.parse().expect("an id");
        let (now, officer) = (self.app().clock.now(), officer.id);
        let prove = move |tx: &mut Tx| step_ups::put(tx, session, officer, now);
        self.store().write(prove).await.expect("the store answers");
        phone
    }
}

impl Phone {
    /// The same phone after an answer with new tokens.
    #[must_use]
    pub fn renewed(&self, answer: &Response) -> Self {
        let body = answer.json();
        let text = |field: &str| body[field].as_str().expect("a text").to_owned();
        Self {
            refresh_token: text("refresh_token"),
            device_id: self.device_id.clone(),
            client: self.client.with_token(&text("access_token")),
            session_id: text("session_id"),
        }
    }

    /// What the phone sends to go on.
    pub fn shows(&self) -> Value {
        match &self.device_id {
            Some(id) => json!({ "refresh_token": self.refresh_token, "device_id": id }),
            None => json!({ "refresh_token": self.refresh_token }),
        }
    }

    /// Goes on with the session.
    pub async fn refresh(&self) -> Response {
        let request = self.client.post("/v1/auth/refresh");
        request.json(&self.shows()).send().await
    }

    /// Whoever has copied the token only, on another device.
    #[must_use]
    pub fn thief(&self) -> Self {
        let device_id = self.device_id.as_ref();
        Self {
            device_id: device_id.map(|_| "0000000000000000-another".to_owned()),
            ..self.clone()
        }
    }
}
