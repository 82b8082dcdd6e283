//! Typed identifiers: a dossier's id cannot be passed where a person's is meant.

use std::{cmp::Ordering, fmt, hash::Hash, hash::Hasher, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema, openapi::RefOr};
use uuid::Uuid;

/// A `UUIDv7` made by the caller (RFC 9562), tagged with what it identifies.
pub struct Id<K> {
    value: Uuid,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// Tags a UUID as the id of a `K`.
    pub const fn from_uuid(value: Uuid) -> Self {
        Self {
            value,
            kind: PhantomData,
        }
    }

    /// The bare UUID, for storage and for the wire.
    pub const fn uuid(self) -> Uuid {
        self.value
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value, f)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value, f)
    }
}
impl<K> FromStr for Id<K> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self::from_uuid)
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from_uuid)
    }
}
impl<K> PartialSchema for Id<K> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A UUID (RFC 9562)."))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .into()
    }
}
impl<K> ToSchema for Id<K> {}

/// What ids identify. These types have no values: they only name.
pub mod kind {
    macro_rules! kinds {
        ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
            $(#[$doc])*
            #[derive(Debug)]
            pub enum $name {}
        )*};
    }
    kinds! {
        /// An agency (cơ quan), stable across renaming and merging.
        Agency,
        /// That a dossier is one officer's work (phân công thụ lý).
        Assignment,
        /// A request for a one-time code (mã OTP).
        CodeRequest,
        /// A consent to the processing of personal data (sự đồng ý).
        Consent,
        /// That one officer stands in for another (ủy quyền).
        Deputy,
        /// A line of the access log (lượt xem dữ liệu cá nhân).
        Disclosure,
        /// A data-subject request (yêu cầu của chủ thể dữ liệu).
        DataRequest,
        /// A device that notices are pushed to.
        PushDevice,
        /// A dossier (hồ sơ).
        Dossier,
        /// An entry of the event log.
        Event,
        /// An archive of what is held about a person (bản sao dữ liệu).
        Export,
        /// The bytes of an uploaded or issued document.
        File,
        /// A role given to an officer (giao vai trò).
        Grant,
        /// A mandate (uỷ quyền): one acts for another.
        Mandate,
        /// A notice (thông báo) in a citizen's inbox.
        Notice,
        /// The delivery of a notice by one channel.
        NoticeDelivery,
        /// A fee a dossier owes (nghĩa vụ tài chính).
        Obligation,
        /// An officer (cán bộ).
        Officer,
        /// An organisation (tổ chức) that representatives act for.
        Organisation,
        /// A row of the outbox.
        OutboxEntry,
        /// A paper of a dossier (thành phần hồ sơ).
        Paper,
        /// One attempt to pay.
        Payment,
        /// A citizen (công dân).
        Person,
        /// A proposal that waits for a second person (đề nghị).
        Proposal,
        /// A sign-in begun at the identity provider.
        ProviderRequest,
        /// A result document (kết quả).
        ResultDocument,
        /// A session (phiên đăng nhập): one device that is signed in.
        Session,
        /// A supplement request (yêu cầu bổ sung).
        Supplement,
        /// A file on its way in (tệp đang tải lên).
        Upload,
        /// A ward (người được đại diện): a child or another person without an account.
        Ward,
    }
}

/// Id of an agency.
pub type AgencyId = Id<kind::Agency>;
/// Id of an assignment.
pub type AssignmentId = Id<kind::Assignment>;
/// Id of a request for a one-time code.
pub type CodeRequestId = Id<kind::CodeRequest>;
/// Id of a consent.
pub type ConsentId = Id<kind::Consent>;
/// Id of a deputising.
pub type DeputyId = Id<kind::Deputy>;
/// Id of a line of the access log.
pub type DisclosureId = Id<kind::Disclosure>;
/// Id of a data-subject request.
pub type DataRequestId = Id<kind::DataRequest>;
/// Id of a dossier.
pub type DossierId = Id<kind::Dossier>;
/// Id of an event.
pub type EventId = Id<kind::Event>;
/// Id of an export.
pub type ExportId = Id<kind::Export>;
/// Id of a file.
pub type FileId = Id<kind::File>;
/// Id of a role grant.
pub type GrantId = Id<kind::Grant>;
/// Id of a mandate.
pub type MandateId = Id<kind::Mandate>;
/// Id of a notice.
pub type NoticeId = Id<kind::Notice>;
/// Id of the delivery of a notice.
pub type NoticeDeliveryId = Id<kind::NoticeDelivery>;
/// Id of a device that notices are pushed to.
pub type PushDeviceId = Id<kind::PushDevice>;
/// Id of a fee obligation.
pub type ObligationId = Id<kind::Obligation>;
/// Id of an officer.
pub type OfficerId = Id<kind::Officer>;
/// Id of an organisation.
pub type OrganisationId = Id<kind::Organisation>;
/// Id of an outbox entry.
pub type OutboxEntryId = Id<kind::OutboxEntry>;
/// Id of a paper.
pub type PaperId = Id<kind::Paper>;
/// Id of a payment attempt.
pub type PaymentId = Id<kind::Payment>;
/// Id of a citizen.
pub type PersonId = Id<kind::Person>;
/// Id of a proposal.
pub type ProposalId = Id<kind::Proposal>;
/// Id of a sign-in begun at the identity provider.
pub type ProviderRequestId = Id<kind::ProviderRequest>;
/// Id of a result document.
pub type ResultDocumentId = Id<kind::ResultDocument>;
/// Id of a session.
pub type SessionId = Id<kind::Session>;
/// Id of a supplement request.
pub type SupplementId = Id<kind::Supplement>;
/// Id of an upload.
pub type UploadId = Id<kind::Upload>;
/// Id of a ward.
pub type WardId = Id<kind::Ward>;
