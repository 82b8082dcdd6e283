//! After an import, works out the due dates of open dossiers anew.

use domain::{actor::Actor, dossiers::decide, ids::DossierId};
use persistence::{Tx, dossiers, procedures};

use crate::{app::App, call::Call, dossiers::beats, failure::Failure};

/// How many dossiers are looked at in one transaction: each holds up the writers for a moment only.
const BATCH: i64 = 100;

/// Works out the due dates of all running clocks by the calendar in force here, if that was not done
/// since its import; how many moved. Done twice it moves nothing, so a worker that was interrupted
/// begins again.
pub(super) async fn recompute(app: &App) -> Result<usize, Failure> {
    let call = app.call(Actor::System);
    let generation = call.posted.generation();
    if app.store.read(procedures::recomputed_generation).await? >= generation {
        return Ok(0);
    }
    let (mut moved, mut after) = (0_usize, None);
    loop {
        let page = move |tx: &mut Tx| dossiers::with_running_clock(tx, after, BATCH);
        let ids = app.store.read(page).await?;
        let Some(last) = ids.last().copied() else {
            break;
        };
        after = Some(last);
        let call = call.clone();
        let batch = move |tx: &mut Tx| recompute_all(tx, &call, &ids);
        moved = moved.saturating_add(app.store.write(batch).await?);
    }
    let done = move |tx: &mut Tx| procedures::set_recomputed_generation(tx, generation);
    app.store.write(done).await?;
    Ok(moved)
}

fn recompute_all(tx: &mut Tx, call: &Call, ids: &[DossierId]) -> Result<usize, Failure> {
    let mut moved = 0_usize;
    for id in ids {
        let dossier = dossiers::lock_for_worker(tx, *id)?;
        let working = call.posted.working_time(dossier.filed_with)?;
        match decide::recompute_due(&dossier, call.now, &working) {
            Ok(None) => {}
            Ok(Some(decision)) => {
                beats::save(tx, call, decision)?;
                moved = moved.saturating_add(1);
            }
            // No calendar for its new date yet: it keeps the one it has until an import brings it.
            Err(rejection) => {
                tracing::warn!(dossier = %id, ?rejection, "a due date could not be worked out anew");
            }
        }
    }
    Ok(moved)
}
