//! A supplement request, as its reader sees it.

use domain::supplements::{RequestedItem, Supplement};

use crate::dossiers::view::{SupplementItemView, SupplementView};

/// A supplement request, as shown.
pub fn supplement_view(supplement: &Supplement) -> SupplementView {
    let Supplement {
        id,
        dossier: _,
        round,
        status,
        asked_by: _,
        consent,
        items,
        legal_ground,
        asked_at,
        reply_by,
        old_due_at,
        new_due_at,
        answer,
        closed_at,
    } = supplement;
    let answered_by = |item: &RequestedItem| {
        let answered = answer.iter().flat_map(|answer| &answer.items);
        answered
            .filter(|one| one.paper_key == item.paper_key)
            .map(|one| one.paper)
            .next()
    };
    let shown = |item: &RequestedItem| SupplementItemView {
        paper_key: item.paper_key.clone(),
        reason: item.reason,
        text: item.text.clone(),
        answered_by: answered_by(item),
    };
    SupplementView {
        id: *id,
        round: *round,
        status: *status,
        items: items.iter().map(shown).collect(),
        legal_ground: legal_ground.clone(),
        second_round_reason: consent.map(|(reason, _)| reason),
        asked_at: *asked_at,
        reply_by: *reply_by,
        answered_at: answer.as_ref().map(|answer| answer.at),
        answer_note: answer
            .as_ref()
            .and_then(|answer| answer.note.as_ref())
            .map(|note| note.reveal().clone()),
        old_due_at: *old_due_at,
        new_due_at: *new_due_at,
        closed_at: *closed_at,
    }
}
