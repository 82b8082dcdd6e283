//! The states of a dossier, one to one with the ten national codes, plus the draft.

use crate::vocabulary;

vocabulary! {
    /// Where a dossier stands (trạng thái hồ sơ).
    State {
        /// Being written by the citizen; not yet filed (hồ sơ nháp).
        Draft = "draft",
        /// Filed, not yet looked at (1, mới đăng ký).
        Registered = "registered",
        /// Accepted: the law's clock runs (2, được tiếp nhận).
        Accepted = "accepted",
        /// Refused at intake (3, không được tiếp nhận).
        NotAccepted = "not_accepted",
        /// With the specialist unit (4, đang xử lý).
        Processing = "processing",
        /// The citizen is asked for more papers (5, yêu cầu bổ sung giấy tờ).
        SupplementRequested = "supplement_requested",
        /// The citizen is asked to pay (6, yêu cầu thực hiện nghĩa vụ tài chính).
        PaymentRequested = "payment_requested",
        /// The citizen asks for the dossier back (7, công dân yêu cầu rút hồ sơ).
        WithdrawalRequested = "withdrawal_requested",
        /// Stopped for good (8, dừng xử lý).
        Stopped = "stopped",
        /// The result exists (9, đã xử lý xong).
        Completed = "completed",
        /// The result is with the citizen (10, đã trả kết quả).
        Returned = "returned",
    }
}

impl State {
    /// The code of the national status list (`TrangThaiHoSo`); a draft has none, for it is not
    /// synchronised.
    pub const fn national_code(self) -> Option<u8> {
        match self {
            Self::Draft => None,
            Self::Registered => Some(1),
            Self::Accepted => Some(2),
            Self::NotAccepted => Some(3),
            Self::Processing => Some(4),
            Self::SupplementRequested => Some(5),
            Self::PaymentRequested => Some(6),
            Self::WithdrawalRequested => Some(7),
            Self::Stopped => Some(8),
            Self::Completed => Some(9),
            Self::Returned => Some(10),
        }
    }

    /// Whether it is over: no command leads out of it, but reopening, which takes two people.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::NotAccepted | Self::Stopped | Self::Returned)
    }

    /// The state in words a citizen understands: Vietnamese, English. What a citizen is told of one
    /// dossier is [`Standing::sentence`](super::Standing::sentence), which knows more.
    pub const fn sentence(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => (
                "Hồ sơ đang soạn, chưa nộp.",
                "You are still writing this dossier.",
            ),
            Self::Registered => (
                "Hồ sơ đã nộp, chờ cán bộ kiểm tra.",
                "Filed; an officer will check it.",
            ),
            Self::Accepted => (
                "Hồ sơ đã được tiếp nhận.",
                "Accepted; the time limit is running.",
            ),
            Self::NotAccepted => (
                "Hồ sơ không được tiếp nhận.",
                "The dossier was not accepted.",
            ),
            Self::Processing => (
                "Hồ sơ đang được giải quyết.",
                "The dossier is being processed.",
            ),
            Self::SupplementRequested => ("Hồ sơ cần bổ sung giấy tờ.", "More papers are needed."),
            Self::PaymentRequested => ("Hồ sơ chờ nộp phí, lệ phí.", "A fee has to be paid."),
            Self::WithdrawalRequested => (
                "Bạn đã xin rút hồ sơ, chờ xác nhận.",
                "You asked to withdraw; waiting for confirmation.",
            ),
            Self::Stopped => ("Hồ sơ đã dừng giải quyết.", "Processing was stopped."),
            Self::Completed => ("Đã có kết quả, chờ trả.", "The result is ready."),
            Self::Returned => ("Đã trả kết quả.", "The result was handed over."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn every_national_code_belongs_to_exactly_one_state() {
        let mut codes: Vec<_> = State::ALL
            .iter()
            .filter_map(|state| state.national_code())
            .collect();
        codes.sort_unstable();
        assert_eq!(codes, (1..=10).collect::<Vec<_>>());
        assert_eq!(State::Draft.national_code(), None);
    }
}
