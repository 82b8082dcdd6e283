//! From a version of a procedure to what its reader sees, in the reader's language.

use domain::procedures::{
    CentralSystem, Certainty, InternalStep, OnlineLevel, PaperNeed, PaperRequirement,
    ProcedureResult, ProcedureVersion,
};

use super::{
    brief::OnlineService,
    fees::FeeView,
    posted::Posted,
    wire::{
        CentralSystemView, FieldBrief, PaperNecessity, PaperNeededView, ProcedureResultView,
        ProcedureView, StepView,
    },
    words::TimeLimitView,
};
use crate::{dossiers::render::picked, extract::Language};

impl ProcedureView {
    /// The procedure in the reader's language.
    #[expect(
        clippy::too_many_lines,
        reason = "one line per member of the view, so that none is forgotten"
    )]
    pub fn of(procedure: &ProcedureVersion, posted: &Posted, language: Language) -> Self {
        let ProcedureVersion {
            code,
            version,
            in_force_from,
            in_force_to,
            name,
            field,
            level,
            online,
            central_system,
            assurance,
            applicants,
            time_limit,
            time_limit_online,
            supplement,
            desk,
            receipt_on_request_only,
            fees,
            quantity_fields,
            papers,
            form: _,
            steps,
            result,
            legal_basis,
            source,
            note,
        } = procedure;
        let reason = match online {
            OnlineLevel::Full {} => None,
            OnlineLevel::Partial { reason } | OnlineLevel::None { reason } => Some(reason),
        };
        let field_name = posted.field(field).map(|it| picked(language, &it.name));
        Self {
            code: code.as_str().to_owned(),
            version: *version,
            in_force_from: *in_force_from,
            in_force_to: *in_force_to,
            name: picked(language, name),
            field: FieldBrief {
                code: field.as_str().to_owned(),
                name: field_name.unwrap_or_default(),
            },
            level: *level,
            online: OnlineService::of(online),
            online_reason: reason.map(|reason| picked(language, reason)),
            central_system: central_system
                .as_ref()
                .map(|system| CentralSystemView::of(system, language)),
            assurance_level: procedure.needs_level().number(),
            assurance_source: assurance.as_ref().map(|need| need.source.clone()),
            applicants: applicants.clone(),
            time_limit: TimeLimitView::of(*time_limit, language),
            time_limit_online: time_limit_online.map(|it| TimeLimitView::of(it, language)),
            supplement: *supplement,
            desk: *desk,
            receipt_on_request_only: *receipt_on_request_only,
            fees: fees
                .iter()
                .map(|fee| FeeView::of(fee, source.certainty, language))
                .collect(),
            quantity_fields: quantity_fields.clone(),
            papers: papers
                .iter()
                .map(|paper| PaperNeededView::of(paper, source.certainty, language))
                .collect(),
            steps: steps
                .iter()
                .map(|step| StepView::of(step, source.certainty, language))
                .collect(),
            result: ProcedureResultView::of(result, language),
            legal_basis: legal_basis.clone(),
            source: source.clone(),
            note: note.clone(),
        }
    }
}

impl CentralSystemView {
    fn of(system: &CentralSystem, language: Language) -> Self {
        let CentralSystem { name, covers } = system;
        Self {
            name: picked(language, name),
            covers: *covers,
        }
    }
}

impl StepView {
    /// What is said of no certainty of its own has that of the version as a whole.
    fn of(step: &InternalStep, whole: Certainty, language: Language) -> Self {
        let InternalStep {
            name,
            role,
            minutes,
            certainty,
        } = step;
        Self {
            name: picked(language, name),
            role: *role,
            minutes: *minutes,
            certainty: certainty.unwrap_or(whole),
        }
    }
}

impl ProcedureResultView {
    fn of(result: &ProcedureResult, language: Language) -> Self {
        let ProcedureResult {
            code,
            name,
            valid_months,
        } = result;
        Self {
            code: code.clone(),
            name: picked(language, name),
            valid_months: *valid_months,
        }
    }
}

impl PaperNeededView {
    fn of(paper: &PaperRequirement, whole: Certainty, language: Language) -> Self {
        let PaperRequirement {
            key,
            code,
            name,
            kind,
            copies,
            source,
            is_form,
            form_file,
            replaced_by_result,
            digitise,
            to_present_only,
            accepts,
            max_bytes,
            certainty,
        } = paper;
        let (need, case) = match kind {
            PaperNeed::Mandatory {} => (PaperNecessity::Mandatory, None),
            PaperNeed::Conditional { case } => (PaperNecessity::Conditional, Some(case)),
            PaperNeed::Optional {} => (PaperNecessity::Optional, None),
        };
        Self {
            key: key.as_str().to_owned(),
            code: code.clone(),
            name: picked(language, name),
            need,
            case: case.map(|case| picked(language, case)),
            copies: *copies,
            source: *source,
            is_form: *is_form,
            form_file: form_file.clone(),
            replaced_by_result: replaced_by_result.clone(),
            digitise: *digitise,
            to_present_only: *to_present_only,
            accepts: accepts.clone(),
            max_bytes: *max_bytes,
            certainty: certainty.unwrap_or(whole),
        }
    }
}
