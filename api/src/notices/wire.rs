//! Notices on the wire.

use domain::{
    ids::{AgencyId, DossierId, NoticeId, PushDeviceId},
    notices::{
        DeliveryState, Notice, NoticeAuthor, NoticeChannel, NoticeGroup, NoticeKind, PushPlatform,
        Told, told,
    },
    personal::Personal,
    time::Time,
};
use persistence::notices::deliveries::Delivery;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{disclosures::wire::agency_name, extract::Language, procedures::posted::Posted};

/// Which notices, and the page.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NoticeQuery {
    /// Only those that were not read.
    pub unread: Option<bool>,
    /// How many items a page has, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// The path of one notice.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NoticePath {
    /// The notice's id.
    #[param(value_type = uuid::Uuid)]
    pub notice_id: NoticeId,
}

/// The path of one device.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DevicePath {
    /// What the app calls this device: a UUID it made once and keeps.
    #[param(value_type = uuid::Uuid)]
    pub push_device_id: PushDeviceId,
}

/// How far everything was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"up_to": "019ab1f0-7c1e-7000-8000-000000000082"}))]
pub struct ReadUpTo {
    /// The newest notice that was seen: it and all older ones were read, and none that came meanwhile.
    pub up_to: NoticeId,
}

/// A device that notices are to be pushed to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"platform": "android", "push_token": "fMEQb0rJ:APA91b"}))]
pub struct DeviceBody {
    /// Which sort of device.
    pub platform: PushPlatform,
    /// What the provider reaches it by.
    #[schema(value_type = String, min_length = 1, max_length = 1024)]
    pub push_token: Personal<String>,
}

/// How a notice has come on one channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeDeliveryView {
    /// The channel.
    pub channel: NoticeChannel,
    /// How far it has come.
    pub state: DeliveryState,
    /// Why it was skipped or failed, in a word.
    #[schema(max_length = 40)]
    pub reason: Option<String>,
    /// Since when.
    pub at: Time,
}

impl From<&Delivery> for NoticeDeliveryView {
    fn from(delivery: &Delivery) -> Self {
        let at = delivery.settled_at.or(delivery.taken_at);
        Self {
            channel: delivery.channel,
            state: delivery.state,
            reason: delivery.reason.clone(),
            at: at.unwrap_or(delivery.created_at),
        }
    }
}

/// A notice (thông báo): who did what and when, and what must be done now.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeView {
    /// The notice's id, the one that is pushed.
    pub notice_id: NoticeId,
    /// What it tells.
    pub kind: NoticeKind,
    /// With what it is chosen.
    pub group: NoticeGroup,
    /// When.
    pub created_at: Time,
    /// When it was read.
    pub read_at: Option<Time>,
    /// Who did what it tells of.
    pub by: NoticeAuthor,
    /// The agency concerned.
    pub agency_id: Option<AgencyId>,
    /// The same by name.
    #[schema(max_length = 200)]
    pub agency_name: Option<String>,
    /// The dossier concerned.
    pub dossier_id: Option<DossierId>,
    /// Its official code.
    #[schema(max_length = 40)]
    pub dossier_code: Option<String>,
    /// The supplement request, mandate or data-subject request concerned.
    pub about_id: Option<Uuid>,
    /// In a few words.
    #[schema(max_length = 200)]
    pub title: String,
    /// What happened.
    #[schema(max_length = 500)]
    pub text: String,
    /// What must be done now; null where nothing must.
    #[schema(max_length = 500)]
    pub action: Option<String>,
    /// By when.
    pub act_by: Option<Time>,
    /// How it was sent, beside this inbox.
    #[schema(max_items = 40)]
    pub deliveries: Vec<NoticeDeliveryView>,
}

impl NoticeView {
    /// As shown in a language, with the deliveries that are its own.
    pub fn of(
        notice: Notice,
        deliveries: &[Delivery],
        (posted, language): (&Posted, Language),
    ) -> Self {
        let Notice {
            id,
            person: _,
            kind,
            event: _,
            agency,
            dossier,
            about,
            facts,
            act_by,
            created_at,
            read_at,
        } = notice;
        let Told {
            title,
            text,
            action,
        } = told(kind, &facts, act_by);
        // That which holds the dossier then, not that which it was filed with.
        let agency = facts.agency.or(agency);
        let named = agency.map(|agency| agency_name(posted, agency, created_at.date()));
        let own = deliveries.iter().filter(|delivery| delivery.notice == id);
        Self {
            notice_id: id,
            kind,
            group: kind.group(),
            created_at,
            read_at,
            by: facts.by,
            agency_id: agency,
            agency_name: named.map(|name| language.of(name)),
            dossier_id: dossier,
            dossier_code: facts.code,
            about_id: about,
            title: language.of(title),
            text: language.of(text),
            action: action.map(|action| language.of(action)),
            act_by,
            deliveries: own.take(40).map(Into::into).collect(),
        }
    }
}

/// A page of an inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticePage {
    /// The notices, newest first.
    #[schema(max_items = 100)]
    pub items: Vec<NoticeView>,
    /// Send it as `page_token` for the next page; null on the last one.
    #[schema(max_length = 600)]
    pub next_page_token: Option<String>,
    /// How many of all were not read.
    #[schema(minimum = 0)]
    pub unread_count: i64,
}
