//! What a list shows of a name before the dossier is opened.

use crate::{
    actor::{Roles, Who},
    dossiers::{Command, State, transitions::TRANSITIONS},
};

/// Whether a dossier in this state waits at a desk of one of these roles: whether the table of moves
/// has anything that they could do with it.
pub fn is_at_a_desk_of(roles: Roles, state: State) -> bool {
    let theirs = |who: &Who| matches!(who, Who::Officer(role) if roles.has(*role));
    // What is closed waits for nobody, though two people could open it again.
    TRANSITIONS
        .iter()
        .filter(|row| row.command != Command::Reopen)
        .any(|row| row.from == state && row.who.iter().any(theirs))
}

/// A name with all but the family name cut to initials: `Nguyễn V. A.`; of a single word, its initial.
pub fn masked_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let (Some(family), rest) = (words.next(), words) else {
        return String::new();
    };
    let initial = |word: &str| {
        let first = word.chars().next();
        first.map(|letter| format!("{}.", letter.to_uppercase()))
    };
    let given: Vec<String> = rest.filter_map(initial).collect();
    if given.is_empty() {
        return initial(family).unwrap_or_default();
    }
    format!("{family} {}", given.join(" "))
}

/// How many signs of a number are left.
const LEFT: usize = 4;

/// A number with all but its last four signs hidden: enough to compare with a paper at hand. One of four
/// signs or fewer is hidden whole.
pub fn masked_number(number: &str) -> String {
    let signs = number.chars().count();
    let hidden = if signs > LEFT { signs - LEFT } else { signs };
    let shown = number.chars().skip(hidden);
    std::iter::repeat_n('*', hidden).chain(shown).collect()
}
