//! A draft is written, changed and thrown away.

use super::*;
use crate::dossiers::{Delivery, Party, filing::Contents};

fn contents() -> Contents {
    Contents {
        assistance: crate::dossiers::Assistance::HelpedOnOwnPhone,
        helped_by: None,
        applicant: Party {
            full_name: Personal::new("Nguyễn Văn Hai".to_owned()),
            ..specimen::party()
        },
        submitter: Some(specimen::party()),
        form: Personal::new(r#"{"copies":2}"#.to_owned()),
        quantities: crate::procedures::Quantities {
            copies: 2,
            pages: 1,
            persons: 1,
        },
        claims: Vec::new(),
        delivery: Delivery::Post,
    }
}

#[test]
fn the_first_event_of_a_draft_is_its_first_version() {
    let dossier = specimen::draft().dossier;
    let Decision {
        dossier: after,
        event,
        supplements,
    } = draft(dossier.clone());
    assert_eq!(after, dossier);
    assert_eq!((after.version, event.kind), (1, EventKind::Drafted));
    assert_eq!((event.state, event.at), (State::Draft, dossier.updated_at));
    assert_eq!((event.due_at, supplements.len()), (None, 0));
}

#[test]
fn an_edit_replaces_what_the_citizen_writes_and_nothing_else() {
    let mut case = specimen::draft();
    let before = case.dossier.clone();
    let edited = edit(&case, &citizen(), contents());
    put(&mut case, edited, EventKind::Edited);
    let mut expected = before;
    contents().fill(&mut expected);
    expected.version = 2;
    expected.updated_at = case.now;
    assert_eq!(case.dossier, expected);
    assert_eq!(case.dossier.delivery, Delivery::Post);
    assert_eq!(case.dossier.applicant.full_name.reveal(), "Nguyễn Văn Hai");
    let filed = edit(&registered(), &citizen(), contents());
    assert_eq!(refusal(filed), Code::StateForbids);
}

#[test]
fn papers_come_and_go_by_their_key() {
    let mut case = specimen::draft();
    let attached = attach_paper(&case, &citizen(), "to_khai");
    let event = put(&mut case, attached, EventKind::PaperAttached);
    assert_eq!(event.note.papers, ["to_khai"]);
    let removed = remove_paper(&case, &citizen(), "to_khai");
    let event = put(&mut case, removed, EventKind::PaperRemoved);
    assert_eq!(event.note.papers, ["to_khai"]);
    assert_eq!(
        (case.dossier.state, case.dossier.version),
        (State::Draft, 3)
    );
}

#[test]
fn a_draft_is_discarded_unless_it_was_paid_for() {
    let mut case = specimen::draft();
    let fee = specimen::fee(70, 8_000, crate::payments::fees::CollectedAt::Intake);
    case.obligations = vec![fee.clone()];
    let discarded = discard(&case, &citizen());
    put(&mut case, discarded, EventKind::Discarded);
    case.obligations = vec![fee.settle(id(80), case.now).unwrap()];
    assert_eq!(refusal(discard(&case, &citizen())), Code::MoneyPins);
}
