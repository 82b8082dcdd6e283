//! What clients send about dossiers.

use domain::{
    dossiers::{Assistance, Delivery, filing::Contents, helping},
    ids::{AgencyId, DossierId, MandateId},
    payments::fees::Claim,
    personal::Personal,
    procedures::{ProcedureCode, ProcedureVersion},
    rejection::{Code, Fault, Rejection},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::{
    drafts,
    helping::HelperBody,
    party::{PartyBody, checked_text},
};
use crate::{
    call::Call,
    consents::{use_cases::Said, wire::named_text},
    extract::Language,
    failure::Failure,
};

/// The path of one dossier.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DossierPath {
    /// The dossier's id, made by the client (`UUIDv7`).
    #[param(value_type = uuid::Uuid)]
    pub dossier_id: DossierId,
}

/// The answers to the procedure's form; its schema is at `/v1/procedures/{procedure_code}/form`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(value_type = Object)]
#[serde(transparent)]
pub struct FormBody(pub Personal<Map<String, Value>>);

/// A draft, whole.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftBody {
    /// Which procedure.
    #[schema(value_type = String, pattern = r"^[1-9]\.[0-9]{6}$", max_length = 8, example = "2.000635")]
    pub procedure_code: ProcedureCode,
    /// At which agency.
    #[schema(value_type = uuid::Uuid)]
    pub agency_id: AgencyId,
    /// The mandate it is drafted under, for good: the applicant is the mandator, and the delegate
    /// submits. A mandator who names it lets the delegate see the dossier.
    pub mandate_id: Option<MandateId>,
    /// Whose matter it is.
    pub applicant: PartyBody,
    /// Who submits, when that is not the applicant.
    pub submitter: Option<PartyBody>,
    /// Who holds the pen.
    #[serde(default = "own_hand")]
    pub assistance: Assistance,
    /// Who helped, with `helped_on_own_phone`; a draft can be filed only once that is said.
    pub helped_by: Option<HelperBody>,
    /// The form's answers so far; a draft may be incomplete.
    #[serde(default = "nothing")]
    pub form: FormBody,
    /// Codes of the beneficiary groups claimed for fee reductions.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub claims: Vec<GroupCode>,
    /// How the result should be handed over.
    #[serde(default = "electronic")]
    pub delivery: Delivery,
}

fn own_hand() -> Assistance {
    Assistance::OwnHand
}

fn electronic() -> Delivery {
    Delivery::Electronic
}

fn nothing() -> FormBody {
    FormBody(Personal::new(Map::new()))
}

/// The code of a beneficiary group, as the procedure's fees name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 1, max_length = 64, example = "poor_household")]
pub struct GroupCode(pub String);

/// What the citizen confirms by submitting.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitBody {
    /// The citizen has read the text at `/v1/consent_texts/dossier_settlement` and agrees: the content
    /// is true and may be processed for this dossier. Never ticked in advance.
    pub consent: bool,
    /// `sha256` of the text that was shown. Refused when that text is not in force any more; without it
    /// the text in force, in the language of the request, is taken as the one agreed to.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-fA-F]{64}$")]
    pub consent_text_sha256: Option<String>,
}

impl SubmitBody {
    /// What the citizen said.
    ///
    /// # Errors
    /// `invalid-content` for a digest that is none.
    pub fn said(self, language: Language) -> Result<Said, Failure> {
        let Self {
            consent,
            consent_text_sha256,
        } = self;
        Ok(Said {
            yes: consent,
            text: named_text(consent_text_sha256.as_deref())?,
            language,
        })
    }
}

/// Why the citizen takes the dossier back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawBody {
    /// The reason, if the citizen gives one.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: Option<String>,
}

impl WithdrawBody {
    /// The reason, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn checked(self) -> Result<Option<String>, Failure> {
        let Self { reason } = self;
        reason
            .map(|reason| one_text("/reason", &reason, 500))
            .transpose()
    }
}

/// One text of a body, checked.
///
/// # Errors
/// `invalid-content` with a fault at `pointer`.
pub fn one_text(pointer: &str, text: &str, longest: usize) -> Result<String, Failure> {
    checked_text(text, longest).map_err(|code| {
        Rejection {
            code: Code::InvalidContent,
            faults: vec![Fault::new(pointer, code)],
        }
        .into()
    })
}

/// The version in force today of the procedure that a body names.
///
/// # Errors
/// `unknown-reference` for a procedure that does not exist, `procedure-not-in-force`.
pub fn named<'a>(call: &'a Call, code: &ProcedureCode) -> Result<&'a ProcedureVersion, Failure> {
    let found = call.posted.in_force(code, call.now.date());
    found.map_err(|failure| {
        if failure.code() == Code::NotFound.as_str() {
            drafts::unknown("/procedure_code")
        } else {
            failure
        }
    })
}

/// Claims as the citizen makes them: nothing has been shown yet.
pub fn claims(groups: Vec<GroupCode>, faults: &mut Vec<Fault>) -> Vec<Claim> {
    for (index, GroupCode(group)) in groups.iter().enumerate() {
        if group.is_empty() || group.len() > 64 || index >= 10 {
            faults.push(Fault::new(format!("/claims/{index}"), Code::OutOfRange));
        }
    }
    groups
        .into_iter()
        .map(|GroupCode(group)| Claim { group, proof: None })
        .collect()
}

fn form_text(form: &Map<String, Value>) -> Personal<String> {
    Personal::new(Value::Object(form.clone()).to_string())
}

impl DraftBody {
    /// The draft under the id the client made.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_draft(self, id: DossierId, call: &Call) -> Result<drafts::NewDraft, Failure> {
        let Self {
            procedure_code,
            agency_id,
            mandate_id,
            applicant,
            submitter,
            assistance,
            helped_by,
            form,
            claims: groups,
            delivery,
        } = self;
        let procedure = named(call, &procedure_code)?;
        let mut faults = own_pen(assistance);
        let applicant = applicant.check("/applicant", &mut faults);
        let submitter = submitter.map(|submitter| submitter.check("/submitter", &mut faults));
        let claims = claims(groups, &mut faults);
        let helped_by = helped_by.and_then(|helper| helper.check(&mut faults));
        faults.extend(helping::misplaced(assistance, helped_by.as_ref()));
        Rejection::of_faults(faults)?;
        let FormBody(form) = form;
        let answers = Value::Object(form.reveal().clone());
        let contents = Contents {
            assistance,
            helped_by,
            applicant: applicant.ok_or(Code::InvalidContent)?,
            submitter: submitter.flatten(),
            quantities: procedure.quantity_fields.of(&answers),
            form: form_text(form.reveal()),
            claims,
            delivery,
        };
        Ok(drafts::NewDraft {
            id,
            procedure: procedure_code,
            agency: agency_id,
            mandate: mandate_id,
            contents,
        })
    }
}

/// That an officer typed it is for the officer to say.
pub(super) fn own_pen(assistance: Assistance) -> Vec<Fault> {
    let officers = assistance == Assistance::TypedByOfficer;
    if officers {
        vec![Fault::new("/assistance", Code::OutOfRange)]
    } else {
        Vec::new()
    }
}
