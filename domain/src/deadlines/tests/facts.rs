//! Pauses, restarts and extensions, and what a ledger tells of them.

use super::{at, calendar_file, date, under_a};
use crate::{
    deadlines::{
        Clock, ClockTime, DayCounting, Extension, Ledger, Pause, PauseReason, Segment,
        SupplementClock, TimeLimit, ledger, oracle::faults_of, preview,
    },
    rejection::Code,
};

fn two_days(accepted: &str) -> Clock {
    let limit = TimeLimit::WorkingDays {
        days: 2,
        counting: DayCounting::ByHours,
    };
    Clock::started(limit, at(accepted))
}

fn supplement(from: &str, to: Option<&str>) -> Pause {
    Pause {
        from: at(from),
        to: to.map(at),
        why: PauseReason::Supplement,
    }
}

fn extension(granted: &str, new_due: &str, moves_due: bool) -> Extension {
    Extension {
        granted_at: at(granted),
        new_due_at: at(new_due),
        reason: "verification".to_owned(),
        moves_due,
    }
}

fn computed(clock: &Clock, until: &str) -> Ledger {
    let ledger = under_a(|working| ledger(clock, working, at(until))).unwrap();
    assert_eq!(faults_of(&ledger), None, "{ledger:#?}");
    ledger
}

#[test]
fn the_ledger_of_tet_tells_every_step() {
    let limit = TimeLimit::WorkingDays {
        days: 3,
        counting: DayCounting::ByHours,
    };
    let told = under_a(|working| preview(limit, at("2026-02-13 16:00"), working)).unwrap();
    let counted = |from: &str, to: &str, minutes| Segment::Counted {
        from: at(from),
        to: at(to),
        minutes,
        day: None,
    };
    let tet = &calendar_file().years[1].days_off[1];
    assert_eq!(told.allowed_minutes, 24 * 60);
    assert_eq!(told.calendar_version, "2026.1");
    assert_eq!(
        told.segments,
        [
            counted("2026-02-13 16:00", "2026-02-13 17:00", 60),
            Segment::DayOffSkipped {
                from_date: date("2026-02-14"),
                to_date: date("2026-02-22"),
                name: tet.name.clone(),
                source: tet.source.clone(),
            },
            counted("2026-02-23 07:00", "2026-02-23 17:00", 480),
            counted("2026-02-24 07:00", "2026-02-24 17:00", 480),
            counted("2026-02-25 07:00", "2026-02-25 16:00", 420),
        ]
    );
}

