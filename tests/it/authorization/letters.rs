//! A delivery that the house has given up on.

use chrono::TimeDelta;
use domain::ids::Id;
use persistence::outbox::{self, Backoff, Lease, NewEntry};
use persistence::{Json, StoreError, Tx};
use tests::server::TestServer;
use uuid::Uuid;

/// Puts one into the outbox; its id.
pub(super) async fn dead_letter(server: &TestServer) -> String {
    const TOPIC: &str = "matrix";
    let (id, owner, now) = (Uuid::now_v7(), Uuid::now_v7(), server.app().clock.now());
    let give_up = move |tx: &mut Tx| -> Result<(), StoreError> {
        let entry = NewEntry {
            id: Id::from_uuid(id),
            topic: TOPIC,
            key: "one",
            payload: Json::empty(),
            now,
        };
        outbox::put(tx, entry)?;
        let lease = Lease {
            owner,
            duration: TimeDelta::seconds(60),
        };
        let backoff = Backoff {
            first: TimeDelta::seconds(1),
            longest: TimeDelta::seconds(1),
            attempts: 1,
        };
        for entry in outbox::lease(tx, TOPIC, now, lease, 1)? {
            outbox::fail(tx, &entry, owner, now, "nobody answers", backoff)?;
        }
        Ok(())
    };
    server.store().write(give_up).await.unwrap();
    id.to_string()
}
