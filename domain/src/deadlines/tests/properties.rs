//! What holds for every clock.

use std::sync::LazyLock;

use chrono::Duration;
use proptest::prelude::*;

use super::{always, at, calendar, pattern_a};
use crate::{
    deadlines::{
        Calendar, Clock, ClockTime, DayCounting, Pause, PauseReason, TimeLimit, WorkingSessions,
        WorkingTime, ledger, oracle::compare, preview,
    },
    time::Time,
};

/// Cases in an ordinary test run.
const CASES: u32 = 20_000;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);
static SESSIONS: LazyLock<WorkingSessions> = LazyLock::new(|| always(pattern_a()));

fn working() -> WorkingTime<'static> {
    WorkingTime::new(&CALENDAR, &SESSIONS)
}

fn agree(seed: u64, cases: u32) {
    let tally = compare(seed, cases).unwrap_or_else(|difference| panic!("{difference}"));
    assert_eq!(tally.cases, u64::from(cases));
    let parts = [
        tally.paused,
        tally.standing,
        tally.restarted,
        tally.ran_out,
        tally.extended,
    ];
    for part in parts {
        assert!(part > u64::from(cases) / 50, "{tally:?}");
    }
}

#[test]
fn the_engine_agrees_with_a_walk_minute_by_minute() {
    agree(0x5eed, CASES / 2);
}

#[test]
fn the_engine_agrees_with_a_walk_on_other_cases() {
    agree(0xcafe, CASES / 2);
}

#[test]
#[ignore = "a million cases: run optimised"]
fn the_engine_agrees_with_a_walk_a_million_times() {
    std::thread::scope(|scope| {
        for seed in [1, 2] {
            scope.spawn(move || agree(seed, 500_000));
        }
    });
}

/// A limit of each unit, in the same size.
fn limit(unit: u8, size: u32) -> TimeLimit {
    match unit {
        0 => TimeLimit::WorkingMinutes { minutes: size * 37 },
        1 => TimeLimit::WorkingHours { hours: size },
        2 => TimeLimit::WorkingDays {
            days: size,
            counting: DayCounting::ByHours,
        },
        3 => TimeLimit::WorkingDays {
            days: size,
            counting: DayCounting::ByDays,
        },
        4 => TimeLimit::CalendarDays { days: size },
        _ => TimeLimit::SameDay {
            cutoff: ClockTime::THREE_PM,
        },
    }
}

/// So many seconds into 2026.
fn moment(seconds: i64) -> Time {
    at("2026-01-01 00:00").plus(Duration::seconds(seconds))
}

fn due(limit: TimeLimit, accepted: Time) -> Time {
    preview(limit, accepted, &working())
        .unwrap()
        .original_due_at
}

/// So many thousandths of the way from acceptance to the due date.
fn on_the_way(limit: TimeLimit, accepted: Time, part: i32) -> Time {
    accepted.plus(due(limit, accepted).since(accepted) / 1_000 * part)
}

/// Ten months in seconds.
const TEN_MONTHS: i64 = 300 * 86_400;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn later_acceptance_is_never_due_earlier(
        unit in 0_u8..6, size in 1_u32..12, start in 0..TEN_MONTHS, later in 0..200_000_i64,
    ) {
        let limit = limit(unit, size);
        prop_assert!(due(limit, moment(start)) <= due(limit, moment(start + later)));
    }

    #[test]
    fn a_longer_limit_is_never_due_earlier_and_longer_by_a_day_always_later(
        unit in 0_u8..5, size in 1_u32..12, start in 0..TEN_MONTHS,
    ) {
        let (short, long) = (due(limit(unit, size), moment(start)), due(limit(unit, size + 1), moment(start)));
        // A calendar day more may end on the same working day.
        prop_assert!(short < long || (unit == 4 && short == long));
    }

    #[test]
    fn due_dates_lie_in_working_time_after_acceptance(
        unit in 0_u8..6, size in 1_u32..12, start in 0..TEN_MONTHS,
    ) {
        let due = due(limit(unit, size), moment(start));
        prop_assert!(due > moment(start));
        let minute_before = due.plus(Duration::minutes(-1));
        prop_assert_eq!(working().next_opening(minute_before), Ok(minute_before));
    }

    #[test]
    fn adding_and_subtracting_minutes_undo_each_other(
        start in 0..TEN_MONTHS, minutes in 1_u32..5_000,
    ) {
        let start = moment(start);
        let end = working().add_minutes(start, minutes).unwrap();
        prop_assert_eq!(working().minutes_between(start, end), Ok(minutes));
        let back = working().subtract_minutes(end, minutes).unwrap();
        prop_assert_eq!(working().minutes_between(back, end), Ok(minutes));
        prop_assert!(back >= start.plus(Duration::minutes(-1)));
    }

    #[test]
    fn what_is_left_when_a_pause_begins_is_left_when_it_ends(
        unit in 0_u8..3, size in 1_u32..12, start in 0..TEN_MONTHS,
        part in 0..1_000_i32, length in 0..1_000_000_i64,
    ) {
        let limit = limit(unit, size);
        let from = on_the_way(limit, moment(start), part);
        let mut clock = Clock::started(limit, moment(start));
        clock.pauses.push(Pause { from, to: None, why: PauseReason::Payment });
        let standing = ledger(&clock, &working(), from).unwrap();
        let to = from.plus(Duration::seconds(length));
        clock.pauses[0].to = Some(to);
        let resumed = ledger(&clock, &working(), to).unwrap();
        prop_assert_eq!(standing.due_at, None);
        prop_assert_eq!(standing.remaining_minutes, resumed.remaining_minutes);
        prop_assert_eq!(standing.allowed_minutes, resumed.allowed_minutes);
        let due = resumed.due_at.unwrap();
        prop_assert_eq!(working().minutes_between(to, due), Ok(resumed.remaining_minutes));
    }

    #[test]
    fn a_pause_moves_a_limit_in_working_days_by_the_days_whose_close_it_covers(
        size in 1_u32..12, start in 0..TEN_MONTHS, part in 0..1_000_i32,
        length in 0..1_000_000_i64,
    ) {
        let limit = limit(3, size);
        let original = due(limit, moment(start));
        let from = on_the_way(limit, moment(start), part);
        let to = from.plus(Duration::seconds(length));
        let mut clock = Clock::started(limit, moment(start));
        clock.pauses.push(Pause { from, to: Some(to), why: PauseReason::Supplement });
        let moved = ledger(&clock, &working(), to).unwrap().due_at.unwrap();
        let first = working().next_opening(moment(start)).unwrap().date();
        let covered = first.iter_days().skip(1).take_while(|day| *day <= to.date()).filter(|day| {
            let close = working().close_of(*day).unwrap();
            close.is_some_and(|close| from < close && close <= to)
        });
        let covered = u32::try_from(covered.count()).unwrap();
        let days = |to: Time| working().working_days(first, to.date()).unwrap();
        prop_assert_eq!(days(moved), days(original) + covered);
        prop_assert!(moved >= original);
    }
}
