//! What is wrong with the papers of a draft, and what may yet turn out to be missing: said before it is
//! filed, so that nobody learns it from the desk.

use crate::{
    dossiers::Case,
    payments::fees::FeeLine,
    procedures::{PaperNeed, PaperOrigin, ProcedureVersion},
    rejection::{Code, Fault},
};

/// Papers that the version of the procedure does not take as they are: the list may have changed since
/// they were attached.
pub fn unfit_papers(procedure: &ProcedureVersion, case: &Case) -> Vec<Fault> {
    let unfit = case.papers.iter().filter_map(|paper| {
        let code = match procedure.paper(&paper.key) {
            None => Code::UnknownReference,
            Some(listed) if !paper.file.kind.is_among(&listed.accepts) => Code::FileTypeRefused,
            Some(listed) if paper.file.size > i64::from(listed.max_bytes) => Code::FileTooLarge,
            Some(_) => return None,
        };
        Some(Fault::new(format!("/papers/{}", paper.key), code))
    });
    unfit.collect()
}

/// What keeps nobody from filing, and may lead to a question of the desk: papers that only some need, and
/// claims whose proof it has to see.
pub fn doubts(procedure: &ProcedureVersion, case: &Case, fees: &[FeeLine]) -> Vec<Fault> {
    let papers = procedure.papers.iter().filter_map(|paper| {
        let PaperNeed::Conditional { case: when } = &paper.kind else {
            return None;
        };
        let is_there = case.papers.iter().any(|one| paper.key.as_str() == one.key);
        let asked = paper.is_uploaded() && paper.source == PaperOrigin::Citizen && !is_there;
        asked.then(|| Fault {
            detail: Some(when.clone()),
            ..Fault::new(format!("/papers/{}", paper.key), Code::PaperMayBeNeeded)
        })
    });
    let claims = case.dossier.claims.iter().enumerate();
    let claims = claims.filter_map(|(index, claim)| {
        let unproven = fees.iter().any(|line| line.unproven.contains(&claim.group));
        unproven.then(|| Fault::new(format!("/claims/{index}"), Code::ProofNeeded))
    });
    papers.chain(claims).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::dossiers::specimen::{draft, now, paper, procedure};

    /// The specimen's file is a PDF of 1,000 bytes.
    #[test]
    fn a_paper_is_fit_by_the_list_of_today() {
        for (key, accepts, most, expected) in [
            ("proof", json!(["pdf", "png"]), 1_000, None),
            ("proof", json!(["png"]), 1_000, Some(Code::FileTypeRefused)),
            ("proof", json!(["pdf"]), 999, Some(Code::FileTooLarge)),
            (
                "another",
                json!(["pdf"]),
                1_000,
                Some(Code::UnknownReference),
            ),
        ] {
            let listed = serde_json::from_value(json!({
                "key": key, "name": {"vi": "Giấy tờ", "en": "Paper"},
                "kind": {"need": "conditional", "case": {"vi": "Khi cần", "en": "When needed"}},
                "source": "citizen", "accepts": accepts, "max_bytes": most
            }));
            let procedure = ProcedureVersion {
                papers: listed.ok().into_iter().collect(),
                ..procedure()
            };
            let mut case = draft();
            let missing = doubts(&procedure, &case, &[]);
            let missing: Vec<_> = missing.iter().map(|fault| fault.code).collect();
            assert_eq!(missing, [Code::PaperMayBeNeeded], "{key}");
            case.papers = vec![paper("proof", now())];
            let unfit = unfit_papers(&procedure, &case);
            assert_eq!(
                unfit.first().map(|fault| fault.code),
                expected,
                "{key} {most}"
            );
            assert_eq!(doubts(&procedure, &case, &[]).is_empty(), key == "proof");
        }
    }
}
