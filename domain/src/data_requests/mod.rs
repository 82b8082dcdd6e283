//! Data-subject requests (yêu cầu của chủ thể dữ liệu cá nhân): what a person asks of whoever holds
//! their data, on two clocks of the law, and what became of it.
//!
//! A controller answers within two working days and does what was asked for within 10, 15 or 20 days,
//! with one extension (Luật 91/2025/QH15 art. 4; 356/2025/NĐ-CP art. 5). Before either clock runs out
//! without having been met, the request is escalated.

mod moves;
pub mod rights;
#[cfg(test)]
mod tests;
mod words;

use crate::{
    deadlines::{self, Clock, Ledger, WorkingTime, ends_at},
    ids::{AgencyId, DataRequestId, OfficerId, PersonId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    time::Time,
};

pub use moves::MOVES;
pub use words::{
    Alarm, CorrectableField, DataRequestCommand, DataRequestKind, DataRequestState, RefusalGround,
};

/// A request, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataRequest {
    /// Its id.
    pub id: DataRequestId,
    /// Who asks: the person the data are about.
    pub person: PersonId,
    /// The agency that is asked: the controller (bên kiểm soát dữ liệu).
    pub controller: AgencyId,
    /// What for.
    pub kind: DataRequestKind,
    /// What is wrong, where something is to be put right.
    pub fields: Vec<CorrectableField>,
    /// In the person's words; gone with their key when they were erased.
    pub details: Option<Personal<String>>,
    /// Where it stands.
    pub state: DataRequestState,
    /// Goes up by one with each change.
    pub version: i64,
    /// When it came.
    pub received_at: Time,
    /// Until when it is answered.
    pub answer_by: Time,
    /// When it was answered.
    pub acknowledged_at: Option<Time>,
    /// Until when what was asked for is done.
    pub due_at: Time,
    /// The same without the extension.
    pub original_due_at: Time,
    /// When it was extended, and why.
    pub extended: Option<(Time, Option<Personal<String>>)>,
    /// When it was fulfilled or refused.
    pub closed_at: Option<Time>,
    /// On which ground it was refused.
    pub refusal: Option<RefusalGround>,
    /// What the officer says about it.
    pub note: Option<Personal<String>>,
    /// The officer who last did something about it.
    pub handled_by: Option<OfficerId>,
    /// Of an erasure: how many drafts went, and how many ended dossiers stay with their agencies.
    pub erased: Option<(u32, u32)>,
    /// The next alarm, and when it goes off.
    pub alarm: Option<(Alarm, Time)>,
    /// When it was first escalated.
    pub escalated_at: Option<Time>,
}

/// What a person asks for.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// The id it is to have.
    pub id: DataRequestId,
    /// Who asks.
    pub person: PersonId,
    /// Whom.
    pub controller: AgencyId,
    /// What for.
    pub kind: DataRequestKind,
    /// What is wrong.
    pub fields: Vec<CorrectableField>,
    /// In their words.
    pub details: Option<Personal<String>>,
}

impl NewRequest {
    /// Every fault of the content. A correction says what is wrong and how it should be; objecting and
    /// limiting say to what.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let needs_words = match self.kind {
            DataRequestKind::Correction
            | DataRequestKind::Restriction
            | DataRequestKind::Objection => true,
            DataRequestKind::Access
            | DataRequestKind::Provision
            | DataRequestKind::Withdrawal
            | DataRequestKind::Erasure => false,
        };
        if needs_words && self.details.is_none() {
            faults.push(Fault::new("/details", Code::Required));
        }
        let corrects = self.kind == DataRequestKind::Correction;
        if corrects && self.fields.is_empty() {
            faults.push(Fault::new("/fields", Code::Required));
        }
        for (place, field) in self.fields.iter().enumerate() {
            let pointer = format!("/fields/{place}");
            let again = self.fields.iter().take(place).any(|other| other == field);
            if !corrects {
                faults.push(Fault::new(pointer, Code::UnknownField));
            } else if again {
                faults.push(Fault::new(pointer, Code::Duplicate));
            } else if let Some(operation) = rights::corrected_by(*field) {
                let vi = format!("Bạn tự sửa được ngay mục này bằng thao tác {operation}.");
                let en = format!("You change this yourself, at once, with {operation}.");
                faults.push(Fault::new(pointer, Code::CorrectedAtOnce).because(vi, en));
            }
        }
        faults
    }

    /// The request as it is received.
    ///
    /// # Errors
    /// `invalid-content`; `calendar-missing`.
    pub fn received(self, now: Time, working: &WorkingTime<'_>) -> Result<DataRequest, Rejection> {
        Rejection::of_faults(self.faults())?;
        let Self {
            id,
            person,
            controller,
            kind,
            fields,
            details,
        } = self;
        let due_at = ends_at(rights::limit(kind), now, working)?;
        let mut request = DataRequest {
            id,
            person,
            controller,
            kind,
            fields,
            details,
            state: DataRequestState::Received,
            version: 1,
            received_at: now,
            answer_by: ends_at(rights::ANSWER, now, working)?,
            acknowledged_at: None,
            due_at,
            original_due_at: due_at,
            extended: None,
            closed_at: None,
            refusal: None,
            note: None,
            handled_by: None,
            erased: None,
            alarm: None,
            escalated_at: None,
        };
        request.alarm = request.alarm_of(Alarm::AnswerSoon, working)?;
        Ok(request)
    }
}

impl DataRequest {
    /// Both due dates explained: of the first answer, and of what was asked for.
    ///
    /// # Errors
    /// `calendar-missing`.
    pub fn explained(
        &self,
        now: Time,
        working: &WorkingTime<'_>,
    ) -> Result<(Ledger, Ledger), Rejection> {
        let answer = Clock::started(rights::ANSWER, self.received_at);
        let mut whole = Clock::started(rights::limit(self.kind), self.received_at);
        whole.extension = self
            .extended
            .as_ref()
            .map(|(granted_at, _)| deadlines::Extension {
                granted_at: *granted_at,
                new_due_at: self.due_at,
                reason: "data_request".to_owned(),
                moves_due: true,
            });
        let answered = self.acknowledged_at.or(self.closed_at).unwrap_or(now);
        let ended = self.closed_at.unwrap_or(now);
        Ok((
            deadlines::ledger(&answer, working, answered)?,
            deadlines::ledger(&whole, working, ended)?,
        ))
    }
}
