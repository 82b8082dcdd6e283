//! Decision, result, recall, hand-over, apology.

use super::*;
use crate::{
    actor::Sight,
    papers::{CopyKind, Paper},
    results::{Outcome, is_open_to},
};

fn completed() -> Case {
    let mut case = processing();
    let decision = decide(&case, &chief(), leader(), Outcome::Approved);
    put(&mut case, decision, EventKind::Decided);
    case.now = at("2026-03-06 10:00");
    let issued = issue_result(&case, &unit(), "12/TLKS");
    let note = put(&mut case, issued, EventKind::ResultIssued).note;
    assert_eq!(note.number.as_deref(), Some("12/TLKS"));
    case.results = vec![specimen::result()];
    case
}

fn apology(local: &str) -> Apology {
    Apology {
        reason: "Chờ ý kiến.".to_owned(),
        new_due_at: at(local),
    }
}

fn apologised(case: &mut Case, now: &str, new_due_at: &str) -> Event {
    case.now = at(now);
    let decision = apologise(case, &chief(), apology(new_due_at), &office().working());
    put(case, decision, EventKind::Apologised)
}

#[test]
fn a_decision_is_the_leaders_whichever_way_it_goes() {
    for outcome in [Outcome::Approved, Outcome::Declined] {
        let mut case = processing();
        let decision = decide(&case, &chief(), leader(), outcome);
        let note = put(&mut case, decision, EventKind::Decided).note;
        assert_eq!(note.reason.as_deref(), Some(outcome.as_str()));
        let verdict = case.dossier.verdict.unwrap();
        assert_eq!((verdict.outcome, verdict.by), (outcome, leader()));
        assert_eq!(verdict.at, case.dossier.updated_at);
        assert_eq!(case.dossier.state, State::Processing);
        assert_eq!(case.dossier.finished_at, None);
        assert!(issue_result(&case, &unit(), "12/TLKS").is_ok());
    }
    let undecided = issue_result(&processing(), &unit(), "12/TLKS");
    assert_eq!(refusal(undecided), Code::DecisionMissing);
}

#[test]
fn the_result_finishes_the_dossier_and_the_hand_over_returns_it() {
    let mut case = completed();
    assert_eq!(case.dossier.state, State::Completed);
    assert_eq!(case.dossier.finished_at, Some(case.now));
    let finished = case.dossier.finished_at;
    case.now = at("2026-03-09 08:00");
    let recipient = Personal::new("Trần Thị Mẫu".to_owned());
    let handed_over = hand_over(&case, &returns(), recipient.clone(), Vec::new());
    let event = put(&mut case, handed_over, EventKind::HandedOver);
    assert_eq!(case.dossier.state, State::Returned);
    assert_eq!(case.dossier.returned_at, Some(case.now));
    assert_eq!(
        case.dossier.finished_at, finished,
        "when the result existed"
    );
    assert_eq!(case.dossier.recipient, Some(recipient));
    let told = serde_json::to_string(&event.note).unwrap();
    assert!(!told.contains("Mẫu"), "no name in an event: {told}");
}

#[test]
fn a_recall_reopens_and_needs_a_new_decision() {
    let mut case = completed();
    let recalled = recall(&case, &chief(), "Sai tên.".into());
    let note = put(&mut case, recalled, EventKind::Recalled).note;
    assert_eq!(note.reason.as_deref(), Some("Sai tên."));
    case.results.clear();
    assert_eq!(case.dossier.state, State::Processing);
    assert_eq!(case.dossier.finished_at, None);
    assert_eq!(case.dossier.verdict, None);
    assert_eq!(case.dossier.due_at, Some(at("2026-03-11 09:00")));
    let again = issue_result(&case, &unit(), "13/TLKS");
    assert_eq!(refusal(again), Code::DecisionMissing);
    let decision = decide(&case, &chief(), leader(), Outcome::Approved);
    put(&mut case, decision, EventKind::Decided);
    case.now = at("2026-03-10 10:00");
    let again = issue_result(&case, &unit(), "13/TLKS");
    put(&mut case, again, EventKind::ResultIssued);
    assert_eq!(case.dossier.finished_at, Some(case.now));
}

#[test]
fn an_apology_a_day_before_moves_the_due_date() {
    let mut case = processing();
    let event = apologised(&mut case, "2026-03-10 16:59", "2026-03-16 17:00");
    let due = Some(at("2026-03-16 17:00"));
    assert_eq!((event.due_at, case.dossier.due_at), (due, due));
    assert_eq!(event.note.old_due_at, Some(at("2026-03-11 09:00")));
    assert_eq!(case.dossier.original_due_at, Some(at("2026-03-11 09:00")));
    let clock = case.dossier.clock.as_ref().unwrap();
    let extension = clock.extension.as_ref().unwrap();
    assert!(extension.moves_due);
    assert_eq!(extension.granted_at, case.now);
}

