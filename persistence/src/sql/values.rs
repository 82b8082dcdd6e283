//! How our values are written to and read from the column types.

use std::io::Write;

use chrono::NaiveDate;
use diesel::{
    deserialize::{self, FromSql},
    pg::{Pg, PgValue},
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, Text},
    sqlite::{Sqlite, SqliteValue},
};
use domain::{ids::Id, money::Dong, personal::Personal, time::Time};

use super::types::{Day, Instant, Money, PersonalText, RawJson, Uuid};
use crate::Json;

/// Microseconds from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;
/// 2000-01-01 as chrono counts days, for the same reason.
const POSTGRES_EPOCH_DAYS: i32 = 730_120;

/// Lets a value that both engines can store be read into rows as it is, and written in [`Sql`].
macro_rules! column_value {
    ($({$generic:ident})? $value:ty => $sql:ident) => {
        impl$(<$generic: 'static>)? diesel::serialize::ToSql<$sql, crate::connection::MultiBackend> for $value {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, crate::connection::MultiBackend>,
            ) -> diesel::serialize::Result {
                out.set_value(($sql, self));
                Ok(diesel::serialize::IsNull::No)
            }
        }
        impl$(<$generic: 'static>)? diesel::deserialize::FromSql<$sql, crate::connection::MultiBackend> for $value {
            fn from_sql(
                value: crate::connection::MultiRawValue<'_>,
            ) -> diesel::deserialize::Result<Self> {
                value.from_sql::<Self, $sql>()
            }
        }
        impl<DB $(, $generic)?> diesel::deserialize::Queryable<$sql, DB> for $value
        where
            DB: diesel::backend::Backend,
            Self: diesel::deserialize::FromSql<$sql, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> diesel::deserialize::Result<Self> {
                Ok(row)
            }
        }
    };
}
column_value!({K} Id<K> => Uuid);
column_value!(uuid::Uuid => Uuid);
column_value!(Time => Instant);
column_value!(NaiveDate => Day);
column_value!(Personal<NaiveDate> => Day);
column_value!(Dong => Money);
column_value!(Personal<String> => PersonalText);
column_value!(Json => RawJson);

/// Stores a value as another one that the engine already knows.
macro_rules! stored_as {
    ($({$generic:ident})? $value:ty, $sql:ident, $engine:ident, $raw:ty,
     to |$this:ident, $out:ident| $to:expr, from |$bytes:ident| $from:expr) => {
        impl$(<$generic>)? ToSql<$sql, $engine> for $value {
            fn to_sql<'b>(&'b self, $out: &mut Output<'b, '_, $engine>) -> serialize::Result {
                let $this = self;
                $to
            }
        }
        impl$(<$generic>)? FromSql<$sql, $engine> for $value {
            fn from_sql($bytes: $raw) -> deserialize::Result<Self> {
                $from
            }
        }
    };
}

pub(super) fn write_all(out: &mut Output<'_, '_, Pg>, bytes: &[u8]) -> serialize::Result {
    out.write_all(bytes)?;
    Ok(IsNull::No)
}

stored_as!(
    uuid::Uuid,
    Uuid,
    Pg,
    PgValue<'_>,
    to | id,
    out | write_all(out, id.as_bytes()),
    from | value | Ok(uuid::Uuid::from_slice(value.as_bytes())?)
);
stored_as!(
    uuid::Uuid,
    Uuid,
    Sqlite,
    SqliteValue<'_, '_, '_>,
    to | id,
    out | {
        out.set_value(&id.as_bytes()[..]);
        Ok(IsNull::No)
    },
    from | value | {
        let mut value = value;
        Ok(uuid::Uuid::from_slice(value.read_blob())?)
    }
);
stored_as!({K} Id<K>, Uuid, Pg, PgValue<'_>,
    to |id, out| write_all(out, id.uuid().as_bytes()),
    from |value| <uuid::Uuid as FromSql<Uuid, Pg>>::from_sql(value).map(Self::from_uuid));
stored_as!({K} Id<K>, Uuid, Sqlite, SqliteValue<'_, '_, '_>,
    to |id, out| { out.set_value(id.uuid().as_bytes().to_vec()); Ok(IsNull::No) },
    from |value| <uuid::Uuid as FromSql<Uuid, Sqlite>>::from_sql(value).map(Self::from_uuid));

