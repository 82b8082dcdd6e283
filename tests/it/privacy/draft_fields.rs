//! What is remembered of the fields of a draft lies sealed, and goes when the draft does.

use serde_json::json;
use tests::client::Client;
use tests::extract_copy::Seen;
use tests::on_both_engines;
use tests::server::TestServer;

use super::sql;

/// The bytes that are kept, as hexadecimal digits; empty where nothing is.
fn kept(server: &TestServer) -> String {
    let hex = match server.site().database() {
        Some(_) => "encode(fields, 'hex')",
        None => "lower(hex(fields))",
    };
    sql(server.site(), &format!("SELECT {hex} FROM draft_fields"))
}

async fn edited(citizen: &Client) -> Seen {
    let made = citizen.draft().await;
    let request = citizen.patch(&format!("/v1/dossiers/{}", made.id));
    let patch = json!({ "form": { "copies": 5 } });
    let request = request.if_match(&made.etag).json(&patch);
    Seen::of(&request.send().await.expect(200))
}

on_both_engines! {
    async fn of_what_is_filed_or_thrown_away_nothing_is_remembered(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let first = edited(&citizen).await;
        let sealed = kept(server);
        assert!(sealed.len() > 60, "{sealed}");
        let copies = crate::uploads::hexadecimal(b"copies");
        assert!(!sealed.contains(&copies), "it lies open");
        citizen.submit(&first).send().await.expect(200);
        assert_eq!(kept(server), "");
        // What is filed is edited by nobody, whatever the version.
        let path = format!("/v1/dossiers/{}", first.id);
        let late = citizen.patch(&path).if_match("\"v1\"").json(&json!({ "form": { "copies": 1 } }));
        late.send().await.refused(412, "version-mismatch");
        let second = edited(&citizen).await;
        let path = format!("/v1/dossiers/{}", second.id);
        citizen.delete(&path).if_match(&second.etag).send().await.expect(204);
        assert_eq!(kept(server), "");
    }
}