#[test]
fn an_apology_on_the_day_or_later_is_told_but_moves_nothing() {
    for now in ["2026-03-11 00:00", "2026-03-11 08:00", "2026-03-13 08:00"] {
        let mut case = processing();
        let event = apologised(&mut case, now, "2026-03-16 17:00");
        let due = Some(at("2026-03-11 09:00"));
        assert_eq!((event.due_at, case.dossier.due_at), (due, due), "{now}");
        let clock = case.dossier.clock.as_ref().unwrap();
        let extension = clock.extension.as_ref().unwrap();
        assert!(!extension.moves_due, "{now}");
        assert_eq!(extension.new_due_at, at("2026-03-16 17:00"));
    }
}

#[test]
fn a_second_apology_is_refused_even_if_the_first_came_late() {
    for first in ["2026-03-06 09:00", "2026-03-13 08:00"] {
        let mut case = processing();
        apologised(&mut case, first, "2026-03-16 17:00");
        let again = apology("2026-03-20 17:00");
        let again = apologise(&case, &chief(), again, &office().working());
        assert_eq!(refusal(again), Code::AlreadyExtended, "{first}");
    }
}

#[test]
fn the_new_date_is_later_than_the_old_one_and_than_now() {
    for (now, new) in [
        ("2026-03-06 09:00", "2026-03-11 09:00"),
        ("2026-03-06 09:00", "2026-03-09 09:00"),
        ("2026-03-17 09:00", "2026-03-17 09:00"),
        ("2026-03-17 09:00", "2026-03-16 17:00"),
    ] {
        let mut case = processing();
        case.now = at(now);
        let refused = apologise(&case, &chief(), apology(new), &office().working());
        let Rejection { code, faults } = refused.unwrap_err();
        assert_eq!(code, Code::InvalidContent);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].pointer, "/new_due_at");
        assert_eq!(faults[0].code, Code::DateNotLater, "{now} {new}");
    }
}

#[test]
fn a_pause_after_an_apology_moves_the_promised_date() {
    let mut case = processing();
    apologised(&mut case, "2026-03-06 09:00", "2026-03-16 09:00");
    ask(&mut case, "2026-03-09 09:00", &["a"], "2026-03-20 17:00");
    answer_with(&mut case, "2026-03-10 09:00", &["a"]);
    // One working day of pause.
    assert_eq!(case.dossier.due_at, Some(at("2026-03-17 09:00")));
}

#[test]
fn the_citizen_holds_a_result_from_the_hand_over_and_the_agency_from_the_issue() {
    let mut dossier = specimen::draft().dossier;
    let (own, agency) = (specimen::citizen().sight(), Sight::Agency(dossier.agency));
    for (returned_at, to_citizen) in [(None, false), (Some(specimen::now()), true)] {
        dossier.returned_at = returned_at;
        assert_eq!(is_open_to(own, &dossier), to_citizen);
        assert!(is_open_to(agency, &dossier) && is_open_to(Sight::Province, &dossier));
    }
}

#[test]
fn originals_that_were_held_are_given_back_and_named() {
    let mut case = completed();
    case.obligations.clear();
    let original = |key: &str| Paper {
        copy_kind: CopyKind::Original,
        ..specimen::paper(key, case.now)
    };
    case.papers = vec![
        original("giay_chung_sinh"),
        original("ho_chieu"),
        specimen::paper("to_khai", case.now),
    ];
    let given = |keys: &[&str]| {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        hand_over(&case, &returns(), Personal::new("Mẫu".to_owned()), keys)
    };
    let handed_over = given(&["giay_chung_sinh"]).unwrap();
    assert_eq!(handed_over.event.note.papers, ["giay_chung_sinh"]);
    let faults = |keys: &[&str]| -> Vec<(String, Code)> {
        let faults = given(keys).unwrap_err().faults;
        faults.into_iter().map(|it| (it.pointer, it.code)).collect()
    };
    let at = |index: usize| format!("/originals_returned/{index}");
    let copy = [(at(0), Code::UnknownReference)];
    assert_eq!(faults(&["to_khai"]), copy, "a copy is no original");
    let twice = ["ho_chieu", "giay_chung_sinh", "ho_chieu", "moon_stone"];
    let expected = [(at(2), Code::Duplicate), (at(3), Code::UnknownReference)];
    assert_eq!(faults(&twice), expected);
}
