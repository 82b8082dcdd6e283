//! The dossier as the rules see it, and everything around it that a rule may ask about.

use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    deadlines::Clock,
    dossiers::{DossierCode, State, helping::Helper},
    ids::{AgencyId, DossierId, MandateId, OfficerId, PersonId},
    papers::Paper,
    payments::Obligation,
    personal::Personal,
    procedures::{FieldCode, ProcedureCode, ProcedureVersion, Quantities},
    results::{Outcome, ResultDocument},
    supplements::{SecondRoundReason, Supplement},
    time::Time,
    vocabulary,
};

vocabulary! {
    /// How the dossier came in (kênh thực hiện; national codes 2, 1 and 3).
    Channel {
        /// From the citizen's own device.
        Online = "online",
        /// Over the counter.
        Counter = "counter",
        /// Through the public postal service.
        Post = "post",
    }
}

vocabulary! {
    /// Who held the pen. Kept apart from who applies and who submits, so that a dossier typed by
    /// an officer never inflates the online rate.
    Assistance {
        /// The citizen filled it in alone.
        OwnHand = "own_hand",
        /// Somebody helped on the citizen's own phone.
        HelpedOnOwnPhone = "helped_on_own_phone",
        /// An officer typed it for the citizen.
        TypedByOfficer = "typed_by_officer",
    }
}

vocabulary! {
    /// How the citizen wants the result.
    Delivery {
        /// Into the citizen's own list in the app.
        Electronic = "electronic",
        /// At the return desk.
        Counter = "counter",
        /// By post.
        Post = "post",
    }
}

/// A person named in a dossier: the applicant (chủ hồ sơ) or whoever submits for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Full name, NFC.
    pub full_name: Personal<String>,
    /// Personal identity number (số định danh cá nhân), 12 digits.
    pub personal_number: Option<Personal<String>>,
    /// Date of birth.
    pub birth_date: Option<Personal<NaiveDate>>,
    /// Phone, E.164.
    pub phone: Option<Personal<String>>,
    /// Address as the person writes it.
    pub address: Option<Personal<String>>,
}

/// A leader's consent to one further supplement round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundConsent {
    /// Why another round is needed.
    pub reason: SecondRoundReason,
    /// The leader.
    pub by: OfficerId,
    /// When.
    pub at: Time,
}

/// The leader's decision on the merits. A negative decision is a result too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Approved or declined.
    pub outcome: Outcome,
    /// The leader.
    pub by: OfficerId,
    /// When.
    pub at: Time,
}

/// Until when the desk answers what was filed online, and when it did: it accepts, refuses, or asks for
/// papers, within 8 working hours as a rule (`procedures::DeskClocks`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AnswerClock {
    /// Until when, worked out at submission; none for what came over the counter or by post, and where
    /// no calendar said what to promise.
    pub due_at: Option<Time>,
    /// When the desk first answered.
    pub at: Option<Time>,
}

impl AnswerClock {
    /// The desk has answered, if it had not before.
    pub(super) fn answered(&mut self, at: Time) {
        self.at.get_or_insert(at);
    }
}

