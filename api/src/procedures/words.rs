//! Time limits in words, as they are posted at the desk.

use domain::deadlines::TimeLimit;
use serde::Serialize;
use utoipa::ToSchema;

use crate::extract::Language;

/// How long the agency may take (thời hạn giải quyết), in words and as a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeLimitView {
    /// In words.
    #[schema(max_length = 120, example = "3 ngày làm việc")]
    pub text: String,
    /// As a rule.
    pub limit: TimeLimit,
}

impl TimeLimitView {
    /// The limit in the reader's language.
    pub fn of(limit: TimeLimit, language: Language) -> Self {
        Self {
            text: in_words(limit, language),
            limit,
        }
    }
}

/// The limit in words.
pub fn in_words(limit: TimeLimit, language: Language) -> String {
    let (count, vi, en) = match limit {
        TimeLimit::WorkingMinutes { minutes } => (minutes, "phút làm việc", "working minute"),
        TimeLimit::WorkingHours { hours } => (hours, "giờ làm việc", "working hour"),
        TimeLimit::WorkingDays { days, counting: _ } => (days, "ngày làm việc", "working day"),
        TimeLimit::CalendarDays { days } => (days, "ngày", "day"),
        TimeLimit::SameDay { cutoff } => {
            return match language {
                Language::Vi => {
                    format!("Trong ngày; nhận sau {cutoff} thì trả trong ngày làm việc kế tiếp")
                }
                Language::En => {
                    format!("The same day; received after {cutoff}, the next working day")
                }
            };
        }
    };
    match language {
        Language::Vi => format!("{count} {vi}"),
        Language::En if count == 1 => format!("{count} {en}"),
        Language::En => format!("{count} {en}s"),
    }
}

#[cfg(test)]
mod tests {
    use domain::deadlines::{ClockTime, DayCounting};

    use super::*;

    #[test]
    fn every_unit_has_its_words_in_both_languages() {
        let days = |days| TimeLimit::WorkingDays {
            days,
            counting: DayCounting::ByDays,
        };
        let same_day = TimeLimit::SameDay {
            cutoff: ClockTime::THREE_PM,
        };
        for (limit, vi, en) in [
            (
                TimeLimit::WorkingMinutes { minutes: 30 },
                "30 phút làm việc",
                "30 working minutes",
            ),
            (
                TimeLimit::WorkingHours { hours: 8 },
                "8 giờ làm việc",
                "8 working hours",
            ),
            (days(1), "1 ngày làm việc", "1 working day"),
            (days(3), "3 ngày làm việc", "3 working days"),
            (TimeLimit::CalendarDays { days: 45 }, "45 ngày", "45 days"),
            (
                same_day,
                "Trong ngày; nhận sau 15:00 thì trả trong ngày làm việc kế tiếp",
                "The same day; received after 15:00, the next working day",
            ),
        ] {
            assert_eq!(in_words(limit, Language::Vi), vi);
            assert_eq!(in_words(limit, Language::En), en);
        }
    }
}
