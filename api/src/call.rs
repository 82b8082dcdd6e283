//! What a use case is given besides its own input: who, when, and the catalogue as it stands.

use std::sync::Arc;

use domain::{
    actor::{Actor, Sight},
    dossiers::{CodeFormat, readers},
    ids::{Id, OfficerId},
    mandates::{Act, Reach},
    officers::roles_at,
    rejection::Code,
    time::Time,
};

use persistence::{
    Tx,
    officers::{self, grants},
    people,
};

use crate::{api_code::ApiCode, failure::Failure, id_source::IdSource, procedures::posted::Posted};

/// The circumstances of one operation. Cheap to clone into the closure of a transaction.
#[derive(Clone)]
pub struct Call {
    /// Who asks.
    pub actor: Actor,
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

    /// Which dossiers this actor may read: those in their sight, if reading is part of their work.
    ///
    /// # Errors
    /// `role-forbids`.
    pub fn reading(&self) -> Result<Sight, Failure> {
        readers::may_read_dossiers(&self.actor)?;
        Ok(self.sight_for(Act::Read))
    }

    /// What this actor may see for an act: of a citizen also what a mandate of now opens.
    pub fn sight_for(&self, act: Act) -> Sight {
        match self.actor {
            Actor::Citizen { person } => Sight::Mandated(Reach {
                person,
                on: self.now.date(),
                act,
            }),
            Actor::Officer { .. } | Actor::System => self.actor.sight(),
        }
    }

    /// The same for the papers and results in them.
    ///
    /// # Errors
    /// `role-forbids`.
    pub fn reading_files(&self) -> Result<Sight, Failure> {
        readers::may_read_files(&self.actor)?;
        Ok(self.sight_for(Act::Read))
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
    pub fn account_stands(&self, tx: &mut Tx) -> Result<(), Failure> {
        let stands = match self.actor {
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

    /// The same circumstances, for what the house itself does as a consequence.
    #[must_use]
    pub fn as_system(&self) -> Self {
        Self {
            actor: Actor::System,
            ..self.clone()
        }
    }
}
