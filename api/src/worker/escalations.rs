//! Escalates data-subject requests before a clock of the law runs out on them, each by itself.

use domain::actor::Actor;
use persistence::{Tx, data_requests};

use crate::{app::App, data_requests::escalating::escalate_data_request, failure::Failure};

/// How many requests are escalated between two looks.
const BATCH: i64 = 100;

/// Escalates every request whose alarm has gone off; how many. One that cannot be keeps none of the
/// others waiting.
pub(super) async fn escalate(app: &App) -> Result<usize, Failure> {
    let (mut escalated, now) = (0, app.clock.now());
    loop {
        let find = move |tx: &mut Tx| data_requests::with_alarm(tx, now, BATCH);
        let found = app.store.read(find).await?;
        let (mut done, mut failed) = (0, None);
        for id in found {
            let call = app.call(Actor::System);
            let work = move |tx: &mut Tx| escalate_data_request(tx, &call, id);
            match app.store.write(work).await {
                Ok(was_due) => done += usize::from(was_due),
                Err(failure) => failed = Some(failure),
            }
        }
        escalated += done;
        if let Some(failure) = failed {
            return Err(failure);
        }
        if done == 0 {
            return Ok(escalated);
        }
    }
}
