//! Gapless numbers.

use domain::ids::{AgencyId, Id};
use persistence::{StoreError, counters};
use uuid::Uuid;

use crate::{both, wait, wait_all};

#[test]
fn numbers_have_no_gaps_and_no_doubles_whatever_fails() {
    for it in both() {
        let agencies: [AgencyId; 2] = [1, 2].map(|n| Id::from_uuid(Uuid::from_u128(n)));
        let takers = (0..300_usize).map(|n| {
            let store = it.store.clone();
            async move {
                store
                    .write(move |tx| {
                        let number = counters::next(tx, agencies[n % 2], "receipt:2026")?;
                        // Every fifth writer changes its mind after it has its number.
                        if n % 5 == 0 {
                            Err(StoreError::Absent)
                        } else {
                            Ok(number)
                        }
                    })
                    .await
            }
        });
        let outcomes = wait_all(takers);
        for agency in 0..2 {
            let mut given: Vec<i64> = outcomes
                .iter()
                .skip(agency)
                .step_by(2)
                .filter_map(|outcome| outcome.clone().ok())
                .collect();
            given.sort_unstable();
            let expected: Vec<i64> = (1..=120).collect();
            assert_eq!(given, expected, "{}", it.engine);
        }
        let other = wait(
            it.store
                .write(move |tx| counters::next(tx, agencies[0], "code:2026")),
        );
        assert_eq!(other, Ok(1), "{}", it.engine);
    }
}
