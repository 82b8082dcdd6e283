//! What an app is told of itself.

use domain::time::Time;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{app::App, config::Apps};

/// What an app is told of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AppConfig {
    /// The oldest versions that still work with this server: an older app asks to be updated.
    pub min_app_version: MinAppVersion,
    /// Names of what is switched on.
    #[schema(max_items = 50, value_type = Vec<FeatureName>)]
    pub features: Vec<String>,
    /// The catalogue in force: what the app keeps of procedures, forms and agencies is to be asked for
    /// anew when it is another one.
    #[schema(minimum = 0)]
    pub catalogue_version: i64,
    /// The server's time, to the minute; the `Date` header has the second.
    pub server_time: Time,
}

/// The oldest versions that still work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MinAppVersion {
    /// For Android.
    #[schema(max_length = 17, example = "1.0.0")]
    pub android: String,
    /// For iOS.
    #[schema(max_length = 17, example = "1.0.0")]
    pub ios: String,
}

/// The name of something that can be switched on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(min_length = 1, max_length = 40, example = "sync_stream")]
pub struct FeatureName(pub String);

impl AppConfig {
    /// As configured, now.
    pub fn of(app: &App) -> Self {
        let Apps {
            android_min_version,
            ios_min_version,
            features,
        } = &app.config.apps;
        Self {
            min_app_version: MinAppVersion {
                android: android_min_version.as_str().to_owned(),
                ios: ios_min_version.as_str().to_owned(),
            },
            features: features.names().to_vec(),
            catalogue_version: app.posted().generation(),
            server_time: minute(app.clock.now()),
        }
    }
}

/// The beginning of the minute: so that an answer keeps its tag for a while.
fn minute(now: Time) -> Time {
    const MINUTE: i64 = 60 * 1_000_000;
    let since = now.micros().rem_euclid(MINUTE);
    Time::from_micros(now.micros() - since).unwrap_or(now)
}
