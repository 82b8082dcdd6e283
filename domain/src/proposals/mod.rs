//! Four eyes (hai người): what one officer proposes takes effect when another one agrees.
//!
//! About an officer an administrator proposes, about a dossier an officer who works on it; either takes
//! effect when another one of the right role agrees. The mechanism knows nothing of what is proposed: whether both people may do it is for the rule of
//! each kind, asked when it is proposed and again when it is approved.

use crate::{
    actor::{
        Actor,
        Role::{Approver, Processor, Receiver},
        Who::{self, Officer},
    },
    dossiers::Command,
    ids::{AgencyId, DossierId, OfficerId, ProposalId},
    rejection::Code,
    time::Time,
};

/// How long a proposal waits for the second person.
const DAYS: i64 = 7;

crate::vocabulary! {
    /// What is proposed.
    ProposalKind {
        /// A role for an officer.
        GrantRole = "grant_role",
        /// A new one-time password for an administrator, and no authenticator until a new one is set.
        ResetSignIn = "reset_sign_in",
        /// A later date than the one apology that the law gives has named.
        ExtendDeadline = "extend_deadline",
        /// To open a dossier again that was closed by mistake.
        ReopenDossier = "reopen_dossier",
    }
}

crate::vocabulary! {
    /// Where a proposal stands. One that nobody decided in seven days can only be declined.
    ProposalState {
        /// It waits for a second person.
        Open = "open",
        /// A second person agreed, and it took effect.
        Approved = "approved",
        /// Somebody declined it, perhaps its author.
        Declined = "declined",
    }
}

impl ProposalKind {
    /// What is done to the dossier, where it is about one.
    pub const fn command(self) -> Option<Command> {
        match self {
            Self::GrantRole | Self::ResetSignIn => None,
            Self::ExtendDeadline => Some(Command::ExtendDeadline),
            Self::ReopenDossier => Some(Command::Reopen),
        }
    }
}

/// What a proposal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An officer.
    Officer(OfficerId),
    /// A dossier.
    Dossier(DossierId),
}

/// Whoever may propose something about a dossier; the table of moves says what.
const AUTHORS: &[Who] = &[Officer(Receiver), Officer(Processor), Officer(Approver)];

/// A leader decides: nobody who only works on the dossier is the second person.
const LEADERS: &[Who] = &[Officer(Approver)];

/// Nothing if this officer may see what is proposed about dossiers of the agency.
///
/// # Errors
/// `role-forbids`.
pub fn may_see_about_dossiers(actor: &Actor) -> Result<(), Code> {
    listed(actor, AUTHORS)
}

/// Nothing if this officer may be the second person of a proposal about a dossier.
///
/// # Errors
/// `role-forbids`.
pub fn may_decide_about_dossiers(actor: &Actor) -> Result<(), Code> {
    listed(actor, LEADERS)
}

fn listed(actor: &Actor, who: &[Who]) -> Result<(), Code> {
    if actor.is_one_of(who) {
        Ok(())
    } else {
        Err(Code::RoleForbids)
    }
}

/// Something one officer proposed. Its content never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The proposal's id.
    pub id: ProposalId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// Whose matter it is: the agency of the officer, whose administrators see it; or the one the dossier
    /// was filed with, while those see it who hold the dossier.
    pub agency: AgencyId,
    /// What it is about.
    pub about: About,
    /// What exactly, as JSON.
    pub payload: String,
    /// SHA-256 of the payload: what was approved is what was proposed.
    pub digest: [u8; 32],
    /// The first person.
    pub proposed_by: OfficerId,
    /// When.
    pub proposed_at: Time,
    /// From when on nobody can agree to it any more.
    pub expires_at: Time,
    /// Where it stands.
    pub state: ProposalState,
    /// The second person, or whoever declined it, and when.
    pub decided: Option<(OfficerId, Time)>,
}

impl Proposal {
    /// Until when a proposal made now waits.
    pub fn lasts_until(now: Time) -> Time {
        now.plus(chrono::Duration::days(DAYS))
    }

    /// The proposal as the second person leaves it.
    ///
    /// # Errors
    /// `proposal-closed` when it was decided or has run out; `second-person-needed` for the one who
    /// proposed it, `not-to-oneself` for the one it is about.
    pub fn approve(&self, by: OfficerId, now: Time) -> Result<Self, Code> {
        if self.state != ProposalState::Open || now >= self.expires_at {
            return Err(Code::ProposalClosed);
        }
        if self.about == About::Officer(by) {
            return Err(Code::NotToOneself);
        }
        if by == self.proposed_by {
            return Err(Code::SecondPersonNeeded);
        }
        Ok(self.decided_by(by, now, ProposalState::Approved))
    }

    /// The proposal as whoever does not want it leaves it; its author may take it back.
    ///
    /// # Errors
    /// `proposal-closed` when it was decided.
    pub fn decline(&self, by: OfficerId, now: Time) -> Result<Self, Code> {
        if self.state != ProposalState::Open {
            return Err(Code::ProposalClosed);
        }
        Ok(self.decided_by(by, now, ProposalState::Declined))
    }

    fn decided_by(&self, by: OfficerId, now: Time, state: ProposalState) -> Self {
        Self {
            state,
            decided: Some((by, now)),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use uuid::Uuid;

    use super::*;
    use crate::ids::Id;

    fn officer(n: u128) -> OfficerId {
        Id::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn it_takes_a_second_person_in_time_and_only_once() {
        let now = Time::from_micros(1_790_000_000_000_000).unwrap();
        let (author, about, other) = (officer(1), officer(2), officer(3));
        let open = Proposal {
            id: Id::from_uuid(Uuid::from_u128(9)),
            kind: ProposalKind::GrantRole,
            agency: Id::from_uuid(Uuid::from_u128(8)),
            about: About::Officer(about),
            payload: "{}".to_owned(),
            digest: [0; 32],
            proposed_by: author,
            proposed_at: now,
            expires_at: Proposal::lasts_until(now),
            state: ProposalState::Open,
            decided: None,
        };
        let last = now.plus(chrono::Duration::days(7) - chrono::Duration::microseconds(1));
        let late = now.plus(chrono::Duration::days(7));
        for (by, at, expected) in [
            (author, now, Some(Code::SecondPersonNeeded)),
            (about, now, Some(Code::NotToOneself)),
            (other, late, Some(Code::ProposalClosed)),
            (other, last, None),
        ] {
            let approved = open.approve(by, at);
            assert_eq!(approved.as_ref().err().copied(), expected, "{by} {at:?}");
            if let Ok(done) = approved {
                assert_eq!(
                    (done.state, done.decided),
                    (ProposalState::Approved, Some((by, at)))
                );
                assert_eq!(done.approve(officer(4), at), Err(Code::ProposalClosed));
                assert_eq!(done.decline(officer(4), at), Err(Code::ProposalClosed));
            }
        }
        let declined = open.decline(author, late).unwrap();
        assert_eq!(declined.approve(other, now), Err(Code::ProposalClosed));
    }
}
