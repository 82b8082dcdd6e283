//! A due date that follows another calendar.

use super::*;

/// The dossier as an earlier calendar would have it: due a day too early.
fn promised_early(mut case: Case) -> Case {
    let due = case.dossier.due_at.unwrap();
    case.dossier.due_at = Some(due.plus(-Duration::days(1)));
    case
}

#[test]
fn a_running_clock_takes_the_date_of_the_new_calendar_and_tells_both() {
    for mut case in [promised_early(accepted()), promised_early(processing())] {
        let (state, early) = (case.dossier.state, case.dossier.due_at);
        let original = case.dossier.original_due_at;
        let moved = recompute_due(&case.dossier, case.now, &office().working()).unwrap();
        let event = put(&mut case, Ok(moved.unwrap()), EventKind::DueDateRecomputed);
        assert_eq!((event.note.old_due_at, event.due_at), (early, original));
        assert_eq!(case.dossier.state, state);
        assert_eq!(case.dossier.original_due_at, original);
        let again = recompute_due(&case.dossier, case.now, &office().working());
        assert!(again.unwrap().is_none(), "once is enough");
    }
}

#[test]
fn what_does_not_run_keeps_its_date() {
    let mut paused = accepted();
    ask(&mut paused, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
    let mut ended = accepted();
    ended.dossier.finished_at = Some(ended.now);
    for case in [
        promised_early(paused),
        promised_early(ended),
        registered_early(),
    ] {
        let moved = recompute_due(&case.dossier, case.now, &office().working());
        assert!(moved.unwrap().is_none(), "{:?}", case.dossier.state);
    }
}

/// Without a clock there is nothing to compute from.
fn registered_early() -> Case {
    let mut case = registered();
    case.dossier.due_at = Some(case.now);
    case
}
