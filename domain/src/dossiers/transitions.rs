//! Every move a dossier can make: from where, by which command, to where, by whom, if what holds.
//!
//! The table is the law of the house (decree 118/2025 as amended, and the national status list).
//! What it does not list is refused.

use crate::{
    actor::{
        Actor,
        Role::{Approver, Cashier, Processor, Receiver, Returner},
        Who::{self, Citizen, Officer, System},
    },
    assignments::is_not_anothers_work,
    dossiers::{
        Case, State,
        rules::{
            consent_stands_for_a_further_round, deadline_was_extended, deadline_was_not_extended,
            fees_are_settled, fees_at_intake_are_settled, it_belongs_to_no_account, it_is_assigned,
            leader_has_decided, no_money_was_taken, no_round_is_open, required_papers_are_present,
            result_is_attached, round_has_lapsed, round_is_answered, round_is_open,
            something_is_owed, was_accepted, was_never_accepted,
        },
    },
    rejection::{Code, Rejection},
    transition::{To, Transition},
    vocabulary,
};

vocabulary! {
    /// What can be asked of a dossier.
    Command {
        /// Change a draft.
        Edit = "edit",
        /// Throw a draft away.
        Discard = "discard",
        /// Attach a paper.
        AttachPaper = "attach_paper",
        /// Take a paper off a draft.
        RemovePaper = "remove_paper",
        /// File it.
        Submit = "submit",
        /// Accept it; the clock starts.
        Accept = "accept",
        /// Refuse it at intake.
        Refuse = "refuse",
        /// Hand it to the specialist unit.
        Forward = "forward",
        /// Consent to a further supplement round.
        ConsentSupplement = "consent_supplement",
        /// Ask for missing papers.
        RequestSupplement = "request_supplement",
        /// Answer the request.
        AnswerSupplement = "answer_supplement",
        /// Confirm the answer; work goes on.
        Resume = "resume",
        /// Close what nobody answered and was never accepted.
        RefuseUnanswered = "refuse_unanswered",
        /// Close what nobody answered after acceptance.
        StopUnanswered = "stop_unanswered",
        /// Ask for a fee.
        RequestPayment = "request_payment",
        /// Go on after what was asked for: the last fee was paid, or waived. Fees are waived by no
        /// operation yet; the one that waives the last fee waited for must give this command, or
        /// the dossier is stranded.
        SettlePayment = "settle_payment",
        /// Take a payment that nobody waits for: one that came after all is never turned away.
        RecordPayment = "record_payment",
        /// Ask for the dossier back.
        Withdraw = "withdraw",
        /// Confirm the withdrawal.
        GrantWithdrawal = "grant_withdrawal",
        /// Let go what the citizen took back before it was accepted.
        ReleaseUnaccepted = "release_unaccepted",
        /// Decline the withdrawal.
        DeclineWithdrawal = "decline_withdrawal",
        /// Stop processing.
        Stop = "stop",
        /// Decide on the merits.
        Decide = "decide",
        /// Issue the signed, numbered result.
        IssueResult = "issue_result",
        /// Take the result back before hand-over.
        Recall = "recall",
        /// Hand the result over.
        HandOver = "hand_over",
        /// Apologise for a delay and name a new date.
        Apologise = "apologise",
        /// Make it an officer's work.
        Assign = "assign",
        /// Make it one's own work, from the common pile or from another officer.
        TakeUp = "take_up",
        /// Put it back on the common pile.
        Release = "release",
        /// Send it to the agency that is competent.
        Transfer = "transfer",
        /// Name a later date than the apology did: one of those listed proposes it, a leader approves.
        ExtendDeadline = "extend_deadline",
        /// Open it again after it was closed by mistake: proposed and approved alike.
        Reopen = "reopen",
    }
}

type Row = Transition<State, Command, Case>;

const CITIZEN: &[Who] = &[Citizen];
const DESK: &[Who] = &[Officer(Receiver)];
const CITIZEN_OR_DESK: &[Who] = &[Citizen, Officer(Receiver)];
const DESK_OR_UNIT: &[Who] = &[Officer(Receiver), Officer(Processor)];
const UNIT_OR_LEADER: &[Who] = &[Officer(Processor), Officer(Approver)];
const DESK_UNIT_OR_LEADER: &[Who] = &[Officer(Receiver), Officer(Processor), Officer(Approver)];
const LEADER: &[Who] = &[Officer(Approver)];
const RETURN_DESK: &[Who] = &[Officer(Returner)];
const RETURN_DESK_OR_LEADER: &[Who] = &[Officer(Returner), Officer(Approver)];
const TILL: &[Who] = &[Officer(Cashier), System];
const WORKER: &[Who] = &[System];

