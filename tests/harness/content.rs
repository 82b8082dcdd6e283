//! Faults of a request's content that a test expects.

use crate::client::Response;

/// A fault that an answer must name.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is asserted before `Response::names`"]
pub struct Fault<'a> {
    pointer: &'a str,
    code: &'a str,
}

/// The fault of that code at that place. Written with both texts in full, it counts as the test of
/// that code.
pub const fn fault<'a>(pointer: &'a str, code: &'a str) -> Fault<'a> {
    Fault { pointer, code }
}

impl Response {
    /// Panics, showing the body, unless it is a problem that names this fault, and no other code at
    /// the same place.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "often only the check is wanted"
    )]
    pub fn names(self, expected: Fault<'_>) -> Self {
        self.lists("errors", expected)
    }

    /// The same among what a check before filing only doubts.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "often only the check is wanted"
    )]
    pub fn doubts(self, expected: Fault<'_>) -> Self {
        self.lists("doubts", expected)
    }

    #[track_caller]
    fn lists(self, list: &str, expected: Fault<'_>) -> Self {
        let Fault { pointer, code } = expected;
        let problem = self.json();
        let faults = problem[list].as_array().map_or(&[][..], Vec::as_slice);
        let here: Vec<_> = faults
            .iter()
            .filter(|fault| fault["pointer"] == pointer)
            .map(|fault| fault["code"].as_str().unwrap_or_default())
            .collect();
        assert_eq!(here, [code], "at {pointer}: {problem}");
        self
    }
}
