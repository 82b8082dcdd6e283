//! By which channels somebody wants to be told what.

use std::collections::BTreeMap;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{
    ids::PersonId,
    notices::{NoticeChannel, NoticeGroup, NoticePreferences},
    time::Time,
};
use serde::{Deserialize, Serialize};

use crate::{
    Json, StoreError, Tx,
    disclosures::Witness,
    schema::{notice_preferences, people},
    sealing::{self, Row},
    sql::{Sql, for_update},
};

/// One choice, as it lies in the column.
#[derive(Serialize, Deserialize)]
struct Choice {
    channel: NoticeChannel,
    group: NoticeGroup,
    enabled: bool,
}

const fn fields(person: PersonId, key: &sealing::DataKey) -> Row<'_> {
    Row {
        table: "notice_preferences",
        id: person.uuid(),
        key,
    }
}

/// What somebody has chosen.
///
/// # Errors
/// [`StoreError::Corrupt`] when it cannot be read.
pub fn find(tx: &mut Tx, person: PersonId) -> Result<NoticePreferences, StoreError> {
    type Columns = (i64, Sql<Json>, Option<Vec<u8>>, Sql<Time>);
    let row: Option<Columns> = notice_preferences::table
        .find(Sql(person))
        .select((
            notice_preferences::version,
            notice_preferences::choices,
            notice_preferences::email,
            notice_preferences::updated_at,
        ))
        .first(tx.conn())
        .optional()?;
    let Some((version, Sql(choices), email, Sql(updated_at))) = row else {
        return Ok(NoticePreferences::untouched(person));
    };
    let choices: Vec<Choice> = choices.parse()?;
    let chosen: BTreeMap<_, _> = choices
        .into_iter()
        .map(|it| ((it.channel, it.group), it.enabled))
        .collect();
    let email = match sealing::of_subject(tx, person.uuid())? {
        // It is shown to its owner, and the house writes to it.
        Some(key) => fields(person, &key).open_if_there(
            "email",
            email.as_deref(),
            &Witness::of_no_officer(),
        )?,
        None => None,
    };
    Ok(NoticePreferences {
        person,
        version,
        chosen,
        email,
        updated_at: Some(updated_at),
    })
}

/// The same, with the account locked, so that two changes take turns.
///
/// # Errors
/// [`StoreError::Absent`] when the account is gone.
pub fn lock(tx: &mut Tx, person: PersonId) -> Result<NoticePreferences, StoreError> {
    for_update(people::table.find(Sql(person)).select(people::version))
        .get_result::<i64>(tx.conn())?;
    find(tx, person)
}

/// Writes down what was chosen, after [`lock`]. One event is owed.
///
/// # Errors
/// [`StoreError::Absent`] when the account is gone.
pub fn save(tx: &mut Tx, preferences: &NoticePreferences, now: Time) -> Result<(), StoreError> {
    let NoticePreferences {
        person,
        version,
        chosen,
        email,
        updated_at: _,
    } = preferences;
    let key = sealing::of_subject(tx, person.uuid())?.ok_or(StoreError::Absent)?;
    let choices: Vec<Choice> = chosen
        .iter()
        .map(|((channel, group), enabled)| Choice {
            channel: *channel,
            group: *group,
            enabled: *enabled,
        })
        .collect();
    diesel::delete(notice_preferences::table.find(Sql(*person))).execute(tx.conn())?;
    diesel::insert_into(notice_preferences::table)
        .values((
            notice_preferences::person_id.eq(Sql(*person)),
            notice_preferences::version.eq(*version),
            notice_preferences::choices.eq(Sql(Json::of(&choices)?)),
            notice_preferences::email
                .eq(fields(*person, &key).seal_if_there("email", email.as_ref())?),
            notice_preferences::updated_at.eq(Sql(now)),
        ))
        .execute(tx.conn())?;
    tx.note_save();
    Ok(())
}
