//! From a call to what it may read: the one place where an officer's read gets its purpose.

use domain::{
    actor::Actor,
    disclosures::{AccessAction, Ground, Readable, ground, may_restrict, without_a_purpose},
    dossiers::Dossier,
    ids::DossierId,
    mandates::Act,
    rejection::Code,
};
use persistence::{
    StoreError, Tx,
    disclosures::{OfficerReading, Reading},
    dossiers,
};

use super::stated::{RESTRICTED_UNTIL, Stated};
use crate::{call::Call, extract::headers::invalid, failure::Failure};

impl Call {
    /// Who reads and why, for this action: a citizen what is their own
    /// or a mandate opens, an officer by the roles held now
    /// or by the purpose that was stated.
    ///
    /// # Errors
    /// `role-forbids`; `purpose-required` for roles that read nothing by themselves where a purpose may be
    /// stated, and one of them may state one; `invalid-header` for a restriction that is past or too long.
    pub fn reading(&self, action: AccessAction) -> Result<Reading, Failure> {
        let stated = self.stated.as_ref();
        let purpose = stated.map(|stated| stated.purpose);
        let Ground { sight, purpose } = match ground(&self.actor, purpose, readable(action)) {
            Err(Code::RoleForbids) if stated.is_none() && self.takes_purpose => {
                return Err(without_a_purpose(&self.actor).into());
            }
            found => found?,
        };
        let (officer, agency, roles) = match self.actor {
            Actor::Citizen { person } => {
                return Ok(Reading::Mandated(self.reach(person, Act::Read)));
            }
            Actor::System => return Ok(Reading::House),
            Actor::Officer {
                officer,
                agency,
                roles,
            } => (officer, agency, roles),
        };
        if let Some(stated) = stated {
            self.may_keep_back(stated)?;
        }
        Ok(Reading::Officer(OfficerReading {
            officer,
            agency,
            roles,
            sight,
            purpose: purpose.ok_or(Code::RoleForbids)?,
            note: stated.map(|stated| stated.note.clone()),
            restricted_until: stated.and_then(|stated| stated.restricted_until),
            action,
            now: self.now,
            line: self.id(),
            request: self.request,
        }))
    }

    fn may_keep_back(&self, stated: &Stated) -> Result<(), Failure> {
        let Some(until) = stated.restricted_until else {
            return Ok(());
        };
        match may_restrict(&self.actor, stated.purpose, until, self.now) {
            Err(Code::OutOfRange) => Err(invalid(RESTRICTED_UNTIL)),
            other => Ok(other?),
        }
    }
}

const fn readable(action: AccessAction) -> Readable {
    match action {
        AccessAction::File => Readable::Files,
        AccessAction::List
        | AccessAction::Search
        | AccessAction::Open
        | AccessAction::Follow
        | AccessAction::Slip
        | AccessAction::Work
        | AccessAction::Mandate => Readable::Dossiers,
    }
}

/// The dossier, opened for whoever may read it.
///
/// # Errors
/// `not-found`; `purpose-required` to whoever would see it by stating a purpose; `role-forbids`.
pub fn opened(
    tx: &mut Tx,
    call: &Call,
    id: DossierId,
    action: AccessAction,
) -> Result<Dossier, Failure> {
    match dossiers::find(tx, id, &call.reading(action)?) {
        Err(StoreError::Absent) if call.lacks_purpose() && dossiers::is_filed(tx, id)? => {
            Err(Code::PurposeRequired.into())
        }
        found => Ok(found?),
    }
}
