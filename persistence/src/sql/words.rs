//! The closed vocabularies of the domain, each stored as its spelling.

use diesel::{
    deserialize::{self, FromSql},
    pg::{Pg, PgValue},
    serialize::{self, IsNull, Output, ToSql},
    sqlite::{Sqlite, SqliteValue},
};

use super::{types::Word, values::write_all};

/// Lets enums of a closed vocabulary be used in [`Word`](crate::sql::Word) columns.
///
/// Each has `as_str(self) -> &'static str` and `parse(&str) -> Option<Self>`; a word that the
/// enum does not know makes the read fail as [`StoreError::Corrupt`](crate::StoreError::Corrupt).
macro_rules! words {
    ($($word:ty),* $(,)?) => {$(
        column_value!($word => Word);
        stored_as!($word, Word, Pg, PgValue<'_>,
            to |word, out| write_all(out, <$word>::as_str(*word).as_bytes()),
            from |value| {
                let word = std::str::from_utf8(value.as_bytes())?;
                <$word>::parse(word).ok_or_else(|| unknown_word(stringify!($word), word))
            });
        stored_as!($word, Word, Sqlite, SqliteValue<'_, '_, '_>,
            to |word, out| { out.set_value(<$word>::as_str(*word)); Ok(IsNull::No) },
            from |value| {
                let mut value = value;
                let word = value.read_text();
                <$word>::parse(word).ok_or_else(|| unknown_word(stringify!($word), word))
            });
    )*};
}

fn unknown_word(vocabulary: &str, word: &str) -> Box<dyn std::error::Error + Send + Sync> {
    format!("{vocabulary} has no word {word:?}").into()
}

words!(
    domain::actor::Role,
    domain::consents::Purpose,
    domain::consents::Tongue,
    domain::disclosures::AccessPurpose,
    domain::consents::WithdrawalEffect,
    domain::data_requests::Alarm,
    domain::data_requests::DataRequestKind,
    domain::assignments::AssignmentEnd,
    domain::data_requests::DataRequestState,
    domain::data_requests::RefusalGround,
    domain::dossiers::Assistance,
    domain::dossiers::Channel,
    domain::dossiers::Delivery,
    domain::dossiers::State,
    domain::identities::IdentityDocument,
    domain::identities::ProofMethod,
    domain::mandates::Ending,
    domain::mandates::Ground,
    domain::mandates::MandateState,
    domain::exports::ExportState,
    domain::notices::DeliveryState,
    domain::notices::NoticeChannel,
    domain::notices::NoticeKind,
    domain::notices::PushPlatform,
    domain::papers::CopyKind,
    domain::papers::FileKind,
    domain::papers::ScanState,
    domain::uploads::UploadState,
    domain::papers::Origin,
    domain::payments::ObligationState,
    domain::payments::PaymentMethod,
    domain::payments::PaymentState,
    domain::payments::fees::CollectedAt,
    domain::payments::fees::FeeKind,
    domain::proposals::ProposalKind,
    domain::proposals::ProposalState,
    domain::results::Outcome,
    domain::sessions::AccountKind,
    domain::sessions::CodePurpose,
    domain::sessions::EndReason,
    domain::supplements::SecondRoundReason,
    domain::supplements::SupplementStatus,
    crate::outbox::State,
);
