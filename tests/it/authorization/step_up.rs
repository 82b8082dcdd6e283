//! What asks for a fresh proof: the operations of the table, each of them, and no other.

use domain::actor::{Actor, Role, Roles};
use domain::sessions::Sensitive;
use tests::accounts::MY_THUAN;
use tests::on_both_engines;
use tests::server::TestServer;

use super::ground::Ground;
use super::policy::rows;
use super::request::operations;

on_both_engines! {
    async fn what_the_table_lists_asks_for_a_fresh_proof_and_nothing_else(server: &TestServer) {
        let ground = Ground::of(server).await;
        let held = &[Role::AgencyAdministrator, Role::Approver];
        let officer = server.hire(held, MY_THUAN).await;
        let unproved = server.signed_in(&Actor::Officer {
            officer: officer.id, agency: MY_THUAN, roles: Roles::of(held)
        });
        let (mut asked, rows) = (0, rows());
        for operation in operations() {
            let row = rows.iter().find(|row| row.operation == operation.id).unwrap();
            let mut objects = ground.objects(row.of);
            let here = objects.find(|it| it.of.is_none_or(|of| of.agency == MY_THUAN)).unwrap();
            if row.is_last {
                continue;
            }
            let answer = operation.request(&unproved, row, here).send().await;
            let asks = answer.status == 403 && answer.code() == "step-up-required";
            let listed = Sensitive::parse(&operation.id);
            assert_eq!(asks, listed.is_some(), "{}: {}", operation.id, answer.status);
            asked += usize::from(asks);
        }
        assert_eq!(asked, Sensitive::ALL.len(), "the table names what is no operation");
    }
}
