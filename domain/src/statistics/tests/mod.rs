//! Tests of the figures: the fortnight, the boundaries, single histories, random histories.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod fortnight;
mod histories;
mod properties;
mod rates;

use chrono::{Duration, NaiveDate};
use uuid::Uuid;

use super::*;
use crate::{ids::DossierId, time::Time};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A local date and time, `2026-02-11 07:30`.
fn at(local: &str) -> Time {
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    Time::from_local(local)
}

fn tick() -> Duration {
    Duration::microseconds(1)
}

fn period(from: &str, to: &str) -> Period {
    Period::of_days(day(from), day(to)).unwrap()
}

fn dossier(number: u128) -> DossierId {
    DossierId::from_uuid(Uuid::from_u128(number))
}

fn milestone(number: u128, at: Time, stage: Stage, due_at: Option<Time>) -> Milestone {
    Milestone {
        dossier: dossier(number),
        at,
        stage,
        due_at,
        channel: Channel::Online,
        answer_due_at: None,
    }
}
