//! Data-subject requests on the wire.

use domain::{
    data_requests::{
        CorrectableField, DataRequest, DataRequestKind, DataRequestState, NewRequest, RefusalGround,
    },
    ids::{AgencyId, DataRequestId, PersonId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::use_cases::Target;
use crate::{
    call::Call,
    dossiers::{ledger::DeadlineView, party::checked_text},
    extract::{IfMatch, Language},
    page_type,
};

/// The longest text about a request, in characters.
pub(super) const LONGEST: usize = 2000;

/// The law that has an agency keep ended dossiers of somebody who was erased.
const KEPT_BY: &str = "Luật Lưu trữ 33/2024/QH15";

/// The path of one request.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DataRequestPath {
    /// The request's id.
    #[param(value_type = uuid::Uuid)]
    pub data_request_id: DataRequestId,
}

impl DataRequestPath {
    /// The request at the version that was seen.
    pub const fn at(&self, version: IfMatch) -> Target {
        Target {
            id: self.data_request_id,
            version: version.0,
        }
    }
}

/// What a person asks of whoever holds their data.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "access", "controller_id": "01980000-0000-7000-8000-000000030838"
}))]
pub struct DataRequestBody {
    /// What for.
    pub kind: DataRequestKind,
    /// The agency that is asked.
    pub controller_id: AgencyId,
    /// In the person's words: for a correction, a restriction and an objection it has to be there.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    pub details: Option<Personal<String>>,
    /// For a correction: what stands wrongly. What one changes alone (address, number, language) is 422
    /// `corrected-at-once`.
    #[serde(default)]
    #[schema(max_items = 7)]
    pub fields: Vec<CorrectableField>,
}

impl DataRequestBody {
    /// The request that is asked, and its faults as far as the text has any.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn checked(self, call: &Call, person: PersonId) -> Result<NewRequest, Rejection> {
        let Self {
            kind,
            controller_id,
            details,
            fields,
        } = self;
        let details = details
            .map(|text| personal("/details", &text))
            .transpose()?;
        Ok(NewRequest {
            id: call.id(),
            person,
            controller: controller_id,
            kind,
            fields,
            details,
        })
    }
}

/// A text that somebody wrote about a person, checked.
///
/// # Errors
/// `invalid-content` at the pointer.
pub(super) fn personal(
    pointer: &str,
    text: &Personal<String>,
) -> Result<Personal<String>, Rejection> {
    let checked = checked_text(text.reveal(), LONGEST).map_err(|code| Rejection {
        code: Code::InvalidContent,
        faults: vec![Fault::new(pointer, code)],
    })?;
    Ok(Personal::new(checked))
}

/// Why a request was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusalView {
    /// The ground.
    pub ground: RefusalGround,
    /// The same in a sentence.
    #[schema(max_length = 500)]
    pub text: String,
    /// The acts and articles.
    #[schema(max_length = 500)]
    pub legal_basis: String,
}

/// What an erasure came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureView {
    /// Drafts that went with the account.
    pub drafts_erased: u32,
    /// Ended dossiers that stay with their agencies.
    pub dossiers_kept: u32,
    /// Why they stay.
    #[schema(max_length = 500)]
    pub kept_by: String,
}

/// A request, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DataRequestView {
    /// The request.
    pub data_request_id: DataRequestId,
    /// Who asks.
    pub person_id: PersonId,
    /// The name in the account; shown to whoever handles the request, where one request is shown.
    #[schema(max_length = 100)]
    pub full_name: Option<String>,
    /// The agency that is asked.
    pub controller_id: AgencyId,
    /// What for.
    pub kind: DataRequestKind,
    /// What stands wrongly.
    #[schema(max_items = 7)]
    pub fields: Vec<CorrectableField>,
    /// In the person's words; null when there are none, or the person was erased.
    #[schema(max_length = 2000)]
    pub details: Option<String>,
    /// Where it stands.
    pub state: DataRequestState,
    /// Goes up with each change; the `ETag` holds it.
    #[schema(minimum = 1)]
    pub version: i64,
    /// When it came.
    pub received_at: Time,
    /// Until when it is answered: two working days.
    pub answer_by: Time,
    /// When it was answered.
    pub acknowledged_at: Option<Time>,
    /// Until when what was asked for is done.
    pub due_at: Time,
    /// The same without the extension.
    pub original_due_at: Time,
    /// When it was extended.
    pub extended_at: Option<Time>,
    /// Why.
    #[schema(max_length = 2000)]
    pub extension_reason: Option<String>,
    /// When it was fulfilled or refused.
    pub closed_at: Option<Time>,
    /// Why it was refused.
    pub refusal: Option<RefusalView>,
    /// What the officer says about it.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// What an erasure came to.
    pub erasure: Option<ErasureView>,
    /// Since when the administrators are told that it is about to be late, or is.
    pub escalated_at: Option<Time>,
    /// `answer_by` explained, where one request is shown.
    pub answer_deadline: Option<DeadlineView>,
    /// `due_at` explained, where one request is shown.
    pub deadline: Option<DeadlineView>,
}

page_type!(/** A page of requests, newest first. */ DataRequestPage of DataRequestView);

impl DataRequestView {
    /// As in a list.
    pub fn of(request: DataRequest, language: Language) -> Self {
        #[rustfmt::skip]
        let DataRequest {
            id, person, controller, kind, fields, details, state, version, received_at, answer_by,
            acknowledged_at, due_at, original_due_at, extended, closed_at, refusal, note,
            handled_by: _, erased, alarm: _, escalated_at,
        } = request;
        let (extended_at, reason) = extended.unzip();
        Self {
            data_request_id: id,
            person_id: person,
            full_name: None,
            controller_id: controller,
            kind,
            fields,
            details: details.map(Personal::into_revealed),
            state,
            version,
            received_at,
            answer_by,
            acknowledged_at,
            due_at,
            original_due_at,
            extended_at,
            extension_reason: reason.flatten().map(Personal::into_revealed),
            closed_at,
            refusal: refusal.map(|ground| RefusalView {
                ground,
                text: language.of(ground.text()),
                legal_basis: ground.legal_basis().to_owned(),
            }),
            note: note.map(Personal::into_revealed),
            erasure: erased.map(|(drafts_erased, dossiers_kept)| ErasureView {
                drafts_erased,
                dossiers_kept,
                kept_by: KEPT_BY.to_owned(),
            }),
            escalated_at,
            answer_deadline: None,
            deadline: None,
        }
    }

    /// By itself, with its due dates explained where the calendar is there.
    pub fn shown(call: &Call, request: DataRequest, language: Language) -> Self {
        let working = call.posted.working_time(request.controller).ok();
        let ledgers = working.and_then(|working| request.explained(call.now, &working).ok());
        let (answer, whole) = ledgers.unzip();
        Self {
            answer_deadline: answer.map(Into::into),
            deadline: whole.map(Into::into),
            ..Self::of(request, language)
        }
    }
}
