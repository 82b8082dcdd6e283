//! Who may read dossiers, and the papers in them: no more than the work needs (law 91/2025 on personal
//! data: minimisation). Of which dossiers, the actor's `Sight` says.

use crate::{
    actor::{
        Actor,
        Role::{Approver, Auditor, Cashier, Processor, Receiver, Returner},
        Who::{self, Citizen, Officer, System},
    },
    rejection::Code,
};

/// Whoever works on a case: receives, examines, decides, hands over; the cashier, who must know whom
/// and what the money is for; and the auditor, whose task is to see what the others saw and did. A
/// statistician has the figures, and administrators have accounts and the catalogue: none of it needs
/// anybody's dossier.
const OF_DOSSIERS: &[Who] = &[
    Citizen,
    Officer(Receiver),
    Officer(Processor),
    Officer(Approver),
    Officer(Returner),
    Officer(Cashier),
    Officer(Auditor),
    System,
];

/// The same but for the cashier: taking money needs no copy of anybody's papers.
const OF_FILES: &[Who] = &[
    Citizen,
    Officer(Receiver),
    Officer(Processor),
    Officer(Approver),
    Officer(Returner),
    Officer(Auditor),
    System,
];

/// Nothing if this actor may read the dossiers in their sight.
///
/// # Errors
/// `role-forbids`.
pub fn may_read_dossiers(actor: &Actor) -> Result<(), Code> {
    listed(actor, OF_DOSSIERS)
}

/// Nothing if this actor may read the papers and results of the dossiers in their sight.
///
/// # Errors
/// `role-forbids`.
pub fn may_read_files(actor: &Actor) -> Result<(), Code> {
    listed(actor, OF_FILES)
}

fn listed(actor: &Actor, readers: &[Who]) -> Result<(), Code> {
    if actor.is_one_of(readers) {
        Ok(())
    } else {
        Err(Code::RoleForbids)
    }
}

#[cfg(test)]
mod tests {
    use super::{may_read_dossiers, may_read_files};
    use crate::{
        actor::{Actor, Role},
        dossiers::specimen::{citizen, officer},
    };

    fn reads(actor: &Actor) -> (bool, bool) {
        (
            may_read_dossiers(actor).is_ok(),
            may_read_files(actor).is_ok(),
        )
    }

    #[test]
    fn each_role_reads_what_its_work_needs() {
        for role in Role::ALL {
            let expected = match role {
                Role::Receiver
                | Role::Processor
                | Role::Approver
                | Role::Returner
                | Role::Auditor => (true, true),
                Role::Cashier => (true, false),
                Role::Statistician | Role::AgencyAdministrator | Role::ProvinceAdministrator => {
                    (false, false)
                }
            };
            assert_eq!(reads(&officer(&[role])), expected, "{role:?}");
        }
        assert_eq!(reads(&officer(&[])), (false, false));
        let both = officer(&[Role::Statistician, Role::Receiver]);
        assert_eq!(
            reads(&both),
            (true, true),
            "a second role takes nothing away"
        );
        assert_eq!(reads(&citizen()), (true, true));
        assert_eq!(reads(&Actor::System), (true, true));
    }
}