macro_rules! table {
    ($($from:ident, $command:ident, $to:expr, $who:ident, [$($guard:ident),*];)*) => {
        /// The table.
        pub const TRANSITIONS: &[Row] = &[$(Transition {
            from: State::$from,
            command: Command::$command,
            to: $to,
            who: $who,
            guards: &[$($guard),*],
        },)*];

        /// The names of each row's guards, in the order of the table: for papers about it.
        pub const GUARD_NAMES: &[&[&str]] = &[$(&[$(stringify!($guard)),*],)*];
    };
}

const SAME: To<State> = To::Same;
const BACK: To<State> = To::WhereItCameFrom;
const fn to(state: State) -> To<State> {
    To::State(state)
}

#[rustfmt::skip]
table! {
    // Drafting.
    Draft, Edit, SAME, CITIZEN, [];
    Draft, Discard, SAME, CITIZEN, [no_money_was_taken];
    Draft, AttachPaper, SAME, CITIZEN, [];
    Draft, RemovePaper, SAME, CITIZEN, [];
    Draft, Submit, to(State::Registered), CITIZEN, [required_papers_are_present];

    // Intake.
    Registered, AttachPaper, SAME, DESK, [];
    Registered, Accept, to(State::Accepted), DESK, [required_papers_are_present];
    Registered, Refuse, to(State::NotAccepted), DESK, [];
    Registered, ConsentSupplement, SAME, LEADER, [];
    Registered, RequestSupplement, to(State::SupplementRequested), DESK, [consent_stands_for_a_further_round];
    Registered, Withdraw, to(State::WithdrawalRequested), CITIZEN, [];
    Registered, Withdraw, to(State::WithdrawalRequested), DESK, [it_belongs_to_no_account];

    // Processing.
    Accepted, Forward, to(State::Processing), DESK, [fees_at_intake_are_settled];
    Accepted, ConsentSupplement, SAME, LEADER, [];
    Accepted, RequestSupplement, to(State::SupplementRequested), DESK, [consent_stands_for_a_further_round];
    Accepted, RequestPayment, to(State::PaymentRequested), DESK_OR_UNIT, [something_is_owed];
    Accepted, RecordPayment, SAME, TILL, [something_is_owed];
    Accepted, Withdraw, to(State::WithdrawalRequested), CITIZEN, [];
    Accepted, Withdraw, to(State::WithdrawalRequested), DESK, [it_belongs_to_no_account];
    Accepted, Stop, to(State::Stopped), UNIT_OR_LEADER, [];
    Accepted, Apologise, SAME, LEADER, [deadline_was_not_extended];
    Accepted, ExtendDeadline, SAME, UNIT_OR_LEADER, [deadline_was_extended];
    Accepted, Transfer, SAME, LEADER, [];
    Processing, ConsentSupplement, SAME, LEADER, [];
    Processing, RequestSupplement, to(State::SupplementRequested), DESK, [consent_stands_for_a_further_round];
    Processing, RequestPayment, to(State::PaymentRequested), DESK_OR_UNIT, [something_is_owed];
    Processing, RecordPayment, SAME, TILL, [something_is_owed];
    Processing, Withdraw, to(State::WithdrawalRequested), CITIZEN, [];
    Processing, Withdraw, to(State::WithdrawalRequested), DESK, [it_belongs_to_no_account];
    Processing, Stop, to(State::Stopped), UNIT_OR_LEADER, [];
    Processing, Apologise, SAME, LEADER, [deadline_was_not_extended];
    Processing, ExtendDeadline, SAME, UNIT_OR_LEADER, [deadline_was_extended];
    Processing, Transfer, SAME, LEADER, [];
    Processing, Decide, SAME, LEADER, [];
    Processing, IssueResult, to(State::Completed), UNIT_OR_LEADER, [leader_has_decided];

    // Closed by mistake. A result that was handed over is corrected by another document, and what a
    // citizen took back before acceptance is filed again.
    NotAccepted, Reopen, to(State::Registered), DESK_UNIT_OR_LEADER, [];
    Stopped, Reopen, to(State::Accepted), DESK_UNIT_OR_LEADER, [was_accepted];

    // Supplement.
    SupplementRequested, AttachPaper, SAME, CITIZEN_OR_DESK, [round_is_open];
    SupplementRequested, AnswerSupplement, SAME, CITIZEN_OR_DESK, [round_is_open];
    SupplementRequested, Resume, BACK, DESK, [round_is_answered];
    SupplementRequested, ConsentSupplement, SAME, LEADER, [round_is_answered];
    SupplementRequested, RequestSupplement, SAME, DESK, [no_round_is_open, consent_stands_for_a_further_round];
    SupplementRequested, RefuseUnanswered, to(State::NotAccepted), WORKER, [was_never_accepted, round_has_lapsed];
    SupplementRequested, StopUnanswered, to(State::Stopped), WORKER, [was_accepted, round_has_lapsed];
    SupplementRequested, RecordPayment, SAME, TILL, [something_is_owed];
    SupplementRequested, Withdraw, to(State::WithdrawalRequested), CITIZEN, [];
    SupplementRequested, Withdraw, to(State::WithdrawalRequested), DESK, [it_belongs_to_no_account];

    // Money.
    PaymentRequested, SettlePayment, to(State::Processing), TILL, [];
    PaymentRequested, RecordPayment, SAME, TILL, [something_is_owed];
    PaymentRequested, Withdraw, to(State::WithdrawalRequested), CITIZEN, [];
    PaymentRequested, Withdraw, to(State::WithdrawalRequested), DESK, [it_belongs_to_no_account];
    PaymentRequested, Stop, to(State::Stopped), UNIT_OR_LEADER, [];

    // Withdrawal.
    WithdrawalRequested, RecordPayment, SAME, TILL, [something_is_owed];
    WithdrawalRequested, GrantWithdrawal, to(State::Stopped), DESK, [];
    WithdrawalRequested, ReleaseUnaccepted, to(State::Stopped), WORKER, [was_never_accepted];
    WithdrawalRequested, DeclineWithdrawal, BACK, DESK, [];

    // Result.
    Completed, RecordPayment, SAME, TILL, [something_is_owed];
    Completed, Recall, to(State::Processing), RETURN_DESK_OR_LEADER, [];
    Completed, HandOver, to(State::Returned), RETURN_DESK, [result_is_attached, fees_are_settled];

    // Whose work it is, from acceptance on.
    Accepted, Assign, SAME, LEADER, [];
    Accepted, TakeUp, SAME, UNIT_OR_LEADER, [];
    Accepted, Release, SAME, UNIT_OR_LEADER, [it_is_assigned];
    Processing, Assign, SAME, LEADER, [];
    Processing, TakeUp, SAME, UNIT_OR_LEADER, [];
    Processing, Release, SAME, UNIT_OR_LEADER, [it_is_assigned];
    PaymentRequested, Assign, SAME, LEADER, [];
    PaymentRequested, TakeUp, SAME, UNIT_OR_LEADER, [];
    PaymentRequested, Release, SAME, UNIT_OR_LEADER, [it_is_assigned];
    SupplementRequested, Assign, SAME, LEADER, [was_accepted];
    SupplementRequested, TakeUp, SAME, UNIT_OR_LEADER, [was_accepted];
    SupplementRequested, Release, SAME, UNIT_OR_LEADER, [was_accepted, it_is_assigned];
}

