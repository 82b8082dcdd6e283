//! Single histories, each with the one figure it must move.

use super::*;

/// 11 and 12 February 2026, everything known.
fn counts(steps: &[(Time, Stage)], due_at: Option<Time>) -> Counts {
    let steps = steps
        .iter()
        .map(|(at, stage)| milestone(1, *at, *stage, due_at));
    summarise(
        steps,
        period("2026-02-11", "2026-02-13"),
        at("2026-12-31 00:00"),
    )
    .counts
}

#[test]
fn the_period_begins_with_its_first_instant_and_ends_before_its_last() {
    let (from, to) = (at("2026-02-11 00:00"), at("2026-02-13 00:00"));
    let accepted = |at| counts(&[(at, Stage::Accepted)], None);
    let found = |counts: Counts| (counts.carried_over, counts.new_online, counts.open());
    assert_eq!(found(accepted(from.plus(-tick()))), (1, 0, 1));
    assert_eq!(found(accepted(from)), (0, 1, 1));
    assert_eq!(found(accepted(to.plus(-tick()))), (0, 1, 1));
    assert_eq!(found(accepted(to)), (0, 0, 0));

    let finished = |at| {
        counts(
            &[(from.plus(-tick()), Stage::Accepted), (at, Stage::Finished)],
            None,
        )
    };
    let found = |counts: Counts| (counts.carried_over, counts.finished(), counts.open());
    assert_eq!(found(finished(from.plus(-tick()))), (0, 0, 0));
    assert_eq!(found(finished(from)), (1, 1, 0));
    assert_eq!(found(finished(to.plus(-tick()))), (1, 1, 0));
    assert_eq!(found(finished(to)), (1, 0, 1));

    let refused = |at| counts(&[(at, Stage::Refused)], None);
    assert_eq!(
        [from.plus(-tick()), from, to.plus(-tick()), to].map(|at| refused(at).refused),
        [0, 1, 1, 0]
    );
}

#[test]
fn early_on_time_and_late_are_told_by_local_date() {
    let due = at("2026-02-12 11:00");
    let finished = |moment: &str, due_at| {
        let steps = [
            (at("2026-02-11 08:00"), Stage::Accepted),
            (at(moment), Stage::Finished),
        ];
        let counts = counts(&steps, due_at);
        [
            counts.finished_early,
            counts.finished_on_time,
            counts.finished_late,
            counts.finished_without_due_date,
        ]
    };
    assert_eq!(finished("2026-02-11 23:59", Some(due)), [1, 0, 0, 0]);
    assert_eq!(finished("2026-02-12 00:00", Some(due)), [0, 1, 0, 0]);
    assert_eq!(finished("2026-02-12 23:59", Some(due)), [0, 1, 0, 0]);
    assert_eq!(
        finished("2026-02-12 00:00", Some(at("2026-02-11 23:59"))),
        [0, 0, 1, 0]
    );
    assert_eq!(finished("2026-02-12 00:00", None), [0, 1, 0, 1]);
}

#[test]
fn an_open_dossier_is_within_overdue_or_paused_at_the_end_of_the_period() {
    use Stage::{
        Accepted, InProgress, PausedForPayment, PausedForSupplement, PausedOtherwise,
        WithdrawalRequested,
    };
    let to = at("2026-02-13 00:00");
    let standing = |stage, due_at| {
        let counts = counts(
            &[
                (at("2026-02-11 08:00"), Accepted),
                (at("2026-02-12 08:00"), stage),
            ],
            due_at,
        );
        [
            counts.open_within,
            counts.open_overdue,
            counts.paused_for_supplement,
            counts.paused_for_payment,
            counts.paused_otherwise,
            counts.open_without_due_date,
        ]
    };
    let past = Some(to.plus(-tick()));
    assert_eq!(standing(InProgress, Some(to)), [1, 0, 0, 0, 0, 0]);
    assert_eq!(standing(InProgress, past), [0, 1, 0, 0, 0, 0]);
    assert_eq!(standing(WithdrawalRequested, past), [0, 1, 0, 0, 0, 0]);
    assert_eq!(standing(InProgress, None), [1, 0, 0, 0, 0, 1]);
    assert_eq!(standing(PausedForSupplement, past), [0, 0, 1, 0, 0, 0]);
    assert_eq!(standing(PausedForPayment, past), [0, 0, 0, 1, 0, 0]);
    assert_eq!(standing(PausedOtherwise, past), [0, 0, 0, 0, 1, 0]);
}

#[test]
fn what_happens_at_the_very_end_belongs_to_the_next_period() {
    let to = at("2026-02-13 00:00");
    let pause = |moment| {
        let accepted = (at("2026-02-11 08:00"), Stage::Accepted);
        counts(&[accepted, (moment, Stage::PausedForSupplement)], None)
    };
    let found = |counts: Counts| (counts.paused(), counts.supplement_requests);
    assert_eq!(found(pause(to.plus(-tick()))), (1, 1));
    assert_eq!(found(pause(to)), (0, 0));
}

