//! What an engine tells, without the values it tells it of.
//!
//! Engine messages reach the log word by word. PostgreSQL prints the row of a violated constraint in
//! the message's DETAIL, which diesel keeps apart and this crate never reads; but the message itself
//! quotes a value it cannot read (`invalid input syntax for type uuid: "…"`).

/// The words after which a quoted text is a name of the schema, not a value.
const NOUNS: [&str; 9] = [
    "column",
    "constraint",
    "database",
    "function",
    "index",
    "relation",
    "role",
    "schema",
    "table",
];

/// The first line of a message up to the first quoted value. What comes after it is cut: a value may
/// hold quotes itself, so where it ends cannot be told.
pub(crate) fn without_values(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut kept = String::with_capacity(line.len());
    let mut quoted = false;
    for part in line.split('"') {
        if quoted {
            let before = kept.trim_end();
            if !NOUNS.iter().any(|noun| before.ends_with(noun)) {
                kept.push('…');
                break;
            }
            kept.extend(["\"", part, "\""]);
        } else {
            kept.push_str(part);
        }
        quoted = !quoted;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::without_values;

    #[test]
    fn names_are_kept_and_values_are_cut() {
        for (message, told) in [
            ("database is locked", "database is locked"),
            (
                "relation \"people\" does not exist",
                "relation \"people\" does not exist",
            ),
            (
                "column \"a\" of relation \"b\" is of type uuid",
                "column \"a\" of relation \"b\" is of type uuid",
            ),
            (
                "invalid input syntax for type uuid: \"Kiều \"Yến\" 079190\"",
                "invalid input syntax for type uuid: …",
            ),
            ("value \"999\" is out of range", "value …"),
            ("first\nDETAIL:  Key (phone)=(0987)", "first"),
            ("", ""),
        ] {
            assert_eq!(without_values(message), told);
        }
    }
}
