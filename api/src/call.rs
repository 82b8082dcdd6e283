//! What a use case is given besides its own input: who, when, and the catalogue as it stands.

use std::sync::Arc;

use domain::{
    actor::Actor,
    disclosures::could_state_a_purpose,
    dossiers::CodeFormat,
    ids::{Id, OfficerId},
    officers::roles_at,
    rejection::Code,
    time::Time,
};

use persistence::{
    Tx,
    officers::{self, grants},
    people,
};

use crate::{
    api_code::ApiCode, disclosures::stated::Stated, failure::Failure, id_source::IdSource,
    procedures::posted::Posted,
};

/// The circumstances of one operation. Cheap to clone into the closure of a transaction.
#[derive(Clone)]
pub struct Call {
    /// Who asks.
    pub actor: Actor,
    /// What an officer says a read beyond the own agency is for.
    pub stated: Option<Stated>,
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

    /// Whether stating a purpose could show this actor more than they see.
    pub fn lacks_purpose(&self) -> bool {
        self.stated.is_none() && could_state_a_purpose(&self.actor)
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
