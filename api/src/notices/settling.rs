//! Writes down what a provider said of a delivery, and goes the next way where one failed for good.

use std::sync::Arc;

use chrono::Duration;
use domain::{
    ids::{NoticeDeliveryId, PushDeviceId},
    notices::{DeliveryState, NoticeChannel, SkipReason, Way, next_look, next_way},
    time::Time,
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    notices::{
        self,
        deliveries::{self, Delivery},
        devices,
    },
};
use serde_json::json;

use super::{channels::Answer, planning::send_off};
use crate::{failure::Failure, id_source::IdSource};

/// How long a device is left alone that wants to be and does not say how long.
const USUAL_PAUSE: Duration = Duration::minutes(1);

/// What is to be done about a delivery whose answer was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Settled {
    /// Nothing more.
    Over,
    /// It is to be tried again, perhaps not before a while.
    Again(String, Option<Duration>),
}

/// The circumstances of a settlement. Cheap to clone into the closure of a transaction.
#[derive(Clone)]
pub(super) struct Settling {
    /// Where ids come from.
    pub(super) ids: Arc<dyn IdSource>,
    /// Which channels are connected.
    pub(super) connected: Vec<NoticeChannel>,
    /// When.
    pub(super) now: Time,
}

impl Settling {
    /// Writes down the answer to an attempt, the last one perhaps.
    ///
    /// # Errors
    /// As the store reports them.
    pub(super) fn answer(
        &self,
        tx: &mut Tx,
        id: NoticeDeliveryId,
        (answer, is_last): (&Answer, bool),
    ) -> Result<Settled, Failure> {
        let Some(delivery) = deliveries::lock(tx, id)? else {
            return Ok(Settled::Over);
        };
        match answer {
            Answer::Taken { reference, reports } => {
                let looks = *reports && reference.is_some();
                let taken = Delivery {
                    state: DeliveryState::Sent,
                    reason: None,
                    reference: reference.clone(),
                    taken_at: Some(self.now),
                    look_at: looks.then(|| next_look(self.now, self.now)).flatten(),
                    ..delivery
                };
                deliveries::save(tx, &taken)?;
                Ok(Settled::Over)
            }
            Answer::Refused(why) => self.fail(tx, delivery, why).map(|()| Settled::Over),
            Answer::Gone => {
                self.forget_device(tx, &delivery)?;
                self.fail(tx, delivery, "gone").map(|()| Settled::Over)
            }
            Answer::Throttled(_) | Answer::Failed(_) if is_last => {
                self.fail(tx, delivery, "given_up")?;
                Ok(Settled::Again("given up".to_owned(), None))
            }
            Answer::Throttled(pause) => Ok(Settled::Again(
                "throttled".to_owned(),
                Some(pause.unwrap_or(USUAL_PAUSE)),
            )),
            Answer::Failed(why) => Ok(Settled::Again(why.clone(), None)),
        }
    }

    /// A delivery that nobody needs any more, or that has nowhere to go.
    ///
    /// # Errors
    /// As the store reports them.
    pub(super) fn skip(
        &self,
        tx: &mut Tx,
        id: NoticeDeliveryId,
        why: SkipReason,
    ) -> Result<(), Failure> {
        let Some(delivery) = deliveries::lock(tx, id)? else {
            return Ok(());
        };
        let skipped = Delivery {
            state: DeliveryState::Skipped,
            reason: Some(why.as_str().to_owned()),
            settled_at: Some(self.now),
            look_at: None,
            ..delivery
        };
        deliveries::save(tx, &skipped)?;
        if why == SkipReason::NoAddress {
            self.go_on(tx, &skipped)?;
        }
        Ok(())
    }

    /// A delivery that failed for good: the next way is gone if there is one.
    ///
    /// # Errors
    /// As the store reports them.
    pub(super) fn fail(&self, tx: &mut Tx, delivery: Delivery, why: &str) -> Result<(), Failure> {
        let failed = Delivery {
            state: DeliveryState::Failed,
            reason: Some(why.to_owned()),
            settled_at: Some(self.now),
            look_at: None,
            ..delivery
        };
        deliveries::save(tx, &failed)?;
        self.go_on(tx, &failed)
    }

    /// Puts the notice on the next way.
    ///
    /// # Errors
    /// As the store reports them.
    pub(super) fn go_on(&self, tx: &mut Tx, failed: &Delivery) -> Result<(), Failure> {
        let Some(notice) = notices::find_for_worker(tx, failed.notice)? else {
            return Ok(());
        };
        let all = deliveries::of_notices(tx, &[notice.id])?;
        let ways: Vec<Way> = all
            .iter()
            .filter(|it| self.connected.contains(&it.channel))
            .map(|it| Way {
                channel: it.channel,
                state: it.state,
                skipped: it.reason.as_deref().and_then(SkipReason::parse),
            })
            .collect();
        let Some(next) = next_way(notice.kind, failed.channel, &ways) else {
            return Ok(());
        };
        let waits = |it: &Delivery| it.channel == next && it.state == DeliveryState::Skipped;
        if let Some(delivery) = all.into_iter().find(waits) {
            let revived = Delivery {
                state: DeliveryState::Pending,
                reason: None,
                settled_at: None,
                ..delivery
            };
            deliveries::save(tx, &revived)?;
            send_off(tx, (self.ids.as_ref(), self.now), &revived)?;
        }
        Ok(())
    }

    /// Takes out a device that the provider does not know any more.
    fn forget_device(&self, tx: &mut Tx, delivery: &Delivery) -> Result<(), Failure> {
        let Some(notice) = notices::find_for_worker(tx, delivery.notice)? else {
            return Ok(());
        };
        let device = PushDeviceId::from_uuid(delivery.target);
        if devices::remove(tx, notice.person, device)? {
            let event = NewEvent {
                id: self.ids.id(self.now),
                dossier: None,
                agency: None,
                person: Some(notice.person),
                version: 1,
                kind: "push_device_removed",
                actor: &domain::actor::Actor::System,
                at: self.now,
                state: None,
                due_at: None,
                channel: None,
                payload: Json::of(&json!({ "push_device_id": device, "reason": "unregistered" }))?,
            };
            events::append(tx, event)?;
        }
        Ok(())
    }
}
