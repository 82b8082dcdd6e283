//! People with accounts and tokens on a site whose server is another process.

use api::auth::keyring::Keyring;
use api::auth::tokens::AccessTokens;
use api::clock::{Clock, SystemClock};
use api::config::Config;
use api::id_source::{IdSource, RandomIds};
use chrono::TimeDelta;
use domain::actor::{Actor, Role, Roles};
use domain::identities::AssuranceLevel;
use domain::ids::Id;
use domain::personal::Personal;
use domain::time::Time;
use persistence::events::{self, NewEvent};
use persistence::people::{self, Person};
use persistence::{Json, Store, StoreError, Tx};

use crate::accounts::{MY_THUAN, account, give, grant, hire};
use crate::engine::Site;
use crate::server::TestServer;

/// How many citizens share the load: nobody may keep more than twenty drafts. Odd, so that the orders
/// that end as drafts, every fourth, do not all fall to the same people.
const CITIZENS: usize = 251;

/// Access tokens that outlast the longest test.
#[derive(Debug)]
pub struct Insiders {
    /// Of citizens with accounts.
    pub citizens: Vec<String>,
    /// Of an officer who holds every role of case work at Mỹ Thuận.
    pub officer: String,
    /// With which that officer signs in, beside the password of the tests.
    pub login: String,
}

impl Insiders {
    /// Makes the accounts; no server may use the site meanwhile.
    pub async fn on(site: &Site) -> Self {
        let config = TestServer::configuration(site);
        let settings = config.store_settings().expect("the keys of the site");
        let store = Store::open(&settings).expect("the database can be opened");
        let now = SystemClock.now();
        let tokens = tokens(&config);
        let token = |actor: &Actor| {
            let token = tokens.issue(
                actor,
                Id::from_uuid(RandomIds.uuid(now)),
                now,
                RandomIds.uuid(now),
            );
            token.expect("a token")
        };
        let mut citizens = Vec::new();
        for number in 0..CITIZENS {
            let person = person(number, now);
            citizens.push(token(&Actor::Citizen { person: person.id }));
            let register = move |tx: &mut Tx| register(tx, &person);
            store.write(register).await.expect("the citizen is new");
        }
        let roles = [
            Role::Receiver,
            Role::Processor,
            Role::Approver,
            Role::Returner,
            Role::Cashier,
        ];
        let hired = account(RandomIds.uuid(now), MY_THUAN, now);
        let held = roles.map(|role| grant(RandomIds.uuid(now), hired.id, MY_THUAN, role, now));
        let officer = token(&Actor::Officer {
            officer: hired.id,
            agency: hired.agency,
            roles: Roles::of(&roles),
        });
        let login = hired.login.clone();
        let event = move || Id::from_uuid(RandomIds.uuid(now));
        let work = move |tx: &mut Tx| {
            hire(tx, &hired, event())?;
            held.iter().try_for_each(|grant| give(tx, grant, event()))
        };
        store.write(work).await.expect("the officer is new");
        Self {
            citizens,
            officer,
            login,
        }
    }
}

fn tokens(config: &Config) -> AccessTokens {
    let keyring = Keyring::open(&config.data_dir).expect("the keys of the site");
    let day = u32::try_from(TimeDelta::days(1).num_seconds()).expect("a day");
    AccessTokens::new(&keyring, &Config::default().public_url, day).expect("a key")
}

/// The citizen of that number, as the account is made.
pub(crate) fn person(number: usize, now: Time) -> Person {
    Person {
        id: Id::from_uuid(RandomIds.uuid(now)),
        phone: Some(Personal::new(format!("+849{number:08}"))),
        full_name: Personal::new("Nguyễn Thị Đào".to_owned()),
        personal_number: None,
        birth_date: None,
        address: None,
        assurance: AssuranceLevel::Phone,
        language: "vi".to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// Adds the citizen with the event that belongs to it.
pub(crate) fn register(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    people::insert(tx, person)?;
    let event = NewEvent {
        id: Id::from_uuid(RandomIds.uuid(person.created_at)),
        dossier: None,
        agency: None,
        person: Some(person.id),
        version: 1,
        kind: "person_registered",
        actor: &Actor::System,
        at: person.created_at,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::empty(),
    };
    events::append(tx, event).map(drop)
}
