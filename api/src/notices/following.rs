//! Asks providers what became of messages they have taken: some refuse only later.

use std::sync::Arc;

use domain::{
    notices::{DeliveryState, instead_of, next_look, report_is_overdue},
    time::Time,
};
use persistence::{
    Tx,
    notices::{
        self,
        deliveries::{self, Delivery},
    },
};

use super::{
    channels::{Channels, Whereabouts},
    sending::{Task, message},
    settling::Settling,
};
use crate::{app::App, failure::Failure};

/// How many messages are asked for between two looks.
const BATCH: i64 = 50;

/// Asks about every message whose time for it has come; how many.
///
/// # Errors
/// The first of what went wrong; the others are asked about in the next round.
pub async fn follow(app: &App) -> Result<usize, Failure> {
    let now = app.clock.now();
    let look = move |tx: &mut Tx| {
        let mut found = Vec::new();
        for delivery in deliveries::to_look_at(tx, now, BATCH)? {
            let notice = notices::find_for_worker(tx, delivery.notice)?;
            let task = match notice {
                Some(notice) => message(tx, &notice, &delivery, now)?,
                None => Task::Over,
            };
            found.push((delivery, task));
        }
        Ok::<_, Failure>(found)
    };
    let found = app.store.read(look).await?;
    let asked = found.len();
    for (delivery, task) in found {
        let whereabouts = ask(&app.channels, &delivery, &task).await;
        let settling = Settling {
            ids: Arc::clone(&app.ids),
            connected: app.channels.names(),
            now,
        };
        let note = move |tx: &mut Tx| note(tx, &settling, &delivery, (whereabouts, now));
        app.store.write(note).await?;
    }
    Ok(asked)
}

async fn ask(channels: &Channels, delivery: &Delivery, task: &Task) -> Whereabouts {
    let reference = delivery.reference.as_deref();
    match (channels.get(delivery.channel), reference, task) {
        (Some(channel), Some(reference), Task::Send(message)) => {
            channel.look(reference, message).await
        }
        (_, _, _) => Whereabouts::Unknown,
    }
}

/// Writes down what is known now. Where nothing is, and nothing was for a while, another way is tried if
/// there is one: the citizen may be told twice, and is not told nothing.
fn note(
    tx: &mut Tx,
    settling: &Settling,
    seen: &Delivery,
    (whereabouts, now): (Whereabouts, Time),
) -> Result<(), Failure> {
    let Some(delivery) = deliveries::lock(tx, seen.id)? else {
        return Ok(());
    };
    if delivery.state != DeliveryState::Sent {
        return Ok(());
    }
    match whereabouts {
        Whereabouts::Arrived => {
            let arrived = Delivery {
                state: DeliveryState::Delivered,
                settled_at: Some(now),
                look_at: None,
                ..delivery
            };
            deliveries::save(tx, &arrived)?;
            Ok(())
        }
        Whereabouts::Lost => settling.fail(tx, delivery, "not_delivered"),
        Whereabouts::Unknown => {
            let taken_at = delivery.taken_at.unwrap_or(now);
            let waiting = Delivery {
                look_at: next_look(taken_at, now),
                ..delivery
            };
            deliveries::save(tx, &waiting)?;
            if report_is_overdue(taken_at, now) && instead_of(waiting.channel).is_some() {
                settling.go_on(tx, &waiting)?;
            }
            Ok(())
        }
    }
}
