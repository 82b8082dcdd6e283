//! How far a phone has come: signed, and good for one account only.

use domain::{
    feed::{cursor_is_old, cursor_stands},
    ids::{DossierId, PersonId},
    time::Time,
};

use crate::{
    api_code::ApiCode,
    failure::Failure,
    page::{List, PageTokens},
};

/// How far a phone has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The place in the log up to which everything is told.
    pub seq: i64,
    /// When it was given.
    pub given: Time,
    /// The catalogue that is known.
    pub generation: i64,
    /// A digest of the mandates whose dossiers are known.
    pub mandates: u32,
    /// What of the whole is still to be told, before the log is followed.
    pub whole: Option<Part>,
}

/// A part of the whole, and where it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// 0: the citizen's own dossiers; from 1 on, those that the mandates held open.
    pub of: u16,
    /// After which dossier.
    pub after: Option<(Time, DossierId)>,
}

impl Part {
    /// Everything.
    pub const ALL: Self = Self { of: 0, after: None };
    /// What mandates open.
    pub const MANDATED: Self = Self { of: 1, after: None };
}

/// As it is signed: numbers only, for each byte of it travels with each answer.
type Written = (i64, i64, i64, u32, Option<(u16, Option<(i64, DossierId)>)>);

impl Cursor {
    /// The same, given now if it is old.
    #[must_use]
    pub fn renewed(self, now: Time) -> Self {
        let given = if cursor_is_old(self.given, now) {
            now
        } else {
            self.given
        };
        Self { given, ..self }
    }

    /// As it travels.
    ///
    /// # Errors
    /// `internal`.
    pub fn sign(self, tokens: &PageTokens, person: PersonId) -> Result<String, Failure> {
        let Self {
            seq,
            given,
            generation,
            mandates,
            whole,
        } = self;
        let whole = whole.map(|Part { of, after }| (of, after.map(|(at, id)| (at.micros(), id))));
        let written: Written = (seq, given.micros() / SECOND, generation, mandates, whole);
        tokens.sign(&list(person), &written)
    }

    /// From what a phone sends.
    ///
    /// # Errors
    /// `invalid-cursor` if it was altered or is another account's, `cursor-expired`.
    pub fn open(
        tokens: &PageTokens,
        person: PersonId,
        text: &str,
        now: Time,
    ) -> Result<Self, Failure> {
        let refused = || Failure::from(ApiCode::InvalidCursor);
        let written: Option<Written> = tokens
            .open(&list(person), Some(text))
            .map_err(|_| refused())?;
        let (seq, given, generation, mandates, whole) = written.ok_or_else(refused)?;
        let instant = |micros| Time::from_micros(micros).ok_or_else(refused);
        let given = instant(given.saturating_mul(SECOND))?;
        if !cursor_stands(given, now) {
            return Err(ApiCode::CursorExpired.into());
        }
        let part = |(of, after): (u16, Option<(i64, DossierId)>)| {
            let after = after.map(|(at, id)| instant(at).map(|at| (at, id)));
            after.transpose().map(|after| Part { of, after })
        };
        Ok(Self {
            seq,
            given,
            generation,
            mandates,
            whole: whole.map(part).transpose()?,
        })
    }
}

/// In microseconds.
const SECOND: i64 = 1_000_000;

/// Cursors are no page tokens of any list.
fn list(person: PersonId) -> List<'static, ()> {
    List {
        operation: "get_changes",
        principal: person.uuid(),
        filter: &(),
    }
}
