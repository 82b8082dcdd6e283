//! How long things are kept, and `motcua retention --dry-run`.

use std::sync::Arc;

use persistence::Store;
use serde::Deserialize;

use super::{Config, catalogue, officer::told};
use crate::{
    app::App,
    clock::{Clock as _, SystemClock},
    id_source::RandomIds,
    retention::{self, Counted},
};

/// How long things are kept, where the law leaves it open.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// For how many days a draft is kept that nobody touches.
    pub drafts_days: u32,
    /// How many of each sort one night removes at most.
    pub most_per_night: usize,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            drafts_days: 90,
            most_per_night: 20_000,
        }
    }
}

/// Prints what is past its time, one line for each sort, or removes it as a night would.
pub(super) async fn run(config: &Config, dry_run: bool) -> anyhow::Result<()> {
    let store = Store::open(&config.store_settings()?)?;
    let posted = catalogue::in_force(&store).await?;
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    let now = clock.now();
    let app = App::new(config.clone(), store, clock, ids, posted)?;
    let counted = retention::count(&app, now).await;
    for Counted { what, past } in counted.map_err(|failure| told(&failure))? {
        let oldest = past
            .oldest
            .map_or_else(|| "-".to_owned(), domain::time::Time::rfc3339);
        println!(
            "{}: {} past their time, oldest {oldest}",
            what.as_str(),
            past.count
        );
    }
    if !dry_run {
        let removed = retention::tidy_up(&app, now).await;
        println!("{} removed", removed.map_err(|failure| told(&failure))?);
    }
    Ok(())
}
