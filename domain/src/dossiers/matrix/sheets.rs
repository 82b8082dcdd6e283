//! What each principal may do, from where, to where, and what stands in the way.

mod unit;

use super::facts::{Fact, Group};
use crate::{
    actor::{Actor, Role},
    dossiers::{
        Command::{self, *},
        State::{self, *},
        specimen::{citizen, officer},
    },
    rejection::Code,
};
use Fact::*;

/// Somebody with exactly one capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Principal {
    Citizen,
    Officer(Role),
    System,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Leads {
    To(State),
    Nowhere,
    Back,
}
use Leads::{Back, Nowhere, To};
use unit::{APPROVER, PROCESSOR};

/// A command somebody may give in some states. Of each group of facts that matters, every fact is
/// listed: the ones it may be given under, and the others with the refusal they lead to.
pub(super) struct Permission {
    pub(super) command: Command,
    pub(super) from: &'static [State],
    pub(super) leads: Leads,
    pub(super) given: &'static [Fact],
    pub(super) unless: &'static [(Fact, Code)],
}

impl Permission {
    /// The groups of facts that matter.
    pub(super) fn groups(&self) -> Vec<Group> {
        self.given.iter().map(|fact| fact.group()).collect()
    }

    /// One favourable fact of each group that matters.
    pub(super) fn favourable(&self) -> Vec<Fact> {
        self.given.iter().rev().copied().collect()
    }
}

const fn may(command: Command, from: &'static [State], leads: Leads) -> Permission {
    Permission {
        command,
        from,
        leads,
        given: &[],
        unless: &[],
    }
}

impl Permission {
    const fn given(self, given: &'static [Fact]) -> Self {
        Self { given, ..self }
    }

    const fn unless(self, unless: &'static [(Fact, Code)]) -> Self {
        Self { unless, ..self }
    }
}

/// Before any other end, and before there is a result, the citizen may ask for the dossier back.
const UNFINISHED: &[State] = &[
    Registered,
    Accepted,
    Processing,
    SupplementRequested,
    PaymentRequested,
];
const IN_WORK: &[State] = &[Accepted, Processing];
/// Fees are owed from acceptance to hand-over, whoever is waited for meanwhile.
const TAKES_MONEY: &[State] = &[
    Accepted,
    Processing,
    SupplementRequested,
    PaymentRequested,
    WithdrawalRequested,
    Completed,
];

const PAPERS: &[(Fact, Code)] = &[(PaperAbsent, Code::PaperMissing)];
const NEVER_ACCEPTED: &[(Fact, Code)] = &[(NeverAccepted, Code::StateForbids)];
const OWED: &[Fact] = &[FeesDue, ResultFeeDue];
const NOT_OWED: &[(Fact, Code)] = &[
    (NoFees, Code::NothingOwed),
    (FeesPaid, Code::NothingOwed),
    (FeesWaived, Code::NothingOwed),
];
const NOT_WAITING_FOR_PAPERS: &[(Fact, Code)] = &[
    (NeverAsked, Code::StateForbids),
    (RoundLapsed, Code::SupplementLapsed),
    (RoundAnswered, Code::StateForbids),
    (RoundSatisfied, Code::StateForbids),
];
const NOT_ANSWERED: &[(Fact, Code)] = &[
    (NeverAsked, Code::SupplementOpen),
    (RoundOpen, Code::SupplementOpen),
    (RoundLapsed, Code::SupplementOpen),
    (RoundSatisfied, Code::SupplementOpen),
];

const CITIZEN: &[Permission] = &[
    may(Edit, &[Draft], Nowhere),
    may(Discard, &[Draft], Nowhere)
        .given(&[FeesDue, NoFees, FeesWaived])
        .unless(&[(ResultFeeDue, Code::MoneyPins), (FeesPaid, Code::MoneyPins)]),
    may(AttachPaper, &[Draft], Nowhere),
    may(RemovePaper, &[Draft], Nowhere),
    may(Submit, &[Draft], To(Registered))
        .given(&[PapersThere])
        .unless(PAPERS),
    may(AttachPaper, &[SupplementRequested], Nowhere)
        .given(&[RoundOpen])
        .unless(NOT_WAITING_FOR_PAPERS),
    may(AnswerSupplement, &[SupplementRequested], Nowhere)
        .given(&[RoundOpen])
        .unless(NOT_WAITING_FOR_PAPERS),
    may(Withdraw, UNFINISHED, To(WithdrawalRequested)),
];

