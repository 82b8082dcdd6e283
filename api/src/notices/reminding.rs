//! Reminds citizens of what they must do, once, some working days before its time ends.

use chrono::Duration;
use domain::{
    actor::Actor,
    dossiers::State,
    ids::{DossierId, PersonId, SupplementId},
    notices::{Facts, Notice, NoticeAuthor, NoticeKind, REMIND_DAYS},
    supplements::{SupplementStatus, close_after},
    time::Time,
};
use persistence::{
    Json, Tx, dossiers,
    events::{self, NewEvent},
    notices::{self, Unanswered},
    supplements,
};
use serde_json::json;

use super::making::{recipients, tell};
use crate::{app::App, call::Call, failure::Failure};

/// How many requests are looked at in one step.
const BATCH: i64 = 100;

/// Further away than this, no request can be due within the working days of a reminder: longer holidays
/// there are none.
const HORIZON: Duration = Duration::days(30);

/// Reminds of every request that ends soon and was not reminded of; how many. One that cannot be keeps
/// none of the others waiting.
///
/// # Errors
/// The last of what went wrong.
pub async fn remind(app: &App) -> Result<usize, Failure> {
    let call = app.call(Actor::System);
    let (now, mut after) = (call.now, None);
    let (mut reminded, mut failed) = (0, None);
    loop {
        let look = move |tx: &mut Tx| {
            let found = notices::due_before(tx, (now, now.plus(HORIZON)), after, BATCH)?;
            Ok::<_, Failure>((notices::reminded(tx, &found)?, found))
        };
        let (done, found) = app.store.read(look).await?;
        let Some(last) = found.last() else {
            return failed.map_or(Ok(reminded), Err);
        };
        after = Some((last.reply_by, last.supplement));
        for request in found {
            if done.contains(&request.supplement) || !is_soon(&call, &request)? {
                continue;
            }
            let call = call.clone();
            let work = move |tx: &mut Tx| remind_of(tx, &call, &request);
            match app.store.write(work).await {
                Ok(was_due) => reminded += usize::from(was_due),
                Err(failure) => failed = Some(failure),
            }
        }
    }
}

/// Whether it ends within the working days of a reminder, as its agency works. Without a calendar nothing
/// is soon.
fn is_soon(call: &Call, request: &Unanswered) -> Result<bool, Failure> {
    let working = call.posted.working_time(request.agency)?;
    Ok(close_after(call.now, REMIND_DAYS, &working).is_ok_and(|soon| request.reply_by <= soon))
}

/// Reminds of one request, unless it was answered or reminded of in the meantime, or was asked only now.
fn remind_of(tx: &mut Tx, call: &Call, request: &Unanswered) -> Result<bool, Failure> {
    let dossier = dossiers::lock_for_worker(tx, request.dossier)?;
    let found = supplements::of_dossier(tx, dossier.id)?;
    let open = |it: &domain::supplements::Supplement| {
        it.id == request.supplement && it.status == SupplementStatus::Open
    };
    let Some(open) = found.into_iter().find(open) else {
        return Ok(false);
    };
    let is_over = call.now >= open.reply_by || dossier.state != State::SupplementRequested;
    if is_over || notices::was_reminded(tx, open.id)? || was_asked_lately(open.asked_at, call) {
        return Ok(false);
    }
    let told = recipients(tx, call, &dossier)?;
    if told.is_empty() {
        return Ok(false);
    }
    let about = Notice {
        id: call.id(),
        person: PersonId::from_uuid(uuid::Uuid::nil()),
        kind: NoticeKind::SupplementDueSoon,
        event: call.id(),
        agency: Some(dossier.filed_with),
        dossier: Some(dossier.id),
        about: Some(open.id.uuid()),
        facts: Facts {
            by: NoticeAuthor::System,
            agency: Some(dossier.agency),
            code: dossier.code.as_ref().map(ToString::to_string),
            round: Some(open.round),
            due_at: None,
            amount: None,
        },
        act_by: Some(open.reply_by),
        created_at: call.now,
        read_at: None,
    };
    tell(tx, call, &told, &about)?;
    trace(
        tx,
        call,
        (&about, told.first().copied()),
        (dossier.id, open.id),
    )?;
    Ok(true)
}

/// Whether the request itself was told within the day: two messages at once remind of nothing.
fn was_asked_lately(asked_at: Time, call: &Call) -> bool {
    call.now.since(asked_at) < Duration::days(1)
}

/// The event of a reminder: nothing happened to the dossier itself.
fn trace(
    tx: &mut Tx,
    call: &Call,
    (about, person): (&Notice, Option<PersonId>),
    (dossier, supplement): (DossierId, SupplementId),
) -> Result<(), Failure> {
    tx.note_save();
    let event = NewEvent {
        id: about.event,
        dossier: None,
        agency: about.agency,
        person,
        version: 1,
        kind: "notice_reminded",
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&json!({ "dossier_id": dossier, "supplement_id": supplement }))?,
    };
    Ok(events::append(tx, event)?)
}
