//! Ways to deliver: where SMS, push and other adapters plug in.

use std::{future::Future, pin::Pin};

use domain::{personal::Personal, time::Time};
use persistence::outbox::{Backoff, Entry};
use serde::Deserialize;

use crate::{people::number::ACCOUNT_NOTICE, sessions::codes::DELIVERY};

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// It is where it should be.
    Yes,
    /// Its time has passed: nobody needs it any more.
    Obsolete,
}

/// Why an entry could not be delivered now. Goes to the log and to administrators: no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Undelivered {
    /// Why.
    pub why: String,
    /// How long the other side wants to be left alone.
    pub retry_after: Option<chrono::Duration>,
}

impl Undelivered {
    /// For this reason, to be tried again when it is usual.
    pub fn because(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            retry_after: None,
        }
    }
}

/// A delivery under way.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Result<Delivered, Undelivered>> + Send + 'a>>;

/// A way to deliver the entries of one topic. It may be asked twice for the same entry, after a
/// crash: receivers tell repeats by the entry's id.
pub trait Deliver: Send + Sync {
    /// The topic.
    fn topic(&self) -> &'static str;

    /// When to try again, and when to give up.
    fn backoff(&self) -> Backoff;

    /// Whether the payload must not stay readable once it is delivered.
    fn is_secret(&self) -> bool;

    /// Delivers one entry.
    fn deliver<'a>(&'a self, entry: &'a Entry, now: Time) -> Delivery<'a>;
}

/// One-time codes, written to the log where the configuration says so: in development nothing else
/// delivers them.
#[derive(Debug, Clone, Copy)]
pub struct LoggedCodes {
    /// Whether the code may stand in the log.
    pub reveal: bool,
}

/// What the outbox holds of a code.
#[derive(Deserialize)]
struct CodePayload {
    number: Personal<String>,
    code: Personal<String>,
    expires_at: Time,
}

impl Deliver for LoggedCodes {
    fn topic(&self) -> &'static str {
        DELIVERY
    }

    /// More attempts than fit into a code's life: it becomes obsolete and is forgotten, it never
    /// lies among the dead letters.
    fn backoff(&self) -> Backoff {
        Backoff {
            first: chrono::Duration::seconds(5),
            longest: chrono::Duration::seconds(60),
            attempts: 1000,
        }
    }

    fn is_secret(&self) -> bool {
        true
    }

    fn deliver<'a>(&'a self, entry: &'a Entry, now: Time) -> Delivery<'a> {
        Box::pin(async move {
            let CodePayload {
                number,
                code,
                expires_at,
            } = parsed(entry)?;
            if now >= expires_at {
                return Ok(Delivered::Obsolete);
            }
            if !self.reveal {
                let why = "no way to send one-time codes is configured";
                return Err(Undelivered::because(why));
            }
            let (code, number) = (code.reveal(), number.reveal());
            let hidden = number.chars().count().saturating_sub(3);
            let ending: String = number.chars().skip(hidden).collect();
            tracing::warn!(
                code,
                number = format!("…{ending}"),
                "one-time code (reveal_codes)"
            );
            Ok(Delivered::Yes)
        })
    }
}

/// Notices about an account, to the number it had, as a line of the log that says what happened and
/// nothing about a person.
#[derive(Debug, Clone, Copy)]
pub struct LoggedAccountNotices;

/// What the outbox holds of a notice about an account.
#[derive(Deserialize)]
struct AccountPayload {
    kind: String,
}

impl Deliver for LoggedAccountNotices {
    fn topic(&self) -> &'static str {
        ACCOUNT_NOTICE
    }

    fn backoff(&self) -> Backoff {
        Backoff {
            first: chrono::Duration::seconds(10),
            longest: chrono::Duration::hours(1),
            attempts: 12,
        }
    }

    fn is_secret(&self) -> bool {
        true
    }

    fn deliver<'a>(&'a self, entry: &'a Entry, _: Time) -> Delivery<'a> {
        Box::pin(async move {
            let AccountPayload { kind } = parsed(entry)?;
            tracing::info!(kind, "account notice");
            Ok(Delivered::Yes)
        })
    }
}

/// The payload; the fault is named without quoting it.
pub(crate) fn parsed<T: serde::de::DeserializeOwned>(entry: &Entry) -> Result<T, Undelivered> {
    entry
        .payload
        .parse()
        .map_err(|_| Undelivered::because("the payload has another shape"))
}
