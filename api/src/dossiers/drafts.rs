//! Writing a draft: create it under the client's own id, change it, throw it away.

use domain::{
    actor::Actor,
    disclosures::AccessAction,
    dossiers::{
        Channel, Dossier, State,
        decide::{self, Decision},
        entity::AnswerClock,
        filing::Contents,
    },
    ids::{AgencyId, DossierId, MandateId, PersonId},
    procedures::{ProcedureCode, ProcedureVersion},
    rejection::{Code, Fault, Rejection},
};
use persistence::{Tx, dossiers, papers};

use super::beats::{self, Target};
use crate::{call::Call, failure::Failure, mandates::acting};

/// The most drafts one citizen may keep; more would only be forgotten ones.
pub const MOST_DRAFTS: i64 = 20;

/// A draft as its author sends it.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// The id the app made.
    pub id: DossierId,
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// At which agency.
    pub agency: AgencyId,
    /// The mandate it is drafted under.
    pub mandate: Option<MandateId>,
    /// What the author wrote.
    pub contents: Contents,
}

/// Creates a draft.
///
/// # Errors
/// `procedure-not-in-force`, `procedure-not-offered`, `procedure-not-online`, `too-many-drafts`,
/// `already-exists`; under a mandate those of [`acting::drafting`] and [`acting::contents`].
pub fn create_draft(tx: &mut Tx, call: &Call, draft: &NewDraft) -> Result<Dossier, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    let procedure = offered(call, &draft.procedure, draft.agency)?;
    procedure.is_filed_online_here()?;
    let (owner, contents, drafts) = match draft.mandate {
        None => {
            let drafts = dossiers::drafts_of(tx, person)?;
            (Some(person), draft.contents.clone(), drafts)
        }
        Some(id) => {
            let under = acting::drafting(tx, call, (person, id), &draft.procedure)?;
            let contents = acting::contents(tx, person, &under, draft.contents.clone())?;
            let drafts = dossiers::drafts_under(tx, id)?;
            (under.mandate.mandator.person(), contents, drafts)
        }
    };
    if drafts >= MOST_DRAFTS {
        return Err(Code::TooManyDrafts.into());
    }
    let blank = blank(call, draft.id, procedure, draft.agency, owner, contents);
    let dossier = Dossier {
        mandate: draft.mandate,
        ..blank
    };
    beats::create(tx, call, decide::draft(dossier))
}

/// A body names something that does not exist.
pub(crate) fn unknown(pointer: &str) -> Failure {
    let faults = vec![Fault::new(pointer, Code::UnknownReference)];
    Rejection {
        code: Code::InvalidContent,
        faults,
    }
    .into()
}

/// The version of the procedure in force today, if the agency offers it.
///
/// # Errors
/// `unknown-reference` for an agency that does not exist, `procedure-not-in-force`,
/// `procedure-not-offered`.
pub fn offered<'a>(
    call: &'a Call,
    code: &ProcedureCode,
    agency: AgencyId,
) -> Result<&'a ProcedureVersion, Failure> {
    let procedure = call.posted.in_force(code, call.now.date())?;
    let agency = call
        .posted
        .agency(agency)
        .ok_or_else(|| unknown("/agency_id"))?;
    if agency.offers(procedure) {
        Ok(procedure)
    } else {
        Err(Code::ProcedureNotOffered.into())
    }
}

/// A dossier with nothing done to it yet.
pub fn blank(
    call: &Call,
    id: DossierId,
    procedure: &ProcedureVersion,
    agency: AgencyId,
    owner: Option<PersonId>,
    contents: Contents,
) -> Dossier {
    let Contents {
        assistance,
        helped_by,
        applicant,
        submitter,
        form,
        quantities,
        claims,
        delivery,
    } = contents;
    Dossier {
        id,
        version: 1,
        state: State::Draft,
        stage_before_supplement: None,
        stage_before_withdrawal: None,
        agency,
        filed_with: agency,
        owner,
        mandate: None,
        procedure: procedure.code.clone(),
        field: procedure.field.clone(),
        procedure_version: procedure.version,
        channel: Channel::Online,
        assistance,
        helper: None,
        helped_by,
        applicant,
        submitter,
        form,
        quantities,
        claims,
        delivery,
        code: None,
        tracking_secret: None,
        clock: None,
        due_at: None,
        original_due_at: None,
        paused_since: None,
        round_consent: None,
        verdict: None,
        created_at: call.now,
        updated_at: call.now,
        submitted_at: None,
        answer: AnswerClock::default(),
        accepted_at: None,
        finished_at: None,
        returned_at: None,
        recipient: None,
    }
}

/// Throws a draft away, papers and all; its events stay.
///
/// # Errors
/// `state-forbids` once it is filed, `money-pins` when something was paid.
pub fn discard_draft(tx: &mut Tx, call: &Call, target: Target) -> Result<(), Failure> {
    let dossier = dossiers::lock(tx, target.id, &call.reading(AccessAction::Work)?)?;
    let decision = discarded(tx, call, dossier, target)?;
    acting::may_change(tx, call, &decision)?;
    throw_away(tx, call, decision)
}

/// The same for a draft nobody has touched for long, or whose author is erased, by the rule its citizen
/// discards by; the log says that the house did it. Of a ward or an organisation it goes like any other,
/// though the mandate it stands under has ended.
///
/// # Errors
/// As [`discard_draft`].
pub fn discard_by_the_house(tx: &mut Tx, call: &Call, target: Target) -> Result<(), Failure> {
    let dossier = dossiers::lock_for_worker(tx, target.id)?;
    let decision = discarded(tx, call, dossier, target)?;
    throw_away(tx, &call.as_system(), decision)
}

fn discarded(
    tx: &mut Tx,
    call: &Call,
    dossier: Dossier,
    target: Target,
) -> Result<Decision, Failure> {
    if dossier.version != target.version {
        return Err(persistence::StoreError::Stale {
            current_version: dossier.version,
        }
        .into());
    }
    let case = beats::case_of(tx, call, dossier)?;
    Ok(decide::discard(&case, &call.actor)?)
}

fn throw_away(tx: &mut Tx, by: &Call, decision: Decision) -> Result<(), Failure> {
    let id = decision.dossier.id;
    papers::delete_of_draft(tx, id, by.now)?;
    dossiers::delete_draft(tx, id)?;
    beats::trace(tx, by, decision)?;
    Ok(())
}
