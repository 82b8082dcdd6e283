//! Supplement requests: ask once for everything, answer, go on, or close when nobody answers.

use super::{Decision, decided, end_pause, moved, pause_clock, resume_clock, written_down_by};
use crate::{
    actor::Actor,
    deadlines::{PauseReason, WorkingTime},
    dossiers::{Case, Command, EventKind, State, entity::RoundConsent, event::Note},
    ids::{OfficerId, SupplementId},
    payments::{amount_due, asked_with_supplement},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    supplements::{
        AnsweredItem, RequestedItem, SecondRoundReason, Supplement, SupplementAnswer,
        SupplementStatus,
    },
    time::Time,
};

/// A leader's consent to one more round.
pub fn consent(
    case: &Case,
    actor: &Actor,
    by: OfficerId,
    reason: SecondRoundReason,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::ConsentSupplement, actor)?;
    next.round_consent = Some(RoundConsent {
        reason,
        by,
        at: next.updated_at,
    });
    Ok(decided(
        next,
        EventKind::SupplementConsented,
        Note::reason(reason.as_str()),
    ))
}

/// Everything a request says.
#[derive(Debug, Clone)]
pub struct Request {
    /// The id the use case made for it.
    pub id: SupplementId,
    /// The officer at the desk.
    pub asked_by: OfficerId,
    /// Every missing paper.
    pub items: Vec<RequestedItem>,
    /// The legal ground.
    pub legal_ground: String,
    /// Until when the citizen may answer.
    pub reply_by: Time,
}

/// Asks for papers; the law's clock stands still from now until the answer. A decision on the merits
/// falls: what comes may change it, so the leader decides again. An answer that nobody confirmed was
/// insufficient: the round it belongs to is closed with it. The note names the sum of the fees that are
/// asked for with the papers (`payments::asked_with_supplement`).
///
/// # Errors
/// `invalid-content` when no paper is named or the reply-by date is not in the future;
/// `second-round-needs-consent`; `supplement-open`.
pub fn request(case: &Case, actor: &Actor, request: Request) -> Result<Decision, Rejection> {
    let Request {
        id,
        asked_by,
        items,
        legal_ground,
        reply_by,
    } = request;
    let mut next = moved(case, Command::RequestSupplement, actor)?;
    Rejection::of_faults(faults_of(&items, reply_by, case.now))?;
    let round = u32::try_from(case.supplements.len())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    let consent = next.round_consent.take().filter(|_| round > 1);
    if case.dossier.state != State::SupplementRequested {
        next.stage_before_supplement = Some(case.dossier.state);
    }
    next.verdict = None;
    next.answer.answered(next.updated_at);
    pause_clock(&mut next, PauseReason::Supplement);
    let fees = amount_due(&asked_with_supplement(&case.obligations, next.updated_at));
    let note = Note {
        legal_ground: Some(legal_ground.clone()),
        amount: (!fees.is_zero()).then(|| fees.amount()),
        round: Some(round),
        papers: items.iter().map(|item| item.paper_key.clone()).collect(),
        old_due_at: case.dossier.due_at,
        ..Note::default()
    };
    let supplement = Supplement {
        id,
        dossier: next.id,
        round,
        status: SupplementStatus::Open,
        asked_by,
        consent: consent.map(|consent| (consent.reason, consent.by)),
        items,
        legal_ground,
        asked_at: next.updated_at,
        reply_by,
        old_due_at: case.dossier.due_at,
        new_due_at: None,
        answer: None,
        closed_at: None,
    };
    let unconfirmed = insufficient(case, next.updated_at);
    let decision = decided(next, EventKind::SupplementRequested, note);
    Ok(match unconfirmed {
        Some(earlier) => decision.with(earlier).with(supplement),
        None => decision.with(supplement),
    })
}

/// The answered request that a further one replaces.
fn insufficient(case: &Case, at: Time) -> Option<Supplement> {
    let latest = case.latest_supplement()?;
    (latest.status == SupplementStatus::Answered).then_some(())?;
    closed(case, SupplementStatus::Insufficient, at)
}

