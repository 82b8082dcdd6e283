//! An operation that will end says so on every answer; no other does.

use std::net::TcpListener;
use std::sync::Arc;

use api::app::{self, App};
use api::id_source::RandomIds;
use api::retired::Retired;
use persistence::Store;
use tests::client::Client;
use tests::on_both_engines;
use tests::server::TestServer;

/// Marked for this test only.
const MARKED: &[Retired] = &[
    Retired {
        method: "GET",
        path: "/v1/procedures/{procedure_code}",
        since: 1_764_547_200,
        until: 1_796_083_200,
        more: "/docs",
    },
    Retired {
        method: "PATCH",
        path: "/v1/me",
        since: 0,
        until: 1_796_083_200,
        more: "/docs",
    },
];

on_both_engines! {
    async fn what_will_end_says_so_on_every_answer(server: &TestServer) {
        let here = server.app();
        let settings = here.config.store_settings().unwrap();
        let store = Store::open(&settings).unwrap();
        let ids = Arc::new(RandomIds);
        let app = App::new(here.config.clone(), store, here.clock.clone(), ids, here.posted());
        let mut app = app.unwrap();
        app.retired = MARKED;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let running = app::serve(app, listener).unwrap();
        let client = Client::nobody(format!("http://{}", running.address));
        for (code, status) in [("2.000635", 200), ("9.999999", 404)] {
            let answer = client.get(&format!("/v1/procedures/{code}")).send().await.expect(status);
            assert_eq!(answer.header("deprecation"), "@1764547200");
            assert_eq!(answer.header("sunset"), "Tue, 01 Dec 2026 00:00:00 GMT");
            assert_eq!(answer.header("link"), "</docs>; rel=\"deprecation\"");
        }
        for other in ["/v1/procedures", "/v1/me", "/v1/nowhere"] {
            let answer = client.get(other).send().await;
            assert_eq!((answer.header("deprecation"), answer.header("sunset")), ("", ""), "{other}");
        }
        running.stop().await.unwrap();
        let before = server.nobody().get("/v1/procedures/2.000635").send().await.expect(200);
        assert_eq!(before.header("deprecation"), "", "none is marked");
    }
}
