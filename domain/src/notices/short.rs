//! The same in one text message: unaccented, 160 characters at most, because with accents a message holds
//! seventy and costs as many messages as it takes.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Facts, NoticeKind, wording::row};
use crate::time::Time;

/// The longest text message, in characters of the GSM alphabet.
pub const LONGEST_SMS: usize = 160;

/// Vietnamese without its marks, in the letters it was written with: `Đã tiếp nhận` becomes `Da tiep nhan`.
pub fn unaccented(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            '“' | '”' => '"',
            '–' => '-',
            other => other,
        })
        .collect()
}

/// The text message of a notice. It names the dossier by its code and holds no link: whoever sends links in
/// the agency's name is not the agency.
pub fn sms(kind: NoticeKind, facts: &Facts, act_by: Option<Time>) -> String {
    let title = unaccented(row(kind).title.0);
    let code = facts.code.as_ref();
    let code = code.map_or_else(String::new, |code| format!(" Ho so {code}."));
    let by = act_by.map(|by| by.date().format("%d/%m/%Y"));
    let by = by.map_or_else(String::new, |by| format!(" Han {by}."));
    let text = format!("Mot Cua: {title}.{code}{by} Xem trong ung dung.");
    text.chars().take(LONGEST_SMS).collect()
}
