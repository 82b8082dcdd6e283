//! Supplement requests once they are asked for: see them, answer the open one.

use domain::{
    disclosures::AccessAction,
    dossiers::{Dossier, decide},
    ids::{DossierId, SupplementId},
    personal::Personal,
};
use persistence::{Tx, supplements};

use super::{render::supplement_view, wire::SupplementList};
use crate::{
    call::Call,
    disclosures::opening::opened,
    dossiers::beats::{self, Target},
    failure::Failure,
};

/// The supplement requests of a dossier that the actor may see, by round.
///
/// # Errors
/// `not-found`.
pub fn list_supplements(
    tx: &mut Tx,
    call: &Call,
    id: DossierId,
) -> Result<SupplementList, Failure> {
    opened(tx, call, id, AccessAction::Follow)?;
    let requests = supplements::of_dossier(tx, id)?;
    Ok(SupplementList {
        items: requests.iter().map(supplement_view).collect(),
    })
}

/// Answers the request: every paper asked for has been attached since. The clock runs again.
///
/// # Errors
/// `answer-incomplete` with each paper still missing, `supplement-lapsed`, and those of
/// [`beats::change`].
pub fn answer_supplement(
    tx: &mut Tx,
    call: &Call,
    id: SupplementId,
    version: i64,
    note: Option<&Personal<String>>,
) -> Result<Dossier, Failure> {
    let target = Target {
        id: supplements::dossier_of(tx, id, call.reading(AccessAction::Work)?.sight())?,
        version,
    };
    answer_open_round(tx, call, target, note)
}

/// Answers the request that is open in this dossier.
///
/// # Errors
/// As [`answer_supplement`]; `state-forbids` when none is open.
pub fn answer_open_round(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    note: Option<&Personal<String>>,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        let working = call.posted.working_time(case.dossier.filed_with)?;
        Ok(decide::answer(case, &call.actor, note.cloned(), &working)?)
    })
}
