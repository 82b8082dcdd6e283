//! Each action of a walk as the use case that does it.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each act names its own actions; another one is a fault of the walk"
)]

use api::call::Call;
use api::dossiers::beats::{self, Target};
use api::dossiers::secret::tracking_secret;
use api::dossiers::{drafts, editing, filing, leaving};
use api::failure::Failure;
use api::office::outcome::HandedOver;
use api::office::paying_wire::CashBody;
use api::office::seen::Seen as Shown;
use api::office::supplementing::{self, Asked};
use api::office::{intake, outcome, paying};
use api::papers::attaching::{self, Handed, Place};
use api::results::issuing::{self, Issue};
use api::supplements::use_cases::answer_supplement;
use chrono::Duration;
use domain::disclosures::AccessAction;
use domain::dossiers::decide::{self, Apology};
use domain::dossiers::filing::Contents;
use domain::dossiers::model::Action;
use domain::papers::{CopyKind, File, FileKind, Origin};
use domain::payments::amount_due;
use domain::personal::Personal;
use domain::results::Outcome;
use domain::supplements::{MissingReason, RequestedItem, SecondRoundReason};
use persistence::{Tx, dossiers, payments, supplements};

use super::ground::{AGREED, key};

const REASON: &str = "Ví dụ.";
const GROUND: &str = "118/2025/NĐ-CP";

/// Tries the action.
pub(super) fn perform(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    action: &Action,
) -> Result<(), Failure> {
    match action {
        Action::Edit
        | Action::Discard
        | Action::AttachPaper(_)
        | Action::RemovePaper(_)
        | Action::Submit
        | Action::AnswerSupplement
        | Action::Withdraw => by_the_citizen(tx, call, target, action),
        Action::Accept
        | Action::Refuse
        | Action::Forward
        | Action::RequestSupplement { .. }
        | Action::Resume
        | Action::RequestPayment
        | Action::Pay
        | Action::GrantWithdrawal
        | Action::DeclineWithdrawal
        | Action::Stop => at_the_desk(tx, call, target, action),
        Action::ConsentSupplement
        | Action::Decide
        | Action::IssueResult
        | Action::Recall
        | Action::HandOver
        | Action::Apologise { .. } => with_the_result(tx, call, target, action),
        Action::CloseUnanswered | Action::ReleaseUnaccepted => {
            by_the_worker(tx, call, target, action)
        }
    }
}

fn by_the_citizen(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    action: &Action,
) -> Result<(), Failure> {
    let place = |paper: &usize| Place {
        target,
        key: key(*paper),
    };
    match action {
        Action::Edit => editing::edit_draft(tx, call, target, |it| Ok(Contents::of(it))),
        Action::Discard => return drafts::discard_draft(tx, call, target),
        Action::AttachPaper(paper) => {
            let handed = Handed {
                copy_kind: CopyKind::Electronic,
                origin: Origin::Uploaded,
            };
            attaching::attach_paper(tx, call, &place(paper), handed, (&file(call), u64::MAX))
        }
        Action::RemovePaper(paper) => attaching::remove_paper(tx, call, &place(paper)),
        Action::Submit => {
            let filed = filing::submit_dossier(tx, call, target, AGREED, &tracking_secret()?);
            filed.map(|case| case.dossier)
        }
        Action::AnswerSupplement => {
            match supplements::of_dossier(tx, target.id)?.last() {
                Some(latest) => answer_supplement(tx, call, latest.id, target.version, None),
                // There is no address to answer at; the rules say no all the same.
                None => beats::change(tx, call, target, |_, case| {
                    let working = call.posted.working_time(case.dossier.agency)?;
                    Ok(decide::answer(case, &call.actor, None, &working)?)
                }),
            }
        }
        Action::Withdraw => leaving::withdraw_dossier(tx, call, target, None),
        other => unreachable!("{other:?} is not the citizen's"),
    }
    .map(drop)
}

