//! Withdrawal, granted, released and declined, and stopping.

use super::*;

fn withdrawn(mut case: Case) -> Case {
    let before = case.dossier.state;
    let asked = withdraw(&case, &citizen(), Some("Đổi ý.".to_owned()));
    let note = put(&mut case, asked, EventKind::WithdrawalRequested).note;
    assert_eq!(note.reason.as_deref(), Some("Đổi ý."));
    assert_eq!(case.dossier.state, State::WithdrawalRequested);
    assert_eq!(case.dossier.stage_before_withdrawal, Some(before));
    case
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
fn taken_back_after_acceptance_the_desk_confirms_and_it_is_finished() {
    let mut case = withdrawn(processing());
    let due = case.dossier.due_at;
    case.now = at("2026-03-05 09:00");
    let granted = grant_withdrawal(&case, &desk());
    put(&mut case, granted, EventKind::WithdrawalGranted);
    assert_eq!(case.dossier.state, State::Stopped);
    assert_eq!(case.dossier.finished_at, Some(case.now));
    assert_eq!(case.dossier.due_at, due);
}

#[test]
fn a_request_nobody_answered_is_void_when_the_dossier_ends() {
    let mut case = withdrawn(waiting_for_papers());
    assert!(case.dossier.paused_since.is_some(), "still waiting");
    let granted = grant_withdrawal(&case, &desk());
    put(&mut case, granted, EventKind::WithdrawalGranted);
    assert_eq!(case.supplements[0].status, SupplementStatus::Void);
    assert_eq!(case.supplements[0].closed_at, Some(case.now));
    assert_eq!(case.dossier.paused_since, None);
}

#[test]
fn an_answer_nobody_confirmed_is_void_too_and_stays_on_record() {
    let mut case = waiting_for_papers();
    answer_with(&mut case, "2026-03-09 09:00", &["a"]);
    let mut case = withdrawn(case);
    let granted = grant_withdrawal(&case, &desk());
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
    let stopped = stop(&case, &unit(), "Tranh chấp.".into(), "Điều 9".into());
    put(&mut case, stopped, EventKind::Stopped);
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
    let stopped = stop(&case, &chief(), "Tranh chấp.".into(), "Điều 9".into());
    let note = put(&mut case, stopped, EventKind::Stopped).note;
    assert_eq!(note.reason.as_deref(), Some("Tranh chấp."));
    assert_eq!(note.legal_ground.as_deref(), Some("Điều 9"));
    assert_eq!(case.dossier.state, State::Stopped);
    assert_eq!(case.dossier.finished_at, Some(case.now));
}
