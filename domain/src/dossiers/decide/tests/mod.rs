//! Tests of what each command does to a dossier.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails right there"
)]

mod drafting;
mod ending;
mod intake;
mod outcome;
mod paying;
mod recomputing;
mod supplementing;

use chrono::Duration;

use super::*;
use crate::{
    actor::Role,
    deadlines::SupplementClock,
    dossiers::{
        State,
        specimen::{self, at, citizen, code, id, leader, office, officer},
    },
    personal::Personal,
    supplements::SupplementStatus,
    time::Time,
};

fn desk() -> Actor {
    officer(&[Role::Receiver])
}

fn unit() -> Actor {
    officer(&[Role::Processor])
}

fn chief() -> Actor {
    officer(&[Role::Approver])
}

fn till() -> Actor {
    officer(&[Role::Cashier])
}

fn returns() -> Actor {
    officer(&[Role::Returner])
}

/// Puts a decision into effect, having checked what every decision must hold.
fn put(case: &mut Case, decision: Result<Decision, Rejection>, kind: EventKind) -> Event {
    let before = case.dossier.clone();
    let Decision {
        dossier,
        event,
        supplements,
    } = decision.unwrap();
    assert_eq!(event.kind, kind);
    assert_eq!(dossier.version, before.version + 1);
    assert_eq!(dossier.updated_at, before.moment(case.now));
    assert!(dossier.updated_at > before.updated_at);
    assert_eq!(event.at, dossier.updated_at);
    assert_eq!(event.state, dossier.state);
    assert_eq!(event.due_at, dossier.due_at);
    assert_eq!(event.channel, before.channel);
    assert_eq!(dossier.id, before.id);
    assert_eq!(dossier.created_at, before.created_at);
    for touched in supplements {
        assert_eq!(touched.dossier, dossier.id);
        case.supplements.retain(|one| one.id != touched.id);
        case.supplements.push(touched);
    }
    case.dossier = dossier;
    event
}

fn refusal(decision: Result<Decision, Rejection>) -> Code {
    decision.unwrap_err().code
}

/// Filed on Wednesday 4 March at 09:00 with its paper.
fn registered() -> Case {
    let mut case = specimen::draft();
    case.papers = vec![specimen::paper("to_khai", case.now)];
    let secret = Personal::new("s".to_owned());
    let filed = submit(&case, &citizen(), code(), secret, None);
    put(&mut case, filed, EventKind::Submitted);
    case
}

fn accepted_by(on_supplement: SupplementClock) -> Case {
    let mut case = registered();
    let mut office = office();
    office.procedure.supplement.clock = on_supplement;
    let acceptance = Acceptance {
        procedure: &office.procedure,
        working: office.working(),
        claims: Vec::new(),
    };
    let accepted = accept(&case, &desk(), &acceptance);
    put(&mut case, accepted, EventKind::Accepted);
    case
}

/// Accepted at the same time: five working days, due on Wednesday 11 March at 09:00.
fn accepted() -> Case {
    accepted_by(SupplementClock::Pause)
}

fn processing() -> Case {
    let mut case = accepted();
    let forwarded = forward(&case, &desk());
    put(&mut case, forwarded, EventKind::Forwarded);
    case
}

/// Asks for these papers, to be sent by then.
fn ask(case: &mut Case, local: &str, papers: &[&str], reply_by: &str) -> Event {
    case.now = at(local);
    let asked = request(case, &desk(), request_for(case, papers, at(reply_by)));
    put(case, asked, EventKind::SupplementRequested)
}

fn request_for(case: &Case, papers: &[&str], reply_by: Time) -> Request {
    Request {
        id: id(40 + u128::try_from(case.supplements.len()).unwrap()),
        asked_by: id(3),
        items: papers.iter().map(|key| specimen::item(key)).collect(),
        legal_ground: "118/2025/NĐ-CP".to_owned(),
        reply_by,
    }
}

/// Attaches these papers and answers with them.
fn answer_with(case: &mut Case, local: &str, papers: &[&str]) -> Event {
    case.now = at(local);
    for key in papers {
        let attached = attach_paper(case, &citizen(), key);
        let at = put(case, attached, EventKind::PaperAttached).at;
        case.papers.push(specimen::paper(key, at));
    }
    let answered = answer(case, &citizen(), None, &office().working());
    let by_the_desk = answer(case, &desk(), None, &office().working()).unwrap();
    let pen = by_the_desk.event.note.assistance;
    assert_eq!(pen, Some(Assistance::TypedByOfficer));
    let event = put(case, answered, EventKind::SupplementAnswered);
    assert_eq!(event.note.assistance, None, "in the citizen's own hand");
    event
}

fn confirm(case: &mut Case) -> Event {
    let resumed = resume(case, &desk());
    put(case, resumed, EventKind::Resumed)
}

#[test]
fn a_clock_set_back_makes_every_event_later_than_the_one_before_all_the_same() {
    let mut case = accepted();
    let later = |micros| case.dossier.updated_at.plus(Duration::microseconds(micros));
    let (first, second, minute) = (later(1), later(2), later(60_000_000));
    case.now = later(-3 * 3_600_000_000);
    let forwarded = forward(&case, &desk());
    let event = put(&mut case, forwarded, EventKind::Forwarded);
    assert_eq!(event.at, first);
    let reply_by = minute.plus(Duration::days(2));
    let asked = request(&case, &desk(), request_for(&case, &["a"], reply_by));
    put(&mut case, asked, EventKind::SupplementRequested);
    assert_eq!(case.dossier.paused_since, Some(second));
    assert_eq!(case.supplements[0].asked_at, second);
    let answered_at = answer_with(&mut case, "2026-03-04 09:01", &["a"]).at;
    assert!(answered_at > second);
    let pause = case.dossier.clock.as_ref().unwrap().pauses[0];
    assert_eq!((pause.from, pause.to), (second, Some(answered_at)));
}