fn faults_of(items: &[RequestedItem], reply_by: Time, now: Time) -> Vec<Fault> {
    let mut faults = Vec::new();
    if items.is_empty() {
        faults.push(Fault::new("/items", Code::Required));
    }
    for (index, item) in items.iter().enumerate() {
        if items
            .iter()
            .take(index)
            .any(|earlier| earlier.paper_key == item.paper_key)
        {
            faults.push(
                Fault::new(format!("/items/{index}/paper_key"), Code::Duplicate)
                    .because("Mỗi giấy tờ chỉ nêu một lần.", "Each paper is named once."),
            );
        }
    }
    if reply_by <= now {
        faults.push(Fault::new("/reply_by", Code::OutOfRange));
    }
    faults
}

/// The citizen's answer, given at the desk if need be: every paper that was asked for, attached
/// since, and `words` if there are any. The law's clock runs again from here; how long the desk takes
/// to confirm is the agency's own time.
///
/// # Errors
/// `answer-incomplete` with a fault for each paper that is still missing; `supplement-lapsed`.
pub fn answer(
    case: &Case,
    actor: &Actor,
    words: Option<Personal<String>>,
    working: &WorkingTime<'_>,
) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::AnswerSupplement, actor)?;
    let mut supplement = case
        .latest_supplement()
        .cloned()
        .ok_or(Code::StateForbids)?;
    let items = answered_items(case, &supplement)?;
    resume_clock(&mut next, working)?;
    supplement.status = SupplementStatus::Answered;
    supplement.new_due_at = next.due_at;
    supplement.answer = Some(SupplementAnswer {
        at: next.updated_at,
        items,
        note: words,
    });
    let note = Note {
        round: Some(supplement.round),
        papers: supplement
            .items
            .iter()
            .map(|item| item.paper_key.clone())
            .collect(),
        old_due_at: supplement.old_due_at,
        assistance: written_down_by(actor),
        ..Note::default()
    };
    Ok(decided(next, EventKind::SupplementAnswered, note).with(supplement))
}

fn answered_items(case: &Case, supplement: &Supplement) -> Result<Vec<AnsweredItem>, Rejection> {
    let mut faults = Vec::new();
    let mut items = Vec::new();
    for (index, item) in supplement.items.iter().enumerate() {
        let fresh = case
            .papers
            .iter()
            .find(|paper| paper.key == item.paper_key && paper.attached_at > supplement.asked_at);
        match fresh {
            Some(paper) => items.push(AnsweredItem {
                paper_key: paper.key.clone(),
                paper: paper.id,
            }),
            None => faults.push(Fault::new(
                format!("/items/{index}/paper_key"),
                Code::PaperMissing,
            )),
        }
    }
    if faults.is_empty() {
        Ok(items)
    } else {
        Err(Rejection {
            code: Code::AnswerIncomplete,
            faults,
        })
    }
}

/// The desk confirms the answer; the dossier goes back to where it came from.
pub fn resume(case: &Case, actor: &Actor) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Resume, actor)?;
    next.stage_before_supplement = None;
    let supplement =
        closed(case, SupplementStatus::Satisfied, next.updated_at).ok_or(Code::StateForbids)?;
    let note = Note {
        round: Some(supplement.round),
        old_due_at: supplement.old_due_at,
        ..Note::default()
    };
    Ok(decided(next, EventKind::Resumed, note).with(supplement))
}

/// Closes a dossier whose request nobody answered in time: not accepted if it never was, else
/// stopped (form 05).
///
/// # Errors
/// `supplement-open` before the reply-by date; `calendar-missing`.
pub fn close_unanswered(case: &Case, working: &WorkingTime<'_>) -> Result<Decision, Rejection> {
    let accepted = case.dossier.accepted_at.is_some();
    let command = if accepted {
        Command::StopUnanswered
    } else {
        Command::RefuseUnanswered
    };
    let mut next = moved(case, command, &Actor::System)?;
    if accepted {
        next.finished_at = Some(next.updated_at);
        end_pause(&mut next, working)?;
    }
    let supplement =
        closed(case, SupplementStatus::Lapsed, next.updated_at).ok_or(Code::StateForbids)?;
    let note = Note {
        reason: Some("supplement_lapsed".to_owned()),
        round: Some(supplement.round),
        ..Note::default()
    };
    Ok(decided(next, EventKind::SupplementLapsed, note).with(supplement))
}

/// The latest request, settled this way.
pub(super) fn closed(case: &Case, status: SupplementStatus, at: Time) -> Option<Supplement> {
    let mut supplement = case.latest_supplement()?.clone();
    supplement.status = status;
    supplement.closed_at = Some(at);
    Some(supplement)
}
