//! The one way to providers of messages: no redirects, no plain HTTP beyond this machine, and bounds on
//! time and size.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use openidconnect::url::Url;
use reqwest::{RequestBuilder, StatusCode, header::RETRY_AFTER};
use serde_json::Value;

use super::channels::Answer;
use crate::config::identity_provider::is_loopback;

/// The largest answer that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// How long somebody may ask to be left alone: a day.
const LONGEST_PAUSE: i64 = 24 * 60 * 60;

/// How long one answer may take, in seconds, and whether plain HTTP is accepted on this very machine.
pub(super) type Bounds = (u32, bool);

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) retry_after: Option<chrono::Duration>,
    /// Nothing where it was no JSON.
    pub(super) body: Option<Value>,
}

/// The way to one provider.
#[derive(Debug, Clone)]
pub(super) struct Outward {
    client: reqwest::Client,
}

impl Outward {
    pub(super) fn new((seconds, insecure_loopback): Bounds) -> anyhow::Result<Self> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(seconds.into()))
            .referer(false)
            .pool_idle_timeout(Duration::from_secs(20))
            .pool_max_idle_per_host(2);
        let builder = if insecure_loopback {
            builder.no_proxy()
        } else {
            builder.https_only(true)
        };
        let client = builder.build().context("no client for providers")?;
        Ok(Self { client })
    }

    /// A request to an address that was [checked](address).
    pub(super) fn post(&self, url: &Url) -> RequestBuilder {
        self.client.post(url.as_str())
    }

    pub(super) fn get(&self, url: &Url) -> RequestBuilder {
        self.client.get(url.as_str())
    }
}

/// An address that may be asked: with TLS, or on this very machine where that is allowed.
pub(super) fn address(name: &str, url: &str, (_, insecure): Bounds) -> anyhow::Result<Url> {
    let url = Url::parse(url).with_context(|| format!("{name} is no address"))?;
    let may_ask =
        url.scheme() == "https" || (url.scheme() == "http" && insecure && is_loopback(&url));
    ensure!(
        may_ask,
        "{name}: https is needed; plain http only with notices.insecure_loopback and on this machine"
    );
    Ok(url)
}

/// Sends it and reads the answer; nothing when none came in time, or one that is too large.
pub(super) async fn asked(request: RequestBuilder) -> Option<Reply> {
    let mut answer = request.send().await.ok()?;
    let status = answer.status();
    let retry_after = answer.headers().get(RETRY_AFTER);
    let retry_after = retry_after
        .and_then(|value| value.to_str().ok()?.parse::<i64>().ok())
        .filter(|seconds| (0..=LONGEST_PAUSE).contains(seconds))
        .map(chrono::Duration::seconds);
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.ok()? {
        if body.len() + piece.len() > LARGEST {
            return None;
        }
        body.extend_from_slice(&piece);
    }
    Some(Reply {
        status,
        retry_after,
        body: serde_json::from_slice(&body).ok(),
    })
}

impl Reply {
    /// What the status alone says, where it says enough.
    pub(super) fn trouble(&self) -> Option<Answer> {
        match self.status.as_u16() {
            429 => Some(Answer::Throttled(self.retry_after)),
            503 if self.retry_after.is_some() => Some(Answer::Throttled(self.retry_after)),
            401 | 403 => Some(Answer::Failed("the provider does not let us in".to_owned())),
            408 | 500..=599 => Some(Answer::Failed(format!("status {}", self.status.as_u16()))),
            200..=299 => None,
            100..=199 | 300..=399 => {
                Some(Answer::Failed(format!("status {}", self.status.as_u16())))
            }
            _ => Some(Answer::Refused("refused")),
        }
    }

    /// A text in the answer, by its JSON pointer.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.body.as_ref()?.pointer(pointer)?.as_str()
    }
}

/// That no answer came.
pub(super) fn silence() -> Answer {
    Answer::Failed("no answer in time".to_owned())
}

/// That it said yes in words nobody can read.
pub(super) fn garbage() -> Answer {
    Answer::Failed("an answer that is none".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only_and_only_when_allowed() {
        for (url, insecure, usable) in [
            ("https://sms.example/messages", false, true),
            ("http://sms.example/messages", true, false),
            ("http://127.0.0.1:4000/sms", false, false),
            ("http://127.0.0.1:4000/sms", true, true),
            ("ftp://127.0.0.1/sms", true, false),
            ("sms.example", true, false),
        ] {
            assert_eq!(address("url", url, (5, insecure)).is_ok(), usable, "{url}");
        }
    }

    fn reply(status: u16, seconds: Option<i64>) -> Option<Answer> {
        let reply = Reply {
            status: StatusCode::from_u16(status).unwrap_or_default(),
            retry_after: seconds.map(chrono::Duration::seconds),
            body: None,
        };
        reply.trouble()
    }

    #[test]
    fn a_status_says_whether_to_come_again() {
        let minute = Some(chrono::Duration::seconds(60));
        assert_eq!(reply(429, Some(60)), Some(Answer::Throttled(minute)));
        assert_eq!(reply(429, None), Some(Answer::Throttled(None)));
        assert_eq!(reply(503, Some(60)), Some(Answer::Throttled(minute)));
        for status in [301, 401, 403, 408, 500, 502, 503] {
            assert!(
                matches!(reply(status, None), Some(Answer::Failed(_))),
                "{status}"
            );
        }
        for status in [400, 404, 410, 422] {
            assert_eq!(
                reply(status, None),
                Some(Answer::Refused("refused")),
                "{status}"
            );
        }
        assert_eq!(reply(200, None), None);
    }
}
