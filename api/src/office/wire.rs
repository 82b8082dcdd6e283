//! What officers send about dossiers.

use domain::{
    dossiers::{Assistance, Channel, Delivery, filing::Contents},
    ids::DossierId,
    personal::Personal,
    procedures::ProcedureCode,
    rejection::{Code, Fault, Rejection},
    results::Outcome,
    supplements::{RequestedItem, SecondRoundReason},
    time::Time,
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{intake::CounterFiling, supplementing::Asked};
use crate::{
    call::Call,
    consents::{use_cases::Said, wire::named_text},
    dossiers::{
        party::{PartyBody, checked_text},
        wire::{FormBody, GroupCode, claims, named, one_text},
    },
    extract::Language,
    failure::Failure,
};

/// A dossier that an officer files for somebody.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterFilingBody {
    /// The dossier's id, made by the client (`UUIDv7`).
    pub id: DossierId,
    /// Which procedure.
    #[schema(value_type = String, pattern = r"^[1-9]\.[0-9]{6}$", max_length = 8, example = "2.000635")]
    pub procedure_code: ProcedureCode,
    /// `counter` or `post`.
    pub channel: Channel,
    /// Whose matter it is.
    pub applicant: PartyBody,
    /// Who hands it in, when that is not the applicant.
    pub submitter: Option<PartyBody>,
    /// Who held the pen.
    pub assistance: Assistance,
    /// The form's answers.
    pub form: FormBody,
    /// Codes of the beneficiary groups claimed.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub claims: Vec<GroupCode>,
    /// How the result should be handed over.
    pub delivery: Delivery,
    /// The person has agreed, after the text at `/v1/consent_texts/dossier_settlement` was shown or read
    /// out at the desk, or has signed it in the letter. Silence is no consent: without it nothing is
    /// filed.
    #[serde(default)]
    pub consent: bool,
    /// `sha256` of the text that was shown, read out or signed.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-fA-F]{64}$")]
    pub consent_text_sha256: Option<String>,
}

impl CounterFilingBody {
    /// The checked filing.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn check(self, call: &Call, language: Language) -> Result<CounterFiling, Failure> {
        let Self {
            id,
            procedure_code,
            channel,
            applicant,
            submitter,
            assistance,
            form: FormBody(form),
            claims: groups,
            delivery,
            consent,
            consent_text_sha256,
        } = self;
        let procedure = named(call, &procedure_code)?;
        let mut faults = Vec::new();
        if channel == Channel::Online {
            faults.push(Fault::new("/channel", Code::OutOfRange));
        }
        // Nobody files at the desk on a phone of their own.
        if assistance == Assistance::HelpedOnOwnPhone {
            faults.push(Fault::new("/assistance", Code::OutOfRange));
        }
        let applicant = applicant.check("/applicant", &mut faults);
        let submitter = submitter.map(|submitter| submitter.check("/submitter", &mut faults));
        let claims = claims(groups, &mut faults);
        Rejection::of_faults(faults)?;
        let answers = Value::Object(form.into_revealed());
        let contents = Contents {
            assistance,
            helped_by: None,
            applicant: applicant.ok_or(Code::InvalidContent)?,
            submitter: submitter.flatten(),
            quantities: procedure.quantity_fields.of(&answers),
            form: Personal::new(answers.to_string()),
            claims,
            delivery,
        };
        Ok(CounterFiling {
            id,
            procedure: procedure_code,
            channel,
            contents,
            said: Said {
                yes: consent,
                text: named_text(consent_text_sha256.as_deref())?,
                language,
            },
        })
    }
}

/// A reason and its legal ground, as told to the citizen.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroundedReasonBody {
    /// The reason, in words a citizen understands.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
    /// The act and article.
    #[schema(min_length = 1, max_length = 500, example = "118/2025/NĐ-CP, Điều 17")]
    pub legal_ground: String,
}

impl GroundedReasonBody {
    /// Reason and ground, checked.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn check(self) -> Result<(String, String), Failure> {
        let Self {
            reason,
            legal_ground,
        } = self;
        let (reason, ground) = (
            checked_text(&reason, 1000),
            checked_text(&legal_ground, 500),
        );
        let mut faults = Vec::new();
        faults.extend(
            reason
                .as_ref()
                .err()
                .map(|code| Fault::new("/reason", *code)),
        );
        faults.extend(
            ground
                .as_ref()
                .err()
                .map(|code| Fault::new("/legal_ground", *code)),
        );
        Rejection::of_faults(faults)?;
        Ok((reason?, ground?))
    }
}

/// A reason, as told to the citizen.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    /// The reason.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

impl ReasonBody {
    /// The reason, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn check(self) -> Result<String, Failure> {
        one_text("/reason", &self.reason, 1000)
    }
}

/// Confirming a withdrawal.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantBody {
    /// A reason or remark, as told to the citizen.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: Option<String>,
}

impl GrantBody {
    /// The reason, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn check(self) -> Result<Option<String>, Failure> {
        let Self { reason } = self;
        let checked = reason.map(|reason| one_text("/reason", &reason, 1000));
        checked.transpose()
    }
}

/// A leader's consent to a further supplement round.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentBody {
    /// Why another round is needed.
    pub reason: SecondRoundReason,
}

/// A supplement request: every missing paper at once.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplementBody {
    /// Every missing paper, each with its reason.
    #[schema(min_items = 1, max_items = 50)]
    pub items: Vec<RequestedItem>,
    /// The act and article.
    #[schema(min_length = 1, max_length = 500, example = "118/2025/NĐ-CP, Điều 17")]
    pub legal_ground: String,
    /// Until when: not before the next working day begins, and at most the procedure's
    /// `supplement.most_reply_days` working days; if absent, its `reply_days`.
    pub reply_by: Option<Time>,
}

impl SupplementBody {
    /// The request, checked.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn check(self) -> Result<Asked, Failure> {
        let Self {
            items,
            legal_ground,
            reply_by,
        } = self;
        let mut faults = Vec::new();
        let mut checked = Vec::new();
        for (
            index,
            RequestedItem {
                paper_key,
                reason,
                text,
            },
        ) in items.into_iter().enumerate()
        {
            match checked_text(&text, 1000) {
                Ok(text) => checked.push(RequestedItem {
                    paper_key,
                    reason,
                    text,
                }),
                Err(code) => faults.push(Fault::new(format!("/items/{index}/text"), code)),
            }
        }
        let ground = checked_text(&legal_ground, 500);
        faults.extend(
            ground
                .as_ref()
                .err()
                .map(|code| Fault::new("/legal_ground", *code)),
        );
        Rejection::of_faults(faults)?;
        Ok(Asked {
            items: checked,
            legal_ground: ground?,
            reply_by,
        })
    }
}

/// The leader's decision.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideBody {
    /// Granted or declined.
    pub outcome: Outcome,
}
