//! Mandates whose last day has passed end by themselves. That they open nothing any more does not wait
//! for this: it only writes down that it is so.

use domain::{actor::Actor, ids::MandateId};
use persistence::{Tx, mandates};

use super::use_cases::trace;
use crate::{app::App, call::Call, failure::Failure};

/// How many mandates one round ends.
const BATCH: i64 = 100;

/// Ends every mandate whose last day has passed; how many.
///
/// # Errors
/// The last one that did not end; it keeps none of the others waiting.
pub async fn end_what_is_past(app: &App) -> Result<usize, Failure> {
    let today = app.clock.now().date();
    let find = move |tx: &mut Tx| mandates::past(tx, today, BATCH);
    let (mut ended, mut failed) = (0, None);
    for id in app.store.read(find).await? {
        let call = app.call(Actor::System);
        match app.store.write(move |tx| expire(tx, &call, id)).await {
            Ok(done) => ended += usize::from(done),
            Err(failure) => failed = Some(failure),
        }
    }
    failed.map_or(Ok(ended), Err)
}

/// Ends one mandate, unless it ended in the meantime.
fn expire(tx: &mut Tx, call: &Call, id: MandateId) -> Result<bool, Failure> {
    let mandate = mandates::lock_for_worker(tx, id)?;
    let Ok(expired) = mandate.expire(call.now) else {
        return Ok(false);
    };
    mandates::update(tx, &expired)?;
    trace(tx, call, "mandate_expired", &expired, None)?;
    Ok(true)
}
