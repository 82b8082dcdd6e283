//! Supplement rounds: the clock stands still, runs again, and the due date moves.

use super::*;
use crate::{results::Outcome, supplements::SecondRoundReason};

/// Asked on Thursday 5 March at 09:00, one of five working days used.
fn asked() -> Case {
    let mut case = processing();
    ask(
        &mut case,
        "2026-03-05 09:00",
        &["giay_chung_sinh", "cam_doan"],
        "2026-03-20 17:00",
    );
    case
}

fn consented(case: &mut Case, reason: SecondRoundReason) {
    let consented = consent(case, &chief(), leader(), reason);
    let event = put(case, consented, EventKind::SupplementConsented);
    assert_eq!(event.note.reason.as_deref(), Some(reason.as_str()));
}

#[test]
fn a_request_stops_the_clock_and_names_every_paper() {
    let mut case = processing();
    let event = ask(
        &mut case,
        "2026-03-05 09:00",
        &["giay_chung_sinh", "cam_doan"],
        "2026-03-20 17:00",
    );
    let due = Some(at("2026-03-11 09:00"));
    assert_eq!(event.note.papers, ["giay_chung_sinh", "cam_doan"]);
    assert_eq!((event.note.round, event.note.old_due_at), (Some(1), due));
    let dossier = &case.dossier;
    assert_eq!(dossier.state, State::SupplementRequested);
    assert_eq!(dossier.stage_before_supplement, Some(State::Processing));
    assert_eq!(dossier.paused_since, Some(case.now));
    assert_eq!(dossier.due_at, due, "kept at the last value while paused");
    let pause = dossier.clock.as_ref().unwrap().pauses[0];
    assert_eq!((pause.from, pause.to), (case.now, None));
    assert_eq!(pause.why, PauseReason::Supplement);
    let supplement = &case.supplements[0];
    assert_eq!(supplement.status, SupplementStatus::Open);
    assert_eq!((supplement.round, supplement.asked_at), (1, case.now));
    assert_eq!(supplement.reply_by, at("2026-03-20 17:00"));
    assert_eq!(supplement.old_due_at, due);
    assert_eq!(supplement.consent, None);
    assert_eq!(supplement.items.len(), 2);
}

#[test]
fn the_answer_starts_the_clock_again_and_moves_the_due_date() {
    let mut case = asked();
    let event = answer_with(
        &mut case,
        "2026-03-09 09:00",
        &["giay_chung_sinh", "cam_doan"],
    );
    // Four working days from Monday 9 March; Thursday 12 March is a day off.
    let due = Some(at("2026-03-16 09:00"));
    assert_eq!(event.due_at, due);
    assert_eq!(event.note.old_due_at, Some(at("2026-03-11 09:00")));
    assert_eq!(case.dossier.due_at, due);
    assert_eq!(case.dossier.original_due_at, Some(at("2026-03-11 09:00")));
    assert_eq!(case.dossier.paused_since, None);
    assert_eq!(case.dossier.state, State::SupplementRequested);
    let pause = case.dossier.clock.as_ref().unwrap().pauses[0];
    assert_eq!(pause.to, Some(case.dossier.updated_at));
    let supplement = &case.supplements[0];
    assert_eq!(supplement.status, SupplementStatus::Answered);
    assert_eq!(supplement.new_due_at, due);
    let answer = supplement.answer.as_ref().unwrap();
    assert_eq!((answer.at, answer.items.len()), (event.at, 2));
}

