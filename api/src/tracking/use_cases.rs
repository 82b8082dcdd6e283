//! Tells how a dossier stands to whoever shows its code and its secret.

use domain::{
    dossiers::{Dossier, DossierCode},
    personal::Personal,
    rejection::Code,
    time::Time,
};
use persistence::{Tx, dossiers};
use subtle::ConstantTimeEq as _;

use super::wire::{TrackingStep, TrackingView};
use crate::{
    call::Call,
    dossiers::{
        listing::standing,
        render::{agency_brief, pick, procedure_brief},
        secret::as_printed,
        timeline::{self, TimelineEntry},
    },
    extract::Language,
    failure::Failure,
};

/// How many steps are told: an answer is to fit into one packet.
const STEPS: usize = 12;

/// A well-formed code that no agency has: looked up in place of one that cannot exist, so that both
/// take the same way.
const NOBODYS: &str = "X00-00000000-0000000";

/// A secret of the right length that none has, for the letter U is not in the alphabet.
const NO_SECRET: &str = "UUUUUUUU";

/// How the dossier of this code stands, if the secret is the one printed beside it.
///
/// # Errors
/// `not-found` for a code that does not exist as for a secret that does not fit.
pub fn track(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    (code, secret): (&str, &Personal<String>),
) -> Result<TrackingView, Failure> {
    let code = code.trim().to_uppercase();
    let code = DossierCode::parse(&code).or_else(|| DossierCode::parse(NOBODYS));
    let code = code.ok_or(Code::NotFound)?;
    let printed = dossiers::tracking_secret(tx, &code)?;
    let shown = as_printed(secret.reveal());
    let expected = printed.as_ref().map_or(NO_SECRET, |it| it.reveal());
    let fits = bool::from(shown.as_bytes().ct_eq(expected.as_bytes()));
    if !fits || printed.is_none() {
        return Err(Code::NotFound.into());
    }
    let dossier = dossiers::of_code(tx, &code)?.ok_or(Code::NotFound)?;
    view(tx, call, language, &dossier)
}

fn view(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    dossier: &Dossier,
) -> Result<TrackingView, Failure> {
    let mut steps = timeline::entries(tx, language, dossier.id)?;
    let awaited = dossiers::awaited(tx, dossier.id)?;
    let standing = standing(call, dossier.state, awaited);
    let earlier = steps.len().saturating_sub(STEPS);
    Ok(TrackingView {
        code: dossier
            .code
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        procedure: procedure_brief(call, language, dossier)?.name,
        agency: agency_brief(call, language, dossier).name,
        state: dossier.state,
        state_text: pick(language, standing.sentence()),
        must_do_now: standing.citizen_must().map(|must| pick(language, must)),
        submitted_at: dossier.submitted_at,
        accepted_at: dossier.accepted_at,
        due_at: dossier.due_at,
        due_date: dossier.due_at.map(Time::date),
        paused_since: dossier.paused_since,
        finished_at: dossier.finished_at,
        returned_at: dossier.returned_at,
        steps: steps.drain(earlier..).map(step).collect(),
    })
}

/// Reasons are in people's own words and may name somebody, so they stay behind.
fn step(entry: TimelineEntry) -> TrackingStep {
    let TimelineEntry {
        kind,
        text,
        at,
        state: _,
        due_at: _,
        old_due_at: _,
        reason: _,
        legal_ground: _,
        round: _,
        papers: _,
        number: _,
        amount: _,
        unproven_claims: _,
        transfer: _,
    } = entry;
    TrackingStep { kind, text, at }
}
