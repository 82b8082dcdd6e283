//! Rows of `people`, and how they become citizens.

use chrono::NaiveDate;
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{identities::AssuranceLevel, ids::PersonId, personal::Personal, time::Time};

use crate::{
    StoreError,
    connection::MultiBackend,
    disclosures::Witness,
    schema::people,
    sealing::{self, DataKey, KeySet, Marks},
    sql::Sql,
};

/// A citizen with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The citizen's id.
    pub id: PersonId,
    /// The phone number they log in with (E.164); none where the identity provider let them in.
    pub phone: Option<Personal<String>>,
    /// Family name, middle name and given name, as on the identity card.
    pub full_name: Personal<String>,
    /// Personal identification number (số định danh cá nhân, Law 26/2023 art. 12), 12 digits.
    pub personal_number: Option<Personal<String>>,
    /// Date of birth.
    pub birth_date: Option<Personal<NaiveDate>>,
    /// Place of residence.
    pub address: Option<Personal<String>>,
    /// How surely it is known who they are.
    pub assurance: AssuranceLevel,
    /// `vi` or `en`.
    pub language: String,
    /// Goes up by one with each change.
    pub version: i64,
    /// When the account was made.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = people, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Sql<PersonId>,
    phone: Vec<u8>,
    phone_index: String,
    phone_index_other: Option<String>,
    full_name: Sql<Personal<String>>,
    personal_number: Option<Vec<u8>>,
    number_index: Option<String>,
    number_index_other: Option<String>,
    birth_date: Option<Sql<Personal<NaiveDate>>>,
    address: Option<Vec<u8>>,
    assurance: i64,
    language: String,
    version: i64,
    created_at: Sql<Time>,
    updated_at: Sql<Time>,
}

/// The marks by which a citizen is found.
#[derive(Debug, PartialEq, Eq, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = people, check_for_backend(MultiBackend), treat_none_as_null = true)]
pub(super) struct Indexes {
    phone_index: String,
    phone_index_other: Option<String>,
    number_index: Option<String>,
    number_index_other: Option<String>,
}

impl Indexes {
    /// The marks of a citizen under these keys.
    pub(super) fn of(person: &Person, keys: &KeySet) -> Self {
        let marks = |field, value: Option<&Personal<String>>| {
            let marks = value.map(|value| Marks::of(keys, field, value));
            marks.map_or((None, None), |Marks { one, other }| (one, other))
        };
        let (phone_index, phone_index_other) = marks(sealing::PHONE, person.phone.as_ref());
        let (number_index, number_index_other) =
            marks(sealing::NUMBER, person.personal_number.as_ref());
        Self {
            phone_index: phone_index.unwrap_or_else(|| no_mark(person.id)),
            phone_index_other,
            number_index,
            number_index_other,
        }
    }
}

fn level(number: i64) -> Result<AssuranceLevel, StoreError> {
    let level = u8::try_from(number).ok();
    level
        .and_then(|number| AssuranceLevel::try_from(number).ok())
        .ok_or_else(|| StoreError::Corrupt("a level of assurance there is not".to_owned()))
}

fn fields(id: PersonId, key: &DataKey) -> sealing::Row<'_> {
    sealing::Row {
        table: "people",
        id: id.uuid(),
        key,
    }
}

impl Row {
    pub(super) fn sealed(
        person: &Person,
        key: &DataKey,
        keys: &KeySet,
    ) -> Result<Self, StoreError> {
        let Person {
            id,
            phone,
            full_name,
            personal_number,
            birth_date,
            address,
            assurance,
            language,
            version,
            created_at,
            updated_at,
        } = person;
        let fields = fields(*id, key);
        let Indexes {
            phone_index,
            phone_index_other,
            number_index,
            number_index_other,
        } = Indexes::of(person, keys);
        Ok(Self {
            id: Sql(*id),
            phone: fields
                .seal_if_there("phone", phone.as_ref())?
                .unwrap_or_default(),
            phone_index,
            phone_index_other,
            full_name: Sql(full_name.clone()),
            personal_number: fields.seal_if_there("personal_number", personal_number.as_ref())?,
            number_index,
            number_index_other,
            birth_date: birth_date.clone().map(Sql),
            address: fields.seal_if_there("address", address.as_ref())?,
            assurance: assurance.number().into(),
            language: language.clone(),
            version: *version,
            created_at: Sql(*created_at),
            updated_at: Sql(*updated_at),
        })
    }

    /// The citizen, opened with the key that came with the row.
    pub(super) fn opened(self, key: &DataKey, witness: &Witness) -> Result<Person, StoreError> {
        let Self {
            id: Sql(id),
            phone,
            phone_index: _,
            phone_index_other: _,
            full_name: Sql(full_name),
            personal_number,
            number_index: _,
            number_index_other: _,
            birth_date,
            address,
            assurance,
            language,
            version,
            created_at: Sql(created_at),
            updated_at: Sql(updated_at),
        } = self;
        let fields = fields(id, key);
        // No number is no bytes: the column is older than accounts without one.
        let phone = Some(phone).filter(|sealed| !sealed.is_empty());
        Ok(Person {
            id,
            phone: fields.open_if_there("phone", phone.as_deref(), witness)?,
            full_name,
            personal_number: fields.open_if_there(
                "personal_number",
                personal_number.as_deref(),
                witness,
            )?,
            birth_date: birth_date.map(Sql::into_inner),
            address: fields.open_if_there("address", address.as_deref(), witness)?,
            assurance: level(assurance)?,
            language,
            version,
            created_at,
            updated_at,
        })
    }

    pub(super) const fn id(&self) -> PersonId {
        self.id.0
    }
}

/// What stands in the first column of the index where there is no value: it must be there and be
/// unique.
pub(super) fn no_mark(id: PersonId) -> String {
    id.uuid().simple().to_string()
}