/// The kinds of the segments in order, as an app sees them.
fn kinds(ledger: &Ledger) -> Vec<String> {
    let kind = |segment| {
        serde_json::to_value(segment).unwrap()["kind"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    ledger.segments.iter().map(kind).collect()
}

#[test]
fn previews_name_what_happened_in_order() {
    let same_day = TimeLimit::SameDay {
        cutoff: ClockTime::THREE_PM,
    };
    let table: [(TimeLimit, &str, &[&str]); 4] = [
        (
            TimeLimit::WorkingHours { hours: 1 },
            "2026-03-01 09:00",
            &["weekend_skipped", "waiting_for_opening", "counted"],
        ),
        (
            TimeLimit::WorkingHours { hours: 9 },
            "2026-08-21 10:00",
            &["counted", "swapped_day_added", "counted"],
        ),
        (
            TimeLimit::CalendarDays { days: 5 },
            "2026-04-22 09:00",
            &[
                "counted",
                "counted",
                "counted",
                "counted",
                "counted",
                "counted",
                "day_off_skipped",
                "moved_to_working_day",
                "counted",
            ],
        ),
        (
            same_day,
            "2026-07-31 15:01",
            &["cutoff_passed", "counted", "weekend_skipped", "counted"],
        ),
    ];
    for (limit, accepted, expected) in table {
        let ledger = under_a(|working| preview(limit, at(accepted), working)).unwrap();
        assert_eq!(kinds(&ledger), expected, "{limit:?}");
        assert_eq!(faults_of(&ledger), None);
    }
}

#[test]
fn a_pause_freezes_what_is_left() {
    let mut clock = two_days("2026-03-02 10:00");
    clock.pauses.push(supplement("2026-03-03 10:00", None));
    let standing = computed(&clock, "2026-03-05 10:00");
    assert_eq!(standing.due_at, None);
    assert_eq!(standing.original_due_at, at("2026-03-04 10:00"));
    assert_eq!(standing.paused_since, Some(at("2026-03-03 10:00")));
    assert_eq!(
        (standing.counted_minutes, standing.remaining_minutes),
        (480, 480)
    );

    clock.pauses[0].to = Some(at("2026-03-05 16:00"));
    let resumed = computed(&clock, "2026-03-05 16:30");
    assert_eq!(resumed.due_at, Some(at("2026-03-06 16:00")));
    assert_eq!(
        (resumed.counted_minutes, resumed.remaining_minutes),
        (510, 450)
    );
    assert_eq!(
        kinds(&resumed),
        ["counted", "counted", "paused", "counted", "counted"]
    );
}

#[test]
fn a_restart_starts_from_zero_for_supplements_only() {
    let mut clock = two_days("2026-03-02 10:00");
    clock.on_supplement = SupplementClock::Restart;
    clock
        .pauses
        .push(supplement("2026-03-03 10:00", Some("2026-03-05 16:00")));
    let restarted = computed(&clock, "2026-03-05 16:30");
    assert_eq!(restarted.due_at, Some(at("2026-03-09 16:00")));
    assert_eq!(
        (restarted.counted_minutes, restarted.remaining_minutes),
        (30, 930)
    );

    clock.pauses[0].why = PauseReason::Payment;
    assert_eq!(
        computed(&clock, "2026-03-05 16:30").due_at,
        Some(at("2026-03-06 16:00"))
    );
}

#[test]
fn a_clock_that_ran_out_is_not_rescued() {
    for policy in [SupplementClock::Pause, SupplementClock::Restart] {
        let mut clock = two_days("2026-03-02 10:00");
        clock.on_supplement = policy;
        clock
            .pauses
            .push(supplement("2026-03-04 10:00", Some("2026-03-09 10:00")));
        let late = computed(&clock, "2026-03-10 10:00");
        assert_eq!(late.due_at, Some(at("2026-03-04 10:00")));
        assert_eq!((late.counted_minutes, late.remaining_minutes), (960, 0));
    }
}

#[test]
fn an_extension_moves_the_due_date_or_only_apologises() {
    let mut clock = two_days("2026-03-02 10:00");
    clock.extension = Some(extension("2026-03-03 09:00", "2026-03-10 17:00", true));
    let moved = computed(&clock, "2026-03-03 09:00");
    assert_eq!(moved.due_at, Some(at("2026-03-10 17:00")));
    assert_eq!(moved.original_due_at, at("2026-03-04 10:00"));
    let told = Segment::Extended {
        at: at("2026-03-03 09:00"),
        old_due: Some(at("2026-03-04 10:00")),
        new_due: at("2026-03-10 17:00"),
        reason: "verification".to_owned(),
        moves_due: true,
    };
    assert!(moved.segments.contains(&told), "{moved:#?}");

    // A pause after it moves the new date by the working time it covers: 4 hours.
    clock
        .pauses
        .push(supplement("2026-03-09 07:30", Some("2026-03-09 13:30")));
    assert_eq!(
        computed(&clock, "2026-03-09 14:00").due_at,
        Some(at("2026-03-11 11:00"))
    );

    clock.pauses.clear();
    clock.extension = Some(extension("2026-03-03 09:00", "2026-03-10 17:00", false));
    let apology = computed(&clock, "2026-03-03 09:00");
    assert_eq!(apology.due_at, Some(at("2026-03-04 10:00")));
    assert!(kinds(&apology).contains(&"extended".to_owned()));
}

#[test]
fn an_extension_in_a_pause_or_after_the_due_date_holds() {
    let mut clock = two_days("2026-03-02 10:00");
    clock.pauses.push(supplement("2026-03-03 10:00", None));
    clock.extension = Some(extension("2026-03-04 10:00", "2026-03-06 10:00", true));
    assert_eq!(computed(&clock, "2026-03-05 10:00").due_at, None);
    // Two working days were promised when the extension was granted; they are left at the end.
    clock.pauses[0].to = Some(at("2026-03-09 10:00"));
    assert_eq!(
        computed(&clock, "2026-03-09 10:00").due_at,
        Some(at("2026-03-11 10:00"))
    );

    let mut late = two_days("2026-03-02 10:00");
    late.extension = Some(extension("2026-03-05 10:00", "2026-03-06 17:00", true));
    let ledger = computed(&late, "2026-03-05 11:00");
    assert_eq!(ledger.due_at, Some(at("2026-03-06 17:00")));
    assert_eq!(ledger.counted_minutes, 960 + 60);
    late.pauses.push(supplement("2026-03-04 11:00", None));
    assert_eq!(computed(&late, "2026-03-05 11:00").due_at, None);
}

#[test]
fn facts_that_contradict_each_other_are_refused() {
    let table = [
        vec![supplement("2026-03-03 10:00", Some("2026-03-03 09:00"))],
        vec![
            supplement("2026-03-03 10:00", Some("2026-03-04 10:00")),
            supplement("2026-03-04 09:00", Some("2026-03-05 10:00")),
        ],
        vec![
            supplement("2026-03-03 10:00", None),
            supplement("2026-03-04 09:00", Some("2026-03-05 10:00")),
        ],
    ];
    for pauses in table {
        let mut clock = two_days("2026-03-02 10:00");
        clock.pauses = pauses;
        let answer = under_a(|working| ledger(&clock, working, at("2026-03-09 10:00")));
        assert_eq!(answer.unwrap_err().code, Code::InvalidContent, "{clock:?}");
    }
}

#[test]
fn what_lies_before_acceptance_does_not_pause() {
    let mut clock = two_days("2026-03-02 10:00");
    clock
        .pauses
        .push(supplement("2026-02-26 10:00", Some("2026-02-27 10:00")));
    clock
        .pauses
        .push(supplement("2026-02-28 10:00", Some("2026-03-02 11:00")));
    assert_eq!(
        computed(&clock, "2026-03-02 12:00").due_at,
        Some(at("2026-03-04 11:00"))
    );
}
