//! One-time codes: asked for, and looked at when they are shown.

use chrono::Duration;
use domain::{
    ids::{CodeRequestId, Id, PersonId},
    personal::Personal,
    sessions::{Account, CodePurpose, Sent, may_send},
    time::Time,
};
use persistence::{
    Json, Tx,
    one_time_codes::{self, OneTimeCode},
    outbox::{self, NewEntry},
    people,
    sessions::knows_device,
    throttles,
};
use serde_json::json;
use uuid::Uuid;

use super::{device::Device, throttle::Sending};
use crate::{
    api_code::ApiCode,
    app::App,
    auth::{one_time_codes::OneTimeCodes, refresh_tokens::RefreshTokens},
    extract::Network,
    failure::{Failure, Refusal},
};

/// The outbox's topic for codes to be delivered.
pub const DELIVERY: &str = "one_time_code";

/// A code to be sent.
#[derive(Debug)]
pub struct RequestOtp {
    now: Time,
    number: Personal<String>,
    code: Personal<String>,
    row: OneTimeCode,
    device: Device,
    /// Where the asker is, if no known device says who it is.
    sending: Sending,
    pause: Duration,
    delivery: Uuid,
}

/// Who asks for a code, and what for.
#[derive(Debug)]
pub enum Asker {
    /// Somebody who wants to sign in, on this device.
    AtTheDoor(Device),
    /// A citizen who is signed in and wants to have this number.
    Citizen(PersonId),
}

impl RequestOtp {
    /// Makes the code, before the transaction that may have to run twice.
    ///
    /// # Errors
    /// `internal` when the machine gives no randomness.
    pub fn new(
        app: &App,
        number: Personal<String>,
        asker: Asker,
        network: &Network,
        now: Time,
    ) -> Result<Self, Failure> {
        let code = OneTimeCodes::generate()?;
        let id = app.ids.uuid(now);
        let limits = &app.config.sessions;
        let codes = &app.one_time_codes;
        let seconds = |seconds| Duration::seconds(i64::from(seconds));
        let (purpose, account, asker_digest, device) = match asker {
            Asker::AtTheDoor(device) => {
                let here = codes.asker_digest("network", network.as_str());
                (CodePurpose::SignIn, None, here, device)
            }
            Asker::Citizen(person) => {
                let who = codes.asker_digest("account", &person.to_string());
                (
                    CodePurpose::ChangeNumber,
                    Some(person),
                    who,
                    Device::default(),
                )
            }
        };
        Ok(Self {
            now,
            row: OneTimeCode {
                id,
                number_digest: codes.number_digest(number.reveal()),
                code_digest: codes.digest(id, code.reveal()),
                tries_left: i64::from(limits.one_time_code_tries),
                created_at: now,
                expires_at: now.plus(seconds(limits.one_time_code_seconds)),
                used_at: None,
                purpose,
                account,
                asker_digest,
                known_device: false,
            },
            number,
            code,
            device,
            sending: app.throttle.sending(network, now),
            pause: seconds(limits.one_time_code_pause_seconds),
            delivery: app.ids.uuid(now),
        })
    }

    /// The name of the request, to be shown with the code.
    pub fn id(&self) -> CodeRequestId {
        Id::from_uuid(self.row.id)
    }

    /// The digits, as they are delivered.
    #[cfg(test)]
    pub(crate) fn code(&self) -> &str {
        self.code.reveal()
    }

    /// The row, for a device the number's account knows, or for anybody.
    fn row_for(
        &self,
        tx: &mut Tx,
        codes: &OneTimeCodes,
        keys: &RefreshTokens,
    ) -> Result<OneTimeCode, Failure> {
        let mut row = self.row.clone();
        let owner = people::by_phone(tx, &self.number)?;
        if let (Some(owner), Some(id)) = (owner, &self.device.id) {
            let account = Account::Citizen(owner.id);
            let digest = keys.device_digest(account, id.reveal());
            if knows_device(tx, account, &digest)? {
                row.known_device = true;
                row.asker_digest = codes.asker_digest("device", id.reveal());
            }
        }
        Ok(row)
    }
}

/// Keeps the digest of a new code and hands the code to the outbox.
///
/// # Errors
/// `too-many-requests` when the asker got one just now, or asker, number or network enough for a day.
pub fn request_otp(
    tx: &mut Tx,
    codes: &OneTimeCodes,
    keys: &RefreshTokens,
    command: &RequestOtp,
) -> Result<(), Failure> {
    let now = command.now;
    throttles::lock(tx, &command.row.number_digest, now)?;
    let row = command.row_for(tx, codes, keys)?;
    let since = now.plus(-Duration::days(1));
    let sent = one_time_codes::unused_since(tx, &row.number_digest, since)?;
    let sent: Vec<Sent> = sent
        .into_iter()
        .map(|earlier| Sent {
            at: earlier.created_at,
            same_asker: earlier.asker_digest == row.asker_digest,
            known_device: earlier.known_device,
        })
        .collect();
    if let Err(wait) = may_send(&sent, row.known_device, now, command.pause) {
        let seconds = u32::try_from(wait.num_seconds() + 1).unwrap_or(u32::MAX);
        let refusal = Refusal::new(ApiCode::TooManyRequests);
        return Err(refusal.retry_after(seconds).into());
    }
    if !row.known_device {
        command.sending.pay(tx)?;
    }
    one_time_codes::insert(tx, &row)?;
    let delivery = command.delivery;
    outbox::put(
        tx,
        NewEntry {
            id: Id::from_uuid(delivery),
            topic: DELIVERY,
            key: &delivery.to_string(),
            payload: Json::of(&json!({
                "number": command.number.reveal(),
                "code": command.code.reveal(),
                "expires_at": row.expires_at,
            }))?,
            now,
        },
    )?;
    Ok(())
}

/// A code as it is shown.
#[derive(Debug)]
pub struct ShownCode {
    /// The request it was sent for.
    pub request: CodeRequestId,
    /// The number it was sent to, in E.164.
    pub number: Personal<String>,
    /// The digits.
    pub code: Personal<String>,
    /// What is to be done with it.
    pub purpose: CodePurpose,
    /// For whom, where that has to be the one who asked.
    pub account: Option<PersonId>,
    /// When.
    pub now: Time,
}

/// What a shown code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// The right one; it is used up by this.
    Fits,
    /// A wrong one of a request that is open: one of its tries is gone.
    Wrong,
    /// One of a request that is not there, is over, or is for something else.
    NoSuchRequest,
}

/// Looks at a code. Whoever does not know the request cannot use up its tries.
///
/// # Errors
/// As the store reports them.
pub fn look_at(tx: &mut Tx, codes: &OneTimeCodes, shown: &ShownCode) -> Result<Looked, Failure> {
    let Some(sent) = one_time_codes::lock(tx, shown.request.uuid())? else {
        return Ok(Looked::NoSuchRequest);
    };
    let meant = sent.number_digest == codes.number_digest(shown.number.reveal())
        && sent.purpose == shown.purpose
        && sent.account == shown.account;
    let open = sent.used_at.is_none() && sent.tries_left > 0 && shown.now < sent.expires_at;
    if !meant || !open {
        return Ok(Looked::NoSuchRequest);
    }
    if !codes.fits(sent.id, shown.code.reveal(), &sent.code_digest) {
        one_time_codes::count_try(tx, &sent)?;
        return Ok(Looked::Wrong);
    }
    one_time_codes::use_up(tx, &sent, shown.now)?;
    Ok(Looked::Fits)
}