stored_as!(
    Time,
    Instant,
    Pg,
    PgValue<'_>,
    to | at,
    out | {
        let micros = at
            .micros()
            .checked_sub(POSTGRES_EPOCH_MICROS)
            .ok_or("an instant out of range")?;
        write_all(out, &micros.to_be_bytes())
    },
    from | value | {
        let micros = i64::from_be_bytes(value.as_bytes().try_into()?);
        micros
            .checked_add(POSTGRES_EPOCH_MICROS)
            .and_then(Self::from_micros)
            .ok_or_else(|| "an instant out of range".into())
    }
);
stored_as!(
    Time,
    Instant,
    Sqlite,
    SqliteValue<'_, '_, '_>,
    to | at,
    out | {
        out.set_value(at.micros());
        Ok(IsNull::No)
    },
    from | value | {
        let micros = <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?;
        Self::from_micros(micros).ok_or_else(|| "an instant out of range".into())
    }
);

stored_as!(
    NaiveDate,
    Day,
    Pg,
    PgValue<'_>,
    to | day,
    out | {
        let days = chrono::Datelike::num_days_from_ce(day) - POSTGRES_EPOCH_DAYS;
        write_all(out, &days.to_be_bytes())
    },
    from | value | {
        let days = i32::from_be_bytes(value.as_bytes().try_into()?);
        days.checked_add(POSTGRES_EPOCH_DAYS)
            .and_then(NaiveDate::from_num_days_from_ce_opt)
            .ok_or_else(|| "a date out of range".into())
    }
);
stored_as!(
    NaiveDate,
    Day,
    Sqlite,
    SqliteValue<'_, '_, '_>,
    to | day,
    out | {
        out.set_value(day.format("%Y-%m-%d").to_string());
        Ok(IsNull::No)
    },
    from | value | {
        let mut value = value;
        Ok(value.read_text().parse::<NaiveDate>()?)
    }
);
stored_as!(
    Personal<NaiveDate>,
    Day,
    Pg,
    PgValue<'_>,
    to | day,
    out | <NaiveDate as ToSql<Day, Pg>>::to_sql(day.reveal(), out),
    from | value | <NaiveDate as FromSql<Day, Pg>>::from_sql(value).map(Self::new)
);
stored_as!(
    Personal<NaiveDate>,
    Day,
    Sqlite,
    SqliteValue<'_, '_, '_>,
    to | day,
    out | <NaiveDate as ToSql<Day, Sqlite>>::to_sql(day.reveal(), out),
    from | value | <NaiveDate as FromSql<Day, Sqlite>>::from_sql(value).map(Self::new)
);

stored_as!(
    Dong,
    Money,
    Pg,
    PgValue<'_>,
    to | dong,
    out | write_all(out, &dong.amount().to_be_bytes()),
    from | value | <i64 as FromSql<BigInt, Pg>>::from_sql(value).map(Self::new)
);
stored_as!(
    Dong,
    Money,
    Sqlite,
    SqliteValue<'_, '_, '_>,
    to | dong,
    out | {
        out.set_value(dong.amount());
        Ok(IsNull::No)
    },
    from | value | <i64 as FromSql<BigInt, Sqlite>>::from_sql(value).map(Self::new)
);

stored_as!(
    Personal<String>,
    PersonalText,
    Pg,
    PgValue<'_>,
    to | text,
    out | write_all(out, text.reveal().as_bytes()),
    from | value | <String as FromSql<Text, Pg>>::from_sql(value).map(Self::new)
);
stored_as!(
    Personal<String>,
    PersonalText,
    Sqlite,
    SqliteValue<'_, '_, '_>,
    to | text,
    out | {
        out.set_value(text.reveal().as_str());
        Ok(IsNull::No)
    },
    from | value | <String as FromSql<Text, Sqlite>>::from_sql(value).map(Self::new)
);

stored_as!(
    Json,
    RawJson,
    Pg,
    PgValue<'_>,
    to | json,
    out | write_all(out, json.as_str().as_bytes()),
    from | value | <String as FromSql<Text, Pg>>::from_sql(value).map(Self::trusted)
);
stored_as!(
    Json,
    RawJson,
    Sqlite,
    SqliteValue<'_, '_, '_>,
    to | json,
    out | {
        out.set_value(json.as_str());
        Ok(IsNull::No)
    },
    from | value | <String as FromSql<Text, Sqlite>>::from_sql(value).map(Self::trusted)
);
