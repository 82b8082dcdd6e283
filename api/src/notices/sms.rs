//! Text messages through a gateway: plain JSON over HTTP, as the aggregators in Viet Nam offer it.

use std::path::PathBuf;

use domain::{
    notices::{NoticeChannel, sms},
    time::Time,
};
use openidconnect::url::Url;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{
    channels::{Answer, Answering, Channel, Message, Whereabouts},
    http::{Bounds, Outward, address, asked, garbage, silence},
};
use crate::config::notices::{SmsGateway, secret_in};

/// The gateway.
pub(super) struct Sms {
    outward: Outward,
    url: Url,
    status_url: Option<Url>,
    token_file: PathBuf,
    sender: String,
}

impl Sms {
    pub(super) fn new(settings: &SmsGateway, bounds: Bounds) -> anyhow::Result<Self> {
        let SmsGateway {
            url,
            status_url,
            token_file,
            sender,
        } = settings;
        secret_in(token_file)?;
        let status_url = status_url.as_deref();
        Ok(Self {
            outward: Outward::new(bounds)?,
            url: address("notices.sms.url", url, bounds)?,
            status_url: status_url
                .map(|url| address("notices.sms.status_url", url, bounds))
                .transpose()?,
            token_file: token_file.clone(),
            sender: sender.clone(),
        })
    }

    async fn sent(&self, message: &Message) -> Answer {
        let Ok(token) = secret_in(&self.token_file) else {
            return Answer::Failed("the gateway's token cannot be read".to_owned());
        };
        let body = json!({
            "to": message.to.reveal(),
            "from": self.sender,
            "text": sms(message.kind, &message.facts, message.act_by),
            "reference": message.id,
        });
        let request = self.outward.post(&self.url);
        let request = request.bearer_auth(token.expose_secret()).json(&body);
        let Some(reply) = asked(request).await else {
            return silence();
        };
        if let Some(trouble) = reply.trouble() {
            return trouble;
        }
        match reply.text("/id") {
            Some(id) if id.len() <= 200 => Answer::Taken {
                reference: Some(id.to_owned()),
                reports: self.status_url.is_some(),
            },
            _ => garbage(),
        }
    }

    async fn seen(&self, reference: &str) -> Option<Whereabouts> {
        let mut url = self.status_url.clone()?;
        url.path_segments_mut().ok()?.pop_if_empty().push(reference);
        let token = secret_in(&self.token_file).ok()?;
        let request = self.outward.get(&url).bearer_auth(token.expose_secret());
        let reply = asked(request).await?;
        Some(match reply.text("/state")? {
            "delivered" => Whereabouts::Arrived,
            "failed" => Whereabouts::Lost,
            _ => Whereabouts::Unknown,
        })
    }
}

impl Channel for Sms {
    fn channel(&self) -> NoticeChannel {
        NoticeChannel::Sms
    }

    fn send<'a>(&'a self, message: &'a Message, _: Time) -> Answering<'a, Answer> {
        Box::pin(self.sent(message))
    }

    fn look<'a>(&'a self, reference: &'a str, _: &'a Message) -> Answering<'a, Whereabouts> {
        Box::pin(async move { self.seen(reference).await.unwrap_or(Whereabouts::Unknown) })
    }
}
