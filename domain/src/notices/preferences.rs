//! By which channels somebody wants to be told what.

use std::collections::BTreeMap;

use super::{NoticeChannel, NoticeGroup};
use crate::{ids::PersonId, personal::Personal, time::Time};

/// What somebody has chosen. The inbox in the app is no choice: it always has every notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticePreferences {
    /// Whose.
    pub person: PersonId,
    /// Goes up by one with each change; 1 where nothing was chosen yet.
    pub version: i64,
    /// What was chosen, where it is not what it would be anyway.
    pub chosen: BTreeMap<(NoticeChannel, NoticeGroup), bool>,
    /// Where e-mail goes.
    pub email: Option<Personal<String>>,
    /// When it last changed.
    pub updated_at: Option<Time>,
}

impl NoticePreferences {
    /// What holds for somebody who has chosen nothing.
    pub const fn untouched(person: PersonId) -> Self {
        Self {
            person,
            version: 1,
            chosen: BTreeMap::new(),
            email: None,
            updated_at: None,
        }
    }

    /// Whether notices of this group go this way. Unless something was chosen, what costs a message goes
    /// only where something must be done or has ended.
    pub fn wants(&self, channel: NoticeChannel, group: NoticeGroup) -> bool {
        let usually = match channel {
            NoticeChannel::Push | NoticeChannel::Email => true,
            NoticeChannel::Zalo | NoticeChannel::Sms => {
                matches!(group, NoticeGroup::ActionNeeded | NoticeGroup::Outcome)
            }
        };
        self.chosen
            .get(&(channel, group))
            .copied()
            .unwrap_or(usually)
    }
}
