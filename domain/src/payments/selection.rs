//! Which obligations a payment, or a request to pay, is about.

use super::{Obligation, fees::CollectedAt};
use crate::{
    ids::ObligationId,
    rejection::{Code, Fault, Rejection},
    time::Time,
};

/// The obligations that are named, or everything owed now if none is.
///
/// # Errors
/// `invalid-content` at `/obligation_ids` when the list is empty, or names one that is not the
/// dossier's or one twice; `nothing-owed` when one of them is not due.
pub fn selected(
    owed: &[Obligation],
    named: Option<&[ObligationId]>,
) -> Result<Vec<Obligation>, Rejection> {
    let Some(named) = named else {
        return Ok(owed.iter().filter(|one| one.is_due()).cloned().collect());
    };
    let (mut chosen, mut faults) = (Vec::new(), Vec::new());
    if named.is_empty() {
        faults.push(Fault::new("/obligation_ids", Code::Required));
    }
    for (place, id) in named.iter().enumerate() {
        let mut fault = |code| faults.push(Fault::new(format!("/obligation_ids/{place}"), code));
        match owed.iter().find(|one| one.id == *id) {
            None => fault(Code::UnknownReference),
            Some(_) if named.iter().take(place).any(|before| before == id) => {
                fault(Code::Duplicate);
            }
            Some(one) => chosen.push(one.clone()),
        }
    }
    Rejection::of_faults(faults)?;
    if chosen.iter().all(Obligation::is_due) {
        Ok(chosen)
    } else {
        Err(Code::NothingOwed.into())
    }
}

/// What the citizen is asked to pay before work goes on: the obligations named, or everything owed.
/// Work goes on in the unit, so what is collected at intake cannot be left out.
///
/// # Errors
/// Those of [`selected`]; `fees-open` when a fee of intake is due and not asked for.
pub fn asked(
    owed: &[Obligation],
    named: Option<&[ObligationId]>,
    at: Time,
) -> Result<Vec<Obligation>, Rejection> {
    let chosen = selected(owed, named)?;
    let is_left_out = |one: &Obligation| {
        let of_intake = one.is_due() && one.collected == CollectedAt::Intake;
        of_intake && !chosen.iter().any(|other| other.id == one.id)
    };
    if owed.iter().any(is_left_out) {
        return Err(Code::FeesOpen.into());
    }
    let asked: Result<_, Code> = chosen.iter().map(|one| one.ask(at)).collect();
    Ok(asked?)
}

/// What is asked for together with missing papers: the obligations whose rule says so. Nothing waits
/// for them there; they are settled before the hand-over like every other.
pub fn asked_with_supplement(owed: &[Obligation], at: Time) -> Vec<Obligation> {
    let of_supplement = |one: &&Obligation| one.collected == CollectedAt::Supplement;
    let asked = owed.iter().filter(of_supplement);
    // Only what is due can be asked for.
    asked.filter_map(|one| one.ask(at).ok()).collect()
}

/// Whether everything the citizen was asked for is paid or waived.
pub fn what_was_asked_is_settled(owed: &[Obligation]) -> bool {
    !owed
        .iter()
        .any(|one| one.is_due() && one.asked_at.is_some())
}
