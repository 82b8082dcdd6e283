//! Pages of lists: opaque tokens nobody can make or move to another list, filter or caller.

use aws_lc_rs::hmac::{self, Key};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::time::Time;
use persistence::page::Limit;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{
    api_code::ApiCode,
    auth::keyring::Keyring,
    failure::{Failure, FieldError, Refusal},
};

/// How many items a page has unless asked.
pub const DEFAULT_SIZE: u8 = 20;
/// How many items a page has at most.
pub const LARGEST_SIZE: u8 = 100;
/// The longest token, in characters, as the document says.
pub const LONGEST_TOKEN: usize = 600;

/// The page's own parameters, for lists that cannot be narrowed.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// How many items a page has, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// The bytes of the mark at the end of a token.
const MARK: usize = 16;

/// Signs and opens page tokens.
#[derive(Debug)]
pub struct PageTokens {
    key: Key,
}

/// What a token is bound to besides the place it names.
#[derive(Debug, Clone, Copy)]
pub struct List<'a, F> {
    /// The operation's id in the document.
    pub operation: &'a str,
    /// The caller; nil where anybody may ask.
    pub principal: Uuid,
    /// The filters and the order asked for, without the page's own parameters.
    pub filter: &'a F,
}

impl PageTokens {
    /// Tokens of this installation.
    pub fn new(keyring: &Keyring) -> Self {
        Self {
            key: keyring.derived("page tokens"),
        }
    }

    /// The token of the page that begins after `place` (sort key and id of the last item).
    ///
    /// # Errors
    /// `internal` when the place or the filter does not serialise.
    pub fn sign<K: Serialize, F: Serialize>(
        &self,
        list: &List<'_, F>,
        place: &K,
    ) -> Result<String, Failure> {
        let place = serde_json::to_vec(place).map_err(Failure::internal)?;
        let mark = hmac::sign(&self.key, &message(list, &place)?);
        let mut token = place;
        token.extend(mark.as_ref().iter().take(MARK));
        Ok(BASE64_URL_SAFE_NO_PAD.encode(token))
    }

    /// Where a list by instant and id goes on, and how many rows it shows.
    ///
    /// # Errors
    /// Those of [`PageTokens::open`] and [`size`].
    pub fn begin<I: DeserializeOwned, F: Serialize>(
        &self,
        list: &List<'_, F>,
        (asked, token): (Option<u8>, Option<&str>),
    ) -> Result<(Option<(Time, I)>, Limit), Failure> {
        let mark: Option<(i64, I)> = self.open(list, token)?;
        let after = mark.and_then(|(micros, id)| Some((Time::from_micros(micros)?, id)));
        Ok((after, Limit::new(size(asked)?.into()).unwrap_or_default()))
    }

    /// The token of the page after such a one, if there is more.
    ///
    /// # Errors
    /// As [`PageTokens::sign`].
    pub fn next<I: Serialize, F: Serialize>(
        &self,
        list: &List<'_, F>,
        after: Option<(Time, I)>,
    ) -> Result<Option<String>, Failure> {
        after
            .map(|(at, id)| self.sign(list, &(at.micros(), id)))
            .transpose()
    }

    /// The place a token names; `None` for the first page.
    ///
    /// # Errors
    /// `invalid-page-token` if it was altered or belongs to another list, filter or caller.
    pub fn open<K: DeserializeOwned, F: Serialize>(
        &self,
        list: &List<'_, F>,
        token: Option<&str>,
    ) -> Result<Option<K>, Failure> {
        let Some(token) = token else {
            return Ok(None);
        };
        let refused = || Failure::from(Refusal::new(ApiCode::InvalidPageToken));
        if token.len() > LONGEST_TOKEN {
            return Err(refused());
        }
        let token = BASE64_URL_SAFE_NO_PAD
            .decode(token)
            .map_err(|_| refused())?;
        let (place, mark) = token.split_last_chunk::<MARK>().ok_or_else(refused)?;
        let expected = hmac::sign(&self.key, &message(list, place)?);
        let expected = expected
            .as_ref()
            .first_chunk::<MARK>()
            .ok_or_else(refused)?;
        if !bool::from(subtle::ConstantTimeEq::ct_eq(
            expected.as_slice(),
            mark.as_slice(),
        )) {
            return Err(refused());
        }
        serde_json::from_slice(place)
            .map(Some)
            .map_err(|_| refused())
    }
}

