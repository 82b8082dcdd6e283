//! What can happen to a request: one table, and the alarms of its clocks.

use super::{
    Alarm, DataRequest,
    DataRequestCommand::{self, Acknowledge, Extend, Fulfil, Refuse},
    DataRequestState::{self, Acknowledged, Fulfilled, Received, Refused},
    RefusalGround, rights,
};
use crate::{
    deadlines::{WorkingTime, ends_at, warning_at},
    ids::OfficerId,
    personal::Personal,
    rejection::{Code, Rejection},
    time::Time,
};

/// How long before the first answer is due it is escalated, in working minutes: half a day.
const ANSWER_WARNING_MINUTES: u32 = 4 * 60;

/// From, command, to. What is not listed is refused.
pub const MOVES: [(DataRequestState, DataRequestCommand, DataRequestState); 7] = [
    (Received, Acknowledge, Acknowledged),
    (Received, Fulfil, Fulfilled),
    (Received, Refuse, Refused),
    (Received, Extend, Acknowledged),
    (Acknowledged, Extend, Acknowledged),
    (Acknowledged, Fulfil, Fulfilled),
    (Acknowledged, Refuse, Refused),
];

impl DataRequest {
    fn moved(
        &self,
        command: DataRequestCommand,
        by: OfficerId,
        now: Time,
    ) -> Result<Self, Rejection> {
        let row = MOVES
            .iter()
            .find(|(from, of, _)| *from == self.state && *of == command);
        let (_, _, state) = row.ok_or(Code::DataRequestForbids)?;
        Ok(Self {
            state: *state,
            version: self.version + 1,
            handled_by: Some(by),
            // Whatever is done about it is the answer, too.
            acknowledged_at: self.acknowledged_at.or(Some(now)),
            ..self.clone()
        })
    }

    /// Answers that it is being worked on.
    ///
    /// # Errors
    /// `data-request-forbids`, `calendar-missing`.
    pub fn acknowledge(
        &self,
        by: OfficerId,
        now: Time,
        working: &WorkingTime<'_>,
    ) -> Result<Self, Rejection> {
        let mut answered = self.moved(Acknowledge, by, now)?;
        answered.alarm = answered.after_the_answer(working)?;
        Ok(answered)
    }

    /// Gives it as long again, once, while it is not late (356/2025/NĐ-CP art. 5).
    ///
    /// # Errors
    /// `data-request-forbids`, `already-extended`, `extension-too-late`, `calendar-missing`.
    pub fn extend(
        &self,
        (by, reason): (OfficerId, Personal<String>),
        now: Time,
        working: &WorkingTime<'_>,
    ) -> Result<Self, Rejection> {
        let mut extended = self.moved(Extend, by, now)?;
        if self.extended.is_some() {
            return Err(Code::AlreadyExtended.into());
        }
        if now > self.due_at {
            return Err(Code::ExtensionTooLate.into());
        }
        extended.due_at = ends_at(rights::limit(self.kind), self.due_at, working)?;
        extended.extended = Some((now, Some(reason)));
        extended.alarm = extended.alarm_of(Alarm::DueSoon, working)?;
        Ok(extended)
    }

    /// Closes it: what was asked for was done.
    ///
    /// # Errors
    /// `data-request-forbids`.
    pub fn fulfil(
        &self,
        (by, note): (OfficerId, Personal<String>),
        now: Time,
    ) -> Result<Self, Rejection> {
        let moved = self.moved(Fulfil, by, now)?;
        Ok(moved.closed(note, now))
    }

    /// Closes it: the law does not give what was asked for.
    ///
    /// # Errors
    /// `data-request-forbids`.
    pub fn refuse(
        &self,
        (by, note): (OfficerId, Personal<String>),
        ground: RefusalGround,
        now: Time,
    ) -> Result<Self, Rejection> {
        let moved = self.moved(Refuse, by, now)?;
        Ok(Self {
            refusal: Some(ground),
            ..moved.closed(note, now)
        })
    }

    fn closed(self, note: Personal<String>, now: Time) -> Self {
        Self {
            closed_at: Some(now),
            note: Some(note),
            alarm: None,
            ..self
        }
    }

    /// The request after its alarm has gone off, and which one that was; nothing if none is due. The
    /// next one is set: late answers, then the end coming near, then being late.
    ///
    /// # Errors
    /// `calendar-missing`.
    pub fn escalate(
        &self,
        now: Time,
        working: &WorkingTime<'_>,
    ) -> Result<Option<(Self, Alarm)>, Rejection> {
        let Some((alarm, _)) = self.alarm.filter(|(_, at)| *at <= now) else {
            return Ok(None);
        };
        let next = match alarm {
            Alarm::AnswerSoon => self.alarm_of(Alarm::AnswerOverdue, working)?,
            Alarm::AnswerOverdue => self.alarm_of(Alarm::DueSoon, working)?,
            Alarm::DueSoon => self.alarm_of(Alarm::Overdue, working)?,
            Alarm::Overdue => None,
        };
        let escalated = Self {
            version: self.version + 1,
            alarm: next,
            escalated_at: self.escalated_at.or(Some(now)),
            ..self.clone()
        };
        Ok(Some((escalated, alarm)))
    }

    /// Once it was answered, what has gone off does not go off again.
    fn after_the_answer(
        &self,
        working: &WorkingTime<'_>,
    ) -> Result<Option<(Alarm, Time)>, Rejection> {
        match self.alarm {
            Some((Alarm::AnswerSoon | Alarm::AnswerOverdue, _)) => {
                self.alarm_of(Alarm::DueSoon, working)
            }
            other @ (Some((Alarm::DueSoon | Alarm::Overdue, _)) | None) => Ok(other),
        }
    }

    /// When an alarm goes off: no earlier than the request came.
    pub(super) fn alarm_of(
        &self,
        alarm: Alarm,
        working: &WorkingTime<'_>,
    ) -> Result<Option<(Alarm, Time)>, Rejection> {
        let at = match alarm {
            Alarm::AnswerSoon => {
                working.subtract_minutes(self.answer_by, ANSWER_WARNING_MINUTES)?
            }
            Alarm::AnswerOverdue => self.answer_by,
            Alarm::DueSoon => warning_at(self.due_at, working)?,
            Alarm::Overdue => self.due_at,
        };
        Ok(Some((alarm, at.max(self.received_at))))
    }
}
