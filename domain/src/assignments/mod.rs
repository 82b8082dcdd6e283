//! Assignments (phân công thụ lý): which officer of the agency works on a dossier.
//!
//! What may be read follows from the role held now at the agency that holds the dossier; an assignment
//! adds nothing to it. What it adds is whose work it is: while one officer has a dossier, the others who
//! work on it as processors read it and do not act, until they take it over, which is recorded. Leaders
//! act all the same, as does the desk in what is the desk's.
//!
//! A leader assigns (approver), because it is the leader who answers for the work. The administrator of
//! the agency does not: administrators read no dossier, and nobody should assign what they may not see.

use crate::{
    actor::{
        Actor,
        Role::{self, Approver, Processor},
        Roles,
        Who::{self, Officer},
    },
    dossiers::{Case, Command},
    ids::{AgencyId, AssignmentId, DossierId, OfficerId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    time::Time,
};

/// The roles that do the work of a dossier after intake, and so may have one assigned.
pub const WORKERS: [Role; 2] = [Processor, Approver];

crate::vocabulary! {
    /// How an assignment ended.
    AssignmentEnd {
        /// A leader gave the dossier to another officer.
        Reassigned = "reassigned",
        /// Another officer took it over.
        TakenOver = "taken_over",
        /// It went back to the common pile.
        Released = "released",
        /// The dossier went to another agency.
        Transferred = "transferred",
    }
}

/// That a dossier is one officer's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// The dossier.
    pub dossier: DossierId,
    /// The agency the dossier was filed with.
    pub filed_with: AgencyId,
    /// The agency that held the dossier then, whose officer it is.
    pub holder: AgencyId,
    /// Whose work it is.
    pub officer: OfficerId,
    /// Who said so; the officer themself where they took it up.
    pub assigned_by: OfficerId,
    /// When.
    pub assigned_at: Time,
    /// Why, in words for the agency.
    pub reason: Option<Personal<String>>,
}

/// Whether somebody with these roles at the dossier's agency can work on it.
pub fn can_work(roles: Roles) -> bool {
    WORKERS.into_iter().any(|role| roles.has(role))
}

/// Nothing if the dossier can be given to somebody who holds these roles at its agency.
///
/// # Errors
/// `unknown-reference` at `/officer_id`; whether there is such an officer elsewhere is not told.
pub fn can_be_given_to(roles: Roles) -> Result<(), Rejection> {
    if can_work(roles) {
        return Ok(());
    }
    let fault = Fault::new("/officer_id", Code::UnknownReference).because(
        "Cơ quan không có cán bộ nào như vậy đang giữ vai trò thụ lý hoặc phê duyệt.",
        "No such officer of this agency holds a role that works on dossiers.",
    );
    Rejection::of_faults(vec![fault])
}

/// Nothing unless this is another officer's work. A row of the table that lists a further role of the
/// actor's beside the processor's is open to them by that one.
///
/// # Errors
/// `assigned-to-another`.
pub fn is_not_anothers_work(
    case: &Case,
    command: Command,
    who: &[Who],
    actor: &Actor,
) -> Result<(), Code> {
    let Actor::Officer {
        officer,
        agency: _,
        roles: _,
    } = actor
    else {
        return Ok(());
    };
    let is_theirs = |assignee| assignee == *officer || case.stands_in_for == Some(assignee);
    let anothers = case.assignee.is_some_and(|assignee| !is_theirs(assignee));
    let otherwise = |one: &Who| *one != Officer(Processor) && actor.is_one_of(&[*one]);
    if !anothers || command == Command::TakeUp || who.iter().any(otherwise) {
        Ok(())
    } else {
        Err(Code::AssignedToAnother)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_processes_or_decides_can_have_a_dossier_and_nobody_else() {
        for role in Role::ALL {
            let can = matches!(role, Processor | Approver);
            assert_eq!(can_work(Roles::of(&[role])), can, "{role:?}");
            assert_eq!(can_be_given_to(Roles::of(&[role])).is_ok(), can, "{role:?}");
        }
        assert!(!can_work(Roles::none()));
    }
}
