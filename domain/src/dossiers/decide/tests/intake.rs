//! Filing, acceptance with its due date, refusal, forwarding.

use super::*;
use crate::{
    deadlines::TimeLimit,
    dossiers::Channel,
    payments::fees::{Claim, Proof},
};

fn acceptance_of(office: &specimen::Office) -> Acceptance<'_> {
    Acceptance {
        procedure: &office.procedure,
        working: office.working(),
        claims: Vec::new(),
    }
}

fn accept_with(
    case: &Case,
    change: impl FnOnce(&mut specimen::Office),
) -> Result<Decision, Rejection> {
    let mut office = office();
    change(&mut office);
    let acceptance = Acceptance {
        procedure: &office.procedure,
        working: office.working(),
        claims: Vec::new(),
    };
    accept(case, &desk(), &acceptance)
}

#[test]
fn submitting_gives_the_code_and_the_tracking_secret() {
    let case = registered();
    let dossier = &case.dossier;
    assert_eq!(dossier.state, State::Registered);
    assert_eq!(dossier.submitted_at, Some(case.now));
    assert_eq!(dossier.code, Some(code()));
    let secret = dossier.tracking_secret.as_ref().unwrap();
    assert_eq!(secret.reveal(), "s");
    assert_eq!(dossier.accepted_at, None);
    assert_eq!(dossier.due_at, None);
}

#[test]
fn the_event_of_a_filing_carries_the_code_and_not_the_secret() {
    let mut case = specimen::draft();
    case.papers = vec![specimen::paper("to_khai", case.now)];
    let secret = Personal::new("bí-mật-8".to_owned());
    let filed = submit(&case, &citizen(), code(), secret, None).unwrap();
    assert_eq!(filed.event.note.number.as_deref(), Some(code().as_str()));
    let told = serde_json::to_string(&filed.event.note).unwrap();
    assert!(!told.contains("bí-mật-8"), "{told}");
}

#[test]
fn nothing_is_filed_while_a_required_paper_is_missing() {
    let case = specimen::draft();
    let secret = Personal::new("s".to_owned());
    let filed = submit(&case, &citizen(), code(), secret, None);
    assert_eq!(refusal(filed), Code::PaperMissing);
}

#[test]
fn what_the_desk_files_is_version_one_in_registered() {
    let mut dossier = specimen::draft().dossier;
    dossier.state = State::Registered;
    dossier.channel = Channel::Counter;
    dossier.code = Some(code());
    let filed = file_for(dossier);
    assert_eq!(filed.event.kind, EventKind::Filed);
    assert_eq!(filed.event.state, State::Registered);
    assert_eq!(filed.event.channel, Channel::Counter);
    assert_eq!(filed.event.note.number.as_deref(), Some(code().as_str()));
    assert_eq!(filed.dossier.version, 1);
}

#[test]
fn acceptance_pins_the_procedure_and_promises_a_date() {
    let case = accepted();
    let dossier = &case.dossier;
    assert_eq!(dossier.state, State::Accepted);
    assert_eq!(dossier.procedure_version, 7);
    assert_eq!(dossier.accepted_at, Some(dossier.updated_at));
    assert_eq!(dossier.due_at, Some(at("2026-03-11 09:00")));
    assert_eq!(dossier.original_due_at, dossier.due_at);
    assert_eq!(dossier.paused_since, None);
    let clock = dossier.clock.as_ref().unwrap();
    assert_eq!(clock.accepted_at, dossier.updated_at);
    assert!(clock.pauses.is_empty() && clock.extension.is_none());
}

#[test]
fn the_limit_of_online_filing_is_for_what_was_filed_online() {
    let online = TimeLimit::WorkingHours { hours: 8 };
    for (channel, due) in [
        (Channel::Online, "2026-03-05 09:00"),
        (Channel::Counter, "2026-03-11 09:00"),
        (Channel::Post, "2026-03-11 09:00"),
    ] {
        let mut case = registered();
        case.dossier.channel = channel;
        let accepted = accept_with(&case, |office| {
            office.procedure.time_limit_online = Some(online);
        });
        let due_at = accepted.unwrap().dossier.due_at;
        assert_eq!(due_at, Some(at(due)), "{channel:?}");
    }
}

