//! The citizen's own account: what is claimed there keeps nobody out.

use serde_json::json;
use tests::client::{Client, Response};
use tests::on_both_engines;
use tests::server::TestServer;

async fn claim(citizen: &Client, number: &str) -> Response {
    let me = citizen.get("/v1/me").send().await.expect(200);
    let body = json!({ "personal_number": number }).to_string();
    let request = citizen.patch("/v1/me").if_match(&me.etag());
    request
        .body("application/merge-patch+json", body)
        .send()
        .await
}

on_both_engines! {
    /// Nothing proves a number yet: whoever types somebody else's learns nothing by it and does not
    /// keep the owner from giving it.
    async fn a_personal_number_blocks_nobody_and_tells_nothing(server: &TestServer) {
        let stranger = server.citizen("0987654321").await;
        let owner = server.citizen("0912345678").await;
        for citizen in [&stranger, &owner, &owner] {
            let me = claim(citizen, "089190001234").await.expect(200).json();
            assert_eq!(me["personal_number"], "089190001234");
        }
        claim(&owner, "12").await.refused(422, "invalid-content");
    }
}
