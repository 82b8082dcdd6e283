//! What the officer was shown at acceptance: the ground of every fee reduction.

use domain::{
    ids::OfficerId,
    payments::fees::{
        Claim, Confirmation, DIGITAL_CITIZEN, FeeQuery, FeeRule, Proof, regards_digital_citizens,
    },
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    dossiers::{party::checked_text, wire::GroupCode},
    failure::Failure,
};

/// The longest account of what was shown, in characters.
const LONGEST: usize = 300;

/// Accepting a dossier.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptBody {
    /// Beneficiary groups whose proof the officer was shown.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub groups_seen: Vec<GroupCode>,
    /// What showed the officer that the applicant is a digital citizen (công dân số), in the
    /// officer's words; absent when nothing did. It counts for dossiers filed online while a fee of
    /// the procedure is reduced for digital citizens, and is refused for any other.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300,
        example = "VNeID mức độ 2, đã tích hợp đủ 5 loại giấy tờ")]
    pub digital_citizen_seen: Option<Personal<String>>,
}

/// What the officer was shown.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    groups: Vec<GroupCode>,
    digital_citizen: Option<Personal<String>>,
}

impl AcceptBody {
    /// What was shown, checked.
    ///
    /// # Errors
    /// `invalid-content` with every fault: `required` when digital citizens are named without what
    /// showed it.
    pub fn check(self) -> Result<Seen, Failure> {
        let Self {
            groups_seen: groups,
            digital_citizen_seen,
        } = self;
        let shown = digital_citizen_seen.map(|text| checked_text(text.reveal(), LONGEST));
        let fault = match &shown {
            Some(Err(code)) => Some(*code),
            None if groups.iter().any(|group| group.0 == DIGITAL_CITIZEN) => Some(Code::Required),
            Some(Ok(_)) | None => None,
        };
        let faults = fault.map(at_the_text).into_iter().collect();
        Rejection::of_faults(faults)?;
        Ok(Seen {
            groups,
            digital_citizen: shown.transpose()?.map(Personal::new),
        })
    }
}

impl Seen {
    /// The claims that are proven by it. A bare claim of the citizen's that nothing was shown for
    /// does not outlive acceptance.
    pub fn claims(&self, by: OfficerId) -> Vec<Claim> {
        let groups = self.groups.iter().map(|group| group.0.clone());
        let of_papers = groups.filter(|group| group != DIGITAL_CITIZEN);
        let mut claims: Vec<Claim> = of_papers
            .map(|group| Claim {
                group,
                proof: Some(Proof::SeenBy(by)),
            })
            .collect();
        claims.extend(self.digital_citizen.clone().map(|shown| Claim {
            group: DIGITAL_CITIZEN.to_owned(),
            proof: Some(Proof::Confirmed(Confirmation { by, shown })),
        }));
        claims
    }

    /// Nothing is recorded about a person that no fee asks for.
    ///
    /// # Errors
    /// `invalid-content` when being a digital citizen is confirmed where it has no bearing.
    pub fn is_asked_for(&self, fees: &[FeeRule], query: &FeeQuery) -> Result<(), Failure> {
        if self.digital_citizen.is_none() || regards_digital_citizens(fees, query) {
            return Ok(());
        }
        let fault = at_the_text(Code::OutOfRange).because(
            "Hồ sơ này không thuộc diện giảm cho công dân số: chỉ tính hồ sơ nộp trực tuyến, trong thời gian áp dụng.",
            "No fee of this dossier is reduced for digital citizens: only for filing online, while the reduction holds.",
        );
        Ok(Rejection::of_faults(vec![fault])?)
    }
}

fn at_the_text(code: Code) -> Fault {
    Fault::new("/digital_citizen_seen", code)
}
