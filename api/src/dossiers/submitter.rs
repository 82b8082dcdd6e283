//! Who submitted for somebody else, once their account is erased.

use domain::{
    actor::Actor,
    dossiers::{Dossier, Party},
};
use persistence::{Tx, mandates, people};

use crate::{call::Call, failure::Failure};

/// The dossier as this caller may be shown it: of a delegate who was erased, a citizen sees the name. The
/// agency sees all of it, because its record says who submitted (law 33/2024 on archives).
///
/// # Errors
/// As the store reports them.
pub(crate) fn shown_to(tx: &mut Tx, call: &Call, dossier: Dossier) -> Result<Dossier, Failure> {
    let Actor::Citizen { person: _ } = call.actor else {
        return Ok(dossier);
    };
    let (Some(mandate), Some(submitter)) = (dossier.mandate, &dossier.submitter) else {
        return Ok(dossier);
    };
    let delegate = mandates::delegate_of(tx, mandate)?;
    if people::is_known(tx, delegate)? {
        return Ok(dossier);
    }
    let named = Party {
        full_name: submitter.full_name.clone(),
        personal_number: None,
        birth_date: None,
        phone: None,
        address: None,
    };
    Ok(Dossier {
        submitter: Some(named),
        ..dossier
    })
}
