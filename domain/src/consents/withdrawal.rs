//! Taking a consent back (rút lại sự đồng ý): as easy as giving it, and with its effect stated.
//!
//! A withdrawal is a record of its own beside the consent, which stays as it was given; what was
//! processed before stays lawful (Luật 91/2025/QH15 art. 10).

use super::Consent;
use crate::{
    dossiers::{Dossier, State},
    ids::{ConsentId, PersonId},
    rejection::Code,
    text::Localized,
    time::Time,
    vocabulary,
};

vocabulary! {
    /// What a withdrawal stops, and what goes on by law.
    WithdrawalEffect {
        /// The dossier is taken back: settling it stops, at once or when the desk has confirmed.
        SettlementStops = "settlement_stops",
        /// A result exists: it is still returned, and nothing else is done with the data.
        ResultIsReturned = "result_is_returned",
        /// The dossier has ended: its agency keeps it as a record, and nothing else is done with it.
        KeptAsRecord = "kept_as_record",
        /// The consent belongs to no dossier: processing on its ground stops.
        ProcessingStops = "processing_stops",
    }
}

/// A consent that was taken back. It is only ever appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    /// The consent.
    pub consent: ConsentId,
    /// Whose it was.
    pub person: PersonId,
    /// When it was taken back.
    pub withdrawn_at: Time,
    /// What that stopped.
    pub effect: WithdrawalEffect,
}

impl WithdrawalEffect {
    /// What a withdrawal now would do, for a consent given for this dossier or for none. A dossier
    /// that its citizen may still take back is taken back.
    pub const fn of(state: Option<State>) -> Self {
        let Some(state) = state else {
            return Self::ProcessingStops;
        };
        match state {
            State::Draft
            | State::Registered
            | State::Accepted
            | State::Processing
            | State::SupplementRequested
            | State::PaymentRequested
            | State::WithdrawalRequested => Self::SettlementStops,
            State::Completed => Self::ResultIsReturned,
            State::NotAccepted | State::Stopped | State::Returned => Self::KeptAsRecord,
        }
    }

    /// Whether the dossier has to be taken back for it.
    pub const fn takes_back(state: State) -> bool {
        match state {
            State::Registered
            | State::Accepted
            | State::Processing
            | State::SupplementRequested
            | State::PaymentRequested => true,
            State::Draft
            | State::WithdrawalRequested
            | State::Completed
            | State::NotAccepted
            | State::Stopped
            | State::Returned => false,
        }
    }

    /// The effect in a sentence.
    pub fn text(self) -> Localized {
        let (vi, en) = match self {
            Self::SettlementStops => (
                "Hồ sơ được rút: cơ quan dừng giải quyết; nếu hồ sơ đã được tiếp nhận thì bộ phận một cửa xác nhận. Việc đã làm trước đó vẫn có giá trị.",
                "The dossier is taken back: settling it stops, for an accepted one once the desk has confirmed. What was done before stays valid.",
            ),
            Self::ResultIsReturned => (
                "Đã có kết quả: cơ quan vẫn trả kết quả và lưu hồ sơ theo luật, không xử lý thêm.",
                "A result exists: it is still returned and the record kept by law; nothing more is done with the data.",
            ),
            Self::KeptAsRecord => (
                "Hồ sơ đã kết thúc: cơ quan chỉ lưu giữ theo pháp luật về lưu trữ, không xử lý thêm.",
                "The dossier has ended: it is only kept under the law on archives; nothing more is done with the data.",
            ),
            Self::ProcessingStops => (
                "Việc xử lý dữ liệu dựa trên sự đồng ý này dừng lại.",
                "Processing on the ground of this consent stops.",
            ),
        };
        Localized::new(vi, en)
    }
}

/// Takes a consent back, once.
///
/// # Errors
/// `consent-withdrawn` when that was done before; `not-found` for what belongs to no account.
pub fn withdraw(
    (consent, before): (&Consent, Option<&Withdrawal>),
    dossier: Option<&Dossier>,
    now: Time,
) -> Result<Withdrawal, Code> {
    if before.is_some() {
        return Err(Code::ConsentWithdrawn);
    }
    let person = consent.person.ok_or(Code::NotFound)?;
    Ok(Withdrawal {
        consent: consent.id,
        person,
        withdrawn_at: now,
        effect: WithdrawalEffect::of(dossier.map(|dossier| dossier.state)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::Who,
        dossiers::{Command, TRANSITIONS},
    };

    #[test]
    fn what_a_citizen_may_take_back_is_taken_back_and_nothing_else() {
        for state in State::ALL.iter().copied() {
            let listed = TRANSITIONS.iter().any(|row| {
                row.from == state
                    && row.command == Command::Withdraw
                    && row.who.contains(&Who::Citizen)
            });
            assert_eq!(WithdrawalEffect::takes_back(state), listed, "{state:?}");
            if listed {
                let effect = WithdrawalEffect::of(Some(state));
                assert_eq!(effect, WithdrawalEffect::SettlementStops, "{state:?}");
            }
        }
    }
}