fn at_the_desk(tx: &mut Tx, call: &Call, target: Target, action: &Action) -> Result<(), Failure> {
    match action {
        Action::Accept => intake::accept_dossier(tx, call, target, &Shown::default()),
        Action::Refuse => intake::refuse_dossier(tx, call, target, REASON, GROUND),
        Action::Forward => intake::forward_dossier(tx, call, target),
        Action::RequestSupplement { papers, reply_in } => {
            let item = |paper: &usize| RequestedItem {
                paper_key: key(*paper),
                reason: MissingReason::Missing,
                text: REASON.to_owned(),
            };
            let asked = Asked {
                items: papers.iter().map(item).collect(),
                legal_ground: GROUND.to_owned(),
                reply_by: None,
            };
            // A walk is hurried: its rounds are shorter than the desk may make them.
            let by = call.now.plus(*reply_in);
            supplementing::ask(tx, call, target, &asked, |_, _| Ok(by))
        }
        Action::Resume => supplementing::resume_dossier(tx, call, target),
        Action::RequestPayment => paying::request_payment(tx, call, target, None),
        Action::Pay => {
            let owed = amount_due(&payments::obligations_of(tx, target.id)?);
            let cash = CashBody {
                amount: owed,
                obligation_ids: None,
            };
            paying::record_cash(tx, call, target, &cash)
        }
        Action::GrantWithdrawal => intake::grant_withdrawal(tx, call, target, None),
        Action::DeclineWithdrawal => intake::decline_withdrawal(tx, call, target, REASON),
        Action::Stop => intake::stop_dossier(tx, call, target, REASON, GROUND),
        other => unreachable!("{other:?} is not the desk's"),
    }
    .map(drop)
}

fn with_the_result(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    action: &Action,
) -> Result<(), Failure> {
    match action {
        Action::ConsentSupplement => {
            supplementing::consent_supplement(tx, call, target, SecondRoundReason::LawChanged)
        }
        Action::Decide => outcome::decide_dossier(tx, call, target, Outcome::Approved),
        Action::IssueResult => {
            let file = file(call);
            issuing::upload_result_file(tx, call, target.id, &file)?;
            let issue = Issue {
                number: format!("{}/{}", target.version, target.id),
                issued_on: call.now.date(),
                signer_name: "Lê Văn Ký".to_owned(),
                file: file.id,
            };
            issuing::issue_result(tx, call, target, &issue)
        }
        Action::Recall => outcome::recall_result(tx, call, target, REASON),
        Action::HandOver => {
            let handed_over = HandedOver {
                recipient: Personal::new("Trần Thị Mẫu".to_owned()),
                originals: Vec::new(),
            };
            outcome::hand_over(tx, call, target, &handed_over)
        }
        Action::Apologise { later } => {
            let found = dossiers::find(tx, target.id, &call.reading(AccessAction::Work)?)?;
            let latest = found.due_at.unwrap_or(call.now).max(call.now);
            let apology = Apology {
                reason: REASON.to_owned(),
                new_due_at: latest.plus(Duration::days(if *later { 3 } else { 0 })),
            };
            outcome::apologise(tx, call, target, &apology)
        }
        other => unreachable!("{other:?} is nothing of a result"),
    }
    .map(drop)
}

/// What the worker does for each dossier it finds due.
fn by_the_worker(tx: &mut Tx, call: &Call, target: Target, action: &Action) -> Result<(), Failure> {
    let ended = beats::change(tx, call, target, |_, case| {
        if *action == Action::ReleaseUnaccepted {
            return Ok(decide::release_unaccepted(case)?);
        }
        let working = call.posted.working_time(case.dossier.agency)?;
        Ok(decide::close_unanswered(case, &working)?)
    })?;
    intake::drop_debts(tx, &ended)
}

/// A file whose bytes nobody will ask for.
fn file(call: &Call) -> File {
    let id = call.id();
    let mut sha256 = [0; 32];
    sha256[..16].copy_from_slice(domain::ids::Id::uuid(id).as_bytes());
    File {
        id,
        sha256,
        size: 1_000,
        kind: FileKind::Pdf,
        stored_at: call.now,
    }
}
