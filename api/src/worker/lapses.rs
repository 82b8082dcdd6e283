//! Closes dossiers whose supplement request nobody answered in time, each by itself.

use domain::{
    actor::Actor,
    dossiers::{State, decide},
    ids::DossierId,
};
use persistence::{Tx, dossiers};

use crate::{app::App, call::Call, dossiers::beats, failure::Failure, office::intake::drop_debts};

/// How many dossiers one round closes.
const BATCH: i64 = 100;

/// Closes every dossier whose reply-by date has passed; how many. One that cannot be closed keeps
/// none of the others waiting.
pub(super) async fn close_unanswered(app: &App) -> Result<usize, Failure> {
    let now = app.clock.now();
    let find = move |tx: &mut Tx| dossiers::with_lapsed_supplement(tx, now, BATCH);
    let (mut closed, mut failed) = (0, None);
    for id in app.store.read(find).await? {
        let call = app.call(Actor::System);
        match app.store.write(move |tx| close(tx, &call, id)).await {
            Ok(done) => closed += usize::from(done),
            Err(failure) => failed = Some(failure),
        }
    }
    failed.map_or(Ok(closed), Err)
}

/// Closes one dossier, unless it was answered or closed in the meantime.
fn close(tx: &mut Tx, call: &Call, id: DossierId) -> Result<bool, Failure> {
    let dossier = dossiers::lock_for_worker(tx, id)?;
    let case = beats::case_of(tx, call, dossier)?;
    let lapsed = case
        .latest_supplement()
        .is_some_and(|request| request.has_lapsed_at(call.now));
    if !lapsed || case.dossier.state != State::SupplementRequested {
        return Ok(false);
    }
    let working = call.posted.working_time(case.dossier.filed_with)?;
    let decision = decide::close_unanswered(&case, &working)?;
    let closed = beats::save(tx, call, decision)?;
    drop_debts(tx, &closed)?;
    Ok(true)
}
