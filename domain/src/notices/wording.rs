//! The words of a notice, made when it is read.

use super::{Facts, NoticeKind, words_of_dossiers, words_of_others};
use crate::{text::Localized, time::Time};

/// Vietnamese, English.
pub(super) type Pair = (&'static str, &'static str);

/// The words of one kind. `{code}`, `{date}` (what is due, or must be done by), `{amount}` and `{round}`
/// stand for facts.
pub(super) struct Words {
    /// Of which kind.
    pub(super) kind: NoticeKind,
    /// In a few words; holds no fact.
    pub(super) title: Pair,
    /// What happened.
    pub(super) text: Pair,
    /// What must be done now, if anything.
    pub(super) action: Option<Pair>,
}

/// A notice in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// In a few words.
    pub title: Localized,
    /// What happened.
    pub text: Localized,
    /// What must be done now, if anything.
    pub action: Option<Localized>,
}

/// What is told of a kind nobody has written words for: a test holds that there is none.
const WORDLESS: Words = Words {
    kind: NoticeKind::Resumed,
    title: ("Có thông báo mới", "There is news"),
    text: ("Hồ sơ {code} có thay đổi.", "Dossier {code} has changed."),
    action: None,
};

/// Every row.
pub(super) fn rows() -> impl Iterator<Item = &'static Words> {
    let dossiers = words_of_dossiers::WORDS.iter();
    dossiers.chain(words_of_others::WORDS)
}

/// The words of a kind.
pub(super) fn row(kind: NoticeKind) -> &'static Words {
    rows().find(|row| row.kind == kind).unwrap_or(&WORDLESS)
}

/// Dong as Vietnamese writes them: `1.234.000`.
fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

fn filled((vi, en): Pair, facts: &Facts, date: Option<Time>) -> Localized {
    let code = facts.code.as_deref().unwrap_or("–");
    let date = date.map(Time::date);
    let date_of =
        |format: &str| date.map_or_else(|| "–".to_owned(), |date| date.format(format).to_string());
    let amount = facts.amount.map_or_else(|| "–".to_owned(), grouped);
    let round = facts.round.unwrap_or(1).to_string();
    let fill = |text: &str, format: &str| {
        text.replace("{code}", code)
            .replace("{date}", &date_of(format))
            .replace("{amount}", &amount)
            .replace("{round}", &round)
    };
    Localized::new(fill(vi, "%d/%m/%Y"), fill(en, "%Y-%m-%d"))
}

/// A notice in words, in both languages.
pub fn told(kind: NoticeKind, facts: &Facts, act_by: Option<Time>) -> Told {
    let Words {
        kind: _,
        title,
        text,
        action,
    } = row(kind);
    let date = act_by.or(facts.due_at);
    Told {
        title: Localized::new(title.0, title.1),
        text: filled(*text, facts, date),
        action: action.map(|action| filled(action, facts, date)),
    }
}
