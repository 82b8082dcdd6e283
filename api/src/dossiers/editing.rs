//! Changing a draft on two devices: a change made on an older version is taken when nothing it would
//! overwrite has changed since, and is refused with what has changed when something has.

use domain::{
    disclosures::AccessAction,
    dossiers::{Dossier, State, decide, field_versions::changed_fields, filing::Contents},
    personal::Personal,
};
use persistence::{StoreError, Tx, dossiers};
use serde_json::Value;

use super::{
    beats::{self, Target},
    render,
};
use crate::{
    api_code::ApiCode,
    call::Call,
    extract::Language,
    failure::{Failure, FieldError, Refusal},
    mandates::acting,
};

/// Changes a draft. Whoever sends a change again is answered as the first time, unless something it
/// says was changed in between.
///
/// # Errors
/// `fields-changed` with each field that has another value now than its author saw, and that value;
/// `version-mismatch` for a version that is still to come, and for what is no draft any more;
/// `state-forbids` once it is filed; see [`beats::change`].
pub fn edit_draft(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    contents: impl FnOnce(&Dossier) -> Result<Contents, Failure>,
) -> Result<Dossier, Failure> {
    let reading = call.reading(AccessAction::Work)?;
    let dossier = dossiers::lock(tx, target.id, &reading)?;
    let is_older = target.version < dossier.version;
    if target.version > dossier.version || is_older && dossier.state != State::Draft {
        return Err(StoreError::Stale {
            current_version: dossier.version,
        }
        .into());
    }
    let case = beats::case_of(tx, call, dossier)?;
    let contents = acting::kept(tx, &case.dossier, contents(&case.dossier)?)?;
    let changed =
        changed_fields(&Contents::of(&case.dossier), &contents).map_err(Failure::internal)?;
    let decision = decide::edit(&case, &call.actor, contents)?;
    acting::may_change(tx, call, &decision)?;
    if is_older && changed.is_empty() {
        return Ok(case.dossier);
    }
    let known = dossiers::field_versions(tx, &case.dossier, &reading)?;
    let overtaken = |field: &&String| known.changed_after(target.version, field);
    let overtaken: Vec<String> = changed.iter().filter(overtaken).cloned().collect();
    if is_older && !overtaken.is_empty() {
        return Err(refusal(tx, call, case.dossier, overtaken)?);
    }
    let known = known.noting(&changed, decision.dossier.version);
    let saved = beats::save(tx, call, decision)?;
    dossiers::keep_field_versions(tx, saved.id, &known)?;
    Ok(saved)
}

/// What the author has not seen, field by field, as the draft shows it now to whoever may read it.
fn refusal(
    tx: &mut Tx,
    call: &Call,
    draft: Dossier,
    fields: Vec<String>,
) -> Result<Failure, Failure> {
    let version = draft.version;
    // No field is told in words of a language.
    let shown = render::render(tx, call, Language::Vi, draft)?;
    let shown = serde_json::to_value(shown).map_err(Failure::internal)?;
    let mut refusal = Refusal::new(ApiCode::FieldsChanged);
    refusal.current_version = Some(version);
    refusal.errors = fields
        .into_iter()
        .map(|field| {
            let now = shown.pointer(&field).cloned().unwrap_or(Value::Null);
            FieldError {
                current: Some(Personal::new(now)),
                ..FieldError::edge(field, ApiCode::FieldChanged)
            }
        })
        .collect();
    Ok(refusal.into())
}
