//! Every state x command x actor x facts, against the same rules written a second time by hand.

use std::collections::HashSet;

use super::*;
use crate::{payments::decision::permitted, rejection::Code, transition::To};

/// Who may ever ask for a command.
fn may_ever(command: PaymentCommand, actor: &Actor) -> bool {
    let has = |role| matches!(actor, Actor::Officer { roles, .. } if roles.has(role));
    let cashier = has(Role::Cashier);
    let is_citizen = matches!(actor, Actor::Citizen { .. });
    let is_system = *actor == Actor::System;
    match command.as_str() {
        "record_cash" | "match_transfer" => cashier,
        "start" | "cancel" => is_citizen || cashier,
        "confirm" | "fail" | "expire" => is_system,
        "approve_refund" | "refuse_refund" => has(Role::Approver),
        "request_refund" | "send_refund" | "confirm_refund" | "fail_refund" => cashier || is_system,
        other => panic!("{other} is not in the matrix"),
    }
}

/// Where the command leads, `same` standing for "where it came from".
fn leads(state: &str, command: &str, facts: &Facts) -> Result<&'static str, Code> {
    let cash = facts.method == PaymentMethod::Cash;
    let by_hand = ["vietqr", "transfer"].contains(&facts.method.as_str());
    let due = facts.covered == Covered::AllDue;
    let exact = facts.expected == facts.received;
    let arrives = match (exact, due) {
        (false, _) => Err(Code::AmountMismatch),
        (true, true) => Ok("succeeded"),
        (true, false) => Ok("paid_late"),
    };
    let second = facts.officer.is_some() && facts.officer != facts.refund_requested_by;
    match (state, command) {
        ("created", "record_cash") if !cash => Err(Code::StateForbids),
        ("created", "record_cash") if !due => Err(Code::NothingOwed),
        ("created", "record_cash") => arrives,
        ("created", "start") if cash => Err(Code::StateForbids),
        ("created", "start") => due.then_some("pending").ok_or(Code::NothingOwed),
        ("pending", "fail") => Ok("failed"),
        ("created" | "pending", "expire") => Ok("expired"),
        ("created" | "pending", "cancel") => Ok("cancelled"),
        ("pending" | "failed" | "expired" | "cancelled", "confirm") if !cash => arrives,
        ("pending" | "expired" | "cancelled", "match_transfer") if by_hand => arrives,
        ("succeeded" | "paid_late", "request_refund") => Ok("refund_requested"),
        ("refund_requested", "approve_refund" | "refuse_refund") if !second => {
            Err(Code::RoleForbids)
        }
        ("refund_requested", "approve_refund") => Ok("refund_approved"),
        ("refund_requested", "refuse_refund") => Ok("where it came from"),
        ("refund_approved" | "refund_failed", "send_refund") => Ok("refund_sent"),
        ("refund_sent", "confirm_refund") => Ok("refunded"),
        ("refund_sent", "fail_refund") => Ok("refund_failed"),
        _ => Err(Code::StateForbids),
    }
}

fn actors() -> Vec<Actor> {
    let mut actors = vec![citizen(), Actor::System, officer(3, &[])];
    actors.extend(Role::ALL.map(|role| officer(3, &[role])));
    actors.push(officer(3, &Role::ALL));
    actors
}

fn all_facts(actor: &Actor) -> Vec<Facts> {
    let officer = match actor {
        Actor::Officer { officer, .. } => Some(*officer),
        Actor::Citizen { .. } | Actor::System => None,
    };
    let mut all = Vec::new();
    for method in PaymentMethod::ALL.iter().copied() {
        for covered in [Covered::Nothing, Covered::AllDue, Covered::SomeEnded] {
            for received in [0, 23_999, 24_000, 24_001] {
                for refund_requested_by in [None, Some(id(3)), Some(id(4))] {
                    let expected = Dong::new(24_000);
                    let received = Dong::new(received);
                    all.push(Facts {
                        method,
                        expected,
                        received,
                        covered,
                        refund_requested_by,
                        officer,
                    });
                }
            }
        }
    }
    all
}

#[test]
fn the_whole_matrix_is_as_written_here() {
    let mut permitted_steps = HashSet::new();
    for actor in actors() {
        for facts in all_facts(&actor) {
            for state in PaymentState::ALL.iter().copied() {
                for command in PaymentCommand::ALL.iter().copied() {
                    let expected = if may_ever(command, &actor) {
                        leads(state.as_str(), command.as_str(), &facts)
                    } else {
                        Err(Code::RoleForbids)
                    };
                    let found = permitted(state, command, &actor, &facts).map(|row| match row.to {
                        To::State(to) => to.as_str(),
                        To::WhereItCameFrom => "where it came from",
                        To::Same => "same",
                    });
                    assert_eq!(found, expected, "{state:?} {command:?} {actor:?} {facts:?}");
                    permitted_steps.extend(found.map(|to| (state, command, to)));
                }
            }
        }
    }
    assert_eq!(
        permitted_steps.len(),
        TRANSITIONS.len(),
        "a row that nothing can take"
    );
}

#[test]
fn every_state_can_be_reached_and_money_once_seen_stays_seen() {
    let mut reached = HashSet::from([PaymentState::Created]);
    for _ in PaymentState::ALL {
        for row in TRANSITIONS
            .iter()
            .filter(|row| reached.contains(&row.from))
            .collect::<Vec<_>>()
        {
            if let To::State(to) = row.to {
                reached.insert(to);
                assert!(
                    to.has_seen_money() || !row.from.has_seen_money(),
                    "{:?} {to:?}",
                    row.from
                );
            }
        }
    }
    assert_eq!(reached.len(), PaymentState::ALL.len());
}
