//! What happened to a dossier, in a citizen's words.

use domain::{
    disclosures::AccessAction,
    dossiers::{
        Channel, EventKind, State,
        event::{Moved, Note},
        timeline::sentence,
    },
    ids::{AgencyId, DossierId},
    procedures::PaperKey,
    time::Time,
    transfers::TransferReason,
};
use persistence::{StoreError, Tx, events};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{call::Call, disclosures::opening::opened, extract::Language, failure::Failure};

/// The timeline of a dossier, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Timeline {
    /// What happened.
    #[schema(max_items = 1000)]
    pub items: Vec<TimelineEntry>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// What.
    pub kind: EventKind,
    /// In words.
    #[schema(
        max_length = 200,
        example = "Hồ sơ được tiếp nhận, có giấy hẹn trả kết quả."
    )]
    pub text: String,
    /// When.
    pub at: Time,
    /// The state afterwards.
    pub state: Option<State>,
    /// The due instant afterwards.
    pub due_at: Option<Time>,
    /// The due instant before, where it moved.
    pub old_due_at: Option<Time>,
    /// The reason given.
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
    /// The legal ground given.
    #[schema(max_length = 500)]
    pub legal_ground: Option<String>,
    /// The supplement round.
    pub round: Option<u32>,
    /// The papers concerned, by key.
    #[schema(max_items = 100, value_type = Vec<PaperKey>)]
    pub papers: Vec<String>,
    /// A number given: of the dossier, the receipt or the result.
    #[schema(max_length = 60)]
    pub number: Option<String>,
    /// An amount of dong.
    pub amount: Option<i64>,
    /// With acceptance: how many of the beneficiary groups claimed lower no fee, because no proof was
    /// shown.
    pub unproven_claims: Option<u32>,
    /// With a transfer: the agency it came from, the one it went to, and the coded reason.
    pub transfer: Option<TransferView>,
}

/// From which agency to which a dossier went.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransferView {
    /// From.
    pub from_agency_id: AgencyId,
    /// To.
    pub to_agency_id: AgencyId,
    /// Why.
    pub reason_code: TransferReason,
}

/// The timeline of a dossier that the actor may see.
///
/// # Errors
/// `not-found`.
pub fn show_timeline(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    id: DossierId,
) -> Result<Timeline, Failure> {
    opened(tx, call, id, AccessAction::Follow)?;
    entries(tx, language, id).map(|items| Timeline { items })
}

/// The public events of a dossier; the caller has settled that they may be shown.
///
/// # Errors
/// `internal` for an event this program does not know.
pub fn entries(
    tx: &mut Tx,
    language: Language,
    id: DossierId,
) -> Result<Vec<TimelineEntry>, Failure> {
    let mut items = Vec::new();
    for event in events::of_dossier(tx, id)? {
        let kind = EventKind::parse(&event.kind)
            .ok_or_else(|| StoreError::Corrupt("an event kind".to_owned()))?;
        if kind.is_public() {
            items.push(entry(kind, &event, language)?);
        }
    }
    Ok(items)
}

fn entry(
    kind: EventKind,
    event: &events::Event,
    language: Language,
) -> Result<TimelineEntry, Failure> {
    let Note {
        reason,
        legal_ground,
        old_due_at,
        round,
        papers,
        number,
        amount,
        assistance,
        unproven_claims,
        officer: _,
        moved,
        four_eyes: _,
    } = event.payload.parse()?;
    let channel = event.channel.as_deref().and_then(Channel::parse);
    // A due instant is there from acceptance on, and never taken back.
    let accepted = event.due_at.is_some();
    let (vi, en) = sentence(kind, channel, assistance, accepted);
    let text = match language {
        Language::Vi => vi,
        Language::En => en,
    };
    Ok(TimelineEntry {
        kind,
        text: text.to_owned(),
        at: event.at,
        state: event.state.as_deref().and_then(State::parse),
        due_at: event.due_at,
        old_due_at,
        reason,
        legal_ground,
        round,
        papers,
        number,
        amount,
        unproven_claims,
        transfer: moved.map(|Moved { from, to, why }| TransferView {
            from_agency_id: from,
            to_agency_id: to,
            reason_code: why,
        }),
    })
}