/// What is signed; every part but the last has a length before it, so that none runs into the next.
fn message<F: Serialize>(list: &List<'_, F>, place: &[u8]) -> Result<Vec<u8>, Failure> {
    let List {
        operation,
        principal,
        filter,
    } = *list;
    let filter = serde_json::to_vec(filter).map_err(Failure::internal)?;
    let mut message = Vec::new();
    for part in [operation.as_bytes(), principal.as_bytes(), &filter] {
        message.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        message.extend_from_slice(part);
    }
    message.extend_from_slice(place);
    Ok(message)
}

/// The asked-for size of a page.
///
/// # Errors
/// `invalid-parameter` outside 1 to 100.
pub fn size(asked: Option<u8>) -> Result<u8, Failure> {
    match asked {
        None => Ok(DEFAULT_SIZE),
        Some(size) if (1..=LARGEST_SIZE).contains(&size) => Ok(size),
        Some(_) => Err(Refusal::new(ApiCode::InvalidParameter)
            .at(FieldError::edge("page_size", ApiCode::InvalidParameter))
            .into()),
    }
}

/// Makes the type of one list's page, so that the document names it: the generator would write a
/// generic page out in full wherever it occurs.
///
/// `page_type!(/** A page of dossiers. */ DossierPage of DossierSummary);`
#[macro_export]
macro_rules! page_type {
    ($(#[$doc:meta])* $name:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub struct $name {
            /// The items, in the order asked for.
            #[schema(max_items = 100)]
            pub items: Vec<$item>,
            /// Send it as `page_token` for the next page; null on the last one.
            #[schema(max_length = 600)]
            pub next_page_token: Option<String>,
        }
    };
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    #[test]
    #[rustfmt::skip]
    fn a_token_opens_only_for_the_same_list_filter_and_caller() {
        let folder = tempfile::tempdir().unwrap();
        let tokens = PageTokens::new(&Keyring::open(folder.path()).unwrap());
        let list = List { operation: "list_dossiers", principal: Uuid::from_u128(1), filter: &("accepted", 20) };
        let place = ("2026-11-23".to_owned(), Uuid::from_u128(9));
        let token = tokens.sign(&list, &place).unwrap();
        let open = |list, token| tokens.open::<(String, Uuid), _>(&list, token).ok().flatten();
        assert_eq!(open(list, Some(token.as_str())), Some(place));
        for other in [
            List { operation: "list_results", ..list },
            List { principal: Uuid::from_u128(2), ..list },
            List { filter: &("refused", 20), ..list },
        ] {
            assert_eq!(open(other, Some(token.as_str())), None, "{other:?}");
        }
        assert_eq!(open(list, Some("")), None);
        assert!(tokens.open::<(String, Uuid), _>(&list, Some("")).is_err());
        assert!(tokens.open::<(String, Uuid), _>(&list, None).unwrap().is_none());
    }

    #[test]
    fn an_altered_token_does_not_open() {
        let folder = tempfile::tempdir().unwrap();
        let tokens = PageTokens::new(&Keyring::open(folder.path()).unwrap());
        let list = List {
            operation: "list_dossiers",
            principal: Uuid::nil(),
            filter: &(),
        };
        let token = tokens.sign(&list, &7_u32).unwrap();
        for place in 0..token.len() {
            let mut altered = token.clone().into_bytes();
            let byte = altered.get_mut(place).unwrap();
            *byte = if *byte == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            let opened = tokens.open::<u32, _>(&list, Some(&altered));
            assert!(altered == token || opened.is_err(), "{place}");
        }
    }

    #[test]
    fn sizes_are_bounded() {
        assert_eq!(size(None).ok(), Some(20));
        assert_eq!(size(Some(100)).ok(), Some(100));
        assert!(size(Some(0)).is_err() && size(Some(101)).is_err());
    }
}
