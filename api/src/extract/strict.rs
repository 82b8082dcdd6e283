//! JSON read more strictly than the format asks: no field twice, no deep nesting, no NUL, all text
//! in normal form C before any rule, digest or search sees it.

use std::fmt;

use domain::text::nfc;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// How deep content may nest; the deepest form of the catalogue needs six levels.
const DEEPEST: u8 = 24;

/// What the visitor reports; recognised again by its spelling, since serde carries only text.
pub(super) const DUPLICATE: &str = "duplicate-field";
pub(super) const TOO_DEEP: &str = "too-deep";
pub(super) const HIDDEN: &str = "hidden-characters";

/// Reads one value at the given depth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strict(u8);

impl Strict {
    /// Reads a whole body.
    pub(super) const fn body() -> Self {
        Self(0)
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.0 < DEEPEST {
            Ok(Self(self.0 + 1))
        } else {
            Err(E::custom(TOO_DEEP))
        }
    }
}

/// Refuses whatever value comes.
struct Refused;

impl<'de> DeserializeSeed<'de> for Refused {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, _: D) -> Result<Value, D::Error> {
        Err(D::Error::custom(DUPLICATE))
    }
}

/// Text in normal form C. NUL is refused: PostgreSQL cannot store it and no form means it.
pub(super) fn text<E: Error>(given: &str) -> Result<String, E> {
    if given.contains('\0') {
        return Err(E::custom(HIDDEN));
    }
    Ok(if given.is_ascii() {
        given.to_owned()
    } else {
        nfc(given)
    })
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        text(value).map(Value::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            let name = text(&name)?;
            if map.contains_key(&name) {
                // Refused from within the value, so that the path names the field.
                return fields.next_value_seed(Refused);
            }
            map.insert(name, fields.next_value_seed(inner)?);
        }
        Ok(Value::Object(map))
    }
}
