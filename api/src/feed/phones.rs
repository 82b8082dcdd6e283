//! The phones that wait: woken when something has happened to their citizen. A phone that waits holds a few
//! hundred bytes here, and no thread and no connection of the store.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::ids::PersonId;
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout_at},
};

/// Everybody who waits in this process. Cloning is cheap.
#[derive(Debug, Clone, Default)]
pub struct Phones(Arc<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    people: Mutex<HashMap<PersonId, watch::Sender<u64>>>,
    /// That the log may have grown, or that somebody has begun to wait.
    news: Notify,
    closed: watch::Sender<bool>,
}

/// One phone's ear. What happens from its making on is heard.
#[derive(Debug)]
pub struct Ear {
    phones: Phones,
    person: PersonId,
    heard: watch::Receiver<u64>,
    closed: watch::Receiver<bool>,
}

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Something has happened to the citizen.
    News,
    /// The time is over.
    Nothing,
    /// The server stops.
    Closing,
}

impl Phones {
    /// Begins to listen for what happens to a citizen.
    pub fn listen(&self, person: PersonId) -> Ear {
        let mut people = self.people();
        if people.is_empty() {
            self.0.news.notify_one();
        }
        let heard = people.entry(person).or_default().subscribe();
        drop(people);
        Ear {
            phones: self.clone(),
            person,
            heard,
            closed: self.0.closed.subscribe(),
        }
    }

    /// Whether nobody waits.
    pub fn are_none(&self) -> bool {
        self.people().is_empty()
    }

    /// How many phones wait.
    pub fn listening(&self) -> usize {
        let people = self.people();
        people.values().map(watch::Sender::receiver_count).sum()
    }

    /// Tells that the log has grown.
    pub fn tell(&self) {
        self.0.news.notify_one();
    }

    /// Waits until the log may have grown, or somebody begins to wait.
    pub async fn told(&self) {
        self.0.news.notified().await;
    }

    /// Wakes the phones of these citizens.
    pub fn wake(&self, concerned: &BTreeSet<PersonId>) {
        let people = self.people();
        for person in concerned {
            if let Some(phones) = people.get(person) {
                phones.send_modify(|times| *times = times.wrapping_add(1));
            }
        }
    }

    /// Wakes everybody.
    pub fn wake_all(&self) {
        for phones in self.people().values() {
            phones.send_modify(|times| *times = times.wrapping_add(1));
        }
    }

    /// Ends all waiting, now and from now on.
    pub fn close(&self) {
        self.0.closed.send_replace(true);
    }

    fn people(&self) -> MutexGuard<'_, HashMap<PersonId, watch::Sender<u64>>> {
        // A panic elsewhere leaves the map whole: every operation on it is one call.
        self.0.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ear {
    /// Waits until something happens, at most until then.
    pub async fn hears(&mut self, until: Instant) -> Heard {
        let (heard, closed) = (&mut self.heard, &mut self.closed);
        let either = async {
            tokio::select! {
                // Neither sender goes away before its receivers: an error is no news.
                _ = closed.wait_for(|closed| *closed) => Heard::Closing,
                _ = heard.changed() => Heard::News,
            }
        };
        timeout_at(until, either).await.unwrap_or(Heard::Nothing)
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let mut people = self.phones.people();
        let last = people
            .get(&self.person)
            // This one is counted too.
            .is_some_and(|phones| phones.receiver_count() <= 1);
        if last {
            people.remove(&self.person);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::ids::Id;
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        Id::from_uuid(Uuid::from_u128(number))
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(20)
    }

    #[tokio::test]
    async fn a_phone_hears_of_its_citizen_and_of_no_other() {
        let phones = Phones::default();
        let [mut one, mut again, mut other] = [1, 1, 2].map(|it| phones.listen(person(it)));
        phones.wake(&BTreeSet::from([person(1), person(3)]));
        assert_eq!(one.hears(soon()).await, Heard::News);
        assert_eq!(again.hears(soon()).await, Heard::News);
        assert_eq!(one.hears(soon()).await, Heard::Nothing, "once is told once");
        assert_eq!(other.hears(soon()).await, Heard::Nothing);
        phones.wake_all();
        assert_eq!(other.hears(soon()).await, Heard::News);
    }

    #[tokio::test]
    async fn nobody_is_kept_who_has_hung_up_and_nobody_waits_for_a_server_that_stops() {
        let phones = Phones::default();
        let (one, again) = (phones.listen(person(1)), phones.listen(person(1)));
        drop(one);
        assert!(!phones.are_none());
        drop(again);
        assert!(phones.are_none());
        let mut before = phones.listen(person(1));
        phones.close();
        let mut after = phones.listen(person(2));
        assert_eq!(before.hears(soon()).await, Heard::Closing);
        assert_eq!(after.hears(soon()).await, Heard::Closing);
    }
}
