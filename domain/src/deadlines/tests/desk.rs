//! The clocks of the desk: forwarded the same day or in the morning, answered within 8 working hours.

use super::{at, under_a};
use crate::{
    deadlines::{ClockTime, TimeLimit, ends_at, forward_by},
    rejection::{Code, Rejection},
};

#[test]
fn what_is_accepted_after_three_goes_on_in_the_morning() {
    for (accepted, by) in [
        ("2026-07-30 09:00", "2026-07-30 17:00"),
        ("2026-07-30 15:00", "2026-07-30 17:00"),
        ("2026-07-30 15:00:01", "2026-07-31 07:00"),
        // Friday afternoon: Monday morning.
        ("2026-07-31 16:00", "2026-08-03 07:00"),
        // A day off has no same day.
        ("2026-08-01 09:00", "2026-08-03 07:00"),
        // Tết of 2026 is off from 14 to 22 February.
        ("2026-02-13 15:30", "2026-02-23 07:00"),
    ] {
        let found = under_a(|working| forward_by(at(accepted), ClockTime::THREE_PM, working));
        assert_eq!(found, Ok(at(by)), "{accepted}");
    }
}

#[test]
fn a_submission_is_answered_within_eight_working_hours() {
    let limit = TimeLimit::WorkingHours { hours: 8 };
    for (submitted, by) in [
        ("2026-02-11 16:30", "2026-02-12 16:30"),
        // At night and on Sundays nobody works.
        ("2026-07-30 22:15", "2026-07-31 17:00"),
        ("2026-08-02 10:00", "2026-08-03 17:00"),
    ] {
        let found = under_a(|working| ends_at(limit, at(submitted), working));
        assert_eq!(found, Ok(at(by)), "{submitted}");
    }
}

#[test]
fn without_a_calendar_nothing_is_promised() {
    let missing = || Err(Rejection::from(Code::CalendarMissing));
    // The calendar of 2027 is not loaded.
    let late = at("2026-12-31 16:00");
    let found = under_a(|working| forward_by(late, ClockTime::THREE_PM, working));
    assert_eq!(found, missing());
    let limit = TimeLimit::WorkingHours { hours: 8 };
    assert_eq!(under_a(|working| ends_at(limit, late, working)), missing());
}
