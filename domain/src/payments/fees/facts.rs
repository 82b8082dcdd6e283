//! The facts of one dossier that decide what it costs, and how we know each of them.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::{Condition, FeeChannel, FeeRule, FeeUnit, OnTime};
use crate::{
    ids::{OfficerId, PaperId},
    personal::Personal,
};

/// The group that a digital citizen (công dân số) claims to belong to. No reduction of the
/// catalogue may use it as a plain beneficiary group: the law ties more to it than a paper.
pub const DIGITAL_CITIZEN: &str = "digital_citizen";

/// What an officer was shown, in the officer's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The officer.
    pub by: OfficerId,
    /// What was shown. Free text may name a person, so it does not print.
    #[serde(serialize_with = "revealed")]
    pub shown: Personal<String>,
}

/// Into the record of the dossier, where it belongs.
fn revealed<S: Serializer>(text: &Personal<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(text.reveal())
}

/// How we know that a condition holds. It names where the proof is and never what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A paper of the dossier.
    Paper(PaperId),
    /// An answer of this database.
    Database(String),
    /// A paper that this officer was shown at the counter (xuất trình).
    SeenBy(OfficerId),
    /// An officer's word for what was shown, where no paper and no database says it.
    Confirmed(Confirmation),
    /// The level of the account that filed.
    Account,
    /// The dossier itself: its channel.
    Dossier,
    /// The answer of the form at this JSON Pointer, held against the day of filing.
    FormAnswer(String),
}

/// A statement that the applicant belongs to a beneficiary group (đối tượng thụ hưởng).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The group's code in the catalogue, or [`DIGITAL_CITIZEN`].
    pub group: String,
    /// What shows it; none while nothing has been shown.
    pub proof: Option<Proof>,
}

/// The facts of a dossier that decide what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeQuery {
    /// The local date whose law applies.
    pub date: NaiveDate,
    /// The local date of filing.
    pub filed_on: NaiveDate,
    /// The earliest day that, as the last of a term, this filing still keeps: `filed_on`, or the
    /// first of the days off that run up to it (BLDS 2015 art. 148.5).
    pub keeps_terms_since: NaiveDate,
    /// How it was filed.
    pub channel: FeeChannel,
    /// How many copies are asked for.
    pub copies: u32,
    /// How many pages the **original** has (226/2016/TT-BTC counts those, not the copy's).
    pub pages: u32,
    /// How many persons it is about.
    pub persons: u32,
    /// The groups the applicant says to belong to.
    pub claims: Vec<Claim>,
    /// The days of the birth, death or other event to be registered, by the form's field.
    pub event_dates: BTreeMap<String, NaiveDate>,
}

impl FeeQuery {
    /// Filed and assessed on one date: one copy, one page, one person, no claims.
    pub const fn new(date: NaiveDate, channel: FeeChannel) -> Self {
        Self {
            date,
            filed_on: date,
            keeps_terms_since: date,
            channel,
            copies: 1,
            pages: 1,
            persons: 1,
            claims: Vec::new(),
            event_dates: BTreeMap::new(),
        }
    }

    /// The date on which a reduction must be in force. What is given for filing in a certain way
    /// and time (66.22/2026/NQ-CP) goes by the day of filing, however long the desk took; all else
    /// goes by the day whose tariff applies.
    pub(super) fn day_of(&self, condition: &Condition) -> NaiveDate {
        match condition {
            Condition::DigitalCitizen => self.filed_on,
            Condition::BeneficiaryGroup(_) | Condition::OnlineChannel | Condition::OnTime(_) => {
                self.date
            }
        }
    }

    /// Whether a condition holds, and how we know.
    pub(super) fn ground(&self, condition: &Condition) -> Ground {
        let is_online = self.channel == FeeChannel::Online;
        match condition {
            Condition::BeneficiaryGroup(group) => self.claim_of(group),
            Condition::DigitalCitizen if is_online => self.claim_of(DIGITAL_CITIZEN),
            Condition::OnlineChannel if is_online => Ground::Shown(Proof::Dossier),
            Condition::DigitalCitizen | Condition::OnlineChannel => Ground::Absent,
            Condition::OnTime(term) => self.term_kept(term),
        }
    }

    /// A proven claim to the group if there is one, else any.
    fn claim_of(&self, group: &str) -> Ground {
        let mut ground = Ground::Open;
        for claim in self.claims.iter().filter(|claim| claim.group == group) {
            match &claim.proof {
                Some(proof) => return Ground::Shown(proof.clone()),
                None => ground = Ground::Claimed,
            }
        }
        ground
    }

    fn term_kept(&self, term: &OnTime) -> Ground {
        let Some(event) = self.event_dates.get(&term.event_field) else {
            return Ground::Open;
        };
        let last = event.checked_add_days(Days::new(term.within_days.into()));
        let has_happened = *event <= self.filed_on;
        if has_happened && last.is_none_or(|last| self.keeps_terms_since <= last) {
            Ground::Shown(Proof::FormAnswer(term.event_field.clone()))
        } else {
            Ground::Absent
        }
    }

    pub(super) fn quantity(&self, unit: FeeUnit) -> u32 {
        match unit {
            FeeUnit::Dossier => 1,
            FeeUnit::Copy => self.copies,
            FeeUnit::Page => self.pages.saturating_mul(self.copies),
            FeeUnit::Person => self.persons,
        }
    }
}

/// Whether a reduction's condition holds.
#[derive(Debug)]
pub(super) enum Ground {
    /// It does not, whatever is shown.
    Absent,
    /// Nothing was said of it yet.
    Open,
    /// Claimed, and nothing was shown.
    Claimed,
    Shown(Proof),
}

/// The event dates that the reductions of these fees ask for, as far as the answers give them.
pub fn event_dates(fees: &[FeeRule], answers: &Value) -> BTreeMap<String, NaiveDate> {
    let conditions = fees.iter().flat_map(|fee| &fee.reductions);
    conditions
        .filter_map(|reduction| match &reduction.condition {
            Condition::OnTime(term) => {
                let answer = answers.pointer(&term.event_field)?.as_str()?;
                Some((term.event_field.clone(), answer.parse().ok()?))
            }
            Condition::BeneficiaryGroup(_)
            | Condition::DigitalCitizen
            | Condition::OnlineChannel => None,
        })
        .collect()
}