#[test]
fn what_was_never_accepted_is_in_no_total() {
    use Stage::{Draft, Filed, PausedForSupplement, Refused, Stopped, Withdrawn};
    let [first, second, third] =
        ["2026-02-11 08:00", "2026-02-11 09:00", "2026-02-12 09:00"].map(at);
    for (last, refused) in [(Refused, 1), (Withdrawn, 0), (Stopped, 0), (Filed, 0)] {
        let counts = counts(
            &[
                (first, Draft),
                (first, Filed),
                (second, PausedForSupplement),
                (third, last),
            ],
            None,
        );
        assert_eq!(
            (counts.total(), counts.finished(), counts.open()),
            (0, 0, 0),
            "{last:?}"
        );
        assert_eq!(
            (counts.refused, counts.supplement_requests),
            (refused, 1),
            "{last:?}"
        );
    }
}

#[test]
fn stopping_and_withdrawing_after_acceptance_finish_and_handing_over_does_not_finish_again() {
    use Stage::{Accepted, Finished, HandedOver, Stopped, Withdrawn};
    let accepted = (at("2026-02-10 08:00"), Accepted);
    for end in [Finished, HandedOver, Stopped, Withdrawn] {
        let counts = counts(&[accepted, (at("2026-02-12 08:00"), end)], None);
        assert_eq!((counts.finished(), counts.open()), (1, 0), "{end:?}");
    }
    let due = Some(at("2026-02-11 17:00"));
    let steps = [
        accepted,
        (at("2026-02-11 08:00"), Finished),
        (at("2026-02-12 08:00"), HandedOver),
    ];
    assert_eq!(
        counts(&steps, due).finished_on_time,
        1,
        "the first of both counts"
    );
}

#[test]
fn a_recall_makes_a_dossier_unfinished_until_it_is_finished_again() {
    use Stage::{Accepted, Finished, InProgress};
    let steps = [
        (at("2026-02-10 08:00"), Accepted),
        (at("2026-02-11 08:00"), Finished),
        (at("2026-02-12 08:00"), InProgress),
        (at("2026-02-14 08:00"), Finished),
    ];
    let recalled = counts(&steps, None);
    assert_eq!(
        (
            recalled.carried_over,
            recalled.finished(),
            recalled.open_within
        ),
        (1, 0, 1)
    );
    let milestones = || steps.map(|(at, stage)| milestone(1, at, stage, None));
    let before_the_recall = at("2026-02-12 07:59");
    let known = summarise(
        milestones(),
        period("2026-02-11", "2026-02-13"),
        before_the_recall,
    )
    .counts;
    assert_eq!((known.finished(), known.open()), (1, 0));
    let next = summarise(
        milestones(),
        period("2026-02-13", "2026-02-15"),
        at("2026-12-31 00:00"),
    )
    .counts;
    assert_eq!((next.carried_over, next.finished()), (1, 1));
}

#[test]
fn supplement_requests_are_counted_with_their_round() {
    use Stage::{Accepted, Filed, InProgress, PausedForSupplement, WithdrawalRequested};
    let steps = [
        ("2026-02-10 08:00", Filed),
        ("2026-02-10 09:00", PausedForSupplement),
        ("2026-02-10 10:00", Filed),
        ("2026-02-10 11:00", Accepted),
        ("2026-02-11 08:00", PausedForSupplement),
        ("2026-02-11 09:00", PausedForSupplement),
        ("2026-02-11 10:00", WithdrawalRequested),
        ("2026-02-11 11:00", PausedForSupplement),
        ("2026-02-11 12:00", InProgress),
        ("2026-02-12 08:00", PausedForSupplement),
        ("2026-02-12 09:00", InProgress),
        ("2026-02-13 00:00", PausedForSupplement),
    ];
    let steps = steps.map(|(moment, stage)| (at(moment), stage));
    let counts = counts(&steps, None);
    assert_eq!(
        (counts.supplement_requests, counts.later_supplement_requests),
        (2, 2)
    );
}

#[test]
fn the_cut_off_is_the_last_instant_known() {
    let cut_off = at("2026-02-12 10:00");
    let figures = |accepted: Time, due_at| {
        let steps = [milestone(1, accepted, Stage::Accepted, Some(due_at))];
        summarise(steps, period("2026-02-11", "2026-02-13"), cut_off).counts
    };
    let found = |counts: Counts| {
        (
            counts.newly_received(),
            counts.open_within,
            counts.open_overdue,
        )
    };
    assert_eq!(found(figures(cut_off, cut_off)), (1, 1, 0));
    assert_eq!(found(figures(cut_off.plus(tick()), cut_off)), (0, 0, 0));
    assert_eq!(found(figures(cut_off, cut_off.plus(-tick()))), (1, 0, 1));
    assert_eq!(
        found(figures(cut_off, at("2026-02-12 17:00"))),
        (1, 1, 0),
        "not judged by the end of the period"
    );
}

#[test]
fn a_period_has_at_least_one_day_and_turns_at_midnight_in_viet_nam() {
    assert_eq!(Period::of_days(day("2026-02-11"), day("2026-02-11")), None);
    assert_eq!(Period::of_days(day("2026-02-12"), day("2026-02-11")), None);
    let period = period("2026-02-11", "2026-02-12");
    assert_eq!(period.from().rfc3339(), "2026-02-10T17:00:00Z");
    assert_eq!(period.to().rfc3339(), "2026-02-11T17:00:00Z");
}
