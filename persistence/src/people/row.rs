//! Rows of `people`, and how they become citizens.

use chrono::NaiveDate;
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{ids::PersonId, personal::Personal, time::Time};

use crate::{connection::MultiBackend, schema::people, sql::Sql};

/// A citizen with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The citizen's id.
    pub id: PersonId,
    /// The phone number they log in with (E.164).
    pub phone: Personal<String>,
    /// Family name, middle name and given name, as on the identity card.
    pub full_name: Personal<String>,
    /// Personal identification number (số định danh cá nhân, Law 26/2023 art. 12), 12 digits.
    pub personal_number: Option<Personal<String>>,
    /// Date of birth.
    pub birth_date: Option<Personal<NaiveDate>>,
    /// Place of residence.
    pub address: Option<Personal<String>>,
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
    phone_e164: Sql<Personal<String>>,
    full_name: Sql<Personal<String>>,
    personal_number: Option<Sql<Personal<String>>>,
    birth_date: Option<Sql<Personal<NaiveDate>>>,
    address: Option<Sql<Personal<String>>>,
    language: String,
    version: i64,
    created_at: Sql<Time>,
    updated_at: Sql<Time>,
}

impl Row {
    pub(super) fn of(person: &Person) -> Self {
        let Person {
            id,
            phone,
            full_name,
            personal_number,
            birth_date,
            address,
            language,
            version,
            created_at,
            updated_at,
        } = person.clone();
        Self {
            id: Sql(id),
            phone_e164: Sql(phone),
            full_name: Sql(full_name),
            personal_number: personal_number.map(Sql),
            birth_date: birth_date.map(Sql),
            address: address.map(Sql),
            language,
            version,
            created_at: Sql(created_at),
            updated_at: Sql(updated_at),
        }
    }

    pub(super) fn into_person(self) -> Person {
        let Self {
            id: Sql(id),
            phone_e164: Sql(phone_e164),
            full_name: Sql(full_name),
            personal_number,
            birth_date,
            address,
            language,
            version,
            created_at: Sql(created_at),
            updated_at: Sql(updated_at),
        } = self;
        Person {
            id,
            phone: phone_e164,
            full_name,
            personal_number: personal_number.map(Sql::into_inner),
            birth_date: birth_date.map(Sql::into_inner),
            address: address.map(Sql::into_inner),
            language,
            version,
            created_at,
            updated_at,
        }
    }
}
