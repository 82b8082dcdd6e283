//! Citizens and officers of a server under test, signed in.

use std::sync::OnceLock;

use api::auth::passwords;
use api::failure::Failure;
use api::sessions::codes::DELIVERY;
use chrono::TimeDelta;
use domain::actor::{Actor, Role, Roles};
use domain::ids::{AgencyId, EventId, Id, OfficerId};
use domain::officers::{Grant, Revocation};
use domain::personal::Personal;
use domain::time::Time;
use persistence::events::{self, NewEvent};
use persistence::officers::{self, Officer, grants};
use persistence::outbox::{self, Lease};
use persistence::sessions::step_ups;
use persistence::{Json, StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;
use crate::server::TestServer;

/// The public administration service centre of Mỹ Thuận commune.
pub const MY_THUAN: AgencyId = agency(0x0003_0838);

/// The public administration service centre of Bình Sơn commune: the neighbour.
pub const BINH_SON: AgencyId = agency(0x0003_0823);

/// The public administration service centre of the province.
pub const PROVINCE: AgencyId = agency(0x0000_0091);

/// Every officer of the tests has this password.
pub const PASSWORD: &str = "mật khẩu của cán bộ";

/// The shipped catalogue numbers its agencies by their commune's code.
const fn agency(commune: u128) -> AgencyId {
    Id::from_uuid(Uuid::from_u128(0x0198_0000_0000_7000_8000 << 48 | commune))
}

impl TestServer {
    /// A citizen who has signed in with a one-time code sent to the number.
    pub async fn citizen(&self, phone: &str) -> Client {
        let nobody = self.nobody();
        let asked = nobody.post("/v1/auth/otp");
        let asked = asked
            .json(&json!({ "phone": phone }))
            .send()
            .await
            .expect(202)
            .json();
        let code = self.newest_code().await;
        let shown = nobody.post("/v1/auth/otp/verify");
        let shown = shown.json(&json!({
            "code_request_id": asked["code_request_id"], "phone": phone, "code": code
        }));
        let session = shown.send().await.expect(200).json();
        nobody.with_token(text(&session, "access_token"))
    }

    /// An officer with an account, who has signed in with login and password.
    pub async fn officer_at_the_door(&self, roles: &[Role], agency: AgencyId) -> Client {
        let officer = self.hire(roles, agency).await;
        let nobody = self.nobody();
        let session = nobody
            .post("/v1/auth/officers/login")
            .json(&json!({ "login": officer.login, "password": PASSWORD }))
            .send()
            .await
            .expect(200)
            .json();
        nobody.with_token(text(&session, "access_token"))
    }

    /// An officer with an account and a token, without the slow check of a password, who has just proved
    /// who they are.
    pub async fn officer(&self, roles: &[Role], agency: AgencyId) -> Client {
        let officer = self.hire(roles, agency).await;
        self.proved(&officer, roles, agency).await
    }

    /// A client of an officer who has just proved who they are.
    pub async fn proved(&self, officer: &Officer, roles: &[Role], agency: AgencyId) -> Client {
        let (app, now, officer) = (self.app(), self.app().clock.now(), officer.id);
        let session = app.ids.id(now);
        let prove = move |tx: &mut Tx| step_ups::put(tx, session, officer, now);
        self.store().write(prove).await.expect("the store answers");
        let actor = Actor::Officer {
            officer,
            agency,
            roles: Roles::of(roles),
        };
        let token = app.tokens.issue(&actor, session, now, app.ids.uuid(now));
        self.nobody().with_token(&token.expect("a token"))
    }

    /// A client with a token for any actor but the worker.
    pub fn signed_in(&self, actor: &Actor) -> Client {
        let (app, now) = (self.app(), self.app().clock.now());
        let (session, jti) = (app.ids.id(now), app.ids.uuid(now));
        let token = app.tokens.issue(actor, session, now, jti);
        self.nobody().with_token(&token.expect("a token"))
    }

    /// A new officer's account with these roles from today on; the login is the officer's id.
    pub async fn hire(&self, roles: &[Role], agency: AgencyId) -> Officer {
        let (app, now) = (self.app(), self.app().clock.now());
        let officer = account(app.ids.uuid(now), agency, now);
        let (row, event) = (officer.clone(), app.ids.id(now));
        let work = move |tx: &mut Tx| hire(tx, &row, event);
        self.store().write(work).await.expect("the officer is new");
        for role in roles {
            self.grant(self.role(officer.id, agency, *role)).await;
        }
        officer
    }

    /// A role from today on, as the house itself gives it.
    pub fn role(&self, officer: OfficerId, agency: AgencyId, role: Role) -> Grant {
        let (app, now) = (self.app(), self.app().clock.now());
        grant(app.ids.uuid(now), officer, agency, role, now)
    }

    /// Gives a role.
    pub async fn grant(&self, grant: Grant) {
        let event = self.app().ids.id(grant.granted_at);
        let work = move |tx: &mut Tx| give(tx, &grant, event);
        self.store().write(work).await.expect("the grant is new");
    }

    /// Takes the officer's role at the agency back, from now on.
    pub async fn revoke(&self, officer: &Officer, agency: AgencyId, role: Role) {
        let (at, id) = (self.app().clock.now(), officer.id);
        let (event, row) = (self.app().ids.id(at), officer.clone());
        let work = move |tx: &mut Tx| {
            let held = grants::of_active(tx, id, agency)?;
            let held = held.into_iter().find(|grant| grant.role == role);
            let held = held.expect("the role is held");
            grants::revoke(tx, held.id, Revocation { at, by: None })?;
            trace(tx, &row, "role_revoked", event)
        };
        let work = self.store().write::<_, StoreError>(work);
        work.await.expect("the store answers");
    }

    /// Takes an officer's account out of use.
    pub async fn deactivate(&self, officer: &Officer) {
        let now = self.app().clock.now();
        let (event, row) = (
            self.app().ids.id(now),
            Officer {
                active: false,
                version: officer.version + 1,
                updated_at: now,
                ..officer.clone()
            },
        );
        let work = move |tx: &mut Tx| {
            officers::save(tx, &row)?;
            trace(tx, &row, "officer_changed", event)
        };
        let work = self.store().write::<_, StoreError>(work);
        work.await.expect("the officer is as hired");
    }

    /// The code the house would send now: read from the outbox, and delivered by that.
    pub async fn newest_code(&self) -> String {
        let (owner, now) = (Uuid::now_v7(), self.app().clock.now());
        let deliver = move |tx: &mut Tx| -> Result<Option<Json>, Failure> {
            let lease = Lease {
                owner,
                duration: TimeDelta::seconds(1),
            };
            let due = outbox::lease(tx, DELIVERY, now, lease, 1000)?;
            for entry in &due {
                outbox::done(tx, entry.id, owner, now)?;
            }
            Ok(due.into_iter().max_by_key(|e| e.id).map(|e| e.payload))
        };
        let payload = self
            .store()
            .write(deliver)
            .await
            .expect("the store answers");
        let payload: Value = payload
            .expect("a code waits to be sent")
            .parse()
            .expect("a payload");
        text(&payload, "code").to_owned()
    }
}

/// An officer's account as it is made.
pub(crate) fn account(id: Uuid, agency: AgencyId, now: Time) -> Officer {
    Officer {
        id: Id::from_uuid(id),
        login: id.to_string(),
        password_hash: Personal::new(hash().to_owned()),
        full_name: Personal::new("Nguyễn Thị Một Cửa".to_owned()),
        agency,
        active: true,
        must_change_password: false,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// A role from today on.
pub(crate) fn grant(
    id: Uuid,
    officer: OfficerId,
    agency: AgencyId,
    role: Role,
    now: Time,
) -> Grant {
    Grant {
        id: Id::from_uuid(id),
        officer,
        agency,
        role,
        from: now.date(),
        until: None,
        reason: "Phân công.".to_owned(),
        granted_by: None,
        approved_by: None,
        granted_at: now,
        revoked: None,
    }
}

/// Adds a grant with the event that belongs to it.
pub(crate) fn give(tx: &mut Tx, grant: &Grant, event: EventId) -> Result<(), StoreError> {
    grants::insert(tx, grant)?;
    let event = NewEvent {
        id: event,
        dossier: None,
        agency: Some(grant.agency),
        person: None,
        version: 1,
        kind: "role_granted",
        actor: &Actor::System,
        at: grant.granted_at,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::empty(),
    };
    events::append(tx, event).map(drop)
}

/// Adds an officer with the event that belongs to it.
pub(crate) fn hire(tx: &mut Tx, officer: &Officer, event: EventId) -> Result<(), StoreError> {
    officers::insert(tx, officer)?;
    trace(tx, officer, "officer_added", event)
}

fn trace(
    tx: &mut Tx,
    officer: &Officer,
    kind: &'static str,
    event: EventId,
) -> Result<(), StoreError> {
    let event = NewEvent {
        id: event,
        dossier: None,
        agency: Some(officer.agency),
        person: None,
        version: officer.version,
        kind,
        actor: &Actor::System,
        at: officer.updated_at,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::empty(),
    };
    events::append(tx, event).map(drop)
}

/// Made once per process: hashing is slow on purpose.
fn hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash(&PASSWORD.into()).expect("a hash"))
}

fn text<'a>(body: &'a Value, field: &str) -> &'a str {
    body[field].as_str().expect("a text")
}
