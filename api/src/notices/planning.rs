//! Decides by which ways a notice goes, and puts it on each of them.

use std::sync::Arc;

use domain::{
    ids::{NoticeDeliveryId, NoticeId},
    mandates::{Act, Reach},
    notices::{
        DeliveryState, Moot, Notice, NoticeChannel, Planned, Reachable, SkipReason, moot, plan,
    },
    time::Time,
};
use persistence::{
    Json, Store, StoreError, Tx,
    disclosures::Reading,
    dossiers,
    notices::{
        self,
        deliveries::{self, Delivery},
        devices, preferences,
    },
    outbox::{self, Backoff, Entry, NewEntry},
    people,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    channels::topic,
    making::{NOTICE, Waiting},
};
use crate::{
    app::App,
    failure::Failure,
    id_source::IdSource,
    worker::deliver::{Deliver, Delivered, Delivery as Delivering, Undelivered, parsed},
};

/// What the outbox holds of a delivery.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct OnItsWay {
    /// The delivery.
    pub(super) delivery_id: NoticeDeliveryId,
}

/// Plans the ways of each notice. Where no channel is connected it is a line of the log: which kind, and
/// nothing about a person.
pub struct Planner {
    store: Store,
    ids: Arc<dyn IdSource>,
    connected: Vec<NoticeChannel>,
}

impl Planner {
    /// A planner for the channels that are connected.
    pub fn new(app: &App) -> Self {
        Self {
            store: app.store.clone(),
            ids: Arc::clone(&app.ids),
            connected: app.channels.names(),
        }
    }
}

impl Deliver for Planner {
    fn topic(&self) -> &'static str {
        NOTICE
    }

    fn backoff(&self) -> Backoff {
        Backoff {
            first: chrono::Duration::seconds(10),
            longest: chrono::Duration::hours(1),
            attempts: 12,
        }
    }

    fn is_secret(&self) -> bool {
        false
    }

    fn deliver<'a>(&'a self, entry: &'a Entry, now: Time) -> Delivering<'a> {
        Box::pin(async move {
            let Waiting { notice_id, kind } = parsed(entry)?;
            tracing::info!(%notice_id, kind = kind.as_str(), "notice");
            if self.connected.is_empty() {
                return Ok(Delivered::Yes);
            }
            let (connected, ids) = (self.connected.clone(), Arc::clone(&self.ids));
            let work =
                move |tx: &mut Tx| plan_notice(tx, (ids.as_ref(), now), &connected, notice_id);
            self.store
                .write(work)
                .await
                .map_err(|failure: Failure| Undelivered::because(failure.code()))
        })
    }
}

/// Whom the ids of deliveries come from, and when.
pub(super) type Making<'a> = (&'a (dyn IdSource + 'static), Time);

/// Plans the ways of a notice, once.
fn plan_notice(
    tx: &mut Tx,
    making: Making<'_>,
    connected: &[NoticeChannel],
    id: NoticeId,
) -> Result<Delivered, Failure> {
    let Some(notice) = notices::find_for_worker(tx, id)? else {
        return Ok(Delivered::Obsolete);
    };
    if !deliveries::of_notices(tx, &[id])?.is_empty() {
        return Ok(Delivered::Yes);
    }
    let person = match people::find(tx, notice.person, &Reading::House) {
        Ok(person) => person,
        Err(StoreError::Absent) => return Ok(Delivered::Obsolete),
        Err(error) => return Err(error.into()),
    };
    let chosen = preferences::find(tx, notice.person)?;
    let phones = devices::signed_in(tx, notice.person, making.1)?;
    let reachable = Reachable {
        device: !phones.is_empty(),
        phone: person.phone.is_some(),
        email: chosen.email.is_some(),
    };
    let late = is_moot(tx, &notice, making.1)?;
    for (channel, planned) in plan(notice.kind, &chosen, connected, reachable) {
        let planned = if late {
            Planned::Skip(SkipReason::Moot)
        } else {
            planned
        };
        let targets: Vec<Uuid> = match (channel, planned) {
            (NoticeChannel::Push, Planned::Send) => phones.iter().map(|it| it.uuid()).collect(),
            (_, _) => vec![notice.id.uuid()],
        };
        for target in targets {
            put(tx, making, &notice, (channel, target, planned))?;
        }
    }
    Ok(Delivered::Yes)
}

/// Whether nobody needs a notice any more.
pub(super) fn is_moot(tx: &mut Tx, notice: &Notice, now: Time) -> Result<bool, Failure> {
    let state = match notice.dossier {
        Some(dossier) => {
            let reach = Reach {
                person: notice.person,
                on: now.date(),
                act: Act::Read,
            };
            // Whose mandate has ended meanwhile is told nothing more.
            if !dossiers::is_seen_by(tx, dossier, reach)? {
                return Ok(true);
            }
            dossiers::state_for_worker(tx, dossier)?
        }
        None => None,
    };
    let against = Moot {
        created_at: notice.created_at,
        act_by: notice.act_by,
        state,
    };
    Ok(moot(notice.kind, against, now))
}

/// Writes down what becomes of a notice on a channel, and puts it on its way if it goes.
fn put(
    tx: &mut Tx,
    (ids, now): Making<'_>,
    notice: &Notice,
    (channel, target, planned): (NoticeChannel, Uuid, Planned),
) -> Result<(), Failure> {
    let (state, reason) = match planned {
        Planned::Send => (DeliveryState::Pending, None),
        Planned::Skip(why) => (DeliveryState::Skipped, Some(why.as_str().to_owned())),
    };
    let delivery = Delivery {
        id: ids.id(now),
        notice: notice.id,
        channel,
        target,
        state,
        reason,
        reference: None,
        created_at: now,
        taken_at: None,
        settled_at: (state == DeliveryState::Skipped).then_some(now),
        look_at: None,
    };
    deliveries::insert(tx, &delivery)?;
    if state == DeliveryState::Pending {
        send_off(tx, (ids, now), &delivery)?;
    }
    Ok(())
}

/// Puts a delivery on its way.
pub(super) fn send_off(
    tx: &mut Tx,
    (ids, now): Making<'_>,
    delivery: &Delivery,
) -> Result<(), Failure> {
    let waiting = OnItsWay {
        delivery_id: delivery.id,
    };
    let entry = NewEntry {
        id: ids.id(now),
        topic: topic(delivery.channel),
        key: &delivery.id.to_string(),
        payload: Json::of(&waiting)?,
        now,
    };
    Ok(outbox::put(tx, entry)?)
}
