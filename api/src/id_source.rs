//! Where new identifiers come from: random UUIDv7, or a counted sequence in tests.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::{ids::Id, time::Time};
use uuid::{Builder, NoContext, Timestamp, Uuid};

/// A source of UUIDv7 (RFC 9562), whose leading bits are the time of the request.
pub trait IdSource: Send + Sync + 'static {
    /// A new identifier, never given before.
    fn uuid(&self, now: Time) -> Uuid;
}

impl dyn IdSource {
    /// A new identifier of the kind that is needed.
    pub fn id<K>(&self, now: Time) -> Id<K> {
        Id::from_uuid(self.uuid(now))
    }
}

/// UUIDv7 with 74 random bits.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl IdSource for RandomIds {
    fn uuid(&self, now: Time) -> Uuid {
        let micros = u64::try_from(now.micros()).unwrap_or_default();
        let nanos = u32::try_from(micros % 1_000_000).unwrap_or_default() * 1000;
        Uuid::new_v7(Timestamp::from_unix(NoContext, micros / 1_000_000, nanos))
    }
}

/// UUIDv7 whose random part counts up, so that a test run twice makes the same identifiers.
#[derive(Debug, Default)]
pub struct CountedIds(AtomicU64);

impl IdSource for CountedIds {
    fn uuid(&self, now: Time) -> Uuid {
        let millis = u64::try_from(now.micros() / 1000).unwrap_or_default();
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        let mut random = [0_u8; 10];
        for (to, from) in random.iter_mut().skip(2).zip(count.to_be_bytes()) {
            *to = from;
        }
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sources_make_distinct_version_seven_ids() {
        let now = Time::from_micros(1_790_000_000_000_000).unwrap_or_else(|| unreachable!());
        let counted = CountedIds::default();
        let sources: [&dyn IdSource; 2] = [&RandomIds, &counted];
        for source in sources {
            let (first, second) = (source.uuid(now), source.uuid(now));
            assert_ne!(first, second);
            assert_eq!(first.get_version_num(), 7);
        }
    }
}
