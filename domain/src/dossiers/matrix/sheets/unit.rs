//! The sheets of the specialist unit: who works on a dossier, and who decides on it.

use super::{
    Command::*,
    Fact::{self, *},
    IN_WORK,
    Leads::{Nowhere, To},
    NEVER_ACCEPTED, NOT_ANSWERED, Permission,
    State::{self, *},
    may,
};
use crate::rejection::Code;

/// From acceptance on it can be somebody's work, whoever is waited for.
const IN_HAND: &[State] = &[Accepted, Processing, PaymentRequested];
const ANOTHERS: &[(Fact, Code)] = &[(AnothersWork, Code::AssignedToAnother)];
const NOBODYS: &[(Fact, Code)] = &[(Unassigned, Code::NotAssigned)];
const FREE: &[Fact] = &[Unassigned, OwnWork];

/// What is another officer's work is read, and not worked on.
pub(super) const PROCESSOR: &[Permission] = &[
    may(RequestPayment, IN_WORK, To(PaymentRequested))
        .given(&[FeesDue, ResultFeeDue, Unassigned, OwnWork])
        .unless(&[
            (NoFees, Code::NothingOwed),
            (FeesPaid, Code::NothingOwed),
            (FeesWaived, Code::NothingOwed),
            (AnothersWork, Code::AssignedToAnother),
        ]),
    may(Stop, &[Accepted, Processing, PaymentRequested], To(Stopped))
        .given(FREE)
        .unless(ANOTHERS),
    may(IssueResult, &[Processing], To(Completed))
        .given(&[Decided, Unassigned, OwnWork])
        .unless(&[
            (Undecided, Code::DecisionMissing),
            (AnothersWork, Code::AssignedToAnother),
        ]),
    may(ExtendDeadline, IN_WORK, Nowhere)
        .given(&[Extended, Unassigned, OwnWork])
        .unless(&[
            (NotExtended, Code::ApologyFirst),
            (AnothersWork, Code::AssignedToAnother),
        ]),
    may(TakeUp, IN_HAND, Nowhere),
    may(TakeUp, &[SupplementRequested], Nowhere)
        .given(&[WasAccepted])
        .unless(NEVER_ACCEPTED),
    may(Release, IN_HAND, Nowhere).given(&[OwnWork]).unless(&[
        (Unassigned, Code::NotAssigned),
        (AnothersWork, Code::AssignedToAnother),
    ]),
    may(Release, &[SupplementRequested], Nowhere)
        .given(&[OwnWork, WasAccepted])
        .unless(&[
            (Unassigned, Code::NotAssigned),
            (AnothersWork, Code::AssignedToAnother),
            (NeverAccepted, Code::StateForbids),
        ]),
    may(Reopen, &[NotAccepted], To(Registered))
        .given(FREE)
        .unless(ANOTHERS),
    may(Reopen, &[Stopped], To(Accepted))
        .given(&[WasAccepted, Unassigned, OwnWork])
        .unless(&[
            (NeverAccepted, Code::StateForbids),
            (AnothersWork, Code::AssignedToAnother),
        ]),
];

/// Leaders act whoever's work it is.
pub(super) const APPROVER: &[Permission] = &[
    may(
        ConsentSupplement,
        &[Registered, Accepted, Processing],
        Nowhere,
    ),
    may(ConsentSupplement, &[SupplementRequested], Nowhere)
        .given(&[RoundAnswered])
        .unless(NOT_ANSWERED),
    may(Stop, &[Accepted, Processing, PaymentRequested], To(Stopped)),
    may(Apologise, IN_WORK, Nowhere)
        .given(&[NotExtended])
        .unless(&[(Extended, Code::AlreadyExtended)]),
    may(Decide, &[Processing], Nowhere),
    may(IssueResult, &[Processing], To(Completed))
        .given(&[Decided])
        .unless(&[(Undecided, Code::DecisionMissing)]),
    may(Recall, &[Completed], To(Processing)),
    may(ExtendDeadline, IN_WORK, Nowhere)
        .given(&[Extended])
        .unless(&[(NotExtended, Code::ApologyFirst)]),
    may(Transfer, IN_WORK, Nowhere),
    may(Assign, IN_HAND, Nowhere),
    may(Assign, &[SupplementRequested], Nowhere)
        .given(&[WasAccepted])
        .unless(NEVER_ACCEPTED),
    may(TakeUp, IN_HAND, Nowhere),
    may(TakeUp, &[SupplementRequested], Nowhere)
        .given(&[WasAccepted])
        .unless(NEVER_ACCEPTED),
    may(Release, IN_HAND, Nowhere)
        .given(&[OwnWork, AnothersWork])
        .unless(NOBODYS),
    may(Release, &[SupplementRequested], Nowhere)
        .given(&[OwnWork, AnothersWork, WasAccepted])
        .unless(&[
            (Unassigned, Code::NotAssigned),
            (NeverAccepted, Code::StateForbids),
        ]),
    may(Reopen, &[NotAccepted], To(Registered)),
    may(Reopen, &[Stopped], To(Accepted))
        .given(&[WasAccepted])
        .unless(NEVER_ACCEPTED),
];
