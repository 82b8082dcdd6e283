//! What a mandate is for: which procedures, and which acts.

use std::collections::BTreeSet;

use crate::{dossiers::EventKind, procedures::ProcedureCode, vocabulary};

vocabulary! {
    /// What a delegate may do for the mandator. Each act includes reading.
    Act {
        /// Look at the dossiers and no more.
        Read = "read",
        /// Draft, attach papers, file and withdraw.
        Submit = "submit",
        /// Answer what the desk asks for.
        Answer = "answer",
        /// Pay what is owed.
        Pay = "pay",
        /// Receive the result.
        Receive = "receive",
    }
}

/// Acts, each at most once.
pub type Acts = BTreeSet<Act>;

/// What a mandate is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Only these procedures; all of them where there is no list.
    pub procedures: Option<BTreeSet<ProcedureCode>>,
    /// What may be done.
    pub acts: Acts,
}

impl Scope {
    /// Whether an act in a procedure is within it. Whoever may do anything may read.
    pub fn covers(&self, procedure: &ProcedureCode, act: Act) -> bool {
        let listed = self
            .procedures
            .as_ref()
            .is_none_or(|codes| codes.contains(procedure));
        listed && (act == Act::Read || self.acts.contains(&act))
    }
}

/// Which act of a delegate an event of a dossier is; nothing for what no citizen does.
pub const fn act_of(event: EventKind, answering: bool) -> Option<Act> {
    match event {
        EventKind::PaperAttached if answering => Some(Act::Answer),
        EventKind::SupplementAnswered => Some(Act::Answer),
        EventKind::Drafted
        | EventKind::Edited
        | EventKind::Discarded
        | EventKind::PaperAttached
        | EventKind::PaperRemoved
        | EventKind::Submitted
        | EventKind::WithdrawalRequested => Some(Act::Submit),
        EventKind::PaymentRecorded => Some(Act::Pay),
        EventKind::Filed
        | EventKind::Accepted
        | EventKind::Refused
        | EventKind::Forwarded
        | EventKind::SupplementConsented
        | EventKind::SupplementRequested
        | EventKind::Resumed
        | EventKind::SupplementLapsed
        | EventKind::PaymentRequested
        | EventKind::WithdrawalGranted
        | EventKind::WithdrawalDeclined
        | EventKind::Stopped
        | EventKind::Decided
        | EventKind::ResultIssued
        | EventKind::Recalled
        | EventKind::HandedOver
        | EventKind::Apologised
        | EventKind::Assigned
        | EventKind::Released
        | EventKind::Transferred
        | EventKind::DeadlineExtended
        | EventKind::Reopened
        | EventKind::DueDateRecomputed => None,
    }
}
