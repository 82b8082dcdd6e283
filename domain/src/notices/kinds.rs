//! What can be told, in which group it is, and by which ways it can be sent.

use crate::vocabulary;

vocabulary! {
    /// What a notice tells.
    NoticeKind {
        /// The dossier was filed.
        Submitted = "submitted",
        /// The desk filed it.
        Filed = "filed",
        /// It was accepted.
        Accepted = "accepted",
        /// It was refused at intake.
        Refused = "refused",
        /// It went to the specialist unit.
        Forwarded = "forwarded",
        /// Papers are asked for.
        SupplementRequested = "supplement_requested",
        /// The time to hand papers in ends soon.
        SupplementDueSoon = "supplement_due_soon",
        /// The answer has come.
        SupplementAnswered = "supplement_answered",
        /// Work goes on.
        Resumed = "resumed",
        /// Nobody answered in time.
        SupplementLapsed = "supplement_lapsed",
        /// A fee is asked for.
        PaymentRequested = "payment_requested",
        /// A fee was paid.
        PaymentRecorded = "payment_recorded",
        /// The dossier was asked back.
        WithdrawalRequested = "withdrawal_requested",
        /// It was given back.
        WithdrawalGranted = "withdrawal_granted",
        /// It was not given back.
        WithdrawalDeclined = "withdrawal_declined",
        /// The agency stopped.
        Stopped = "stopped",
        /// The leader decided.
        Decided = "decided",
        /// The result is there.
        ResultIssued = "result_issued",
        /// The result was taken back before it was handed over.
        Recalled = "recalled",
        /// The result was handed over.
        HandedOver = "handed_over",
        /// The agency apologises for a delay.
        Apologised = "apologised",
        /// Another agency goes on with it.
        Transferred = "transferred",
        /// The due date was moved once more.
        DeadlineExtended = "deadline_extended",
        /// What was closed is open again.
        Reopened = "reopened",
        /// The due date follows the calendar.
        DueDateRecomputed = "due_date_recomputed",
        /// Somebody proposes a mandate.
        MandateProposed = "mandate_proposed",
        /// The other side agreed.
        MandateAccepted = "mandate_accepted",
        /// The desk confirmed a mandate.
        MandateConfirmed = "mandate_confirmed",
        /// A proposed mandate was refused.
        MandateRefused = "mandate_refused",
        /// A mandate was revoked.
        MandateRevoked = "mandate_revoked",
        /// A mandate was given back.
        MandateGivenBack = "mandate_given_back",
        /// A mandate ended with its last day.
        MandateExpired = "mandate_expired",
        /// A data-subject request is being worked on.
        DataRequestAcknowledged = "data_request_acknowledged",
        /// It needs longer.
        DataRequestExtended = "data_request_extended",
        /// It was fulfilled.
        DataRequestFulfilled = "data_request_fulfilled",
        /// It was refused.
        DataRequestRefused = "data_request_refused",
    }
}

vocabulary! {
    /// What is chosen together.
    NoticeGroup {
        /// Something must be done.
        ActionNeeded = "action_needed",
        /// How far a dossier has come.
        Progress = "progress",
        /// How a dossier ended.
        Outcome = "outcome",
        /// Mandates and requests about one's own data.
        Account = "account",
    }
}

vocabulary! {
    /// A way to send a notice, beside the inbox in the app, which always has it.
    NoticeChannel {
        /// To the app on the phone.
        Push = "push",
        /// A message to the telephone number in Zalo.
        Zalo = "zalo",
        /// A text message.
        Sms = "sms",
        /// E-mail.
        Email = "email",
    }
}

vocabulary! {
    /// Which sort of device notices are pushed to.
    PushPlatform {
        /// A phone with Android.
        Android = "android",
        /// An iPhone.
        Ios = "ios",
    }
}

vocabulary! {
    /// Who did what a notice tells of.
    NoticeAuthor {
        /// A citizen.
        Citizen = "citizen",
        /// An officer of the agency.
        Officer = "officer",
        /// The house itself, when a time had passed.
        System = "system",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the macro that writes the vocabulary takes no attributes of a variant"
)]
impl Default for NoticeAuthor {
    fn default() -> Self {
        Self::System
    }
}

impl NoticeKind {
    /// In which group it is.
    pub const fn group(self) -> NoticeGroup {
        match self {
            Self::SupplementRequested
            | Self::SupplementDueSoon
            | Self::PaymentRequested
            | Self::MandateProposed => NoticeGroup::ActionNeeded,
            Self::Refused
            | Self::SupplementLapsed
            | Self::WithdrawalGranted
            | Self::Stopped
            | Self::ResultIssued
            | Self::HandedOver => NoticeGroup::Outcome,
            Self::Submitted
            | Self::Filed
            | Self::Accepted
            | Self::Forwarded
            | Self::SupplementAnswered
            | Self::Resumed
            | Self::PaymentRecorded
            | Self::WithdrawalRequested
            | Self::WithdrawalDeclined
            | Self::Decided
            | Self::Recalled
            | Self::Apologised
            | Self::Transferred
            | Self::DeadlineExtended
            | Self::Reopened
            | Self::DueDateRecomputed => NoticeGroup::Progress,
            Self::MandateAccepted
            | Self::MandateConfirmed
            | Self::MandateRefused
            | Self::MandateRevoked
            | Self::MandateGivenBack
            | Self::MandateExpired
            | Self::DataRequestAcknowledged
            | Self::DataRequestExtended
            | Self::DataRequestFulfilled
            | Self::DataRequestRefused => NoticeGroup::Account,
        }
    }

    /// Whether the law has it told (decree 118/2025 art. 17 to 20; forms 02 to 05): it goes out by
    /// at least one channel, whatever was switched off.
    pub const fn is_mandatory(self) -> bool {
        matches!(
            self,
            Self::SupplementRequested
                | Self::SupplementDueSoon
                | Self::PaymentRequested
                | Self::Refused
                | Self::SupplementLapsed
                | Self::Stopped
                | Self::Apologised
                | Self::DeadlineExtended
                | Self::ResultIssued
        )
    }
}
