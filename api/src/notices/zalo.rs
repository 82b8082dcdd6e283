//! Template messages in Zalo (ZNS), to the telephone number. Who has no Zalo, or has closed it to us, is
//! told by text message instead.

use std::path::PathBuf;

use anyhow::ensure;
use domain::{
    notices::{NoticeChannel, told},
    time::Time,
};
use openidconnect::url::Url;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{
    channels::{Answer, Answering, Channel, Message, Whereabouts},
    http::{Bounds, Outward, address, asked, garbage, silence},
};
use crate::config::notices::{ZaloAccount, secret_in};

/// The official account.
pub(super) struct Zalo {
    outward: Outward,
    url: Url,
    status_url: Url,
    token_file: PathBuf,
    template_id: String,
}

/// What a code of Zalo's means. Codes of the provider itself and of our credentials may pass; everything
/// else is about this message or this number, and a text message goes instead.
const fn meaning(code: i64) -> Option<Answer> {
    match code {
        0 => None,
        // No account of this number, or one that takes nothing of us.
        -108 | -110 | -114 | -118 | -119 | -134 | -139 | -140 => Some(Answer::Refused("no_zalo")),
        // From ten at night to six in the morning.
        -133 => Some(Answer::Refused("night")),
        -115 | -126 | -144 | -147 => Some(Answer::Refused("quota")),
        _ => Some(Answer::Refused("refused")),
    }
}

impl Zalo {
    pub(super) fn new(settings: &ZaloAccount, bounds: Bounds) -> anyhow::Result<Self> {
        let ZaloAccount {
            url,
            status_url,
            access_token_file,
            template_id,
        } = settings;
        secret_in(access_token_file)?;
        ensure!(!template_id.is_empty(), "notices.zalo.template_id is empty");
        Ok(Self {
            outward: Outward::new(bounds)?,
            url: address("notices.zalo.url", url, bounds)?,
            status_url: address("notices.zalo.status_url", status_url, bounds)?,
            token_file: access_token_file.clone(),
            template_id: template_id.clone(),
        })
    }

    /// The telephone number as Zalo writes it: without the plus.
    fn number(message: &Message) -> &str {
        let number = message.to.reveal();
        number.strip_prefix('+').unwrap_or(number)
    }

    async fn sent(&self, message: &Message) -> Answer {
        // Whoever renews the token writes the file: it holds for a day.
        let Ok(token) = secret_in(&self.token_file) else {
            return Answer::Failed("the access token cannot be read".to_owned());
        };
        let words = told(message.kind, &message.facts, message.act_by);
        let date = message.act_by.or(message.facts.due_at);
        let body = json!({
            "phone": Self::number(message),
            "template_id": self.template_id,
            "template_data": {
                "code": message.facts.code.as_deref().unwrap_or("–"),
                "status": words.title.vi,
                "date": date.map_or_else(|| "–".to_owned(), |it| it.date().format("%d/%m/%Y").to_string()),
            },
            "tracking_id": message.id,
        });
        let request = self.outward.post(&self.url).json(&body);
        let request = request.header("access_token", token.expose_secret());
        let Some(reply) = asked(request).await else {
            return silence();
        };
        if let Some(trouble) = reply.trouble() {
            return trouble;
        }
        let code = reply.body.as_ref().and_then(|body| body.pointer("/error"));
        let Some(code) = code.and_then(Value::as_i64) else {
            return garbage();
        };
        if matches!(code, -100 | -124) {
            return Answer::Failed(format!("Zalo says {code}"));
        }
        if let Some(refusal) = meaning(code) {
            return refusal;
        }
        match reply.text("/data/msg_id") {
            Some(id) if id.len() <= 200 => Answer::Taken {
                reference: Some(id.to_owned()),
                reports: true,
            },
            _ => garbage(),
        }
    }

    async fn seen(&self, reference: &str, message: &Message) -> Option<Whereabouts> {
        let token = secret_in(&self.token_file).ok()?;
        let mut url = self.status_url.clone();
        url.query_pairs_mut()
            .append_pair("message_id", reference)
            .append_pair("phone", Self::number(message));
        let request = self.outward.get(&url);
        let request = request.header("access_token", token.expose_secret());
        let body = asked(request).await?.body?;
        if body.pointer("/error")?.as_i64()? != 0 {
            return None;
        }
        Some(match body.pointer("/data/status")?.as_i64()? {
            1 => Whereabouts::Arrived,
            -1 => Whereabouts::Lost,
            _ => Whereabouts::Unknown,
        })
    }
}

impl Channel for Zalo {
    fn channel(&self) -> NoticeChannel {
        NoticeChannel::Zalo
    }

    fn send<'a>(&'a self, message: &'a Message, _: Time) -> Answering<'a, Answer> {
        Box::pin(self.sent(message))
    }

    fn look<'a>(&'a self, reference: &'a str, message: &'a Message) -> Answering<'a, Whereabouts> {
        Box::pin(async move {
            let seen = self.seen(reference, message).await;
            seen.unwrap_or(Whereabouts::Unknown)
        })
    }
}
