//! Filing and intake: submit, accept with a due date, refuse, forward.

use super::{Decision, decided, due_of, moved};
use crate::{
    actor::Actor,
    deadlines::{Clock, WorkingTime},
    dossiers::{Case, Channel, Command, Dossier, DossierCode, EventKind, event::Note},
    personal::Personal,
    procedures::ProcedureVersion,
    rejection::Rejection,
};

/// Files the draft under its official code.
pub fn submit(
    case: &Case,
    actor: &Actor,
    code: DossierCode,
    tracking_secret: Personal<String>,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Submit, actor)?;
    let note = Note {
        number: Some(code.to_string()),
        ..Note::default()
    };
    next.submitted_at = Some(next.updated_at);
    next.code = Some(code);
    next.tracking_secret = Some(tracking_secret);
    Ok(decided(next, EventKind::Submitted, note))
}

/// A dossier that an officer files for somebody, over the counter or from the post. The use case
/// gives it its code and sets it to `registered`.
pub fn file_for(dossier: Dossier) -> Decision {
    let number = dossier.code.as_ref().map(ToString::to_string);
    decided(
        dossier,
        EventKind::Filed,
        Note {
            number,
            ..Note::default()
        },
    )
}

/// What acceptance needs to know.
pub struct Acceptance<'a> {
    /// The version of the procedure in force today; the dossier is pinned to it.
    pub procedure: &'a ProcedureVersion,
    /// The agency's sessions and the calendar.
    pub working: WorkingTime<'a>,
}

/// Accepts the dossier: pins the procedure's version, starts the clock, sets the due instant.
///
/// # Errors
/// `calendar-missing` when the due instant cannot be computed: nothing is promised then.
pub fn accept(
    case: &Case,
    actor: &Actor,
    acceptance: &Acceptance<'_>,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Accept, actor)?;
    let procedure = acceptance.procedure;
    next.live_by(procedure);
    next.accepted_at = Some(next.updated_at);
    next.clock = Some(Clock {
        limit: *procedure.limit(next.channel == Channel::Online),
        accepted_at: next.updated_at,
        pauses: Vec::new(),
        extension: None,
        on_supplement: procedure.supplement.clock,
    });
    let due = due_of(&next, &acceptance.working)?;
    next.due_at = Some(due);
    next.original_due_at = Some(due);
    let number = next.code.as_ref().map(ToString::to_string);
    Ok(decided(
        next,
        EventKind::Accepted,
        Note {
            number,
            ..Note::default()
        },
    ))
}

/// Refuses the dossier at intake, with the reason and the legal ground (form 03).
pub fn refuse(
    case: &Case,
    actor: &Actor,
    reason: String,
    legal_ground: String,
) -> Result<Decision, Rejection> {
    let next = moved(case, Command::Refuse, actor)?;
    let note = Note {
        reason: Some(reason),
        legal_ground: Some(legal_ground),
        ..Note::default()
    };
    Ok(decided(next, EventKind::Refused, note))
}

/// Hands the dossier to the specialist unit.
pub fn forward(case: &Case, actor: &Actor) -> Result<Decision, Rejection> {
    Ok(decided(
        moved(case, Command::Forward, actor)?,
        EventKind::Forwarded,
        Note::default(),
    ))
}
