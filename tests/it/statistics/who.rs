//! Who may see the figures, and who may look after the outbox: every role, allowed or refused.

use domain::actor::Role::{self, Approver, Auditor, ProvinceAdministrator, Statistician};
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

const SUMMARY: &str = "/v1/office/statistics/summary?from=2026-11-01&to=2026-12-01";
const DEAD: &str = "/v1/admin/outbox/dead";

async fn assert_only(server: &TestServer, path: &str, allowed: &[Role]) {
    for role in Role::ALL {
        let officer = server.officer(&[role], MY_THUAN).await;
        let answer = officer.get(path).send().await;
        if allowed.contains(&role) {
            answer.expect(200);
        } else {
            answer.refused(403, "role-forbids");
        }
    }
    let citizen = server.citizen("0912345678").await;
    citizen
        .get(path)
        .send()
        .await
        .refused(403, "wrong-account-kind");
    server
        .nobody()
        .get(path)
        .send()
        .await
        .refused(401, "unauthenticated");
}

on_both_engines! {
    async fn figures_are_for_those_who_answer_for_them(server: &TestServer) {
        assert_only(server, SUMMARY, &[Statistician, Approver, ProvinceAdministrator, Auditor]).await;
    }

    async fn dead_letters_are_for_the_provinces_administrators(server: &TestServer) {
        assert_only(server, DEAD, &[ProvinceAdministrator]).await;
        let requeue = async |officer: Client| {
            officer.post(&format!("/v1/admin/outbox/{}/requeue", Uuid::now_v7())).send().await
        };
        for role in Role::ALL {
            let answer = requeue(server.officer(&[role], MY_THUAN).await).await;
            if role == ProvinceAdministrator {
                answer.refused(404, "not-found");
            } else {
                answer.refused(403, "role-forbids");
            }
        }
    }
}
