//! Every state, command and principal, against a second statement of the rules.
//!
//! The sheets below say per principal what it may do, read from the national status list and the
//! law and written by hand; the table in `transitions` says it per state. Neither knows the other.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod facts;
mod sheets;

use std::collections::BTreeSet;

use self::{
    facts::{Fact, Group},
    sheets::{Leads, Permission, Principal},
};
use crate::{
    actor::Role,
    dossiers::{
        Case, Command, State, permitted,
        specimen::{draft, officer},
    },
    rejection::Code,
    supplements::SupplementStatus,
};

/// Where a specimen stood before its supplement request, and before its withdrawal.
const BEFORE: (State, State) = (State::Accepted, State::PaymentRequested);

/// A case in that state, favourable to whatever is asked, then with these facts instead.
fn case(state: State, facts: &[Fact]) -> Case {
    let mut case = draft();
    case.dossier.state = state;
    case.dossier.stage_before_supplement = Some(BEFORE.0);
    case.dossier.stage_before_withdrawal = Some(BEFORE.1);
    for fact in Fact::NEUTRAL.iter().chain(facts) {
        fact.set(&mut case);
    }
    case
}

fn outcome(case: &Case, command: Command, principal: Principal) -> Result<State, Code> {
    permitted(case, command, &principal.actor()).map_err(|rejection| rejection.code)
}

fn goal(permission: &Permission, state: State) -> State {
    match permission.leads {
        Leads::To(state) => state,
        Leads::Nowhere => state,
        Leads::Back if state == State::WithdrawalRequested => BEFORE.1,
        Leads::Back => BEFORE.0,
    }
}

fn permission(principal: Principal, state: State, command: Command) -> Option<&'static Permission> {
    let mut found = principal
        .sheet()
        .iter()
        .filter(|one| one.command == command && one.from.contains(&state));
    let permission = found.next();
    assert!(
        found.next().is_none(),
        "{principal:?} {state:?} {command:?} is said twice"
    );
    permission
}

/// Asserts one cell whatever the facts are, as far as the sheet says that they do not matter.
fn assert_permitted(permission: &Permission, state: State, principal: Principal) -> usize {
    let command = permission.command;
    let goal = Ok(goal(permission, state));
    let favourable = permission.favourable();
    let mut asserted = 0;
    let mut check = |fact: Fact, expected| {
        let facts: Vec<_> = favourable.iter().copied().chain([fact]).collect();
        let found = outcome(&case(state, &facts), command, principal);
        assert_eq!(
            found, expected,
            "{principal:?} {state:?} {command:?} {fact:?}"
        );
        asserted += 1;
    };
    for fact in Fact::ALL.iter().copied() {
        let refused = permission.unless.iter().find(|(bad, _)| *bad == fact);
        let matters = permission.groups().contains(&fact.group());
        let good = permission.given.contains(&fact);
        assert_eq!(
            matters,
            good || refused.is_some(),
            "{command:?} {fact:?} is left open"
        );
        check(fact, refused.map_or(goal, |(_, code)| Err(*code)));
    }
    asserted
}

#[test]
fn every_state_command_and_principal_ends_as_the_sheets_say() {
    let mut cells = 0;
    let mut asserted = 0;
    for state in State::ALL.iter().copied() {
        let with_each_fact: Vec<_> = Fact::ALL.iter().map(|fact| case(state, &[*fact])).collect();
        for command in Command::ALL.iter().copied() {
            for principal in Principal::ALL {
                cells += 1;
                if let Some(permission) = permission(principal, state, command) {
                    asserted += assert_permitted(permission, state, principal);
                    continue;
                }
                let ever = principal.sheet().iter().any(|one| one.command == command);
                let others = Principal::ALL
                    .into_iter()
                    .any(|other| permission_of(other, state, command));
                let code = if ever && !others {
                    Code::StateForbids
                } else {
                    Code::RoleForbids
                };
                for case in &with_each_fact {
                    let found = outcome(case, command, principal);
                    assert_eq!(found, Err(code), "{principal:?} {state:?} {command:?}");
                    asserted += 1;
                }
            }
        }
    }
    assert_eq!(cells, 11 * 33 * 11);
    assert_eq!(asserted, cells * Fact::ALL.len());
}

fn permission_of(principal: Principal, state: State, command: Command) -> bool {
    permission(principal, state, command).is_some()
}

#[test]
fn every_command_and_every_state_but_the_ends_is_in_some_sheet() {
    let sheets = || Principal::ALL.into_iter().flat_map(Principal::sheet);
    let commands: BTreeSet<_> = sheets().map(|one| one.command).collect();
    assert_eq!(commands.len(), Command::ALL.len());
    let reopened: BTreeSet<_> = sheets()
        .filter(|one| one.command == Command::Reopen)
        .flat_map(|one| one.from.iter().copied())
        .collect();
    for state in State::ALL.iter().copied() {
        let leads_on = sheets()
            .filter(|one| one.command != Command::Reopen)
            .any(|one| one.from.contains(&state));
        assert_eq!(state.is_terminal(), !leads_on, "{state:?}");
        let is_ended_by_an_officer = matches!(state, State::NotAccepted | State::Stopped);
        assert_eq!(
            reopened.contains(&state),
            is_ended_by_an_officer,
            "{state:?}"
        );
    }
}