#[test]
fn under_the_restart_policy_the_answer_begins_the_limit_anew() {
    let mut case = accepted_by(SupplementClock::Restart);
    ask(&mut case, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
    answer_with(&mut case, "2026-03-09 09:00", &["a"]);
    assert_eq!(case.dossier.due_at, Some(at("2026-03-17 09:00")));
}

#[test]
fn the_desk_confirms_on_its_own_time() {
    let mut case = asked();
    answer_with(
        &mut case,
        "2026-03-09 09:00",
        &["giay_chung_sinh", "cam_doan"],
    );
    case.now = at("2026-03-10 16:00");
    confirm(&mut case);
    assert_eq!(case.dossier.state, State::Processing);
    assert_eq!(case.dossier.stage_before_supplement, None);
    assert_eq!(case.dossier.due_at, Some(at("2026-03-16 09:00")));
    let supplement = &case.supplements[0];
    assert_eq!(supplement.status, SupplementStatus::Satisfied);
    assert_eq!(supplement.closed_at, Some(case.now));
}

#[test]
fn an_incomplete_answer_names_each_paper_that_is_still_missing() {
    let mut case = asked();
    let old = case.dossier.updated_at.plus(Duration::hours(-1));
    // One was there before it was asked for, the other never came.
    case.papers.push(specimen::paper("giay_chung_sinh", old));
    case.now = at("2026-03-09 09:00");
    let answered = answer(&case, &citizen(), None, &office().working());
    let Rejection { code, faults } = answered.unwrap_err();
    assert_eq!(code, Code::AnswerIncomplete);
    let told: Vec<_> = faults.iter().map(|one| (&*one.pointer, one.code)).collect();
    let missing = Code::PaperMissing;
    assert_eq!(
        told,
        [
            ("/items/0/paper_key", missing),
            ("/items/1/paper_key", missing)
        ]
    );
    case.papers.push(specimen::paper("cam_doan", case.now));
    let answered = answer(&case, &citizen(), None, &office().working());
    let faults = answered.unwrap_err().faults;
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].pointer, "/items/0/paper_key");
}

#[test]
fn a_paper_attached_in_the_instant_of_the_request_answers_it_only_if_it_came_after() {
    let mut case = processing();
    let reply_by = case.now.plus(Duration::days(2));
    case.papers.push(specimen::paper("a", case.now));
    let asked = request(&case, &desk(), request_for(&case, &["a"], reply_by));
    put(&mut case, asked, EventKind::SupplementRequested);
    case.papers[0].attached_at = case.supplements[0].asked_at;
    let answered = answer(&case, &citizen(), None, &office().working());
    assert_eq!(refusal(answered), Code::AnswerIncomplete);
    case.papers.clear();
    answer_with(&mut case, "2026-03-04 09:00", &["a"]);
}

