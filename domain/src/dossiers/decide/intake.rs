//! Filing and intake: submit, accept with a due date, refuse, forward.

use super::{Decision, decided, due_of, moved};
use crate::{
    actor::Actor,
    deadlines::{Clock, WorkingTime},
    dossiers::{Case, Channel, Command, Dossier, DossierCode, EventKind, event::Note},
    payments::fees::Claim,
    personal::Personal,
    procedures::ProcedureVersion,
    rejection::Rejection,
    time::Time,
};

/// Files the draft under its official code. `answer_by` is until when the desk answers, where that can
/// be told.
pub fn submit(
    case: &Case,
    actor: &Actor,
    code: DossierCode,
    tracking_secret: Personal<String>,
    answer_by: Option<Time>,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Submit, actor)?;
    let note = Note {
        number: Some(code.to_string()),
        ..Note::default()
    };
    next.submitted_at = Some(next.updated_at);
    next.code = Some(code);
    next.tracking_secret = Some(tracking_secret);
    next.answer.due_at = answer_by;
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
    /// The beneficiary groups that the officer was shown the proof of. What the citizen claimed beside
    /// them stays on record without a proof and lowers no fee; the event tells how many of those there
    /// were, and not which: a group says something about a person.
    pub claims: Vec<Claim>,
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
    next.answer.answered(next.updated_at);
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
    let unproven = unproven(&case.dossier.claims, &acceptance.claims);
    let number_unproven = u32::try_from(unproven.len()).unwrap_or(u32::MAX);
    next.claims = acceptance.claims.iter().cloned().chain(unproven).collect();
    Ok(decided(
        next,
        EventKind::Accepted,
        Note {
            number,
            unproven_claims: (number_unproven > 0).then_some(number_unproven),
            ..Note::default()
        },
    ))
}

/// What the citizen claimed and nobody was shown the proof of, each group once.
fn unproven(claimed: &[Claim], stood: &[Claim]) -> Vec<Claim> {
    let mut left: Vec<Claim> = Vec::new();
    for Claim { group, proof: _ } in claimed {
        let known = stood.iter().chain(&left).any(|claim| claim.group == *group);
        if !known {
            left.push(Claim {
                group: group.clone(),
                proof: None,
            });
        }
    }
    left
}

/// Refuses the dossier at intake, with the reason and the legal ground (form 03).
pub fn refuse(
    case: &Case,
    actor: &Actor,
    reason: String,
    legal_ground: String,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Refuse, actor)?;
    next.answer.answered(next.updated_at);
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
