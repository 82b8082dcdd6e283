//! Consents stay as they were given, whoever asks the engine to change them.

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::BigInt};
use domain::{
    consents::{Consent, Purpose, Tongue},
    dossiers::Channel,
};
use persistence::{StoreError, Tx, consents};

use crate::{add, at, both, id, person, wait};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[test]
fn neither_engine_changes_or_removes_a_consent() {
    for it in both() {
        let someone = person(id(), at(0));
        let consent = Consent {
            person: Some(someone.id),
            ..of_nobody()
        };
        wait(it.store.write(move |tx| {
            add(tx, &someone)?;
            consents::append(tx, id(), &consent)
        }))
        .unwrap();
        for change in [
            "UPDATE consents SET text_version = 2",
            "DELETE FROM consents",
        ] {
            let tried = wait(it.store.write(move |tx| {
                let done = sql_query(change).execute(tx.conn());
                done.map(drop).map_err(StoreError::from)
            }));
            assert!(tried.is_err(), "{} took {change}", it.engine);
        }
        let kept = wait(it.store.read(|tx| {
            let count = "SELECT count(*) AS value FROM consents WHERE text_version = 1";
            let found = sql_query(count).get_result::<Count>(tx.conn());
            found.map_err(StoreError::from)
        }));
        assert_eq!(kept.unwrap().value, 1, "{}", it.engine);
        let append = |tx: &mut Tx| consents::append(tx, id(), &of_nobody());
        let refused = wait(it.store.write(append));
        assert!(
            matches!(refused, Err(StoreError::Refused { .. })),
            "{refused:?}"
        );
    }
}

fn of_nobody() -> Consent {
    Consent {
        id: id(),
        dossier: None,
        person: None,
        purpose: Purpose::DossierSettlement,
        text_version: 1,
        text_sha256: [7; 32],
        language: Tongue::Vi,
        text_named: false,
        channel: Channel::Post,
        taken_by: None,
        given_at: at(1),
    }
}
