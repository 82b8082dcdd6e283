//! The worked cases by exact value, and the traps beside them.

use super::{
    Row, WEEKDAYS, always, at, calendar, calendar_file, date, pattern, pattern_a, under_a,
};
use crate::{
    deadlines::{
        Calendar, ClockTime, DayCounting, SessionsInForce, TimeLimit, Weekday, WorkingSessions,
        WorkingTime, preview,
    },
    rejection::Code,
};

const fn hours(hours: u32) -> TimeLimit {
    TimeLimit::WorkingHours { hours }
}
const fn by_hours(days: u32) -> TimeLimit {
    TimeLimit::WorkingDays {
        days,
        counting: DayCounting::ByHours,
    }
}
const fn by_days(days: u32) -> TimeLimit {
    TimeLimit::WorkingDays {
        days,
        counting: DayCounting::ByDays,
    }
}
const fn calendar_days(days: u32) -> TimeLimit {
    TimeLimit::CalendarDays { days }
}
const SAME_DAY: TimeLimit = TimeLimit::SameDay {
    cutoff: ClockTime::THREE_PM,
};

const PATTERN_B: Row<'static> = (&WEEKDAYS, &[("07:30", "11:30"), ("13:30", "17:00")]);
const SATURDAY: Row<'static> = (&[Weekday::Saturday], &[("07:00", "11:00")]);
const MONDAY: Row<'static> = (&[Weekday::Monday], &[("08:00", "12:00")]);

#[test]
fn due_dates_under_pattern_a() {
    let table = [
        // The six worked cases.
        (hours(8), "2026-02-11 16:30", "2026-02-12 16:30"),
        (by_hours(3), "2026-02-13 16:00", "2026-02-25 16:00"),
        (SAME_DAY, "2026-07-30 15:01", "2026-07-31 17:00"),
        (SAME_DAY, "2026-07-30 15:00", "2026-07-30 17:00"),
        (by_hours(1), "2026-08-21 10:00", "2026-08-22 10:00"),
        (calendar_days(5), "2026-04-22 09:00", "2026-04-28 17:00"),
        (hours(1), "2026-03-01 09:00", "2026-03-02 08:00"),
        // The example of the semantics: Monday 10:00, three days, both ways of counting.
        (by_hours(3), "2026-03-02 10:00", "2026-03-05 10:00"),
        (by_days(3), "2026-03-02 10:00", "2026-03-05 17:00"),
        // Before opening, in the lunch break, after closing.
        (hours(1), "2026-03-02 05:00", "2026-03-02 08:00"),
        (hours(1), "2026-03-02 12:00", "2026-03-02 14:30"),
        (hours(1), "2026-03-02 17:00", "2026-03-03 08:00"),
        // Used up at the earliest instant.
        (by_hours(1), "2026-03-02 07:00", "2026-03-02 17:00"),
        (by_hours(1), "2026-03-02 13:30", "2026-03-03 11:30"),
        // The cut-off to the second; after closing and on a day off the next working day.
        (SAME_DAY, "2026-07-30 15:00:01", "2026-07-31 17:00"),
        (SAME_DAY, "2026-07-30 14:59:59", "2026-07-30 17:00"),
        (SAME_DAY, "2026-07-30 12:00", "2026-07-30 17:00"),
        (SAME_DAY, "2026-07-30 17:00", "2026-07-31 17:00"),
        (SAME_DAY, "2026-07-31 15:30", "2026-08-03 17:00"),
        (SAME_DAY, "2026-08-01 16:00", "2026-08-03 17:00"),
        (SAME_DAY, "2026-08-21 15:30", "2026-08-22 17:00"),
        // Seconds are dropped from clocks that count minutes.
        (hours(8), "2026-02-11 16:30:59", "2026-02-12 16:30"),
        // The swapped Saturday is a day to every unit.
        (by_days(1), "2026-08-21 10:00", "2026-08-22 17:00"),
        (by_days(2), "2026-08-21 10:00", "2026-08-24 17:00"),
        (calendar_days(1), "2026-08-21 10:00", "2026-08-22 17:00"),
        (calendar_days(2), "2026-08-21 10:00", "2026-08-24 17:00"),
    ];
    under_a(|working| {
        for (limit, accepted, due) in table {
            let ledger = preview(limit, at(accepted), working).unwrap();
            assert_eq!(ledger.due_at, Some(at(due)), "{limit:?} from {accepted}");
            assert_eq!(ledger.original_due_at, at(due));
            assert_eq!(ledger.counted_minutes, 0);
        }
    });
}

#[test]
fn a_sunday_waits_for_monday_seven_o_clock() {
    under_a(|working| {
        let opening = working.next_opening(at("2026-03-01 09:00")).unwrap();
        assert_eq!(opening, at("2026-03-02 07:00"));
    });
}

#[test]
fn without_the_swap_the_saturday_is_no_working_day() {
    let mut file = calendar_file();
    file.years[1].swapped_days.clear();
    let (calendar, sessions) = (Calendar::new(file).unwrap(), always(pattern_a()));
    let working = WorkingTime::new(&calendar, &sessions);
    let ledger = preview(by_hours(1), at("2026-08-21 10:00"), &working).unwrap();
    assert_eq!(ledger.due_at, Some(at("2026-08-24 10:00")));
}

