//! What mandates open is followed too, and dropped when they end.

use serde_json::json;
use tests::follower::Follower;
use tests::on_both_engines;
use tests::server::TestServer;

use super::number;
use crate::mandates::{confirmed, done, draft_under, from_account, named, of_child, proposed};

const DAO: (&str, &str) = ("0912345678", "Nguyễn Thị Đào");
const MAN: (&str, &str) = ("0987654321", "Trần Văn Mận");
const CHILD: (&str, &str) = ("Trần Thị Bé", "089315000001");

on_both_engines! {
    async fn a_delegate_follows_what_a_mandate_opens_until_it_ends(server: &TestServer) {
        let (dao, man) = (named(server, DAO.0, DAO.1).await, named(server, MAN.0, MAN.1).await);
        number(server).await;
        let (mut hers, mut his) = (Follower::new(dao.clone()), Follower::new(man.clone()));
        his.catches_up(20).await;
        hers.catches_up(20).await;
        let asked = proposed(&man, &from_account(DAO.0, DAO.1)).await;
        let mandate = done(&dao, &asked, "accept").await;
        let own = man.draft().await;
        let hers_alone = dao.draft().await;
        let draft = man.draft_of(&draft_under(&mandate, DAO.1)).await;
        number(server).await;
        his.catches_up(20).await;
        hers.catches_up(20).await;
        assert_eq!(his.dossiers.keys().collect::<Vec<_>>().len(), 2);
        assert_eq!((&his.dossiers[&own.id]["by_mandate"], &his.dossiers[&draft.id]["by_mandate"]), (&json!(false), &json!(true)));
        assert_eq!(hers.dossiers[&draft.id]["by_mandate"], false, "it is her own");
        assert!(!his.dossiers.contains_key(&hers_alone.id));
        assert_eq!(his.differences().await, [""; 0]);
        assert_eq!(hers.differences().await, [""; 0]);
        man.submit(&draft).send().await.expect(200);
        number(server).await;
        his.catches_up(20).await;
        assert_eq!(his.dossiers[&draft.id]["view"]["state"], "registered");
        done(&dao, &mandate, "revoke").await;
        number(server).await;
        his.catches_up(20).await;
        assert_eq!(his.dossiers.keys().collect::<Vec<_>>(), [&own.id]);
        assert_eq!(his.differences().await, [""; 0]);
    }

    /// A mandate ends with its last day, and no event says so at midnight.
    async fn a_mandate_that_has_run_out_opens_nothing_to_a_follower(server: &TestServer) {
        let (dao, man) = (named(server, DAO.0, DAO.1).await, named(server, MAN.0, MAN.1).await);
        let mut terms = from_account(DAO.0, DAO.1);
        terms["valid_until"] = json!("2026-11-23");
        let mandate = done(&dao, &proposed(&man, &terms).await, "accept").await;
        let draft = man.draft_of(&draft_under(&mandate, DAO.1)).await;
        number(server).await;
        let mut his = Follower::new(man.clone());
        his.catches_up(1).await;
        assert!(his.dossiers.contains_key(&draft.id));
        server.clock().set("2026-11-24T00:00:01+07:00");
        his.catches_up(20).await;
        assert!(his.dossiers.is_empty());
    }

    /// Nobody owns a child's dossier; a draft of it that was thrown away is told gone.
    async fn what_belongs_to_no_account_is_followed_under_its_mandate(server: &TestServer) {
        let (man, staff) = (named(server, MAN.0, MAN.1).await, server.staff().await);
        let mandate = confirmed(&staff.receiver, &proposed(&man, &of_child(CHILD.0, CHILD.1)).await).await;
        let draft = draft_under(&mandate, CHILD.0);
        let (kept, dropped) = (man.draft_of(&draft).await, man.draft_of(&draft).await);
        number(server).await;
        let mut his = Follower::new(man.clone());
        his.catches_up(20).await;
        assert_eq!(his.dossiers.len(), 2);
        let path = format!("/v1/dossiers/{}", dropped.id);
        man.delete(&path).if_match(&dropped.etag).send().await.expect(204);
        number(server).await;
        his.catches_up(20).await;
        assert_eq!(his.dossiers.keys().collect::<Vec<_>>(), [&kept.id]);
        assert_eq!(his.differences().await, [""; 0]);
    }
}
