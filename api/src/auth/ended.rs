//! Sessions that were ended while access tokens of theirs still hold.
//!
//! An access token is checked without asking the store. So that it stops to hold with its session,
//! each process keeps the few sessions in mind that were ended within the life of a token: its own at
//! once, those that other processes ended within a second (`sessions::following`).

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use domain::{ids::SessionId, time::Time};

/// The sessions that ended lately.
#[derive(Debug, Default)]
pub struct EndedSessions {
    ended: RwLock<HashMap<SessionId, Time>>,
}

impl EndedSessions {
    /// Whether the session is known to have ended.
    pub fn holds(&self, id: SessionId) -> bool {
        // Nothing is ever half done under the lock, so a panic elsewhere leaves it sound.
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        ended.contains_key(&id)
    }

    /// Keeps sessions in mind that ended then; how many of them are news.
    pub fn note(&self, sessions: impl IntoIterator<Item = (SessionId, Time)>) -> usize {
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        let before = ended.len();
        ended.extend(sessions);
        ended.len() - before
    }

    /// Lets go of sessions that ended before then: their tokens hold no more by themselves.
    pub fn forget(&self, before: Time) {
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, at| *at >= before);
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::Id;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_ended_is_kept_in_mind_until_it_does_not_matter() {
        let at =
            |second: i64| Time::from_micros(second * 1_000_000).unwrap_or_else(|| unreachable!());
        let id = |number| Id::from_uuid(Uuid::from_u128(number));
        let ended = EndedSessions::default();
        assert_eq!(ended.note([(id(1), at(1)), (id(2), at(2))]), 2);
        assert_eq!(ended.note([(id(2), at(2))]), 0);
        ended.forget(at(2));
        assert_eq!(
            [1, 2, 3].map(|it| ended.holds(id(it))),
            [false, true, false]
        );
    }
}
