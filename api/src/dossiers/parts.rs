//! The parts of a dossier as its reader sees them: papers, fees, results, claims.

use domain::{
    actor::Actor,
    dossiers::Dossier,
    papers::Paper,
    payments::{Obligation, fees::Claim},
    results::{ResultDocument, is_open_to},
};

use super::{
    proof::ProofView,
    render::{hex, picked},
    view::{ObligationView, PaperView, ResultView},
    wire::GroupCode,
};
use crate::{call::Call, extract::Language};

/// The beneficiary groups that stand, and those that were claimed and not proven. Until acceptance
/// nobody has looked, and all are claimed.
pub fn claims(dossier: &Dossier) -> (Vec<GroupCode>, Vec<GroupCode>) {
    let accepted = dossier.accepted_at.is_some();
    let stands = |claim: &&Claim| !accepted || claim.proof.is_some();
    let (stand, unproven): (Vec<_>, Vec<_>) = dossier.claims.iter().partition(stands);
    let code = |claim: &Claim| GroupCode(claim.group.clone());
    (
        stand.into_iter().map(code).collect(),
        unproven.into_iter().map(code).collect(),
    )
}

/// A paper, as shown.
pub fn paper_view(paper: &Paper) -> PaperView {
    let Paper {
        id,
        dossier: _,
        key,
        file,
        copy_kind,
        origin,
        attached_at,
        scan,
        has_preview,
    } = paper;
    PaperView {
        id: *id,
        key: key.clone(),
        file_id: file.id,
        media_type: file.kind.media_type(),
        size: file.size,
        sha256: hex(&file.sha256),
        copy_kind: *copy_kind,
        origin: *origin,
        attached_at: *attached_at,
        scan: *scan,
        has_preview: *has_preview,
    }
}

/// A fee, as shown.
pub fn obligation_view(language: Language, obligation: &Obligation) -> ObligationView {
    let Obligation {
        id,
        dossier_id: _,
        fee_code,
        name,
        kind: _,
        quantity,
        gross,
        net,
        applied,
        collected,
        state,
        created_at: _,
        asked_at,
        settled_at,
        settled_by: _,
    } = obligation;
    ObligationView {
        id: *id,
        fee_code: fee_code.clone(),
        name: picked(language, name),
        quantity: *quantity,
        gross: *gross,
        net: *net,
        reduction: applied.as_ref().map(|applied| applied.code.clone()),
        reduction_basis: applied.as_ref().map(|applied| applied.legal_basis.clone()),
        reduction_proof: applied
            .as_ref()
            .and_then(|applied| applied.proof.as_ref())
            .map(|proof| ProofView::of(proof, language)),
        collected: *collected,
        state: *state,
        asked_at: *asked_at,
        settled_at: *settled_at,
    }
}

/// The results of a dossier, as this actor sees them. What a delegate may receive is told where the
/// results themselves are listed.
pub fn results_view(call: &Call, dossier: &Dossier, results: &[ResultDocument]) -> Vec<ResultView> {
    let is_theirs = match call.actor {
        Actor::Citizen { person } => dossier.owner == Some(person),
        Actor::Officer { .. } | Actor::System => true,
    };
    shown_results(call, dossier, results, is_theirs)
}

/// The results of a dossier, for somebody who may receive them, or may not.
pub fn shown_results(
    call: &Call,
    dossier: &Dossier,
    results: &[ResultDocument],
    may_receive: bool,
) -> Vec<ResultView> {
    let open = may_receive && is_open_to(call.actor.sight(), dossier);
    let shown = |result| result_view(result, open);
    results.iter().map(shown).collect()
}

/// A result, as shown: the document itself only if it is open to the reader.
pub fn result_view(result: &ResultDocument, open: bool) -> ResultView {
    let ResultDocument {
        id,
        dossier,
        number,
        issued_on,
        signer_name,
        outcome,
        file,
        issued_by: _,
        issued_at,
    } = result;
    ResultView {
        id: *id,
        dossier_id: *dossier,
        number: number.clone(),
        issued_on: *issued_on,
        signer_name: signer_name.clone(),
        outcome: *outcome,
        file_id: open.then_some(file.id),
        media_type: file.kind.media_type(),
        sha256: hex(&file.sha256),
        issued_at: *issued_at,
    }
}