/// A dossier (hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Made by the client, so that a draft exists before the first byte is sent.
    pub id: DossierId,
    /// Counts changes, from 1; equals the number of its events.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// Where it stood when a supplement was asked for.
    pub stage_before_supplement: Option<State>,
    /// Where it stood when the citizen asked for it back.
    pub stage_before_withdrawal: Option<State>,
    /// The competent agency, which holds it now.
    pub agency: AgencyId,
    /// The agency it was filed with, for good: whose hours its clock runs by, whose figures it is in, and
    /// whom what lies in it refers to. Another one than `agency` once it was transferred.
    pub filed_with: AgencyId,
    /// The account whose matter it is: the citizen's who filed it, or the mandator's for whom a delegate
    /// did; none where the desk filed it, and for a child or an organisation.
    pub owner: Option<PersonId>,
    /// The mandate it was drafted under, for good.
    pub mandate: Option<MandateId>,
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// The field it is counted under.
    pub field: FieldCode,
    /// The version of the procedure it lives by. Until it is accepted that of the day of its last
    /// change, see [`Dossier::live_by`]; pinned at acceptance.
    pub procedure_version: u32,
    /// How it came in.
    pub channel: Channel,
    /// Who held the pen.
    pub assistance: Assistance,
    /// The officer who typed.
    pub helper: Option<OfficerId>,
    /// Who helped on the citizen's own phone.
    pub helped_by: Option<Helper>,
    /// Whose matter it is.
    pub applicant: Party,
    /// Who submits, when that is not the applicant.
    pub submitter: Option<Party>,
    /// The form's answers, as raw JSON text.
    pub form: Personal<String>,
    /// What the fees are counted by.
    pub quantities: Quantities,
    /// Beneficiary groups claimed for fee reductions, each with the proof offered.
    pub claims: Vec<crate::payments::fees::Claim>,
    /// How the result should be handed over.
    pub delivery: Delivery,
    /// The official code, from submission on.
    pub code: Option<DossierCode>,
    /// The second secret of public tracking, printed on the receipt.
    pub tracking_secret: Option<Personal<String>>,
    /// The law's clock, from acceptance on.
    pub clock: Option<Clock>,
    /// When the result is due, after pauses and extension. Follows a new calendar while the clock runs;
    /// stays at the last value while it stands still, and for good when the dossier has ended.
    pub due_at: Option<Time>,
    /// When the result was due as accepted, for "late before apology".
    pub original_due_at: Option<Time>,
    /// Since when the clock stands still.
    pub paused_since: Option<Time>,
    /// A leader's standing consent to one more supplement round.
    pub round_consent: Option<RoundConsent>,
    /// The leader's decision.
    pub verdict: Option<Verdict>,
    /// When the draft was created.
    pub created_at: Time,
    /// When it last changed; always later than the change before.
    pub updated_at: Time,
    /// When it was filed.
    pub submitted_at: Option<Time>,
    /// The desk's clock for the first answer.
    pub answer: AnswerClock,
    /// When it was accepted.
    pub accepted_at: Option<Time>,
    /// When the result existed, or the dossier ended otherwise after acceptance.
    pub finished_at: Option<Time>,
    /// When the result was handed over.
    pub returned_at: Option<Time>,
    /// Who collected the result.
    pub recipient: Option<Personal<String>>,
}

/// A dossier with what stands around it: the facts every rule may look at.
#[derive(Debug, Clone)]
pub struct Case {
    /// The dossier.
    pub dossier: Dossier,
    /// Its current papers.
    pub papers: Vec<Paper>,
    /// Its supplement requests, by round.
    pub supplements: Vec<Supplement>,
    /// What it owes and owed.
    pub obligations: Vec<Obligation>,
    /// Its result documents that were not recalled.
    pub results: Vec<ResultDocument>,
    /// Keys of the papers that this dossier, as filled in, must have.
    pub required_papers: Vec<String>,
    /// Whose work it is now, if that officer still holds a role that works on it.
    pub assignee: Option<OfficerId>,
    /// For whom whoever acts stands in: that officer's work is theirs, too.
    pub stands_in_for: Option<OfficerId>,
    /// The time of the operation.
    pub now: Time,
}

impl Case {
    /// The latest supplement request.
    pub fn latest_supplement(&self) -> Option<&Supplement> {
        self.supplements.last()
    }
}

impl Dossier {
    /// Whether it may still be accepted, and so lives by the law of the day.
    pub const fn awaits_acceptance(&self) -> bool {
        self.accepted_at.is_none() && !self.state.is_terminal()
    }

    /// Whether the law's clock runs: it was accepted, has not ended, and waits for nobody.
    pub const fn clock_runs(&self) -> bool {
        self.clock.is_some() && self.finished_at.is_none() && self.paused_since.is_none()
    }

    /// From now on lives by this version of its procedure.
    pub fn live_by(&mut self, procedure: &ProcedureVersion) {
        self.procedure_version = procedure.version;
        self.field = procedure.field.clone();
    }

    /// The time a change made at `now` is recorded under: always after the previous change, if only
    /// by a microsecond, so that neither a machine's clock stepping back nor two changes in one
    /// instant can blur what came first.
    pub fn moment(&self, now: Time) -> Time {
        now.max(self.updated_at.plus(Duration::microseconds(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::State;
    use crate::dossiers::specimen::{draft, now};

    #[test]
    fn only_what_may_still_be_accepted_lives_by_the_law_of_the_day() {
        for state in State::ALL.iter().copied() {
            let mut dossier = draft().dossier;
            dossier.state = state;
            dossier.accepted_at = None;
            let over = matches!(state, State::NotAccepted | State::Stopped | State::Returned);
            assert_eq!(dossier.awaits_acceptance(), !over, "{state:?}");
            dossier.accepted_at = Some(now());
            assert!(!dossier.awaits_acceptance(), "{state:?}");
        }
    }
}
