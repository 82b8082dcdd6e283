//! What a use case is given besides its own input: who, when, and the catalogue as it stands.

use std::sync::Arc;

use chrono::Duration;
use domain::{
    actor::{Actor, Sight},
    disclosures::could_state_a_purpose,
    dossiers::CodeFormat,
    ids::{DeputyId, Id, OfficerId, PersonId, SessionId},
    mandates::{Act, Reach},
    officers::roles_at,
    rejection::Code,
    sessions::{Sensitive, is_fresh},
    text::Localized,
    time::Time,
};
use persistence::{
    Tx,
    officers::{self, grants},
    people,
    sessions::step_ups,
};
use uuid::Uuid;

use crate::{
    api_code::ApiCode,
    app::App,
    deputies::standing::stands_in,
    disclosures::stated::Stated,
    failure::{Failure, Refusal},
    id_source::IdSource,
    middleware::current,
    procedures::posted::Posted,
};

/// Who asks, in which session, and by which deputising where the token is one for standing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    /// Who.
    pub actor: Actor,
    /// In which session; none for what nobody signed in for.
    pub session: Option<SessionId>,
    /// By which deputising they stand in for somebody.
    pub deputy: Option<DeputyId>,
}

impl From<Actor> for Asking {
    fn from(actor: Actor) -> Self {
        Self {
            actor,
            session: None,
            deputy: None,
        }
    }
}

/// The circumstances of one operation. Cheap to clone into the closure of a transaction.
#[derive(Clone)]
pub struct Call {
    /// Who asks.
    pub actor: Actor,
    /// In which session.
    pub session: Option<SessionId>,
    /// By which deputising, where they stand in for somebody.
    pub deputy: Option<DeputyId>,
    /// How long a proof of who they are is fresh.
    pub proof_lasts: Duration,
    /// What an officer says a read beyond the own agency is for.
    pub stated: Option<Stated>,
    /// Whether the operation takes a stated purpose.
    pub takes_purpose: bool,
    /// The request it is part of; none of the worker's.
    pub request: Option<Uuid>,
    /// When; every step of the operation sees the same instant.
    pub now: Time,
    /// Where new identifiers come from.
    pub ids: Arc<dyn IdSource>,
    /// The catalogue in force.
    pub posted: Arc<Posted>,
    /// How official codes are shaped.
    pub code_format: CodeFormat,
}

impl Call {
    /// A new identifier.
    pub fn id<K>(&self) -> Id<K> {
        self.ids.id(self.now)
    }

    /// What this actor may see for an act: of a citizen also what a mandate of now opens.
    pub fn sight_for(&self, act: Act) -> Sight {
        match self.actor {
            Actor::Citizen { person } => Sight::Mandated(self.reach(person, act)),
            Actor::Officer { .. } | Actor::System => self.actor.sight(),
        }
    }

    /// What the mandates of today open to a citizen for an act.
    pub fn reach(&self, person: PersonId, act: Act) -> Reach {
        Reach {
            person,
            on: self.now.date(),
            act,
        }
    }

    /// Whether stating a purpose, where the operation takes one, could show this actor more than they see.
    pub fn lacks_purpose(&self) -> bool {
        self.takes_purpose && self.stated.is_none() && could_state_a_purpose(&self.actor)
    }

    /// The officer who asks.
    ///
    /// # Errors
    /// `role-forbids` for anybody else.
    pub fn officer(&self) -> Result<OfficerId, Failure> {
        match self.actor {
            Actor::Officer {
                officer,
                agency: _,
                roles: _,
            } => Ok(officer),
            Actor::Citizen { person: _ } | Actor::System => Err(Code::RoleForbids.into()),
        }
    }

    /// Nothing if what the token says still stands: the account, and of an officer every role in it.
    /// The grants are read in the transaction of the operation, so a revocation holds from the next
    /// request on, however long the token would last; the client signs in anew and has what is left.
    ///
    /// # Errors
    /// `unauthenticated` when the account is gone or deactivated, or a role in the token does not
    /// hold any more at the agency the token is for.
    ///
    /// Of whoever stands in for another officer: that this holds, and that the other one holds the role
    /// now. The events of the transaction say from here on for whom.
    pub fn account_stands(&self, tx: &mut Tx) -> Result<(), Failure> {
        let stands = match self.actor {
            Actor::Officer { .. } if self.deputy.is_some() => stands_in(tx, self)?,
            Actor::Citizen { person } => people::is_known(tx, person)?,
            Actor::Officer {
                officer,
                agency,
                roles,
            } if roles.is_empty() => officers::is_active_at(tx, officer, agency)?,
            Actor::Officer {
                officer,
                agency,
                roles,
            } => {
                let grants = grants::of_active(tx, officer, agency)?;
                roles.are_among(roles_at(&grants, agency, self.now))
            }
            Actor::System => true,
        };
        if stands {
            Ok(())
        } else {
            Err(ApiCode::Unauthenticated.into())
        }
    }

    /// Nothing if the officer has just proved in this session who they are. To be asked in the transaction
    /// of the operation, once it is known that they may do it.
    ///
    /// # Errors
    /// `step-up-required`, with the operation in its sentence.
    pub fn freshly_proved(&self, tx: &mut Tx, operation: Sensitive) -> Result<(), Failure> {
        let officer = self.officer()?;
        let proved_at = match self.session {
            Some(session) => step_ups::proved_at(tx, session, officer)?,
            None => None,
        };
        if is_fresh(proved_at, self.now, self.proof_lasts) {
            return Ok(());
        }
        let name = operation.as_str();
        let mut refusal = Refusal::new(ApiCode::StepUpRequired);
        refusal.told = Some(Localized::new(
            format!(
                "Việc này ({name}) cần xác thực lại: gửi mật khẩu hoặc mã xác thực đến POST /v1/office/step_up."
            ),
            format!(
                "This ({name}) needs a fresh proof: send the password or a code to POST /v1/office/step_up."
            ),
        ));
        Err(refusal.into())
    }

    /// The same circumstances, for what the house itself does as a consequence.
    #[must_use]
    pub fn as_system(&self) -> Self {
        Self {
            actor: Actor::System,
            session: None,
            deputy: None,
            ..self.clone()
        }
    }
}

impl App {
    /// The circumstances of an operation that begins now.
    pub fn call(&self, asking: impl Into<Asking>) -> Call {
        let Asking {
            actor,
            session,
            deputy,
        } = asking.into();
        Call {
            actor,
            session,
            deputy,
            stated: None,
            takes_purpose: false,
            request: current::request(),
            proof_lasts: Duration::seconds(i64::from(self.config.sessions.step_up_seconds)),
            now: self.clock.now(),
            ids: Arc::clone(&self.ids),
            posted: self.posted(),
            code_format: self.code_format.clone(),
        }
    }
}