#[test]
fn an_officer_with_many_roles_may_what_any_of_them_may() {
    let all = officer(&Role::ALL);
    let none = officer(&[]);
    for state in State::ALL.iter().copied() {
        for command in Command::ALL.iter().copied() {
            let officers = || Role::ALL.into_iter().map(Principal::Officer);
            let one = officers().find_map(|who| permission(who, state, command));
            let favourable = one.map(Permission::favourable).unwrap_or_default();
            let case = case(state, &favourable);
            let ever = officers().any(|who| who.sheet().iter().any(|one| one.command == command));
            let others = [Principal::Citizen, Principal::System]
                .into_iter()
                .any(|who| permission_of(who, state, command));
            let expected = match one {
                Some(permission) => Ok(goal(permission, state)),
                None if ever && !others => Err(Code::StateForbids),
                None => Err(Code::RoleForbids),
            };
            let found = permitted(&case, command, &all).map_err(|no| no.code);
            assert_eq!(found, expected, "{state:?} {command:?}");
            let found = permitted(&case, command, &none).map_err(|no| no.code);
            assert_eq!(found, Err(Code::RoleForbids), "{state:?} {command:?}");
        }
    }
}

#[test]
fn the_first_supplement_round_needs_no_consent() {
    for state in [State::Registered, State::Accepted, State::Processing] {
        let case = case(state, &[Fact::NeverAsked, Fact::NoConsent]);
        let found = outcome(
            &case,
            Command::RequestSupplement,
            Principal::Officer(Role::Receiver),
        );
        assert_eq!(found, Ok(State::SupplementRequested), "{state:?}");
    }
}

#[test]
fn a_round_may_be_answered_up_to_the_very_instant_of_its_date() {
    let mut case = case(State::SupplementRequested, &[Fact::RoundOpen]);
    case.now = case.supplements.last().unwrap().reply_by;
    let answer = |case: &Case| outcome(case, Command::AnswerSupplement, Principal::Citizen);
    let close = |case: &Case| outcome(case, Command::StopUnanswered, Principal::System);
    assert_eq!(answer(&case), Ok(State::SupplementRequested));
    assert_eq!(close(&case), Err(Code::SupplementOpen));
    case.now = case.now.plus(chrono::Duration::microseconds(1));
    assert_eq!(answer(&case), Err(Code::SupplementLapsed));
    assert_eq!(close(&case), Ok(State::Stopped));
}

#[test]
fn only_the_latest_round_counts() {
    let mut case = case(State::SupplementRequested, &[Fact::RoundSatisfied]);
    let mut second = case.supplements.last().unwrap().clone();
    second.round = 2;
    second.status = SupplementStatus::Open;
    case.supplements.push(second);
    assert_eq!(
        outcome(&case, Command::AnswerSupplement, Principal::Citizen),
        Ok(State::SupplementRequested)
    );
    case.supplements.reverse();
    assert_eq!(
        outcome(&case, Command::AnswerSupplement, Principal::Citizen),
        Err(Code::StateForbids)
    );
}

#[test]
fn what_goes_back_goes_to_each_place_it_may_have_come_from_and_nowhere_else() {
    let desk = Principal::Officer(Role::Receiver);
    for from in [State::Registered, State::Accepted, State::Processing] {
        let mut case = case(State::SupplementRequested, &[Fact::RoundAnswered]);
        case.dossier.stage_before_supplement = Some(from);
        assert_eq!(outcome(&case, Command::Resume, desk), Ok(from));
    }
    for from in [
        State::Registered,
        State::Accepted,
        State::Processing,
        State::SupplementRequested,
        State::PaymentRequested,
    ] {
        let mut case = case(State::WithdrawalRequested, &[]);
        case.dossier.stage_before_withdrawal = Some(from);
        assert_eq!(outcome(&case, Command::DeclineWithdrawal, desk), Ok(from));
    }
    let mut lost = case(State::SupplementRequested, &[Fact::RoundAnswered]);
    lost.dossier.stage_before_supplement = None;
    assert_eq!(
        outcome(&lost, Command::Resume, desk),
        Err(Code::StateForbids)
    );
}

#[test]
fn every_group_of_facts_has_exactly_one_neutral_fact() {
    for group in Group::ALL {
        let of_group = |facts: &[Fact]| facts.iter().filter(|fact| fact.group() == group).count();
        assert_eq!(of_group(&Fact::NEUTRAL), 1, "{group:?}");
        assert!(of_group(&Fact::ALL) > 1, "{group:?}");
    }
}
