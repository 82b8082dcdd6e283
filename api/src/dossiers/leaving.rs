//! The citizen takes a dossier back.

use domain::dossiers::{Dossier, decide};
use persistence::Tx;

use super::beats::{self, Target};
use crate::{call::Call, failure::Failure, office::intake::drop_debts};

/// Asks for the dossier back; for a person without an account the desk does. Before acceptance nobody has to agree: it is let go in the same
/// transaction, as a second step the citizen can see.
///
/// # Errors
/// `state-forbids` once a result exists, `dossier-has-owner` for the desk when there is an account;
/// those of [`beats::change`].
pub fn withdraw_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: Option<&str>,
) -> Result<Dossier, Failure> {
    let asked = beats::change(tx, call, target, |_, case| {
        Ok(decide::withdraw(
            case,
            &call.actor,
            reason.map(str::to_owned),
        )?)
    })?;
    if asked.accepted_at.is_some() {
        return Ok(asked);
    }
    let case = beats::case_of(tx, call, asked)?;
    let released = beats::save(tx, &call.as_system(), decide::release_unaccepted(&case)?)?;
    drop_debts(tx, &released)?;
    Ok(released)
}
