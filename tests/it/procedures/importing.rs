//! An import is taken whole or not at all, and a running server notices it.

use api::failure::Failure;
use api::procedures::importing::{Import, ImportFault, import_catalogue};
use api::procedures::watch::reload_if_newer;
use persistence::Tx;
use tests::on_both_engines;
use tests::server::TestServer;

const FILE: &str = "procedures/ho-tich.json";
const OLD_NAME: &str = "Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh";
const NEW_NAME: &str = "Cấp bản sao trích lục hộ tịch (tên mới)";

/// The shipped files with one text in one file replaced, everywhere.
fn changed(server: &TestServer, from: &str, to: &str) -> Import {
    let app = server.app();
    let now = app.clock.now();
    let mut import = Import::of_shipped(now, domain::ids::Id::from_uuid(app.ids.uuid(now)));
    let file = import.files.iter_mut().find(|(name, _)| name == FILE);
    let (_, text) = file.unwrap();
    assert!(text.contains(from));
    *text = text.replace(from, to);
    import
}

/// What an import is refused for; nothing if it was taken.
async fn faults(server: &TestServer, import: Import) -> Vec<String> {
    let work = move |tx: &mut Tx| -> Result<Vec<ImportFault>, Failure> {
        Ok(import_catalogue(tx, &import)?.err().unwrap_or_default())
    };
    let found = server.app().store.write(work).await.unwrap();
    found.iter().map(ToString::to_string).collect()
}

async fn name(server: &TestServer) -> String {
    let found = server.nobody().get("/v1/procedures/2.000635").send().await;
    found.expect(200).json()["name"]
        .as_str()
        .unwrap()
        .to_owned()
}

on_both_engines! {
    async fn a_faulty_file_leaves_the_old_catalogue_in_force(server: &TestServer) {
        let generation = server.app().posted().generation();
        let import = changed(server, "\"field\": \"G15-HT01\"", "\"field\": \"G15-XX01\"");
        let found = faults(server, import).await;
        let place = format!("{FILE}:");
        assert!(!found.is_empty());
        assert!(found.iter().all(|fault| fault.starts_with(&place)), "{found:?}");
        assert!(found.iter().all(|fault| fault.contains("/field: unknown-reference")), "{found:?}");
        assert!(!reload_if_newer(server.app()).await.unwrap());
        assert_eq!(server.app().posted().generation(), generation);
        assert_eq!(name(server).await, OLD_NAME);
    }

    async fn a_version_in_use_is_not_changed(server: &TestServer) {
        let found = faults(server, changed(server, OLD_NAME, NEW_NAME)).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("2.000635") && found[0].contains("last day"), "{found:?}");
        let found = faults(server, changed(server, "\"code\": \"2.000635\"", "\"code\": \"2.999999\"")).await;
        assert!(found.iter().any(|fault| fault.contains("missing")), "{found:?}");
        assert!(!reload_if_newer(server.app()).await.unwrap());
        assert_eq!(name(server).await, OLD_NAME);
    }

    async fn a_running_server_notices_the_next_catalogue(server: &TestServer) {
        let generation = server.app().posted().generation();
        // Files that only say of themselves that they were looked at again.
        let app = server.app();
        let now = app.clock.now();
        let import = Import::of_shipped(now, domain::ids::Id::from_uuid(app.ids.uuid(now)));
        assert_eq!(faults(server, import).await, [""; 0]);
        assert_eq!(app.posted().generation(), generation);
        assert!(reload_if_newer(app).await.unwrap());
        assert_eq!(app.posted().generation(), generation + 1);
        assert!(!reload_if_newer(app).await.unwrap());
        assert_eq!(name(server).await, OLD_NAME);
    }
}
