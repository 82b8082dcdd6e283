//! What a proposed mandate must say.

use chrono::{Datelike, NaiveDate};

use crate::{
    mandates::{Evidence, Ground, MandatorKind, Scope, Term},
    rejection::{Code, Fault},
};

/// From this age on a person is of age (Civil Code 2015, art. 20).
const OF_AGE: i32 = 18;

/// What is proposed, apart from the people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What it rests on.
    pub ground: Ground,
    /// What it is for.
    pub scope: Scope,
    /// On which days.
    pub term: Term,
    /// The paper.
    pub evidence: Evidence,
}

impl Terms {
    /// Everything that is wrong with it on this day.
    pub fn faults(&self, mandator: MandatorKind, today: NaiveDate) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.ground.of() != mandator {
            faults.push(Fault::new("/ground", Code::OutOfRange).because(
                "Căn cứ này không dùng cho loại người uỷ quyền đã chọn.",
                "A mandate of this mandator does not rest on this ground.",
            ));
        }
        if self.scope.acts.is_empty() {
            faults.push(Fault::new("/acts", Code::Required));
        }
        if self
            .scope
            .procedures
            .as_ref()
            .is_some_and(std::collections::BTreeSet::is_empty)
        {
            faults.push(Fault::new("/procedures", Code::Required));
        }
        if self.term.is_over(today) || self.term.until.is_some_and(|until| until < self.term.from) {
            faults.push(Fault::new("/valid_until", Code::OutOfRange));
        }
        if self.evidence.issued_on > today {
            faults.push(Fault::new("/evidence/issued_on", Code::OutOfRange));
        }
        faults
    }
}

/// The day before somebody comes of age; somebody born on 29 February does on 1 March.
pub fn last_day_under_age(born: NaiveDate) -> Option<NaiveDate> {
    let year = born.year().checked_add(OF_AGE)?;
    let birthday = born
        .with_year(year)
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1));
    birthday?.pred_opt()
}

/// The days of a parent's mandate: it ends by itself when the child comes of age.
///
/// # Errors
/// A fault when the child is of age already.
pub fn parents_term(term: Term, born: NaiveDate, today: NaiveDate) -> Result<Term, Fault> {
    let of_age = || {
        Fault::new("/mandator/ward/birth_date", Code::OutOfRange).because(
            "Người này đã đủ 18 tuổi nên tự nộp hồ sơ hoặc uỷ quyền.",
            "This person is of age, and files or gives a mandate themself.",
        )
    };
    let last = last_day_under_age(born)
        .filter(|last| *last >= today && *last >= term.from && born <= today)
        .ok_or_else(of_age)?;
    Ok(Term {
        until: Some(term.until.map_or(last, |until| until.min(last))),
        ..term
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_parents_mandate_ends_the_day_before_the_child_is_of_age() {
        let term = |until: Option<&str>| Term {
            from: day("2026-11-23"),
            until: until.map(day),
        };
        let ends = |born, until| {
            parents_term(term(until), day(born), day("2026-11-23")).map(|term| term.until)
        };
        assert_eq!(ends("2010-05-01", None), Ok(Some(day("2028-04-30"))));
        assert_eq!(
            ends("2010-05-01", Some("2027-01-01")),
            Ok(Some(day("2027-01-01")))
        );
        assert_eq!(
            ends("2010-05-01", Some("2040-01-01")),
            Ok(Some(day("2028-04-30")))
        );
        assert_eq!(ends("2012-02-29", None), Ok(Some(day("2030-02-28"))));
        assert_eq!(ends("2008-11-24", None), Ok(Some(day("2026-11-23"))));
        for of_age in ["2008-11-23", "1990-01-01", "2026-11-24"] {
            assert!(ends(of_age, None).is_err(), "{of_age}");
        }
    }
}
