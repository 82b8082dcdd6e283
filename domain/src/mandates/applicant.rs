//! That a dossier drafted under a mandate is the mandator's.

use crate::{
    dossiers::Party,
    personal::Personal,
    rejection::{Code, Fault},
    text::folded,
};

/// Whom a mandate is of, as far as a dossier must name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A person with an account. Their number is not compared: the answer would tell a delegate what it
    /// is, one guess after the other.
    Person(Personal<String>),
    /// A person without one, and their number, which the delegate gave.
    Ward(Personal<String>, Option<Personal<String>>),
    /// An organisation, which has no personal number.
    Organisation(Personal<String>),
}

impl Named {
    /// The name.
    pub const fn name(&self) -> &Personal<String> {
        match self {
            Self::Person(name) | Self::Ward(name, _) | Self::Organisation(name) => name,
        }
    }

    /// What of an applicant is not the mandator's.
    pub fn faults(&self, applicant: &Party) -> Vec<Fault> {
        let mut faults = Vec::new();
        if folded(applicant.full_name.reveal()) != folded(self.name().reveal()) {
            faults.push(Fault::new("/applicant/full_name", Code::NotTheMandator));
        }
        let given = applicant.personal_number.as_ref();
        let fits = match (self, given) {
            (Self::Person(_) | Self::Ward(_, None), _) | (_, None) => true,
            (Self::Ward(_, Some(known)), Some(given)) => known == given,
            (Self::Organisation(_), Some(_)) => false,
        };
        if !fits {
            faults.push(Fault::new(
                "/applicant/personal_number",
                Code::NotTheMandator,
            ));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::Named;
    use crate::{dossiers::Party, personal::Personal};

    fn party(name: &str, number: Option<&str>) -> Party {
        Party {
            full_name: Personal::new(name.to_owned()),
            personal_number: number.map(|number| Personal::new(number.to_owned())),
            birth_date: None,
            phone: None,
            address: None,
        }
    }

    #[test]
    fn the_applicant_is_whom_the_mandate_is_of() {
        let name = || Personal::new("Trần Thị Bé".to_owned());
        let number = |text: &str| Some(Personal::new(text.to_owned()));
        let (person, ward) = (
            Named::Person(name()),
            Named::Ward(name(), number("089215000001")),
        );
        let organisation = Named::Organisation(name());
        let faults = |named: &Named, number: Option<&str>| {
            let of = |name: &str| named.faults(&party(name, number)).len();
            (of("trần thị  bé"), of("Trần Thị Bế Em"))
        };
        assert_eq!(faults(&person, Some("001099000001")), (0, 1));
        assert_eq!(faults(&ward, None), (0, 1));
        assert_eq!(faults(&ward, Some("089215000001")), (0, 1));
        assert_eq!(faults(&ward, Some("089215000002")), (1, 2));
        assert_eq!(faults(&organisation, None), (0, 1));
        assert_eq!(faults(&organisation, Some("089215000001")), (1, 2));
    }
}
