//! When somebody is warned: 24 working hours before, and the same asked the other way round.

use super::{at, under_a};
use crate::deadlines::{warned_before, warning_at};

#[test]
fn the_warning_comes_24_working_hours_before() {
    under_a(|working| {
        for (due, warning) in [
            ("2026-02-25 16:00", "2026-02-13 16:00"),
            ("2026-03-05 17:00", "2026-03-03 07:00"),
            ("2026-03-05 07:00", "2026-03-02 07:00"),
        ] {
            assert_eq!(warning_at(at(due), working), Ok(at(warning)));
        }
    });
}

#[test]
fn a_list_of_what_is_warned_of_is_the_warning_turned_round() {
    under_a(|working| {
        let dues = [
            "2026-03-04 16:59",
            "2026-03-04 17:00",
            "2026-03-05 07:00",
            "2026-03-05 07:30",
            "2026-03-05 17:00",
            "2026-03-06 08:00",
        ];
        let nows = [
            "2026-03-01 12:00",
            "2026-03-02 07:00",
            "2026-03-02 07:29",
            "2026-03-02 07:30",
            "2026-03-02 17:30",
            "2026-03-03 07:00",
            "2026-03-09 09:00",
        ];
        for (due, now) in dues.into_iter().flat_map(|due| nows.map(|now| (due, now))) {
            let listed = at(due) < warned_before(at(now), working).unwrap();
            let opening = working.next_opening(at(now)).unwrap();
            let warned = warning_at(at(due), working).unwrap() <= opening;
            assert_eq!(listed, warned, "due {due}, now {now}");
        }
    });
}
