//! What a phone is told.

use domain::{
    feed::{FeedKind, FeedOp},
    ids::{DossierId, PersonId},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    dossiers::{timeline::TimelineEntry, view::DossierView},
    payments::wire::PaymentView,
    people::wire::Me,
};

/// What has changed, in the order of the log: each thing once, at its last place, as it is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Changes {
    /// The changes.
    #[schema(max_items = 200)]
    pub changes: Vec<Change>,
    /// Send it as `cursor` next time, and between quotes as `If-None-Match`: while nothing has changed the
    /// answer is then 304 without a body. It holds for 90 days.
    #[schema(max_length = 600)]
    pub cursor: String,
    /// Whether there is more already: ask again at once.
    pub has_more: bool,
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    /// What it is about. A kind that the app does not know is skipped.
    pub kind: FeedKind,
    /// What became of it.
    pub op: FeedOp,
    /// The id of the thing, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The dossier, where one is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier: Option<Box<FollowedDossier>>,
    /// The account, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Box<Me>>,
    /// The catalogue, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<CatalogueInForce>,
}

/// A dossier as a phone keeps it: what the screens about it show.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowedDossier {
    /// As at `/v1/dossiers/{dossier_id}`: with its supplement requests, fees and results.
    pub view: DossierView,
    /// As at `/v1/dossiers/{dossier_id}/timeline`.
    #[schema(max_items = 1000)]
    pub timeline: Vec<TimelineEntry>,
    /// As at `/v1/dossiers/{dossier_id}/payments`.
    #[schema(max_items = 1000)]
    pub payments: Vec<PaymentView>,
    /// Whether only a mandate opens it: dropped when `mandated_dossiers` are gone.
    pub by_mandate: bool,
}

/// The catalogue of procedures and agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CatalogueInForce {
    /// Goes up with each import: what the app keeps of procedures, forms and agencies is to be asked for
    /// anew when it is another one.
    #[schema(minimum = 0)]
    pub version: i64,
}

impl Change {
    const fn bare(kind: FeedKind, op: FeedOp) -> Self {
        Self {
            kind,
            op,
            id: None,
            dossier: None,
            account: None,
            catalogue: None,
        }
    }

    /// A dossier as it is now.
    pub fn dossier(dossier: FollowedDossier) -> Self {
        Self {
            id: Some(dossier.view.id.uuid()),
            dossier: Some(Box::new(dossier)),
            ..Self::bare(FeedKind::Dossier, FeedOp::Upsert)
        }
    }

    /// A dossier that is not there to be seen.
    pub fn dossier_gone(id: DossierId) -> Self {
        Self {
            id: Some(id.uuid()),
            ..Self::bare(FeedKind::Dossier, FeedOp::Gone)
        }
    }

    /// Nothing that only mandates open is to be kept.
    pub const fn mandated_dossiers_gone() -> Self {
        Self::bare(FeedKind::MandatedDossiers, FeedOp::Gone)
    }

    /// The account as it is now.
    pub fn account(me: Me) -> Self {
        Self {
            id: Some(me.person_id.uuid()),
            account: Some(Box::new(me)),
            ..Self::bare(FeedKind::Account, FeedOp::Upsert)
        }
    }

    /// The account was erased: the phone keeps nothing.
    pub fn account_gone(person: PersonId) -> Self {
        Self {
            id: Some(person.uuid()),
            ..Self::bare(FeedKind::Account, FeedOp::Gone)
        }
    }

    /// The catalogue in force.
    pub fn catalogue(version: i64) -> Self {
        Self {
            catalogue: Some(CatalogueInForce { version }),
            ..Self::bare(FeedKind::Catalogue, FeedOp::Upsert)
        }
    }
}

/// Server-sent events, each with the body of one answer of `GET /v1/sync` as its data.
#[derive(Debug, ToSchema)]
#[schema(max_length = 100_000_000)]
pub struct EventStream(pub String);
