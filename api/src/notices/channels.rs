//! Ways to send a notice: what each is given, and what it answers.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use domain::{
    ids::NoticeId,
    notices::{Facts, NoticeChannel, NoticeKind},
    personal::Personal,
    time::Time,
};

use super::{email::Email, push::Push, sms::Sms, zalo::Zalo};
use crate::{config::NoticeSettings, extract::Language};

/// A notice on its way to one place.
#[derive(Debug, Clone)]
pub struct Message {
    /// The notice's id: what the provider tells repeats by.
    pub id: NoticeId,
    /// The device's token, the telephone number or the e-mail address.
    pub to: Personal<String>,
    /// What it tells.
    pub kind: NoticeKind,
    /// The coded facts.
    pub facts: Facts,
    /// By when something must be done.
    pub act_by: Option<Time>,
    /// The citizen's language.
    pub language: Language,
}

/// What a provider says to a message. Its words go to the log and to administrators: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It has taken it.
    Taken {
        /// What it calls the message.
        reference: Option<String>,
        /// Whether it can be asked later what became of it.
        reports: bool,
    },
    /// It will never take this message for this place.
    Refused(&'static str),
    /// The place is not there any more.
    Gone,
    /// It takes no more for now.
    Throttled(Option<chrono::Duration>),
    /// It did not answer, or with a fault of its own, or with what is no answer.
    Failed(String),
}

/// What a provider says when it is asked later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// It has arrived.
    Arrived,
    /// It will not arrive.
    Lost,
    /// It is not known, or not yet.
    Unknown,
}

/// An answer on its way.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A way to send notices. It may be given the same message twice, after a crash or a lost answer: it sends
/// the notice's id along, by which the provider tells repeats if it can.
pub trait Channel: Send + Sync {
    /// Which.
    fn channel(&self) -> NoticeChannel;

    /// Sends a message.
    fn send<'a>(&'a self, message: &'a Message, now: Time) -> Answering<'a, Answer>;

    /// Asks what became of a message that was taken.
    fn look<'a>(&'a self, _: &'a str, _: &'a Message) -> Answering<'a, Whereabouts> {
        Box::pin(async { Whereabouts::Unknown })
    }
}

/// The ways that are connected here.
#[derive(Clone, Default)]
pub struct Channels(Vec<Arc<dyn Channel>>);

impl fmt::Debug for Channels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Channels").field(&self.names()).finish()
    }
}

impl Channels {
    /// The ways of this configuration. Nothing is asked of anybody yet.
    ///
    /// # Errors
    /// When a configuration cannot be used, or a file of it cannot be read.
    pub fn new(settings: &NoticeSettings) -> anyhow::Result<Self> {
        let NoticeSettings {
            push,
            sms,
            zalo,
            email,
            timeout_seconds,
            insecure_loopback,
        } = settings;
        let bounds = (*timeout_seconds, *insecure_loopback);
        let mut channels: Vec<Arc<dyn Channel>> = Vec::new();
        if let Some(push) = push {
            channels.push(Arc::new(Push::new(push, bounds)?));
        }
        if let Some(zalo) = zalo {
            channels.push(Arc::new(Zalo::new(zalo, bounds)?));
        }
        if let Some(sms) = sms {
            channels.push(Arc::new(Sms::new(sms, bounds)?));
        }
        if let Some(email) = email {
            channels.push(Arc::new(Email::new(email, bounds)?));
        }
        Ok(Self(channels))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Channel>> {
        self.0.iter()
    }

    /// Which there are.
    pub fn names(&self) -> Vec<NoticeChannel> {
        self.0.iter().map(|it| it.channel()).collect()
    }

    /// One of them.
    pub fn get(&self, channel: NoticeChannel) -> Option<&Arc<dyn Channel>> {
        self.0.iter().find(|it| it.channel() == channel)
    }
}

/// The outbox's topic of a channel.
pub(super) const fn topic(channel: NoticeChannel) -> &'static str {
    match channel {
        NoticeChannel::Push => "notice_push",
        NoticeChannel::Zalo => "notice_zalo",
        NoticeChannel::Sms => "notice_sms",
        NoticeChannel::Email => "notice_email",
    }
}