#[test]
fn a_decision_does_not_outlive_a_further_request() {
    let mut case = processing();
    let decided = decide(&case, &chief(), leader(), Outcome::Approved);
    put(&mut case, decided, EventKind::Decided);
    ask(&mut case, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
    assert_eq!(case.dossier.verdict, None);
    answer_with(&mut case, "2026-03-09 09:00", &["a"]);
    confirm(&mut case);
    let issued = issue_result(&case, &unit(), "12/TLKS");
    assert_eq!(refusal(issued), Code::DecisionMissing);
}

#[test]
fn before_acceptance_there_is_no_clock_to_stop() {
    let mut case = registered();
    ask(&mut case, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
    assert_eq!(case.dossier.paused_since, None);
    assert_eq!(case.supplements[0].old_due_at, None);
    answer_with(&mut case, "2026-03-09 09:00", &["a"]);
    assert_eq!(case.dossier.due_at, None);
    assert_eq!(case.supplements[0].new_due_at, None);
    confirm(&mut case);
    assert_eq!(case.dossier.state, State::Registered);
}

#[test]
fn a_faulty_request_is_told_every_fault() {
    let mut case = processing();
    case.now = at("2026-03-05 09:00");
    let faults = |papers: &[&str], reply_by: Time| {
        let asked = request(&case, &desk(), request_for(&case, papers, reply_by));
        let Rejection { code, faults } = asked.unwrap_err();
        assert_eq!(code, Code::InvalidContent);
        let told = faults.into_iter().map(|one| (one.pointer, one.code));
        told.collect::<Vec<_>>()
    };
    let fault = |pointer: &str, code| (pointer.to_owned(), code);
    assert_eq!(
        faults(&[], case.now),
        [
            fault("/items", Code::Required),
            fault("/reply_by", Code::OutOfRange)
        ]
    );
    assert_eq!(
        faults(&["a", "b", "a"], case.now.plus(Duration::days(1))),
        [fault("/items/2/paper_key", Code::Duplicate)]
    );
}

#[test]
fn a_second_round_needs_a_consent_records_it_and_uses_it_up() {
    let mut case = asked();
    answer_with(
        &mut case,
        "2026-03-09 09:00",
        &["giay_chung_sinh", "cam_doan"],
    );
    confirm(&mut case);
    let reply_by = at("2026-03-25 17:00");
    let again = request(&case, &desk(), request_for(&case, &["c"], reply_by));
    assert_eq!(refusal(again), Code::SecondRoundNeedsConsent);

    consented(&mut case, SecondRoundReason::FoundInAppraisal);
    assert!(case.dossier.round_consent.is_some());
    let event = ask(&mut case, "2026-03-10 09:00", &["c"], "2026-03-25 17:00");
    assert_eq!(event.note.round, Some(2));
    assert_eq!(event.note.old_due_at, Some(at("2026-03-16 09:00")));
    let second = &case.supplements[1];
    let expected = Some((SecondRoundReason::FoundInAppraisal, leader()));
    assert_eq!((second.round, second.consent), (2, expected));
    assert_eq!(case.dossier.round_consent, None);
    // Three working days are left; Thursday 12 March, a day off, passes in the pause.
    answer_with(&mut case, "2026-03-13 09:00", &["c"]);
    assert_eq!(case.dossier.due_at, Some(at("2026-03-18 09:00")));
    confirm(&mut case);
    let again = request(&case, &desk(), request_for(&case, &["d"], reply_by));
    assert_eq!(refusal(again), Code::SecondRoundNeedsConsent);
}

#[test]
fn a_second_round_may_follow_an_insufficient_answer_at_once() {
    let mut case = asked();
    answer_with(
        &mut case,
        "2026-03-09 09:00",
        &["giay_chung_sinh", "cam_doan"],
    );
    consented(&mut case, SecondRoundReason::AnswerInsufficient);
    ask(&mut case, "2026-03-10 09:00", &["c"], "2026-03-25 17:00");
    assert_eq!(case.dossier.state, State::SupplementRequested);
    let before = case.dossier.stage_before_supplement;
    assert_eq!(before, Some(State::Processing), "still where it came from");
    assert_eq!(case.dossier.paused_since, Some(case.now));
    assert_eq!(case.dossier.clock.as_ref().unwrap().pauses.len(), 2);
    let told: Vec<_> = case
        .supplements
        .iter()
        .map(|s| (s.round, s.status))
        .collect();
    let (first, second) = (SupplementStatus::Insufficient, SupplementStatus::Open);
    assert_eq!(told, [(1, first), (2, second)]);
    assert_eq!(case.supplements[0].closed_at, Some(case.now));
    assert!(
        case.supplements[0].answer.is_some(),
        "what came stays on record"
    );
}

#[test]
fn a_consent_given_before_the_first_round_is_not_kept_for_the_second() {
    let mut case = processing();
    consented(&mut case, SecondRoundReason::LawChanged);
    ask(&mut case, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
    assert_eq!(case.supplements[0].consent, None);
    assert_eq!(case.dossier.round_consent, None);
}

#[test]
fn unanswered_before_acceptance_it_is_not_accepted() {
    let mut case = registered();
    ask(&mut case, "2026-03-05 09:00", &["a"], "2026-03-20 17:00");
    assert_eq!(
        refusal(close_unanswered(&case, &office().working())),
        Code::SupplementOpen
    );
    case.now = at("2026-03-20 17:01");
    let answered = answer(&case, &citizen(), None, &office().working());
    assert_eq!(refusal(answered), Code::SupplementLapsed);
    let closed = close_unanswered(&case, &office().working());
    let note = put(&mut case, closed, EventKind::SupplementLapsed).note;
    assert_eq!(note.reason.as_deref(), Some("supplement_lapsed"));
    assert_eq!(note.round, Some(1));
    assert_eq!(case.dossier.state, State::NotAccepted);
    assert_eq!(case.dossier.finished_at, None);
    assert_eq!(case.supplements[0].status, SupplementStatus::Lapsed);
    assert_eq!(case.supplements[0].closed_at, Some(case.now));
}

#[test]
fn unanswered_after_acceptance_it_is_stopped_and_finished() {
    let mut case = asked();
    case.now = at("2026-03-20 17:01");
    let closed = close_unanswered(&case, &office().working());
    put(&mut case, closed, EventKind::SupplementLapsed);
    assert_eq!(case.dossier.state, State::Stopped);
    assert_eq!(case.dossier.finished_at, Some(case.now));
    assert_eq!(case.dossier.paused_since, None);
    // Asked with four of five days left, it was not late then and is not late now.
    assert_eq!(case.dossier.due_at, Some(at("2026-03-26 17:00")));
    assert_eq!(case.supplements[0].status, SupplementStatus::Lapsed);
}
