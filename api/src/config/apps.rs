//! What apps are told of themselves: the oldest version that may still be used, and what is switched on.

use serde::{Deserialize, Deserializer, de::Error as _};

/// What apps are told of themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Apps {
    /// The oldest version for Android that still works with this server.
    pub android_min_version: AppVersion,
    /// The same for iOS.
    pub ios_min_version: AppVersion,
    /// Names of what is switched on, with commas between them.
    pub features: Features,
}

/// A version of an app: three numbers with points between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppVersion(String);

impl AppVersion {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for AppVersion {
    fn default() -> Self {
        Self("1.0.0".to_owned())
    }
}

impl<'de> Deserialize<'de> for AppVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_number =
            |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if text.split('.').count() == 3 && text.split('.').all(is_number) {
            Ok(Self(text))
        } else {
            Err(D::Error::custom("a version of an app is like 2.14.0"))
        }
    }
}

/// Names of what is switched on in apps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features(Vec<String>);

/// How many there may be.
const MOST: usize = 50;

impl Features {
    /// The names, as configured.
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Features {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let names: Vec<String> = text
            .split(',')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        let is_name = |name: &String| {
            name.len() <= 40
                && name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if names.len() <= MOST && names.iter().all(is_name) {
            Ok(Self(names))
        } else {
            Err(D::Error::custom(
                "features are at most 50 names in snake_case, with commas between them",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_names_are_read_strictly() {
        let version = |text: &str| serde_json::from_value::<AppVersion>(text.into()).is_ok();
        for (text, good) in [
            ("2.14.0", true),
            ("2.14", false),
            ("2.14.x", false),
            ("2..0", false),
            ("", false),
        ] {
            assert_eq!(version(text), good, "{text}");
        }
        let features = |text: &str| serde_json::from_value::<Features>(text.into()).ok();
        let two = features("sync_stream, tus").map(|found| found.names().join("|"));
        assert_eq!(two.as_deref(), Some("sync_stream|tus"));
        assert_eq!(features(""), Some(Features::default()));
        assert_eq!(features("Sync Stream"), None);
    }
}
