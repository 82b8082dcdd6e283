//! How surely the shipped procedures want to know whoever files online.

use super::catalogue;
use crate::{identities::AssuranceLevel, procedures::Certainty};

/// A copy of what is there asks for little; what changes something for somebody asks who it is.
#[test]
fn every_procedure_says_how_surely_one_must_be_known() {
    let copies = ["2.000815", "2.000884", "2.000908", "2.000635"];
    for procedure in catalogue().procedures {
        let expected = if copies.contains(&procedure.code.as_str()) {
            AssuranceLevel::Phone
        } else {
            AssuranceLevel::Verified
        };
        assert_eq!(procedure.needs_level(), expected, "{}", procedure.code);
        let sure = procedure.assurance.map(|need| need.source.certainty);
        assert!(
            sure.is_some_and(|sure| sure != Certainty::Found),
            "{}",
            procedure.code
        );
    }
}