#[test]
fn a_term_that_ends_on_days_off_is_kept_on_the_next_working_day() {
    under_a(|working| {
        for (acted, since) in [
            // Tết: the days off from Saturday the 14th to Sunday the 22nd.
            ("2026-02-23", "2026-02-14"),
            ("2026-02-20", "2026-02-14"),
            ("2026-02-14", "2026-02-14"),
            ("2026-02-24", "2026-02-24"),
            // Saturday the 22nd is worked in place of Monday the 31st.
            ("2026-08-22", "2026-08-22"),
            ("2026-08-24", "2026-08-23"),
        ] {
            assert_eq!(
                working.keeps_terms_since(date(acted)),
                Ok(date(since)),
                "{acted}"
            );
        }
    });
}

#[test]
fn the_fortnight_of_tet_holds_five_working_days() {
    under_a(|working| {
        let (from, to) = (date("2026-02-11"), date("2026-02-24"));
        assert_eq!(working.working_days(from, to), Ok(5));
        let worked: Vec<_> = from
            .iter_days()
            .take_while(|day| *day <= to)
            .filter(|day| working.is_working_day(*day).unwrap())
            .map(|day| day.to_string())
            .collect();
        let expected = [
            "2026-02-11",
            "2026-02-12",
            "2026-02-13",
            "2026-02-23",
            "2026-02-24",
        ];
        assert_eq!(worked, expected);
    });
}

#[test]
fn a_working_day_is_as_long_as_its_sessions() {
    let calendar = calendar();
    let b = always(pattern("b", &[PATTERN_B]));
    let with_saturday = always(pattern("s", &[PATTERN_B, SATURDAY]));
    let table = [
        // 7.5 hours a day: the same clock time, not half an hour later each day.
        (&b, by_hours(3), "2026-03-02 10:00", "2026-03-05 10:00"),
        (&b, hours(24), "2026-03-02 10:00", "2026-03-05 11:30"),
        // A Saturday morning that counts is a working day, and is not overlooked.
        (
            &with_saturday,
            by_hours(1),
            "2026-03-06 10:00",
            "2026-03-07 10:00",
        ),
        (
            &with_saturday,
            by_hours(1),
            "2026-03-06 16:00",
            "2026-03-07 11:00",
        ),
        (
            &with_saturday,
            by_days(1),
            "2026-03-06 16:00",
            "2026-03-07 11:00",
        ),
        (
            &with_saturday,
            SAME_DAY,
            "2026-03-07 10:59",
            "2026-03-07 11:00",
        ),
        (
            &with_saturday,
            SAME_DAY,
            "2026-03-07 11:00",
            "2026-03-09 17:00",
        ),
        // The swapped Saturday makes up for a Monday and is as long as one.
        (
            &with_saturday,
            by_days(1),
            "2026-08-21 10:00",
            "2026-08-22 17:00",
        ),
    ];
    for (sessions, limit, accepted, due) in table {
        let working = WorkingTime::new(&calendar, sessions);
        let ledger = preview(limit, at(accepted), &working).unwrap();
        assert_eq!(ledger.due_at, Some(at(due)), "{limit:?} from {accepted}");
    }
}

#[test]
fn a_swapped_day_that_names_no_other_keeps_its_own_sessions_or_has_mondays() {
    let mut file = calendar_file();
    file.years[1].swapped_days[1].in_place_of = None;
    let calendar = Calendar::new(file).unwrap();
    for (week, close) in [
        (vec![MONDAY], "2026-08-22 12:00"),
        (vec![MONDAY, SATURDAY], "2026-08-22 11:00"),
    ] {
        let sessions = always(pattern("p", &week));
        let working = WorkingTime::new(&calendar, &sessions);
        assert_eq!(working.close_of(date("2026-08-22")), Ok(Some(at(close))));
    }
}

#[test]
fn sessions_change_on_their_date() {
    let calendar = calendar();
    let later = pattern("later", &[(&WEEKDAYS, &[("08:00", "12:00")])]);
    let rows = [
        ("a", "2026-01-01", Some("2026-03-03")),
        ("later", "2026-03-04", None),
    ];
    let in_force = rows.map(|(code, from, to)| SessionsInForce {
        pattern: code.to_owned(),
        from: date(from),
        to: to.map(date),
    });
    let sessions = WorkingSessions::new(&in_force, &[pattern_a(), later]).unwrap();
    let working = WorkingTime::new(&calendar, &sessions);
    let due = |limit, from| preview(limit, at(from), &working).map(|ledger| ledger.due_at);
    assert_eq!(
        due(hours(8), "2026-03-03 13:30"),
        Ok(Some(at("2026-03-05 08:30")))
    );
    assert_eq!(
        due(hours(1), "2025-12-31 10:00"),
        Err(Code::CalendarMissing.into())
    );
}

#[test]
fn a_year_without_calendar_fails_closed() {
    under_a(|working| {
        for (limit, accepted) in [
            (hours(8), "2026-12-31 16:00"),
            (by_days(1), "2026-12-31 10:00"),
            (by_hours(2), "2026-12-31 07:00"),
            (calendar_days(1), "2026-12-31 10:00"),
            (SAME_DAY, "2026-12-31 15:01"),
            (hours(1), "2027-01-04 10:00"),
            (hours(1), "2024-12-31 10:00"),
        ] {
            let answer = preview(limit, at(accepted), working);
            assert_eq!(
                answer,
                Err(Code::CalendarMissing.into()),
                "{limit:?} {accepted}"
            );
        }
        // What ends inside the last covered year needs no other.
        for (limit, accepted) in [
            (by_hours(1), "2026-12-31 07:00"),
            (SAME_DAY, "2026-12-31 15:00"),
            (calendar_days(1), "2026-12-30 10:00"),
        ] {
            let ledger = preview(limit, at(accepted), working).unwrap();
            assert_eq!(ledger.due_at, Some(at("2026-12-31 17:00")));
        }
    });
}
