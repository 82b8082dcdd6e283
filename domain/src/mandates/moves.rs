//! How a mandate comes to stand and ends: who may do what to it, and when.

use crate::{
    ids::{OfficerId, PersonId},
    mandates::{Ending, Mandate, MandateState, MandatorKind},
    rejection::Code,
    time::Time,
};

/// On which side of a mandate somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Of the mandator: the person, or who represents the organisation now.
    Mandator(PersonId),
    /// The delegate.
    Delegate(PersonId),
    /// The desk.
    Desk(OfficerId),
}

impl Side {
    const fn person(self) -> Option<PersonId> {
        match self {
            Self::Mandator(person) | Self::Delegate(person) => Some(person),
            Self::Desk(_) => None,
        }
    }
}

impl Mandate {
    /// The other of the two accounts agrees, and it stands.
    ///
    /// # Errors
    /// `not-to-oneself` for whoever proposed it; `role-forbids` where an officer must look at the
    /// evidence instead; `mandate-state-forbids` when it waits no more, or its days are over.
    pub fn accept(&self, by: Side, now: Time) -> Result<Self, Code> {
        let person = by.person().ok_or(Code::RoleForbids)?;
        if self.mandator.kind() != MandatorKind::Person {
            return Err(Code::RoleForbids);
        }
        if person == self.proposed_by {
            return Err(Code::NotToOneself);
        }
        self.waits(now)?;
        Ok(Self {
            state: MandateState::Active,
            agreed: Some((person, now)),
            ..self.changed(now)
        })
    }

    /// An officer has looked at the evidence, and it stands.
    ///
    /// # Errors
    /// `role-forbids` for citizens, and where both sides have accounts and agree themselves;
    /// `mandate-state-forbids` when it waits no more, or its days are over.
    pub fn confirm(&self, by: Side, now: Time) -> Result<Self, Code> {
        let Side::Desk(officer) = by else {
            return Err(Code::RoleForbids);
        };
        if self.mandator.kind() == MandatorKind::Person {
            return Err(Code::RoleForbids);
        }
        self.waits(now)?;
        Ok(Self {
            state: MandateState::Active,
            confirmed: Some((officer, now)),
            ..self.changed(now)
        })
    }

    /// It does not come to stand: somebody does not agree, or takes it back.
    ///
    /// # Errors
    /// `mandate-state-forbids` when it waits no more.
    pub fn refuse(&self, now: Time) -> Result<Self, Code> {
        if self.state != MandateState::Proposed {
            return Err(Code::MandateStateForbids);
        }
        Ok(self.ended(Ending::Refused, now))
    }

    /// The mandator takes it back, or the desk for whoever has no account; at once.
    ///
    /// # Errors
    /// `role-forbids` for the delegate, who gives it back instead, and for the desk where the mandator
    /// has an account; `mandate-state-forbids` unless it stands.
    pub fn revoke(&self, by: Side, now: Time) -> Result<Self, Code> {
        let may = match by {
            Side::Mandator(_) => true,
            Side::Delegate(_) => false,
            Side::Desk(_) => self.mandator.kind() != MandatorKind::Person,
        };
        if !may {
            return Err(Code::RoleForbids);
        }
        self.is_active()?;
        Ok(self.ended(Ending::Revoked, now))
    }

    /// The delegate gives it back; at once.
    ///
    /// # Errors
    /// `role-forbids` for anybody else; `mandate-state-forbids` unless it stands.
    pub fn give_back(&self, by: Side, now: Time) -> Result<Self, Code> {
        let Side::Delegate(_) = by else {
            return Err(Code::RoleForbids);
        };
        self.is_active()?;
        Ok(self.ended(Ending::GivenBack, now))
    }

    /// Its last day has passed.
    ///
    /// # Errors
    /// `mandate-state-forbids` when it has not, or when it ended before.
    pub fn expire(&self, now: Time) -> Result<Self, Code> {
        if self.state == MandateState::Ended || !self.term.is_over(now.date()) {
            return Err(Code::MandateStateForbids);
        }
        Ok(self.ended(Ending::Expired, now))
    }

    fn waits(&self, now: Time) -> Result<(), Code> {
        if self.state == MandateState::Proposed && !self.term.is_over(now.date()) {
            Ok(())
        } else {
            Err(Code::MandateStateForbids)
        }
    }

    fn is_active(&self) -> Result<(), Code> {
        if self.state == MandateState::Active {
            Ok(())
        } else {
            Err(Code::MandateStateForbids)
        }
    }

    fn ended(&self, ending: Ending, now: Time) -> Self {
        Self {
            state: MandateState::Ended,
            ending: Some(ending),
            ended_at: Some(now),
            ..self.changed(now)
        }
    }

    fn changed(&self, now: Time) -> Self {
        Self {
            version: self.version + 1,
            updated_at: now,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests;
