//! Sends what is on its way by one channel.

use std::sync::Arc;

use domain::{
    ids::{NoticeDeliveryId, PushDeviceId},
    notices::{DeliveryState, Notice, NoticeChannel, SkipReason},
    personal::Personal,
    time::Time,
};
use persistence::{
    Store, StoreError, Tx,
    disclosures::Reading,
    notices::{
        self,
        deliveries::{self, Delivery},
        devices, preferences,
    },
    outbox::{Backoff, Entry},
    people,
};

use super::{
    channels::{Answer, Channel, Message, topic},
    planning::{OnItsWay, is_moot},
    settling::{Settled, Settling},
};
use crate::{
    app::App,
    clock::Clock,
    extract::Language,
    failure::Failure,
    id_source::IdSource,
    worker::deliver::{Deliver, Delivered, Delivery as Delivering, Undelivered, parsed},
};

/// Waits from half a minute to an hour; after a day of failures an administrator looks.
const BACKOFF: Backoff = Backoff {
    first: chrono::Duration::seconds(30),
    longest: chrono::Duration::hours(1),
    attempts: 30,
};

/// Sends by one channel.
pub struct Sending {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    channel: Arc<dyn Channel>,
    connected: Vec<NoticeChannel>,
}

/// What is to be done about a delivery.
pub(super) enum Task {
    /// Nothing: it was done, or its notice is gone.
    Over,
    /// It is not sent any more, for this reason.
    Skip(SkipReason),
    /// It is sent.
    Send(Box<Message>),
}

impl Sending {
    /// One for each channel that is connected.
    pub fn all(app: &App) -> Vec<Arc<dyn Deliver>> {
        let sending = |channel: &Arc<dyn Channel>| -> Arc<dyn Deliver> {
            Arc::new(Self {
                store: app.store.clone(),
                clock: Arc::clone(&app.clock),
                ids: Arc::clone(&app.ids),
                channel: Arc::clone(channel),
                connected: app.channels.names(),
            })
        };
        app.channels.iter().map(sending).collect()
    }

    fn settling(&self) -> Settling {
        Settling {
            ids: Arc::clone(&self.ids),
            connected: self.connected.clone(),
            now: self.clock.now(),
        }
    }

    async fn send(
        &self,
        id: NoticeDeliveryId,
        (now, is_last): (Time, bool),
    ) -> Result<Settled, Failure> {
        let look = move |tx: &mut Tx| task(tx, id, now);
        let message = match self.store.read(look).await? {
            Task::Over => return Ok(Settled::Over),
            Task::Skip(why) => {
                let settling = self.settling();
                let skip = move |tx: &mut Tx| settling.skip(tx, id, why);
                self.store.write(skip).await?;
                return Ok(Settled::Over);
            }
            Task::Send(message) => message,
        };
        let answer = self.channel.send(&message, now).await;
        count(self.channel.channel(), &answer);
        let settling = self.settling();
        let settle = move |tx: &mut Tx| settling.answer(tx, id, (&answer, is_last));
        self.store.write(settle).await
    }
}

fn count(channel: NoticeChannel, answer: &Answer) {
    let answer = match answer {
        Answer::Taken { .. } => "taken",
        Answer::Refused(_) => "refused",
        Answer::Gone => "gone",
        Answer::Throttled(_) => "throttled",
        Answer::Failed(_) => "failed",
    };
    metrics::counter!("notices_sent_total", "channel" => channel.as_str(), "answer" => answer)
        .increment(1);
}

impl Deliver for Sending {
    fn topic(&self) -> &'static str {
        topic(self.channel.channel())
    }

    fn backoff(&self) -> Backoff {
        BACKOFF
    }

    fn is_secret(&self) -> bool {
        false
    }

    fn deliver<'a>(&'a self, entry: &'a Entry, now: Time) -> Delivering<'a> {
        Box::pin(async move {
            let OnItsWay { delivery_id } = parsed(entry)?;
            let is_last = entry.attempts >= BACKOFF.attempts;
            let sent = self.send(delivery_id, (now, is_last)).await;
            match sent.map_err(|failure| Undelivered::because(failure.code()))? {
                Settled::Over => Ok(Delivered::Yes),
                Settled::Again(why, retry_after) => Err(Undelivered { why, retry_after }),
            }
        })
    }
}

/// What is to be done about a delivery now, with the place it goes to opened for this moment.
fn task(tx: &mut Tx, id: NoticeDeliveryId, now: Time) -> Result<Task, Failure> {
    let Some(delivery) = deliveries::find(tx, id)? else {
        return Ok(Task::Over);
    };
    // One that failed is here because an administrator wants it tried again.
    let waits = matches!(
        delivery.state,
        DeliveryState::Pending | DeliveryState::Failed
    );
    let notice = notices::find_for_worker(tx, delivery.notice)?;
    let Some(notice) = notice.filter(|_| waits) else {
        return Ok(Task::Over);
    };
    if is_moot(tx, &notice, now)? {
        return Ok(Task::Skip(SkipReason::Moot));
    }
    message(tx, &notice, &delivery, now)
}

/// The message of a delivery, with the place it goes to.
pub(super) fn message(
    tx: &mut Tx,
    notice: &Notice,
    delivery: &Delivery,
    now: Time,
) -> Result<Task, Failure> {
    let person = match people::find(tx, notice.person, &Reading::House) {
        Ok(person) => person,
        Err(StoreError::Absent) => return Ok(Task::Over),
        Err(error) => return Err(error.into()),
    };
    let to = match delivery.channel {
        NoticeChannel::Push => token(tx, notice, delivery, now)?,
        NoticeChannel::Zalo | NoticeChannel::Sms => person.phone,
        NoticeChannel::Email => preferences::find(tx, notice.person)?.email,
    };
    let Some(to) = to else {
        return Ok(Task::Skip(SkipReason::NoAddress));
    };
    Ok(Task::Send(Box::new(Message {
        id: notice.id,
        to,
        kind: notice.kind,
        facts: notice.facts.clone(),
        act_by: notice.act_by,
        language: match person.language.as_str() {
            "en" => Language::En,
            _ => Language::Vi,
        },
    })))
}

/// The token of the device a delivery goes to; of any that is signed in, where it was to go to none at first.
fn token(
    tx: &mut Tx,
    notice: &Notice,
    delivery: &Delivery,
    now: Time,
) -> Result<Option<Personal<String>>, Failure> {
    let device = if delivery.target == notice.id.uuid() {
        devices::signed_in(tx, notice.person, now)?
            .into_iter()
            .next()
    } else {
        Some(PushDeviceId::from_uuid(delivery.target))
    };
    match device {
        Some(device) => Ok(devices::token(tx, (notice.person, device), now)?),
        None => Ok(None),
    }
}
