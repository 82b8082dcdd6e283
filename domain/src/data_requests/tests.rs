//! The clocks of requests, their table, and who handles them.
#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use chrono::{Duration, NaiveDate};
use uuid::Uuid;

use super::*;
use crate::{
    actor::{Actor, Role, Roles},
    deadlines::{Calendar, SessionsInForce, WorkingSessions},
    ids::Id,
    procedures::shipped,
    rejection::Code,
};

fn at(text: &str) -> Time {
    Time::from_local(text.parse().unwrap())
}

fn under_the_shipped_calendar<T>(test: impl FnOnce(&WorkingTime<'_>) -> T) -> T {
    let catalogue = shipped().unwrap();
    let calendar = Calendar::new(catalogue.calendar()).unwrap();
    let pattern = catalogue.sessions.first().unwrap();
    let in_force = SessionsInForce {
        pattern: pattern.code.clone(),
        from: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
        to: None,
    };
    let sessions = WorkingSessions::new(&[in_force], &catalogue.sessions).unwrap();
    test(&WorkingTime::new(&calendar, &sessions))
}

fn agency(n: u128) -> AgencyId {
    Id::from_uuid(Uuid::from_u128(n))
}

fn officer() -> OfficerId {
    Id::from_uuid(Uuid::from_u128(7))
}

fn words() -> Personal<String> {
    Personal::new("Đã xem.".to_owned())
}

fn new(kind: DataRequestKind) -> NewRequest {
    let corrects = kind == DataRequestKind::Correction;
    NewRequest {
        id: Id::from_uuid(Uuid::from_u128(1)),
        person: Id::from_uuid(Uuid::from_u128(2)),
        controller: agency(3),
        kind,
        fields: corrects
            .then_some(CorrectableField::FullName)
            .into_iter()
            .collect(),
        details: Some(words()),
    }
}

#[test]
fn every_kind_has_the_days_of_the_decree() {
    // Monday; Tuesday 24 November is a day off (a day of the nation's culture).
    let now = at("2026-11-23T09:00:00");
    under_the_shipped_calendar(|working| {
        for kind in DataRequestKind::ALL.iter().copied() {
            assert_eq!(
                rights::LIMITS.iter().filter(|(of, _)| *of == kind).count(),
                1
            );
            let request = new(kind).received(now, working).unwrap();
            let due = match kind {
                DataRequestKind::Access
                | DataRequestKind::Provision
                | DataRequestKind::Correction => "2026-12-03",
                DataRequestKind::Withdrawal
                | DataRequestKind::Restriction
                | DataRequestKind::Objection => "2026-12-08",
                // The twentieth day is a Sunday.
                DataRequestKind::Erasure => "2026-12-14",
            };
            assert_eq!(request.due_at.date().to_string(), due, "{kind:?}");
            assert_eq!(
                request.answer_by.date().to_string(),
                "2026-11-26",
                "{kind:?}"
            );
            let (answer, whole) = request.explained(now, working).unwrap();
            assert_eq!(answer.due_at, Some(request.answer_by));
            assert_eq!(whole.due_at, Some(request.due_at));
        }
    });
}

#[test]
fn what_the_table_does_not_list_is_refused() {
    let now = at("2026-11-23T09:00:00");
    under_the_shipped_calendar(|working| {
        let received = new(DataRequestKind::Access).received(now, working).unwrap();
        let states = [
            received.clone(),
            received.acknowledge(officer(), now, working).unwrap(),
            received.fulfil((officer(), words()), now).unwrap(),
            received
                .refuse((officer(), words()), RefusalGround::NotHeld, now)
                .unwrap(),
        ];
        for (request, state) in states.iter().zip(DataRequestState::ALL.iter().copied()) {
            assert_eq!(request.state, state);
            for command in DataRequestCommand::ALL.iter().copied() {
                let to = MOVES
                    .iter()
                    .find(|(from, of, _)| (*from, *of) == (state, command))
                    .map(|(_, _, to)| *to);
                let outcome = match command {
                    DataRequestCommand::Acknowledge => request.acknowledge(officer(), now, working),
                    DataRequestCommand::Extend => {
                        request.extend((officer(), words()), now, working)
                    }
                    DataRequestCommand::Fulfil => request.fulfil((officer(), words()), now),
                    DataRequestCommand::Refuse => {
                        request.refuse((officer(), words()), RefusalGround::NotHeld, now)
                    }
                };
                let found = outcome.map(|it| it.state).map_err(|no| no.code);
                assert_eq!(
                    found,
                    to.ok_or(Code::DataRequestForbids),
                    "{state:?} {command:?}"
                );
                assert!(!state.is_closed() || to.is_none());
            }
        }
    });
}

#[test]
fn it_is_extended_once_and_never_when_late() {
    let now = at("2026-11-23T09:00:00");
    under_the_shipped_calendar(|working| {
        let received = new(DataRequestKind::Erasure)
            .received(now, working)
            .unwrap();
        let extended = received.extend((officer(), words()), now, working).unwrap();
        assert_eq!(extended.original_due_at, received.due_at);
        let longer = extended.due_at.since(received.due_at);
        assert!(
            longer >= Duration::days(20) && longer < Duration::days(24),
            "{longer}"
        );
        let (_, ledger) = extended.explained(now, working).unwrap();
        assert_eq!(ledger.due_at, Some(extended.due_at));
        let again = extended.extend((officer(), words()), now, working);
        assert_eq!(again.map_err(|no| no.code), Err(Code::AlreadyExtended));
        let late = received.due_at.plus(Duration::seconds(1));
        let too_late = received.extend((officer(), words()), late, working);
        assert_eq!(too_late.map_err(|no| no.code), Err(Code::ExtensionTooLate));
    });
}

/// Whatever is left lying: it is escalated before the answer is due, and again before the end.
#[test]
fn what_is_left_lying_is_escalated_before_each_date_of_the_law() {
    let now = at("2026-11-23T09:00:00");
    under_the_shipped_calendar(|working| {
        for kind in DataRequestKind::ALL.iter().copied() {
            let mut request = new(kind).received(now, working).unwrap();
            let mut heard = Vec::new();
            while let Some((alarm, at)) = request.alarm {
                assert_eq!(
                    request.escalate(at.plus(-Duration::seconds(1)), working),
                    Ok(None)
                );
                let (next, went_off) = request.escalate(at, working).unwrap().unwrap();
                assert_eq!(went_off, alarm);
                heard.push((alarm, at));
                request = next;
            }
            let alarms: Vec<Alarm> = heard.iter().map(|(alarm, _)| *alarm).collect();
            assert_eq!(alarms, Alarm::ALL);
            let when = |wanted| heard.iter().find(|(alarm, _)| *alarm == wanted).unwrap().1;
            assert!(when(Alarm::AnswerSoon) < request.answer_by);
            assert!(when(Alarm::DueSoon) < request.due_at);
            assert_eq!(request.version, 5);
        }
    });
}

#[test]
fn an_erasure_is_the_provinces_and_an_agency_decides_only_its_own() {
    let at = |role, own| Actor::Officer {
        officer: officer(),
        agency: own,
        roles: Roles::of(&[role]),
    };
    for role in Role::ALL {
        for kind in DataRequestKind::ALL.iter().copied() {
            for own in [true, false] {
                let actor = at(role, if own { agency(3) } else { agency(4) });
                let expected = match role {
                    Role::ProvinceAdministrator => true,
                    Role::AgencyAdministrator => own && kind != DataRequestKind::Erasure,
                    Role::Receiver
                    | Role::Processor
                    | Role::Approver
                    | Role::Returner
                    | Role::Cashier
                    | Role::Statistician
                    | Role::Auditor => false,
                };
                let found = rights::may_handle(&actor, agency(3), kind);
                assert_eq!(found.is_ok(), expected, "{role:?} {kind:?} {own}");
            }
        }
    }
    let citizen = Actor::Citizen {
        person: Id::from_uuid(Uuid::from_u128(2)),
    };
    assert_eq!(rights::may_look(&citizen), Err(Code::RoleForbids));
}

#[test]
fn a_correction_says_what_is_wrong_and_what_one_changes_alone_is_sent_back() {
    for field in CorrectableField::ALL.iter().copied() {
        let rows = rights::CORRECTIONS.iter().filter(|(of, _)| *of == field);
        assert_eq!(rows.count(), 1, "{field:?}");
    }
    let mut request = new(DataRequestKind::Correction);
    request.fields = vec![
        CorrectableField::FullName,
        CorrectableField::Address,
        CorrectableField::FullName,
    ];
    let found: Vec<_> = request
        .faults()
        .into_iter()
        .map(|fault| (fault.pointer, fault.code))
        .collect();
    let expected = [
        ("/fields/1".to_owned(), Code::CorrectedAtOnce),
        ("/fields/2".to_owned(), Code::Duplicate),
    ];
    assert_eq!(found, expected);
    request.fields = Vec::new();
    request.details = None;
    assert_eq!(request.faults().len(), 2);
    let mut access = new(DataRequestKind::Access);
    access.fields = vec![CorrectableField::FullName];
    assert_eq!(access.faults().len(), 1);
}
