//! Whether a citizen is known surely enough to file: asked of the account, in the transaction.

use domain::{
    dossiers::{Channel, Dossier},
    identities::{AssuranceLevel, refuse_below},
    procedures::ProcedureVersion,
    rejection::Rejection,
};
use persistence::{Tx, disclosures::Reading, people};

use crate::failure::Failure;

/// The rule's no, if the owner of a dossier filed online is not known as surely as the procedure needs.
/// At the counter and in the post the desk sees who it is.
///
/// # Errors
/// As the store reports them.
pub fn level_refusal(
    tx: &mut Tx,
    dossier: &Dossier,
    procedure: &ProcedureVersion,
) -> Result<Option<Rejection>, Failure> {
    let needed = procedure.needs_level();
    let (Channel::Online, Some(person)) = (dossier.channel, dossier.owner) else {
        return Ok(None);
    };
    if needed == AssuranceLevel::Phone {
        return Ok(None);
    }
    let owner = people::find(tx, person, &Reading::Own(person))?;
    Ok(refuse_below(needed, owner.assurance).err())
}
