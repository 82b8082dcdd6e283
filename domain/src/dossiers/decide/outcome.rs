//! Decision, result, hand-over, recall, and the apology when it takes longer.

use super::{Decision, decided, due_of, moved};
use crate::{
    actor::Actor,
    deadlines::{Extension, WorkingTime},
    dossiers::{Case, Command, Dossier, EventKind, entity::Verdict, event::Note},
    ids::OfficerId,
    papers::{CopyKind, Paper},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    results::Outcome,
    time::Time,
};

/// The leader decides on the merits.
pub fn decide(
    case: &Case,
    actor: &Actor,
    by: OfficerId,
    outcome: Outcome,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Decide, actor)?;
    next.verdict = Some(Verdict {
        outcome,
        by,
        at: next.updated_at,
    });
    Ok(decided(
        next,
        EventKind::Decided,
        Note::reason(outcome.as_str()),
    ))
}

/// The signed, numbered result is issued; the dossier is finished.
pub fn issue_result(case: &Case, actor: &Actor, number: &str) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::IssueResult, actor)?;
    next.finished_at = Some(next.updated_at);
    Ok(decided(
        next,
        EventKind::ResultIssued,
        Note {
            number: Some(number.to_owned()),
            ..Note::default()
        },
    ))
}

/// The result is taken back before hand-over. The history keeps the first finish; the dossier is
/// open again and needs a new decision.
pub fn recall(case: &Case, actor: &Actor, reason: String) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Recall, actor)?;
    next.finished_at = None;
    next.verdict = None;
    Ok(decided(next, EventKind::Recalled, Note::reason(reason)))
}

/// The result is with the recipient, and with it the originals that were held: originals taken for
/// checking are given back (decree 61/2018, art. 20). `originals` are the keys of their papers.
///
/// # Errors
/// `invalid-content` for a paper whose original was not handed in, or one named twice.
pub fn hand_over(
    case: &Case,
    actor: &Actor,
    recipient: Personal<String>,
    originals: Vec<String>,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::HandOver, actor)?;
    Rejection::of_faults(faults_of_originals(case, &originals))?;
    next.returned_at = Some(next.updated_at);
    next.recipient = Some(recipient);
    let note = Note {
        papers: originals,
        ..Note::default()
    };
    Ok(decided(next, EventKind::HandedOver, note))
}

fn faults_of_originals(case: &Case, originals: &[String]) -> Vec<Fault> {
    let held = |key: &String| {
        let is_held = |paper: &Paper| paper.key == *key && paper.copy_kind == CopyKind::Original;
        case.papers.iter().any(is_held)
    };
    let fault = |(index, key): (usize, &String)| {
        let place = format!("/originals_returned/{index}");
        if !held(key) {
            let fault = Fault::new(place, Code::UnknownReference);
            return Some(fault.because(
                "Hồ sơ không giữ bản chính của giấy tờ này.",
                "No original of this paper is held.",
            ));
        }
        let twice = originals.iter().take(index).any(|earlier| earlier == key);
        twice.then(|| {
            Fault::new(place, Code::Duplicate)
                .because("Mỗi giấy tờ chỉ nêu một lần.", "Each paper is named once.")
        })
    };
    originals.iter().enumerate().filter_map(fault).collect()
}

/// An apology and a new date (form 04).
#[derive(Debug, Clone)]
pub struct Apology {
    /// Why it takes longer, as told to the citizen.
    pub reason: String,
    /// When it will be ready.
    pub new_due_at: Time,
}

/// Apologises and names a new date, once. Made at least one day before the due date it moves the
/// due date (decree 61/2018, art. 19.9); made later it is still told to the citizen, but the
/// dossier stays late in the figures.
///
/// # Errors
/// `already-extended`; `date-not-later` when the new date is not after the present one.
pub fn apologise(
    case: &Case,
    actor: &Actor,
    apology: Apology,
    working: &WorkingTime<'_>,
) -> Result<Decision, Rejection> {
    let next = moved(case, Command::Apologise, actor)?;
    let (next, note) = with_new_date(case, next, apology, working)?;
    Ok(decided(next, EventKind::Apologised, note))
}

/// The dossier with the date of an apology as its due date, if that moves, and what the event says of it.
pub(super) fn with_new_date(
    case: &Case,
    mut next: Dossier,
    apology: Apology,
    working: &WorkingTime<'_>,
) -> Result<(Dossier, Note), Rejection> {
    let Apology { reason, new_due_at } = apology;
    let old_due_at = case.dossier.due_at.ok_or(Code::StateForbids)?;
    if new_due_at <= old_due_at.max(case.now) {
        Rejection::of_faults(vec![Fault::new("/new_due_at", Code::DateNotLater)])?;
    }
    let moves_due = next.updated_at.date() < old_due_at.date();
    let extension = Extension {
        granted_at: next.updated_at,
        new_due_at,
        reason: reason.clone(),
        moves_due,
    };
    next.clock.as_mut().ok_or(Code::StateForbids)?.extension = Some(extension);
    next.due_at = Some(due_of(&next, working)?);
    let note = Note {
        reason: Some(reason),
        old_due_at: Some(old_due_at),
        ..Note::default()
    };
    Ok((next, note))
}