/// The one-stop desk takes in, asks and is asked: nobody else talks to the citizen. It writes down what
/// a person without an account wants.
const RECEIVER: &[Permission] = &[
    may(AttachPaper, &[Registered], Nowhere),
    may(Accept, &[Registered], To(Accepted))
        .given(&[PapersThere])
        .unless(PAPERS),
    may(Refuse, &[Registered], To(NotAccepted)),
    may(Forward, &[Accepted], To(Processing))
        .given(&[ResultFeeDue, FeesPaid, FeesWaived, NoFees])
        .unless(&[(FeesDue, Code::FeesOpen)]),
    may(
        RequestSupplement,
        &[Registered, Accepted, Processing],
        To(SupplementRequested),
    )
    .given(&[ConsentStands])
    .unless(&[(NoConsent, Code::SecondRoundNeedsConsent)]),
    may(RequestSupplement, &[SupplementRequested], Nowhere)
        .given(&[RoundAnswered, RoundSatisfied, NeverAsked, ConsentStands])
        .unless(&[
            (RoundOpen, Code::SupplementOpen),
            (RoundLapsed, Code::SupplementOpen),
            (NoConsent, Code::SecondRoundNeedsConsent),
        ]),
    may(AttachPaper, &[SupplementRequested], Nowhere)
        .given(&[RoundOpen])
        .unless(NOT_WAITING_FOR_PAPERS),
    may(AnswerSupplement, &[SupplementRequested], Nowhere)
        .given(&[RoundOpen])
        .unless(NOT_WAITING_FOR_PAPERS),
    may(Resume, &[SupplementRequested], Back)
        .given(&[RoundAnswered])
        .unless(NOT_ANSWERED),
    may(RequestPayment, IN_WORK, To(PaymentRequested))
        .given(OWED)
        .unless(NOT_OWED),
    may(Withdraw, UNFINISHED, To(WithdrawalRequested))
        .given(&[NoOwner])
        .unless(&[(HasOwner, Code::DossierHasOwner)]),
    may(GrantWithdrawal, &[WithdrawalRequested], To(Stopped)),
    may(DeclineWithdrawal, &[WithdrawalRequested], Back),
    may(Reopen, &[NotAccepted], To(Registered)),
    may(Reopen, &[Stopped], To(Accepted))
        .given(&[WasAccepted])
        .unless(NEVER_ACCEPTED),
];

const RETURNER: &[Permission] = &[
    may(Recall, &[Completed], To(Processing)),
    may(HandOver, &[Completed], To(Returned))
        .given(&[FeesPaid, FeesWaived, NoFees, ResultThere])
        .unless(&[
            (FeesDue, Code::FeesOpen),
            (ResultFeeDue, Code::FeesOpen),
            (NoResult, Code::ResultMissing),
        ]),
];

const CASHIER: &[Permission] = &[
    may(SettlePayment, &[PaymentRequested], To(Processing)),
    may(RecordPayment, TAKES_MONEY, Nowhere)
        .given(OWED)
        .unless(NOT_OWED),
];

const SYSTEM: &[Permission] = &[
    may(SettlePayment, &[PaymentRequested], To(Processing)),
    may(RecordPayment, TAKES_MONEY, Nowhere)
        .given(OWED)
        .unless(NOT_OWED),
    may(RefuseUnanswered, &[SupplementRequested], To(NotAccepted))
        .given(&[RoundLapsed, NeverAccepted])
        .unless(&[
            (NeverAsked, Code::SupplementOpen),
            (RoundOpen, Code::SupplementOpen),
            (RoundAnswered, Code::SupplementOpen),
            (RoundSatisfied, Code::SupplementOpen),
            (WasAccepted, Code::StateForbids),
        ]),
    may(StopUnanswered, &[SupplementRequested], To(Stopped))
        .given(&[RoundLapsed, WasAccepted])
        .unless(&[
            (NeverAsked, Code::SupplementOpen),
            (RoundOpen, Code::SupplementOpen),
            (RoundAnswered, Code::SupplementOpen),
            (RoundSatisfied, Code::SupplementOpen),
            (NeverAccepted, Code::StateForbids),
        ]),
    may(ReleaseUnaccepted, &[WithdrawalRequested], To(Stopped))
        .given(&[NeverAccepted])
        .unless(&[(WasAccepted, Code::StateForbids)]),
];

impl Principal {
    pub(super) const ALL: [Self; 11] = [
        Self::Citizen,
        Self::Officer(Role::Receiver),
        Self::Officer(Role::Processor),
        Self::Officer(Role::Approver),
        Self::Officer(Role::Returner),
        Self::Officer(Role::Cashier),
        Self::Officer(Role::Statistician),
        Self::Officer(Role::AgencyAdministrator),
        Self::Officer(Role::ProvinceAdministrator),
        Self::Officer(Role::Auditor),
        Self::System,
    ];

    pub(super) fn actor(self) -> Actor {
        match self {
            Self::Citizen => citizen(),
            Self::Officer(role) => officer(&[role]),
            Self::System => Actor::System,
        }
    }

    /// What this principal may do.
    pub(super) const fn sheet(self) -> &'static [Permission] {
        match self {
            Self::Citizen => CITIZEN,
            Self::Officer(Role::Receiver) => RECEIVER,
            Self::Officer(Role::Processor) => PROCESSOR,
            Self::Officer(Role::Approver) => APPROVER,
            Self::Officer(Role::Returner) => RETURNER,
            Self::Officer(Role::Cashier) => CASHIER,
            // They read, count or administer; none of them touches a dossier.
            Self::Officer(
                Role::Statistician
                | Role::AgencyAdministrator
                | Role::ProvinceAdministrator
                | Role::Auditor,
            ) => &[],
            Self::System => SYSTEM,
        }
    }
}
