//! By which ways somebody wants to be told what, on the wire.

use std::collections::BTreeMap;

use domain::{
    notices::{NoticeChannel, NoticeGroup, NoticeKind, NoticePreferences},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    text::has_hidden_characters,
};
use lettre::Address;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::use_cases::Wish;
use crate::failure::Failure;

/// The longest e-mail address, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;

/// Whether notices of a group go by a channel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeChoice {
    /// The channel.
    pub channel: NoticeChannel,
    /// The group.
    pub group: NoticeGroup,
    /// Whether they do.
    pub enabled: bool,
}

/// What is to be chosen. What is left out is as it would be anyway.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"choices": [{"channel": "sms", "group": "progress", "enabled": true}], "email": null}))]
pub struct NoticePreferencesBody {
    /// By which ways what goes. The inbox in the app has everything, and is no choice.
    #[schema(max_items = 16)]
    pub choices: Vec<NoticeChoice>,
    /// Where e-mail goes; null: nowhere.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 254)]
    pub email: Option<Personal<String>>,
}

/// By which ways somebody is told what.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticePreferencesView {
    /// Goes up by one with each change; 0 where nothing was chosen yet.
    #[schema(minimum = 0)]
    pub version: i64,
    /// Every channel and group.
    #[schema(max_items = 16)]
    pub choices: Vec<NoticeChoice>,
    /// Where e-mail goes.
    #[schema(value_type = Option<String>, max_length = 254)]
    pub email: Option<String>,
    /// What the law has told: it goes out by one channel at least, whatever is switched off.
    #[schema(max_items = 40)]
    pub always_told: Vec<NoticeKind>,
}

impl From<NoticePreferences> for NoticePreferencesView {
    fn from(preferences: NoticePreferences) -> Self {
        let mut choices = Vec::new();
        for channel in NoticeChannel::ALL.iter().copied() {
            for group in NoticeGroup::ALL.iter().copied() {
                choices.push(NoticeChoice {
                    channel,
                    group,
                    enabled: preferences.wants(channel, group),
                });
            }
        }
        let kinds = NoticeKind::ALL.iter().copied();
        Self {
            version: preferences.version,
            choices,
            email: preferences.email.map(Personal::into_revealed),
            always_told: kinds.filter(|kind| kind.is_mandatory()).collect(),
        }
    }
}

impl TryFrom<NoticePreferencesBody> for Wish {
    type Error = Failure;

    fn try_from(body: NoticePreferencesBody) -> Result<Self, Failure> {
        let NoticePreferencesBody { choices, email } = body;
        let mut faults = Vec::new();
        let mut chosen = BTreeMap::new();
        for (place, choice) in choices.iter().enumerate() {
            let key = (choice.channel, choice.group);
            if chosen.insert(key, choice.enabled).is_some() {
                faults.push(Fault::new(format!("/choices/{place}"), Code::Duplicate));
            }
        }
        if let Some(email) = &email {
            let text = email.reveal();
            if text.len() > LONGEST_EMAIL {
                faults.push(Fault::new("/email", Code::TooLong));
            } else if has_hidden_characters(text) || text.parse::<Address>().is_err() {
                faults.push(Fault::new("/email", Code::WrongFormat));
            }
        }
        Rejection::of_faults(faults)?;
        Ok(Self { chosen, email })
    }
}
