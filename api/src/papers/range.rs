//! One range of bytes (RFC 9110 §14).

use std::ops::Range;

/// What a request asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of it: no range, one in another unit, several, or one that makes no sense.
    Whole,
    /// These bytes; the range is not empty and lies within the file.
    Part(Range<u64>),
    /// Bytes the file does not have.
    Outside,
}

/// What the `Range` header asks of a file of this size.
pub fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let Some((first, last)) = header
        .and_then(|value| value.trim().strip_prefix("bytes="))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Wanted::Whole;
    };
    match (number(first), number(last)) {
        (Ok(None), Ok(Some(0))) => Wanted::Outside,
        (Ok(None), Ok(Some(count))) => part(size.saturating_sub(count)..size),
        (Ok(Some(first)), Ok(None)) if first < size => part(first..size),
        (Ok(Some(first)), Ok(Some(last))) if last < first => Wanted::Whole,
        (Ok(Some(first)), Ok(Some(last))) if first < size => {
            part(first..last.saturating_add(1).min(size))
        }
        (Ok(Some(_)), Ok(_)) => Wanted::Outside,
        (Ok(None), Ok(None)) | (Err(()), _) | (_, Err(())) => Wanted::Whole,
    }
}

fn part(range: Range<u64>) -> Wanted {
    if range.is_empty() {
        Wanted::Outside
    } else {
        Wanted::Part(range)
    }
}

fn number(text: &str) -> Result<Option<u64>, ()> {
    match text {
        "" => Ok(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            // More digits than a number holds name a place beyond every file.
            Ok(Some(digits.parse().unwrap_or(u64::MAX)))
        }
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Wanted::{Outside, Part, Whole},
        *,
    };

    #[test]
    fn one_range_is_taken_and_anything_else_is_the_whole() {
        for (header, expected) in [
            (None, Whole),
            (Some("bytes=0-0"), Part(0..1)),
            (Some("bytes=0-9"), Part(0..10)),
            (Some("bytes=2-100"), Part(2..10)),
            (Some("bytes=9-"), Part(9..10)),
            (Some("bytes=-3"), Part(7..10)),
            (Some("bytes=-30"), Part(0..10)),
            (Some("bytes=10-"), Outside),
            (Some("bytes=10-11"), Outside),
            (Some("bytes=-0"), Outside),
            (Some("bytes=99999999999999999999999-"), Outside),
            (Some("bytes=5-2"), Whole),
            (Some("bytes=-"), Whole),
            (Some("bytes=a-b"), Whole),
            (Some("bytes=0-1,4-5"), Whole),
            (Some("items=0-1"), Whole),
            (Some("bytes"), Whole),
        ] {
            assert_eq!(wanted(header, 10), expected, "{header:?}");
        }
        assert_eq!(wanted(Some("bytes=-1"), 0), Outside);
    }
}
