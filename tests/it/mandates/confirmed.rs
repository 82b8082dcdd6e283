//! Of a child and of an organisation: an officer looks at the paper first.

use domain::actor::Role;
use serde_json::json;
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{
    at_desk, command, confirmed, done, draft_under, named, of_child, of_organisation, proposed,
    proposing, terms,
};

const CHILD: (&str, &str) = ("Trần Thị Bé", "089315000001");
const FARM: (&str, &str) = ("Công ty TNHH Nông sản Mỹ Thuận", "0100109106");

on_both_engines! {
    async fn a_parent_acts_for_a_child_once_the_desk_has_looked(server: &TestServer) {
        let mother = named(server, "0912345678", "Nguyễn Thị Đào").await;
        let father = named(server, "0987654321", "Trần Văn Mận").await;
        let (here, there) = (
            server.officer(&[Role::Receiver], MY_THUAN).await,
            server.officer(&[Role::Receiver], BINH_SON).await,
        );
        let cashier = server.officer(&[Role::Cashier], MY_THUAN).await;
        let waiting = proposed(&mother, &of_child(CHILD.0, CHILD.1)).await;
        assert_eq!(waiting.view["valid_until"], "2033-05-31", "the day before the child is of age");
        command(&mother, &waiting, "accept").send().await.refused(403, "role-forbids");
        at_desk(&cashier, &waiting, "confirm").send().await.refused(403, "role-forbids");
        at_desk(&there, &waiting, "confirm").send().await.refused(404, "not-found");
        let listed = here.get("/v1/office/mandates?state=proposed").send().await.expect(200).json();
        assert_eq!(listed["items"][0]["mandator"]["personal_number"], "********0001", "enough to compare with the paper");
        let hers = confirmed(&here, &waiting).await;
        at_desk(&here, &hers, "confirm").send().await.refused(409, "mandate-state-forbids");
        let drafted = mother.draft_of(&draft_under(&hers, CHILD.0)).await;
        let path = format!("/v1/dossiers/{}", drafted.id);
        father.get(&path).send().await.refused(404, "not-found");
        let his = confirmed(&here, &proposed(&father, &of_child(CHILD.0, CHILD.1)).await).await;
        father.get(&path).send().await.expect(200);
        let list = father.get(&format!("/v1/dossiers?mandate_id={}", his.id)).send().await.expect(200);
        assert_eq!(list.json()["items"][0]["id"], json!(drafted.id), "it is the child's");
        let ended = Some(at_desk(&here, &hers, "revoke").send().await.expect(200).json());
        assert_eq!(ended.map(|view| view["ending"].clone()), Some(json!("revoked")));
        mother.get(&path).send().await.refused(404, "not-found");
        father.get(&path).send().await.expect(200);
        let another = proposed(&mother, &of_child("Trần Thị Khác", CHILD.1)).await;
        at_desk(&here, &another, "confirm").send().await.refused(422, "number-disagrees");
        let wrong = proposed(&mother, &of_child(CHILD.0, CHILD.1)).await;
        let refused = at_desk(&here, &wrong, "refuse").send().await.expect(200).json();
        assert_eq!(refused["ending"], "refused");
        let mut grown = of_child(CHILD.0, CHILD.1);
        grown["mandator"]["ward"]["birth_date"] = json!("1990-01-01");
        let grown = proposing(&mother, &grown).send().await.expect(422);
        grown.names(fault("/mandator/ward/birth_date", "out-of-range"));
    }

    async fn an_organisation_s_dossiers_are_its_own_whoever_represents_it(server: &TestServer) {
        let old = named(server, "0912345678", "Nguyễn Thị Đào").await;
        let new = named(server, "0987654321", "Trần Văn Mận").await;
        let clerk = named(server, "0977777777", "Lê Văn Sáu").await;
        let here = server.officer(&[Role::Receiver], MY_THUAN).await;
        let mut wrong = of_organisation(FARM.0, "0100109107");
        proposing(&old, &wrong).send().await.expect(422).names(fault("/mandator/organisation/tax_code", "wrong-format"));
        wrong["mandator"]["organisation"]["tax_code"] = json!(FARM.1);
        wrong.as_object_mut().unwrap().remove("agency_id");
        proposing(&old, &wrong).send().await.expect(422).names(fault("/agency_id", "required"));
        let first = confirmed(&here, &proposed(&old, &of_organisation(FARM.0, FARM.1)).await).await;
        let farm = first.view["mandator"]["organisation_id"].clone();
        let filed = old.draft_of(&draft_under(&first, FARM.0)).await;
        let filed = old.submit(&filed).send().await.expect(200).json();
        let path = format!("/v1/dossiers/{}", filed["id"].as_str().unwrap());

        let mut inside = terms(&json!({ "organisation_id": farm }), "organisation_authorisation");
        inside["delegate"] = json!({ "phone": "0977777777", "full_name": "Lê Văn Sáu" });
        inside["agency_id"] = json!(MY_THUAN);
        inside["acts"] = json!(["read"]);
        proposing(&new, &inside).send().await.expect(422).names(fault("/mandator/organisation_id", "unknown-reference"));
        let clerks = confirmed(&here, &proposed(&old, &inside).await).await;
        clerk.get(&path).send().await.expect(200);

        let second = confirmed(&here, &proposed(&new, &of_organisation("Nông sản MT", FARM.1)).await).await;
        assert_eq!(second.view["mandator"]["organisation_id"], farm, "one organisation for one tax code");
        assert_eq!(second.view["mandator"]["name"], FARM.0);
        new.get(&path).send().await.expect(200);
        at_desk(&here, &first, "revoke").send().await.expect(200);
        old.get(&path).send().await.refused(404, "not-found");
        command(&old, &clerks, "revoke").send().await.refused(404, "not-found");
        assert_eq!(done(&new, &clerks, "revoke").await.view["ending"], "revoked");
        clerk.get(&path).send().await.refused(404, "not-found");
        new.get(&path).send().await.expect(200);
    }
}
