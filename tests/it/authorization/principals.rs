//! Everybody who may knock: each kind of account, each role at each agency, and tokens that do not hold.

use api::auth::keyring::Keyring;
use api::auth::tokens::AccessTokens;
use chrono::TimeDelta;
use domain::actor::{Actor, Role, Roles};
use domain::ids::{AgencyId, Id};
use persistence::officers::Officer;
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::client::Client;
use tests::server::TestServer;
use uuid::Uuid;

use super::ground::Ground;

/// What an operation can know of somebody.
#[derive(Debug, Clone, Copy)]
pub(super) enum Standing {
    /// No token, or none that holds.
    Nobody,
    /// A citizen.
    Citizen {
        /// Which of the ground's citizens, if one of them.
        number: Option<usize>,
        /// Whether there is an account.
        account: bool,
    },
    /// An officer.
    Officer {
        /// The roles the token says.
        roles: Roles,
        /// The agency they are held at.
        agency: AgencyId,
        /// Whether the account is in use, and every role in the token still held.
        account: bool,
    },
}

/// Somebody with a name for the report.
#[derive(Debug, Clone)]
pub(super) struct Principal {
    pub(super) name: String,
    pub(super) standing: Standing,
    pub(super) client: Client,
}

/// Everybody; the citizens are those of the ground.
pub(super) async fn everybody(server: &TestServer, ground: &Ground) -> Vec<Principal> {
    let pool = server.nobody().keeping_connections();
    let mut found = tokens_that_do_not_hold(server, ground);
    found.push(somebody("nobody", Standing::Nobody, &server.nobody()));
    for (number, client) in ground.citizens.iter().enumerate() {
        let standing = Standing::Citizen {
            number: Some(number),
            account: true,
        };
        found.push(somebody(&format!("citizen {number}"), standing, client));
    }
    let gone = server.signed_in(&Actor::Citizen {
        person: Id::from_uuid(Uuid::now_v7()),
    });
    let standing = Standing::Citizen {
        number: None,
        account: false,
    };
    found.push(somebody("a citizen without an account", standing, &gone));
    for (place, agency) in [("here", MY_THUAN), ("there", BINH_SON)] {
        for role in Role::ALL {
            let name = format!("{} {place}", role.as_str());
            found.push(officer(server, &name, &[role], agency).await);
        }
    }
    found.push(officer(server, "an officer without a role", &[], MY_THUAN).await);
    // Two roles open no more together than each alone: whoever reads dossiers and administers the
    // province reads those of the own agency, and others only for a purpose that is stated.
    let both = [Role::Receiver, Role::ProvinceAdministrator];
    found.push(officer(server, "receiver and administrator", &both, PROVINCE).await);
    found.push(taken_out_of_use(server).await);
    found.push(with_a_role_less(server).await);
    for principal in &mut found {
        let token = principal.client.token().map(str::to_owned);
        principal.client = token.map_or_else(|| pool.clone(), |token| pool.with_token(&token));
    }
    found
}

fn somebody(name: &str, standing: Standing, client: &Client) -> Principal {
    Principal {
        name: name.to_owned(),
        standing,
        client: client.clone(),
    }
}

async fn officer(server: &TestServer, name: &str, roles: &[Role], agency: AgencyId) -> Principal {
    let standing = Standing::Officer {
        roles: Roles::of(roles),
        agency,
        account: true,
    };
    somebody(name, standing, &server.officer(roles, agency).await)
}

/// Every role here, and then the account is taken away while the token still holds.
async fn taken_out_of_use(server: &TestServer) -> Principal {
    let (account, client) = with_every_role(server).await;
    server.deactivate(&account).await;
    somebody("an officer taken out of use", past(), &client)
}

/// Every role here, and then one is revoked while the token still says it.
async fn with_a_role_less(server: &TestServer) -> Principal {
    let (account, client) = with_every_role(server).await;
    server.revoke(&account, MY_THUAN, Role::Cashier).await;
    somebody("an officer with a role less", past(), &client)
}

/// A token of which not everything holds any more: it opens nothing.
fn past() -> Standing {
    Standing::Officer {
        roles: Roles::of(&Role::ALL),
        agency: MY_THUAN,
        account: false,
    }
}

async fn with_every_role(server: &TestServer) -> (Officer, Client) {
    let account = server.hire(&Role::ALL, MY_THUAN).await;
    let client = server.signed_in(&Actor::Officer {
        officer: account.id,
        agency: MY_THUAN,
        roles: Roles::of(&Role::ALL),
    });
    (account, client)
}

/// For an officer with every role: signed with another key, altered after signing, and past.
fn tokens_that_do_not_hold(server: &TestServer, ground: &Ground) -> Vec<Principal> {
    let (app, now) = (server.app(), server.app().clock.now());
    let actor = Actor::Officer {
        officer: Id::from_uuid(Uuid::now_v7()),
        agency: MY_THUAN,
        roles: Roles::of(&Role::ALL),
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let keyring = Keyring::open(elsewhere.path()).unwrap();
    let elsewheres_tokens = AccessTokens::new(&keyring, &app.config.public_url, 600).unwrap();
    let forged = elsewheres_tokens
        .issue(&actor, Id::from_uuid(Uuid::now_v7()), now, Uuid::now_v7())
        .unwrap();
    let long_ago = now.plus(-TimeDelta::seconds(app.tokens.lifetime_seconds() + 1));
    let past = app
        .tokens
        .issue(
            &actor,
            Id::from_uuid(Uuid::now_v7()),
            long_ago,
            Uuid::now_v7(),
        )
        .unwrap();
    let good = app
        .tokens
        .issue(&actor, Id::from_uuid(Uuid::now_v7()), now, Uuid::now_v7())
        .unwrap();
    let altered = with_claims_of(&good, ground.citizens[0].token().unwrap());
    let named = [
        ("a token of another key", forged),
        ("an altered token", altered),
        ("a token that is past", past),
    ];
    let named = named.into_iter();
    named
        .map(|(name, token)| somebody(name, Standing::Nobody, &server.nobody().with_token(&token)))
        .collect()
}

/// Head and signature of one token around the claims of another.
fn with_claims_of(token: &str, other: &str) -> String {
    let parts: Vec<_> = token.split('.').collect();
    let claims = other.split('.').nth(1).unwrap();
    format!("{}.{claims}.{}", parts[0], parts[2])
}