#[test]
fn no_date_is_promised_without_a_calendar() {
    let case = registered();
    let accepted = accept_with(&case, |office| {
        office.procedure.time_limit = TimeLimit::CalendarDays { days: 400 };
    });
    assert_eq!(refusal(accepted), Code::CalendarMissing);
}

#[test]
fn a_refusal_tells_its_reason_and_ground_and_ends_it() {
    let mut case = registered();
    let refused = refuse(&case, &desk(), "Sai cơ quan.".into(), "Điều 17".into());
    let note = put(&mut case, refused, EventKind::Refused).note;
    assert_eq!(note.reason.as_deref(), Some("Sai cơ quan."));
    assert_eq!(note.legal_ground.as_deref(), Some("Điều 17"));
    assert_eq!(case.dossier.state, State::NotAccepted);
    assert_eq!(case.dossier.finished_at, None, "it was never accepted");
}

#[test]
fn forwarding_changes_the_state_and_no_date() {
    let (before, after) = (accepted().dossier, processing().dossier);
    assert_eq!(after.state, State::Processing);
    assert_eq!(after.due_at, before.due_at);
    assert_eq!(after.clock, before.clock);
}

#[test]
fn the_first_answer_stops_the_clock_of_the_desk_and_no_later_one_does() {
    let by = at("2026-03-05 09:00");
    let mut case = specimen::draft();
    case.papers = vec![specimen::paper("to_khai", case.now)];
    let secret = Personal::new("s".to_owned());
    let filed = submit(&case, &citizen(), code(), secret, Some(by));
    put(&mut case, filed, EventKind::Submitted);
    let standing = |case: &Case| (case.dossier.answer.due_at, case.dossier.answer.at);
    assert_eq!(standing(&case), (Some(by), None));
    let refused = refuse(&case, &desk(), "Sai.".into(), "Điều 17".into()).unwrap();
    assert_eq!(refused.dossier.answer.at, Some(refused.event.at));
    let papers = &["giay_chung_sinh"];
    let asked = ask(&mut case, "2026-03-04 10:00", papers, "2026-03-10 10:00").at;
    assert_eq!(standing(&case), (Some(by), Some(asked)));
    let accepted = accept(&registered(), &desk(), &acceptance_of(&office())).unwrap();
    assert_eq!(accepted.dossier.answer.at, Some(accepted.event.at));
    case.dossier.state = State::Registered;
    let accepted = accept(&case, &desk(), &acceptance_of(&office())).unwrap();
    assert_eq!(
        accepted.dossier.answer.at,
        Some(asked),
        "the first one counts"
    );
}

#[test]
fn what_was_claimed_and_not_shown_stays_on_record_and_lowers_nothing() {
    let claim = |group: &str, proof| Claim {
        group: group.to_owned(),
        proof,
    };
    let seen = || Some(Proof::SeenBy(specimen::leader()));
    let mut case = registered();
    case.dossier.claims = vec![
        claim("poor_household", None),
        claim("elderly", None),
        claim("elderly", None),
    ];
    let office = office();
    let mut acceptance = acceptance_of(&office);
    acceptance.claims = vec![claim("poor_household", seen()), claim("children", seen())];
    let accepted = accept(&case, &desk(), &acceptance).unwrap();
    let expected = [
        claim("poor_household", seen()),
        claim("children", seen()),
        claim("elderly", None),
    ];
    assert_eq!(accepted.dossier.claims, expected);
    assert_eq!(accepted.event.note.unproven_claims, Some(1));
    let told = serde_json::to_string(&accepted.event.note).unwrap();
    assert!(!told.contains("elderly"), "{told}");
    case.dossier.claims.clear();
    let accepted = accept(&case, &desk(), &acceptance).unwrap();
    assert_eq!(accepted.event.note.unproven_claims, None);
}
