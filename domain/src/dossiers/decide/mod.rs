//! What each command does to a dossier: pure functions from a case to the next dossier and its event.

mod drafting;
mod ending;
mod intake;
mod moving;
mod outcome;
mod paying;
mod recomputing;
mod supplementing;

#[cfg(test)]
mod tests;

pub use drafting::{attach_paper, discard, draft, edit, remove_paper};
pub use ending::{decline_withdrawal, grant_withdrawal, release_unaccepted, stop, withdraw};
pub use intake::{Acceptance, accept, file_for, forward, refuse, submit};
pub use moving::{assign, extend_deadline, release, reopen, take_up, transfer};
pub use outcome::{Apology, apologise, decide, hand_over, issue_result, recall};
pub use paying::{record_payment, request_payment};
pub use recomputing::recompute_due;
pub use supplementing::{Request, answer, close_unanswered, consent, request, resume};

use crate::{
    actor::Actor,
    deadlines::{Pause, PauseReason, WorkingTime, ledger},
    dossiers::{Assistance, Case, Command, Dossier, Event, EventKind, event::Note, permitted},
    rejection::{Code, Rejection},
    supplements::Supplement,
};

/// What a command leads to: the next dossier, its event, and the supplement requests it touches.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The dossier afterwards; its version is one higher.
    pub dossier: Dossier,
    /// What happened.
    pub event: Event,
    /// The supplement requests that were made, answered or closed, by round.
    pub supplements: Vec<Supplement>,
}

/// The dossier one change later, if the table permits the command.
fn moved(case: &Case, command: Command, actor: &Actor) -> Result<Dossier, Rejection> {
    let state = permitted(case, command, actor)?;
    let mut next = case.dossier.clone();
    next.state = state;
    next.version = next.version.saturating_add(1);
    next.updated_at = case.dossier.moment(case.now);
    Ok(next)
}

/// Who held the pen in a citizen's command, if not the citizen: the desk writes it down for a person
/// who comes there.
const fn written_down_by(actor: &Actor) -> Option<Assistance> {
    match actor {
        Actor::Officer {
            officer: _,
            agency: _,
            roles: _,
        } => Some(Assistance::TypedByOfficer),
        Actor::Citizen { person: _ } | Actor::System => None,
    }
}

/// The decision that this dossier results, with an event of this kind.
fn decided(dossier: Dossier, kind: EventKind, note: Note) -> Decision {
    let event = Event {
        kind,
        at: dossier.updated_at,
        state: dossier.state,
        due_at: dossier.due_at,
        channel: dossier.channel,
        note,
    };
    Decision {
        dossier,
        event,
        supplements: Vec::new(),
    }
}

impl Decision {
    /// The same decision, touching this supplement request too.
    fn with(mut self, supplement: Supplement) -> Self {
        self.supplements.push(supplement);
        self
    }
}

/// Stops the law's clock, if it runs.
fn pause_clock(dossier: &mut Dossier, why: PauseReason) {
    if let Some(clock) = &mut dossier.clock {
        clock.pauses.push(Pause {
            from: dossier.updated_at,
            to: None,
            why,
        });
        dossier.paused_since = Some(dossier.updated_at);
    }
}

/// Starts the law's clock again and works out the new due instant.
///
/// # Errors
/// `calendar-missing` when the new due instant falls in a year whose calendar is not loaded.
fn resume_clock(dossier: &mut Dossier, working: &WorkingTime<'_>) -> Result<(), Rejection> {
    let Some(clock) = &mut dossier.clock else {
        return Ok(());
    };
    if let Some(pause) = clock.pauses.last_mut() {
        pause.to.get_or_insert(dossier.updated_at);
    }
    dossier.paused_since = None;
    dossier.due_at = Some(due_of(dossier, working)?);
    Ok(())
}

/// Ends a clock that stands still: the pause ends with the dossier, and what was left of the limit is
/// left. So the end is late only if the clock had run out before it was stopped.
///
/// # Errors
/// `calendar-missing`, as when it is resumed.
fn end_pause(dossier: &mut Dossier, working: &WorkingTime<'_>) -> Result<(), Rejection> {
    match dossier.paused_since {
        Some(_) => resume_clock(dossier, working),
        None => Ok(()),
    }
}

/// The due instant of a running clock.
fn due_of(dossier: &Dossier, working: &WorkingTime<'_>) -> Result<crate::time::Time, Rejection> {
    let clock = dossier.clock.as_ref().ok_or(Code::StateForbids)?;
    let ledger = ledger(clock, working, dossier.updated_at)?;
    ledger.due_at.ok_or_else(|| Code::StateForbids.into())
}