/// The state a command leads to, if the table lists it for this state and actor and every guard
/// agrees. Asked in the order a stranger should learn things: role and agency, state, whose
/// work it is, then the case.
///
/// # Errors
/// `role-forbids`, `state-forbids`, `assigned-to-another`, or the code of the first guard that says no.
pub fn permitted(case: &Case, command: Command, actor: &Actor) -> Result<State, Rejection> {
    let dossier = &case.dossier;
    let listed = TRANSITIONS
        .iter()
        .any(|row| row.command == command && actor.is_one_of(row.who));
    if !listed || !actor.acts_for(dossier.agency) {
        return Err(Code::RoleForbids.into());
    }
    let mut rows = TRANSITIONS
        .iter()
        .filter(|row| row.from == dossier.state && row.command == command)
        .peekable();
    rows.peek().ok_or(Code::StateForbids)?;
    let row = rows
        .find(|row| actor.is_one_of(row.who))
        .ok_or(Code::RoleForbids)?;
    is_not_anothers_work(case, command, row.who, actor)?;
    for guard in row.guards {
        guard(case)?;
    }
    match row.to {
        To::State(state) => Ok(state),
        To::Same => Ok(dossier.state),
        To::WhereItCameFrom => came_from(case).ok_or_else(|| Code::StateForbids.into()),
    }
}

fn came_from(case: &Case) -> Option<State> {
    let dossier = &case.dossier;
    match dossier.state {
        State::SupplementRequested => dossier.stage_before_supplement,
        State::WithdrawalRequested => dossier.stage_before_withdrawal,
        State::Draft
        | State::Registered
        | State::Accepted
        | State::NotAccepted
        | State::Processing
        | State::PaymentRequested
        | State::Stopped
        | State::Completed
        | State::Returned => None,
    }
}

/// The commands this actor could give now, in table order: what an officer's screen offers.
pub fn offered(case: &Case, actor: &Actor) -> Vec<Command> {
    TRANSITIONS
        .iter()
        .filter(|row| row.from == case.dossier.state && actor.is_one_of(row.who))
        .filter(|row| permitted(case, row.command, actor).is_ok())
        .map(|row| row.command)
        .collect()
}
