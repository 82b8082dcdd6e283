//! Whether a citizen is known surely enough to file: asked of the account, in the transaction.

use domain::{
    actor::Actor,
    dossiers::{Channel, Dossier},
    identities::{AssuranceLevel, refuse_below},
    procedures::ProcedureVersion,
    rejection::Rejection,
};
use persistence::{Tx, disclosures::Reading, people};

use crate::failure::Failure;

/// The rule's no, if the owner of a dossier filed online, or the citizen who files it for somebody else, is
/// not known as surely as the procedure needs. At the counter and in the post the desk sees who it is.
///
/// # Errors
/// As the store reports them.
pub fn level_refusal(
    tx: &mut Tx,
    actor: &Actor,
    dossier: &Dossier,
    procedure: &ProcedureVersion,
) -> Result<Option<Rejection>, Failure> {
    let needed = procedure.needs_level();
    if dossier.channel != Channel::Online || needed == AssuranceLevel::Phone {
        return Ok(None);
    }
    let files = match actor {
        Actor::Citizen { person } => Some(*person),
        Actor::Officer { .. } | Actor::System => None,
    };
    let delegate = files.filter(|person| dossier.owner != Some(*person));
    for person in dossier.owner.into_iter().chain(delegate) {
        let known = people::find(tx, person, &Reading::Own(person))?;
        if let Err(refusal) = refuse_below(needed, known.assurance) {
            return Ok(Some(refusal));
        }
    }
    Ok(None)
}
