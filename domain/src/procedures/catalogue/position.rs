//! Where in a JSON text each value stands, so that a fault can name line and column.

use std::{collections::BTreeMap, iter::Peekable, str::Chars};

use super::super::faults::token;

/// A place in a text, counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where every value of a text stands, by JSON Pointer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Positions {
    values: BTreeMap<String, Position>,
    /// Keys that occur twice in one object: pointer, and where the second one stands.
    pub duplicates: Vec<(String, Position)>,
}

impl Positions {
    /// Scans a text that is already known to be JSON; on anything else the result is partial.
    pub fn scan(text: &str) -> Self {
        let mut scan = Scan {
            rest: text.chars().peekable(),
            at: Position { line: 1, column: 1 },
            found: Self::default(),
        };
        scan.value("");
        scan.found
    }

    /// Where the value stands, or the nearest thing around it that is there.
    pub fn of(&self, pointer: &str) -> Position {
        let mut nearest = pointer;
        loop {
            if let Some(at) = self.values.get(nearest) {
                return *at;
            }
            match nearest.rsplit_once('/') {
                Some((parent, _)) => nearest = parent,
                None => return Position { line: 1, column: 1 },
            }
        }
    }

    /// Every pointer with its place.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Position)> {
        self.values.iter()
    }
}

struct Scan<'a> {
    rest: Peekable<Chars<'a>>,
    at: Position,
    found: Positions,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.at = Position {
                line: self.at.line + 1,
                column: 1,
            };
        } else {
            self.at.column += 1;
        }
        Some(c)
    }

    /// The next character that is neither blank nor one of the separators, without taking it.
    fn peek(&mut self) -> Option<char> {
        while let Some(&c) = self.rest.peek() {
            if !(c.is_ascii_whitespace() || c == ',' || c == ':') {
                return Some(c);
            }
            self.next();
        }
        None
    }

    fn value(&mut self, pointer: &str) {
        let Some(first) = self.peek() else { return };
        let at = self.at;
        if self.found.values.insert(pointer.to_owned(), at).is_some() {
            self.found.duplicates.push((pointer.to_owned(), at));
        }
        match first {
            '{' => self.object(pointer),
            '[' => self.array(pointer),
            '"' => drop(self.string()),
            _ => self.bare(),
        }
    }

    fn object(&mut self, pointer: &str) {
        self.next();
        while self.peek() == Some('"') {
            let key = self.string();
            self.value(&format!("{pointer}/{}", token(&key)));
        }
        self.next();
    }

    fn array(&mut self, pointer: &str) {
        self.next();
        let mut place = 0_usize;
        while self.peek().is_some_and(|c| c != ']') {
            self.value(&format!("{pointer}/{place}"));
            place += 1;
        }
        self.next();
    }

    /// Takes a string and says what it spells.
    fn string(&mut self) -> String {
        let mut raw = String::from('"');
        self.next();
        while let Some(c) = self.next() {
            raw.push(c);
            match c {
                '"' => break,
                '\\' => raw.extend(self.next()),
                _ => {}
            }
        }
        serde_json::from_str(&raw).unwrap_or_default()
    }

    /// Takes a number, `true`, `false` or `null`.
    fn bare(&mut self) {
        while self
            .rest
            .peek()
            .is_some_and(|c| !c.is_ascii_whitespace() && !",]}".contains(*c))
        {
            self.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn arbitrary_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,8}".prop_map(Value::from),
            "[\"\\\\/~{}\\[\\],:\n]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::hash_map("[a-c~/\"\\\\{}:é]{0,3}", inner, 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    fn rest_at(text: &str, at: Position) -> String {
        let lines: Vec<&str> = text.split('\n').skip(at.line - 1).collect();
        lines.join("\n").chars().skip(at.column - 1).collect()
    }

    fn count(value: &Value) -> usize {
        1 + match value {
            Value::Array(items) => items.iter().map(count).sum(),
            Value::Object(members) => members.values().map(count).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0_usize,
        }
    }

    proptest! {
        /// What stands at the place of a pointer is what the pointer names, for every value.
        #[test]
        fn every_value_stands_where_it_is_said_to(value in arbitrary_json(), pretty: bool) {
            let text = if pretty {
                format!("{value:#}")
            } else {
                value.to_string()
            };
            let positions = Positions::scan(&text);
            prop_assert_eq!(positions.iter().count(), count(&value));
            for (pointer, at) in positions.iter() {
                let rest = rest_at(&text, *at);
                let mut values = serde_json::Deserializer::from_str(&rest).into_iter::<Value>();
                let there = values.next().and_then(Result::ok);
                prop_assert_eq!(there.as_ref(), value.pointer(pointer), "{}", pointer);
            }
        }
    }

    #[test]
    fn a_key_written_twice_is_found() {
        let positions = Positions::scan("{\"a\": 1,\n  \"b\": {\"a\": 2},\n  \"a\": 3}");
        assert_eq!(
            positions.duplicates,
            [("/a".to_owned(), Position { line: 3, column: 8 })]
        );
    }

    #[test]
    fn a_missing_value_is_placed_at_what_should_hold_it() {
        let text = format!("{:#}", json!({"a": [{"b": 1}]}));
        let positions = Positions::scan(&text);
        assert_eq!(positions.of("/a/0/c"), positions.of("/a/0"));
        assert_eq!(positions.of("/a/0").line, 3);
        assert_eq!(positions.of("/nothing"), Position { line: 1, column: 1 });
    }
}
