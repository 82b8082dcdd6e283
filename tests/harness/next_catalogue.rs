//! A further import into a running server: the shipped files, changed.

use api::failure::Failure;
use api::procedures::importing::{Import, import_catalogue};
use api::procedures::watch::reload_if_newer;
use domain::ids::Id;
use persistence::Tx;
use serde_json::Value;

use crate::server::TestServer;

impl TestServer {
    /// Puts the shipped catalogue with one file changed in force, as another process would.
    pub async fn import_changed(&self, name: &str, change: impl Fn(&mut Value)) {
        let app = self.app();
        let now = app.clock.now();
        let mut import = Import::of_shipped(now, Id::from_uuid(app.ids.uuid(now)));
        let file = import.files.iter_mut().find(|(file, _)| file == name);
        let (_, text) = file.expect("a shipped file");
        let mut content = serde_json::from_str(text).expect("JSON");
        change(&mut content);
        *text = content.to_string();
        let work = move |tx: &mut Tx| -> Result<(), Failure> {
            let taken = import_catalogue(tx, &import)?;
            taken.map(drop).map_err(|faults| {
                let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
                Failure::internal(faults.join("; "))
            })
        };
        let done = self.store().write(work).await;
        done.expect("the import is taken");
        let newer = reload_if_newer(app).await;
        assert!(newer.expect("the store answers"));
    }
}
