//! Who is asking, proved by the access token; public operations say so with [`Anonymous`].

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web};
use domain::{
    actor::{Actor, Roles},
    ids::{AgencyId, DeputyId, OfficerId, PersonId, SessionId},
    sessions::Account,
    time::Time,
};
use persistence::disclosures::Reading;

use super::network::Network;
use crate::{
    api_code::ApiCode,
    app::App,
    auth::tokens::Proven,
    call::Asking,
    failure::{Failure, Refusal},
    middleware::rates::Sender,
};

/// Whoever holds a good access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller(pub Asking);

/// A citizen with a good access token; an officer gets `wrong-account-kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citizen {
    /// The citizen's account.
    pub person: PersonId,
}

/// An officer with a good access token; a citizen gets `wrong-account-kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Officer {
    /// The officer's account.
    pub officer: OfficerId,
    /// The agency the token is for.
    pub agency: AgencyId,
    /// The roles held there.
    pub roles: Roles,
    /// In which session.
    pub session: SessionId,
    /// By which deputising, where the token is one for standing in.
    pub deputy: Option<DeputyId>,
}

/// Whoever holds a good access token, with the account and the session it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedIn {
    /// Who asks.
    pub actor: Actor,
    /// Whose account it is.
    pub account: Account,
    /// In which session.
    pub session: SessionId,
}

/// A citizen with a good access token, in which session, and until when the token holds: for answers
/// that take their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Follower {
    /// The citizen's account.
    pub citizen: Citizen,
    /// In which session.
    pub session: SessionId,
    /// When the token stops to hold.
    pub until: Time,
}

/// Anybody: whether a token is sent, and whether it holds, makes no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anonymous;

impl Citizen {
    /// The same person, as the actor rules and queries ask for.
    pub const fn actor(self) -> Actor {
        let Self { person } = self;
        Actor::Citizen { person }
    }

    /// The same person, as whoever reads what is their own.
    pub const fn reading(self) -> Reading {
        Reading::Own(self.person)
    }
}

impl Officer {
    /// The same officer, as use cases are asked by.
    pub const fn actor(self) -> Asking {
        let Self {
            officer,
            agency,
            roles,
            session,
            deputy,
        } = self;
        Asking {
            actor: Actor::Officer {
                officer,
                agency,
                roles,
            },
            session: Some(session),
            deputy,
        }
    }
}

fn bearer(request: &HttpRequest) -> Option<&str> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

fn proven(request: &HttpRequest) -> Result<Proven, Failure> {
    proven_until(request).map(|(proven, _)| proven)
}

fn proven_until(request: &HttpRequest) -> Result<(Proven, Time), Failure> {
    let app = request
        .app_data::<web::Data<App>>()
        .ok_or_else(|| Failure::internal("no application state"))?;
    let token = bearer(request).ok_or(ApiCode::Unauthenticated)?;
    let (proven, until) = app.tokens.verify_until(token, app.clock.now())?;
    if app.ended_sessions.holds(proven.session) {
        let refusal = Refusal::new(ApiCode::Unauthenticated);
        return Err(refusal.because("its session has ended").into());
    }
    Ok((proven, until))
}

fn caller(request: &HttpRequest) -> Result<Actor, Failure> {
    proven(request).map(|proven| proven.actor)
}

impl FromRequest for SignedIn {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(proven(request).and_then(
            |Proven {
                 actor,
                 session,
                 deputy: _,
             }| {
                let account = Account::of(&actor).ok_or(ApiCode::Unauthenticated)?;
                Ok(Self {
                    actor,
                    account,
                    session,
                })
            },
        ))
    }
}

/// Whose share a request takes from: the account of a good access token, else the network.
pub(crate) fn sender(request: &HttpRequest) -> Sender {
    match caller(request) {
        Ok(Actor::Citizen { person }) => Sender::Account(person.uuid()),
        Ok(Actor::Officer { officer, .. }) => Sender::Account(officer.uuid()),
        Ok(Actor::System) | Err(_) => Sender::Network(Network::of_request(request)),
    }
}

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(proven(request).map(|proven| {
            let Proven {
                actor,
                session,
                deputy,
            } = proven;
            Self(Asking {
                actor,
                session: Some(session),
                deputy,
            })
        }))
    }
}

impl FromRequest for Citizen {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(caller(request).and_then(|actor| match actor {
            Actor::Citizen { person } => Ok(Self { person }),
            Actor::Officer { .. } | Actor::System => Err(ApiCode::WrongAccountKind.into()),
        }))
    }
}

impl FromRequest for Follower {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            proven_until(request).and_then(|(proven, until)| match proven.actor {
                Actor::Citizen { person } => Ok(Self {
                    citizen: Citizen { person },
                    session: proven.session,
                    until,
                }),
                Actor::Officer { .. } | Actor::System => Err(ApiCode::WrongAccountKind.into()),
            }),
        )
    }
}

impl FromRequest for Officer {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(proven(request).and_then(|proven| match proven.actor {
            Actor::Officer {
                officer,
                agency,
                roles,
            } => Ok(Self {
                officer,
                agency,
                roles,
                session: proven.session,
                deputy: proven.deputy,
            }),
            Actor::Citizen { .. } | Actor::System => Err(ApiCode::WrongAccountKind.into()),
        }))
    }
}

impl FromRequest for Anonymous {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(_: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self))
    }
}
