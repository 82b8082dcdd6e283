//! E-mail, over SMTP.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, ensure};
use domain::{
    notices::{NoticeChannel, told},
    time::Time,
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{AsyncSmtpTransportBuilder, PoolConfig, authentication::Credentials},
};
use secrecy::ExposeSecret as _;
use tokio::sync::OnceCell;

use super::{
    channels::{Answer, Answering, Channel, Message},
    http::Bounds,
};
use crate::config::notices::{MailServer, MailTls, secret_in};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// How many connections are kept at most.
const CONNECTIONS: u32 = 4;

/// The mail server.
pub(super) struct Email {
    settings: MailServer,
    password_file: Option<PathBuf>,
    from: Mailbox,
    seconds: u32,
    /// Its pool wants a runtime, which there is when the first message is sent.
    transport: OnceCell<Transport>,
}

impl Email {
    pub(super) fn new(settings: &MailServer, (seconds, insecure): Bounds) -> anyhow::Result<Self> {
        let here = ["127.0.0.1", "::1", "localhost"].contains(&settings.host.as_str());
        ensure!(
            settings.tls != MailTls::None || (insecure && here),
            "notices.email.tls: none only with notices.insecure_loopback and on this machine"
        );
        if let Some(file) = &settings.password_file {
            secret_in(file)?;
        }
        let from = settings.from.parse::<Mailbox>();
        Ok(Self {
            password_file: settings.password_file.clone(),
            from: from.context("notices.email.from is no address")?,
            settings: settings.clone(),
            seconds,
            transport: OnceCell::new(),
        })
    }

    fn connected(&self) -> Result<Transport, Answer> {
        let no_way = |_| Answer::Failed("the mail server's name cannot be used".to_owned());
        let host = &self.settings.host;
        let builder: AsyncSmtpTransportBuilder = match self.settings.tls {
            MailTls::Implicit => Transport::relay(host).map_err(no_way)?,
            MailTls::Starttls => Transport::starttls_relay(host).map_err(no_way)?,
            MailTls::None => Transport::builder_dangerous(host),
        };
        let builder = builder
            .port(self.settings.port)
            .timeout(Some(Duration::from_secs(self.seconds.into())))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        let Some(file) = &self.password_file else {
            return Ok(builder.build());
        };
        let password = secret_in(file)
            .map_err(|_| Answer::Failed("the mail server's password cannot be read".to_owned()))?;
        let name = self.settings.user.clone().unwrap_or_default();
        let credentials = Credentials::new(name, password.expose_secret().to_owned());
        Ok(builder.credentials(credentials).build())
    }

    async fn sent(&self, message: &Message) -> Answer {
        let transport = self
            .transport
            .get_or_try_init(|| async { self.connected() })
            .await;
        let transport = match transport {
            Ok(transport) => transport,
            Err(answer) => return answer,
        };
        let Some(mail) = self.written(message) else {
            return Answer::Refused("no_address");
        };
        let patience = Duration::from_secs(self.seconds.into());
        match tokio::time::timeout(patience, transport.send(mail)).await {
            Err(_) => Answer::Failed("no answer in time".to_owned()),
            Ok(Ok(_)) => Answer::Taken {
                reference: None,
                reports: false,
            },
            Ok(Err(error)) if error.is_permanent() => Answer::Refused("refused"),
            Ok(Err(error)) => Answer::Failed(match error.status() {
                Some(code) => format!("the mail server says {code}"),
                None => "the mail server cannot be reached".to_owned(),
            }),
        }
    }

    /// The mail: what happened to which dossier, and nothing about a person. Its Message-ID is made of the
    /// notice's id, by which mailboxes tell repeats.
    fn written(&self, message: &Message) -> Option<lettre::Message> {
        let words = told(message.kind, &message.facts, message.act_by);
        let name = message
            .language
            .of(domain::text::Localized::new("Một Cửa", "Một Cửa"));
        let subject = format!("{name}: {}", message.language.of(words.title));
        let mut text = message.language.of(words.text);
        if let Some(action) = words.action {
            text.push_str("\n\n");
            text.push_str(&message.language.of(action));
        }
        text.push_str("\n\n");
        text.push_str(&message.language.of(domain::text::Localized::new(
            "Mở ứng dụng Một Cửa để xem chi tiết. Thư này không có liên kết nào.",
            "Open the Một Cửa app to see the rest. There is no link in this mail.",
        )));
        let to = message.to.reveal().parse::<Mailbox>().ok()?;
        lettre::Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .message_id(Some(format!(
                "<{}@{}>",
                message.id,
                self.from.email.domain()
            )))
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .ok()
    }
}

impl Channel for Email {
    fn channel(&self) -> NoticeChannel {
        NoticeChannel::Email
    }

    fn send<'a>(&'a self, message: &'a Message, _: Time) -> Answering<'a, Answer> {
        Box::pin(self.sent(message))
    }
}
