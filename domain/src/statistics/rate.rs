//! A share that carries its numerator, its denominator and what it means.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::Localized;

/// Which share, with the version of its definition; a definition that changes gets a new value.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RateId {
    /// No / N.
    OnlineOfNewV1,
    /// No / T.
    OnlineOfTotalV1,
    /// (Fe + Fo) / F.
    FinishedOnTimeV1,
    /// Po / P.
    OpenOverdueV1,
    /// Requests after the first / all supplement requests.
    LaterSupplementsV1,
    /// Answered in time / all first answers to what was filed online.
    AnsweredOnTimeV1,
}

impl RateId {
    /// What is divided by what.
    pub fn definition(self) -> Localized {
        match self {
            Self::OnlineOfNewV1 => Localized::new(
                "Số hồ sơ trực tuyến tiếp nhận mới trong kỳ chia cho tổng số hồ sơ tiếp nhận mới trong kỳ; không tính hồ sơ kỳ trước chuyển sang.",
                "Dossiers filed online and newly accepted in the period, divided by all newly accepted in the period; those carried over are left out.",
            ),
            Self::OnlineOfTotalV1 => Localized::new(
                "Số hồ sơ trực tuyến tiếp nhận mới trong kỳ chia cho tổng số hồ sơ phải giải quyết (kỳ trước chuyển sang và tiếp nhận mới).",
                "Dossiers filed online and newly accepted in the period, divided by all to be dealt with (carried over and newly accepted).",
            ),
            Self::FinishedOnTimeV1 => Localized::new(
                "Số hồ sơ giải quyết trước hạn và đúng hạn chia cho tổng số hồ sơ đã giải quyết trong kỳ; so theo ngày, hồ sơ không có hạn tính là đúng hạn.",
                "Dossiers finished early or on time, divided by all finished in the period; compared by date, those without a due date count as on time.",
            ),
            Self::OpenOverdueV1 => Localized::new(
                "Số hồ sơ đang giải quyết đã quá hạn chia cho tổng số hồ sơ đang giải quyết vào cuối kỳ; hồ sơ tạm dừng không tính là quá hạn.",
                "Open dossiers past their due date, divided by all open at the end of the period; paused ones do not count as past due.",
            ),
            Self::LaterSupplementsV1 => Localized::new(
                "Số lượt yêu cầu bổ sung từ lần thứ hai trở đi chia cho tổng số lượt yêu cầu bổ sung trong kỳ.",
                "Supplement requests after a dossier's first, divided by all supplement requests of the period.",
            ),
            Self::AnsweredOnTimeV1 => Localized::new(
                "Số hồ sơ nộp trực tuyến được trả lời lần đầu (tiếp nhận, từ chối hoặc yêu cầu bổ sung) trong kỳ đúng thời hạn 8 giờ làm việc chia cho tổng số hồ sơ nộp trực tuyến được trả lời lần đầu trong kỳ.",
                "Dossiers filed online and first answered (accepted, refused or sent back for papers) in the period within 8 working hours, divided by all filed online and first answered in the period.",
            ),
        }
    }
}

/// One share.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Which one.
    pub id: RateId,
    /// What is divided by what.
    pub definition: Localized,
    /// The part.
    pub numerator: u64,
    /// The whole.
    pub denominator: u64,
    /// Their ratio, rounded half up to four decimals; none where the whole is 0.
    pub value: Option<f64>,
}

impl Rate {
    /// The share of a part in its whole.
    pub fn of(id: RateId, numerator: u64, denominator: u64) -> Self {
        Self {
            id,
            definition: id.definition(),
            numerator,
            denominator,
            value: ratio(numerator, denominator),
        }
    }
}

/// Divided as whole ten-thousandths, so that no platform rounds differently.
fn ratio(numerator: u64, denominator: u64) -> Option<f64> {
    let (part, whole) = (u128::from(numerator), u128::from(denominator));
    let rounded = (part * 20_000 + whole).checked_div(whole * 2)?;
    u32::try_from(rounded)
        .ok()
        .map(|parts| f64::from(parts) / 10_000.0)
}
