//! Fees: ask for them, and go on when they are paid.

use super::{Decision, decided, moved, pause_clock, resume_clock};
use crate::{
    actor::Actor,
    deadlines::{PauseReason, WorkingTime},
    dossiers::{Case, Command, EventKind, State, event::Note, rules::something_is_owed},
    money::Dong,
    rejection::Rejection,
};

/// Asks the citizen to pay this much (`payments::asked`); the law's clock stands still until then.
pub fn request_payment(case: &Case, actor: &Actor, owed: Dong) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::RequestPayment, actor)?;
    pause_clock(&mut next, PauseReason::Payment);
    let note = Note {
        amount: Some(owed.amount()),
        old_due_at: case.dossier.due_at,
        ..Note::default()
    };
    Ok(decided(next, EventKind::PaymentRequested, note))
}

/// A payment arrived. If the dossier waited for it and nothing it waited for stays open
/// (`payments::what_was_asked_is_settled`), work goes on.
///
/// # Errors
/// `nothing-owed` when every fee is settled already; `calendar-missing`.
pub fn record_payment(
    case: &Case,
    actor: &Actor,
    paid: Dong,
    receipt: Option<String>,
    what_was_asked_is_settled: bool,
    working: &WorkingTime<'_>,
) -> Result<Decision, Rejection> {
    let was_waited_for = case.dossier.state == State::PaymentRequested && what_was_asked_is_settled;
    let command = if was_waited_for {
        Command::SettlePayment
    } else {
        Command::RecordPayment
    };
    let mut next = moved(case, command, actor)?;
    // Work may go on without a payment; a payment needs a debt.
    something_is_owed(case)?;
    if was_waited_for {
        resume_clock(&mut next, working)?;
    }
    let note = Note {
        amount: Some(paid.amount()),
        number: receipt,
        ..Note::default()
    };
    Ok(decided(next, EventKind::PaymentRecorded, note))
}
