//! The citizen's side of a supplement request: answer it.

use domain::{
    dossiers::{Dossier, decide},
    ids::SupplementId,
};
use persistence::{Tx, supplements};

use crate::{
    call::Call,
    dossiers::beats::{self, Target},
    failure::Failure,
};

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
) -> Result<Dossier, Failure> {
    let dossier = supplements::dossier_of(tx, id, call.actor.sight())?;
    beats::change(
        tx,
        call,
        Target {
            id: dossier,
            version,
        },
        |_, case| {
            let working = call.posted.working_time(case.dossier.agency)?;
            Ok(decide::answer(case, &call.actor, &working)?)
        },
    )
}
