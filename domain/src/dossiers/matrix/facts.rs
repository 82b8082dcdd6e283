//! What may be true around a dossier, as far as any rule asks for it.

use chrono::Duration;

use crate::{
    deadlines::{Clock, Extension, TimeLimit},
    dossiers::{
        Case,
        specimen::{consent, fee, id, leader, now, paper, result, round, verdict},
    },
    payments::{Obligation, fees::CollectedAt},
    supplements::SupplementStatus,
};

/// Facts that exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Papers,
    Money,
    Round,
    Consent,
    Acceptance,
    Deadline,
    Decision,
    Result,
    Owner,
    Work,
}

impl Group {
    pub(super) const ALL: [Self; 10] = [
        Self::Papers,
        Self::Money,
        Self::Round,
        Self::Consent,
        Self::Acceptance,
        Self::Deadline,
        Self::Decision,
        Self::Result,
        Self::Owner,
        Self::Work,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    PapersThere,
    PaperAbsent,
    /// The procedure is free.
    NoFees,
    /// The fees of intake and of the result are to be paid.
    FeesDue,
    /// The fee of intake is paid, the fee of the result is not.
    ResultFeeDue,
    FeesPaid,
    FeesWaived,
    NeverAsked,
    RoundOpen,
    RoundLapsed,
    RoundAnswered,
    RoundSatisfied,
    ConsentStands,
    NoConsent,
    WasAccepted,
    NeverAccepted,
    NotExtended,
    Extended,
    Decided,
    Undecided,
    ResultThere,
    NoResult,
    /// A citizen filed it from an account.
    HasOwner,
    /// The desk filed it for a person without one.
    NoOwner,
    Unassigned,
    /// It is the work of whichever officer asks.
    OwnWork,
    AnothersWork,
}

impl Fact {
    pub(super) const ALL: [Self; 27] = [
        Self::PapersThere,
        Self::PaperAbsent,
        Self::NoFees,
        Self::FeesDue,
        Self::ResultFeeDue,
        Self::FeesPaid,
        Self::FeesWaived,
        Self::NeverAsked,
        Self::RoundOpen,
        Self::RoundLapsed,
        Self::RoundAnswered,
        Self::RoundSatisfied,
        Self::ConsentStands,
        Self::NoConsent,
        Self::WasAccepted,
        Self::NeverAccepted,
        Self::NotExtended,
        Self::Extended,
        Self::Decided,
        Self::Undecided,
        Self::ResultThere,
        Self::NoResult,
        Self::HasOwner,
        Self::NoOwner,
        Self::Unassigned,
        Self::OwnWork,
        Self::AnothersWork,
    ];

    /// The facts of a specimen of which nothing else is said.
    pub(super) const NEUTRAL: [Self; 10] = [
        Self::PapersThere,
        Self::ResultFeeDue,
        Self::RoundSatisfied,
        Self::ConsentStands,
        Self::WasAccepted,
        Self::NotExtended,
        Self::Decided,
        Self::ResultThere,
        Self::HasOwner,
        Self::Unassigned,
    ];

    pub(super) const fn group(self) -> Group {
        match self {
            Self::PapersThere | Self::PaperAbsent => Group::Papers,
            Self::NoFees
            | Self::FeesDue
            | Self::ResultFeeDue
            | Self::FeesPaid
            | Self::FeesWaived => Group::Money,
            Self::NeverAsked
            | Self::RoundOpen
            | Self::RoundLapsed
            | Self::RoundAnswered
            | Self::RoundSatisfied => Group::Round,
            Self::ConsentStands | Self::NoConsent => Group::Consent,
            Self::WasAccepted | Self::NeverAccepted => Group::Acceptance,
            Self::NotExtended | Self::Extended => Group::Deadline,
            Self::Decided | Self::Undecided => Group::Decision,
            Self::ResultThere | Self::NoResult => Group::Result,
            Self::HasOwner | Self::NoOwner => Group::Owner,
            Self::Unassigned | Self::OwnWork | Self::AnothersWork => Group::Work,
        }
    }

    /// Makes it so.
    pub(super) fn set(self, case: &mut Case) {
        match self {
            Self::PapersThere => case.papers = vec![paper("to_khai", now())],
            Self::PaperAbsent => case.papers = vec![paper("another_paper", now())],
            Self::NoFees => case.obligations.clear(),
            Self::FeesDue => case.obligations = vec![at_intake(), with_result()],
            Self::ResultFeeDue => case.obligations = vec![paid(&at_intake()), with_result()],
            Self::FeesPaid => case.obligations = vec![paid(&at_intake()), paid(&with_result())],
            Self::FeesWaived => {
                let waived = |fee: Obligation| fee.waive().unwrap_or(fee);
                case.obligations = vec![waived(at_intake()), waived(with_result())];
            }
            Self::NeverAsked => case.supplements.clear(),
            Self::RoundOpen => case.supplements = vec![round(1, SupplementStatus::Open)],
            Self::RoundLapsed => {
                let mut lapsed = round(1, SupplementStatus::Open);
                lapsed.reply_by = now().plus(Duration::microseconds(-1));
                case.supplements = vec![lapsed];
            }
            Self::RoundAnswered => case.supplements = vec![round(1, SupplementStatus::Answered)],
            Self::RoundSatisfied => case.supplements = vec![round(1, SupplementStatus::Satisfied)],
            Self::ConsentStands => case.dossier.round_consent = Some(consent()),
            Self::NoConsent => case.dossier.round_consent = None,
            Self::WasAccepted => case.dossier.accepted_at = Some(now()),
            Self::NeverAccepted => case.dossier.accepted_at = None,
            Self::NotExtended => case.dossier.clock = Some(clock()),
            Self::Extended => case.dossier.clock = Some(extended()),
            Self::Decided => case.dossier.verdict = Some(verdict()),
            Self::Undecided => case.dossier.verdict = None,
            Self::ResultThere => case.results = vec![result()],
            Self::NoResult => case.results.clear(),
            Self::HasOwner => case.dossier.owner = Some(id(1)),
            Self::NoOwner => case.dossier.owner = None,
            Self::Unassigned => case.assignee = None,
            Self::OwnWork => case.assignee = Some(leader()),
            Self::AnothersWork => case.assignee = Some(id(77)),
        }
    }
}

fn at_intake() -> Obligation {
    fee(70, 8_000, CollectedAt::Intake)
}

fn with_result() -> Obligation {
    fee(71, 16_000, CollectedAt::Result)
}

fn paid(fee: &Obligation) -> Obligation {
    fee.settle(id(80), now()).unwrap()
}

fn clock() -> Clock {
    Clock::started(TimeLimit::WorkingHours { hours: 40 }, now())
}

fn extended() -> Clock {
    Clock {
        extension: Some(Extension {
            granted_at: now(),
            new_due_at: now().plus(Duration::days(20)),
            reason: "Chờ ý kiến.".to_owned(),
            moves_due: true,
        }),
        ..clock()
    }
}
