//! Withdrawal, granted, released and declined, and stopping.

use super::*;
use crate::{dossiers::Assistance, money::Dong, payments::fees::CollectedAt};

fn withdrawn(mut case: Case) -> Case {
    let before = case.dossier.state;
    let asked = withdraw(&case, &citizen(), Some("Đổi ý.".to_owned()));
    let note = put(&mut case, asked, EventKind::WithdrawalRequested).note;
    assert_eq!(note.reason.as_deref(), Some("Đổi ý."));
    assert_eq!(note.assistance, None, "in the citizen's own hand");
    assert_eq!(case.dossier.state, State::WithdrawalRequested);
    assert_eq!(case.dossier.stage_before_withdrawal, Some(before));
    case
}

fn stopped(case: &Case, by: &Actor) -> Result<Decision, Rejection> {
    let (reason, ground) = ("Tranh chấp.".to_owned(), "Điều 9".to_owned());
    stop(case, by, reason, ground, &office().working())
}

fn waiting_for_papers() -> Case {
    let mut case = processing();
    ask(&mut case, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
    case
}

#[test]
fn taken_back_before_acceptance_it_needs_nobody() {
    let mut case = withdrawn(registered());
    let released = release_unaccepted(&case);
    put(&mut case, released, EventKind::WithdrawalGranted);
    assert_eq!(case.dossier.state, State::Stopped);
    assert_eq!(case.dossier.finished_at, None, "it was never accepted");
    let accepted = withdrawn(accepted());
    assert_eq!(refusal(release_unaccepted(&accepted)), Code::StateForbids);
}

#[test]
fn the_desk_writes_down_a_withdrawal_only_for_a_person_without_an_account() {
    for mut case in [registered(), processing()] {
        let asked = withdraw(&case, &desk(), None);
        assert_eq!(refusal(asked), Code::DossierHasOwner);
        case.dossier.owner = None;
        let asked = withdraw(&case, &desk(), None);
        let note = put(&mut case, asked, EventKind::WithdrawalRequested).note;
        assert_eq!(note.assistance, Some(Assistance::TypedByOfficer));
    }
}

#[test]
fn taken_back_after_acceptance_the_desk_confirms_and_it_is_finished() {
    let mut case = withdrawn(processing());
    let due = case.dossier.due_at;
    case.now = at("2026-03-05 09:00");
    let granted = grant_withdrawal(&case, &desk(), None, &office().working());
    put(&mut case, granted, EventKind::WithdrawalGranted);
    assert_eq!(case.dossier.state, State::Stopped);
    assert_eq!(case.dossier.finished_at, Some(case.now));
    assert_eq!(case.dossier.due_at, due);
}

#[test]
fn a_request_nobody_answered_is_void_when_the_dossier_ends() {
    let mut case = withdrawn(waiting_for_papers());
    assert!(case.dossier.paused_since.is_some(), "still waiting");
    let granted = grant_withdrawal(&case, &desk(), None, &office().working());
    put(&mut case, granted, EventKind::WithdrawalGranted);
    assert_eq!(case.supplements[0].status, SupplementStatus::Void);
    assert_eq!(case.supplements[0].closed_at, Some(case.dossier.updated_at));
    assert_eq!(case.dossier.paused_since, None);
}

#[test]
fn an_answer_nobody_confirmed_is_void_too_and_stays_on_record() {
    let mut case = waiting_for_papers();
    answer_with(&mut case, "2026-03-09 09:00", &["a"]);
    let mut case = withdrawn(case);
    let granted = grant_withdrawal(&case, &desk(), None, &office().working());
    put(&mut case, granted, EventKind::WithdrawalGranted);
    assert_eq!(case.supplements[0].status, SupplementStatus::Void);
    assert!(case.supplements[0].answer.is_some());
}

#[test]
fn a_request_that_was_settled_stays_as_it_was() {
    let mut case = waiting_for_papers();
    answer_with(&mut case, "2026-03-09 09:00", &["a"]);
    confirm(&mut case);
    let settled = case.supplements.clone();
    let end = stopped(&case, &unit());
    put(&mut case, end, EventKind::Stopped);
    assert_eq!(case.supplements, settled);
}

#[test]
fn a_declined_withdrawal_goes_back_to_each_place_it_came_from() {
    for case in [registered(), accepted(), processing(), waiting_for_papers()] {
        let before = case.dossier.clone();
        let mut case = withdrawn(case);
        let declined = decline_withdrawal(&case, &desk(), "Đã có kết quả.".into());
        let note = put(&mut case, declined, EventKind::WithdrawalDeclined).note;
        assert_eq!(note.reason.as_deref(), Some("Đã có kết quả."));
        assert_eq!(case.dossier.state, before.state);
        assert_eq!(case.dossier.stage_before_withdrawal, None);
        assert_eq!(case.dossier.due_at, before.due_at);
        assert_eq!(case.dossier.clock, before.clock);
        assert_eq!(case.dossier.paused_since, before.paused_since);
        let supplement = before.stage_before_supplement;
        assert_eq!(case.dossier.stage_before_supplement, supplement);
    }
}

#[test]
fn stopping_tells_its_reason_and_ground_and_finishes() {
    let mut case = processing();
    let end = stopped(&case, &chief());
    let note = put(&mut case, end, EventKind::Stopped).note;
    assert_eq!(note.reason.as_deref(), Some("Tranh chấp."));
    assert_eq!(note.legal_ground.as_deref(), Some("Điều 9"));
    assert_eq!(case.dossier.state, State::Stopped);
    assert_eq!(case.dossier.finished_at, Some(case.dossier.updated_at));
}

/// Asked to pay at this time, of a dossier due on Wednesday 11 March at 09:00.
fn waiting_for_money(since: &str) -> Case {
    let mut case = processing();
    case.obligations = vec![specimen::fee(70, 8_000, CollectedAt::Result)];
    case.now = at(since);
    let asked = request_payment(&case, &unit(), Dong::new(8_000));
    put(&mut case, asked, EventKind::PaymentRequested);
    case
}

#[test]
fn ending_while_the_clock_stands_still_is_not_late() {
    let ends: [fn(&mut Case); 2] = [
        |case| {
            let end = stopped(case, &chief());
            put(case, end, EventKind::Stopped);
        },
        |case| {
            let asked = withdraw(case, &citizen(), None);
            put(case, asked, EventKind::WithdrawalRequested);
            let granted = grant_withdrawal(case, &desk(), None, &office().working());
            put(case, granted, EventKind::WithdrawalGranted);
        },
    ];
    for end in ends {
        let mut case = waiting_for_money("2026-03-05 09:00");
        case.now = at("2026-03-19 09:00");
        end(&mut case);
        // Four working days were left, and four are left.
        assert_eq!(case.dossier.due_at, Some(at("2026-03-25 09:00")));
        assert_eq!(case.dossier.finished_at, Some(case.dossier.updated_at));
        assert_eq!(case.dossier.paused_since, None);
        let pause = case.dossier.clock.as_ref().unwrap().pauses[0];
        assert_eq!(pause.to, Some(case.dossier.updated_at));
    }
}

#[test]
fn ending_while_the_clock_stands_still_stays_late_if_it_was() {
    let mut case = waiting_for_money("2026-03-13 09:00");
    case.now = at("2026-03-19 09:00");
    let end = stopped(&case, &chief());
    put(&mut case, end, EventKind::Stopped);
    assert_eq!(case.dossier.due_at, Some(at("2026-03-11 09:00")));
}

#[test]
fn an_end_whose_due_date_nobody_can_tell_waits_for_the_calendar() {
    let mut case = waiting_for_money("2026-03-05 09:00");
    case.now = at("2026-12-31 10:00");
    assert_eq!(refusal(stopped(&case, &chief())), Code::CalendarMissing);
}
