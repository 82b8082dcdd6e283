//! What an officer states a read is for: three headers, because a read has no body.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::{
    disclosures::{AccessPurpose, LONGEST_NOTE, SHORTEST_NOTE, checked_note},
    personal::Personal,
    time::Time,
};
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{KnownFormat, SchemaFormat, Type},
    },
};

use crate::{extract::headers::invalid, failure::Failure};

/// The header that names the purpose.
const PURPOSE: &str = "Access-Purpose";

/// The header with the reason in words.
const NOTE: &str = "Access-Purpose-Note";

/// The header with the last day on which the citizen does not see the read.
pub(super) const RESTRICTED_UNTIL: &str = "Access-Restricted-Until";

/// The longest note as it travels: each character at most three bytes, each of them three signs.
const LONGEST_HEADER: usize = LONGEST_NOTE * 9;

/// A purpose, stated.
#[derive(Debug, Clone)]
pub struct Stated {
    /// Which.
    pub purpose: AccessPurpose,
    /// The reason in words.
    pub note: Personal<String>,
    /// Until when the citizen does not see the read.
    pub restricted_until: Option<Time>,
}

/// The purpose an officer states, if any; of a citizen it is not used.
#[derive(Debug, Clone)]
pub struct StatedPurpose(pub Option<Stated>);

fn stated(request: &HttpRequest) -> Result<Option<Stated>, Failure> {
    // What is no reason, or no day, is told also where it would not be used.
    let note = header(request, NOTE)?;
    let note = note.map(|note| checked_note(&note).map_err(|_| invalid(NOTE)));
    let note = note.transpose()?;
    let until = header(request, RESTRICTED_UNTIL)?;
    let until = until.map(|day| end_of(&day).ok_or_else(|| invalid(RESTRICTED_UNTIL)));
    let restricted_until = until.transpose()?;
    let Some(purpose) = header(request, PURPOSE)? else {
        return Ok(None);
    };
    let purpose = AccessPurpose::parse(&purpose)
        .filter(|purpose| *purpose != AccessPurpose::Handling)
        .ok_or_else(|| invalid(PURPOSE))?;
    let note = note.ok_or_else(|| invalid(NOTE))?;
    Ok(Some(Stated {
        purpose,
        note: Personal::new(note),
        restricted_until,
    }))
}

/// The header's text, percent-encoded UTF-8: a header carries no Vietnamese otherwise.
fn header(request: &HttpRequest, name: &str) -> Result<Option<String>, Failure> {
    let mut values = request.headers().get_all(name);
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => match decoded(value.as_bytes()) {
            Some(text) => Ok(Some(text)),
            None => Err(invalid(name)),
        },
        (Some(_), Some(_)) => Err(invalid(name)),
    }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            // A sign before one digit would pass for a number.
            if digits.starts_with('+') {
                return None;
            }
            plain.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            plain.push(byte);
        }
    }
    String::from_utf8(plain).ok()
}

/// The end of a day in Viet Nam.
fn end_of(day: &str) -> Option<Time> {
    let day: NaiveDate = day.trim().parse().ok()?;
    let next = day.checked_add_days(Days::new(1))?;
    Some(Time::from_local(next.and_time(NaiveTime::MIN)))
}

impl FromRequest for StatedPurpose {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(stated(request).map(Self))
    }
}

impl IntoParams for StatedPurpose {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let named = AccessPurpose::ALL
            .iter()
            .filter(|purpose| **purpose != AccessPurpose::Handling)
            .map(|purpose| purpose.as_str());
        let day = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
        [
            (
                PURPOSE,
                "What an officer reads for, beyond the work of a role at the own agency. It must be one \
                 that a role of the officer may state; the read is written down and shown to the citizen.",
                text().enum_values(Some(named)),
                "complaint",
            ),
            (
                NOTE,
                "Why, in words, percent-encoded UTF-8, 10 to 300 characters; needed with a purpose. For \
                 the auditor; name nobody in it.",
                text().min_length(Some(SHORTEST_NOTE)).max_length(Some(LONGEST_HEADER)),
                "%C4%90%C6%A1n%20khi%E1%BA%BFu%20n%E1%BA%A1i%20s%E1%BB%91%2012",
            ),
            (
                RESTRICTED_UNTIL,
                "The last day on which the citizen does not see this read: for an auditor who inspects \
                 or settles a complaint, at most 180 days ahead.",
                day,
                "2026-12-31",
            ),
        ]
        .into_iter()
        .map(|(name, about, schema, example)| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some(about))
                .schema(Some(schema.build()))
                .example(Some(example.into()))
                .build()
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Time, decoded, end_of};

    #[test]
    fn a_note_travels_percent_encoded() {
        for (sent, read) in [
            (&b"%C4%90%C6%A1n s%E1%BB%91 12"[..], Some("Đơn số 12")),
            ("Đơn số 12".as_bytes(), Some("Đơn số 12")),
            (b"100%", None),
            (b"%+1", None),
            (b"%ff", None),
        ] {
            assert_eq!(decoded(sent).as_deref(), read);
        }
    }

    #[test]
    fn a_day_ends_at_midnight_in_viet_nam() {
        let end = end_of("2026-12-31").map(Time::rfc3339);
        assert_eq!(end.as_deref(), Some("2026-12-31T17:00:00Z"));
        assert_eq!(end_of("31/12/2026"), None);
    }
}
