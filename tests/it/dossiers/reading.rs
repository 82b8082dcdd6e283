//! Who may read a dossier, by every door: each role, allowed or refused.

use domain::actor::Role::{
    self, Approver, Auditor, Cashier, Processor, ProvinceAdministrator, Receiver, Returner,
};
use serde_json::Value;
use tests::accounts::MY_THUAN;
use tests::extract_copy::Seen;
use tests::on_both_engines;
use tests::server::TestServer;

/// Case work, the till, and the audit.
const READERS: [Role; 6] = [Receiver, Processor, Approver, Returner, Cashier, Auditor];

/// Every address under which something of a dossier is read.
fn doors(seen: &Seen) -> Vec<String> {
    let id = &seen.id;
    let below = [
        "receipt",
        "timeline",
        "deadline",
        "supplements",
        "payments",
        "results",
        "consents",
    ];
    let mut doors: Vec<_> = below
        .iter()
        .map(|what| format!("/v1/dossiers/{id}/{what}"))
        .collect();
    doors.push(format!("/v1/office/dossiers/{id}"));
    doors.push("/v1/office/dossiers".to_owned());
    doors.push("/v1/office/inbox".to_owned());
    doors
}

on_both_engines! {
    async fn a_dossier_is_read_by_those_who_work_on_it(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let draft = citizen.draft().await;
        let draft = citizen.attach(&draft, "authorisation").await;
        let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        let accepted = staff.accepted(&filed).await;
        let file = format!("/v1/files/{}", filed.view["papers"][0]["file_id"].as_str().unwrap());
        let cash = serde_json::json!({ "amount": accepted.view["amount_due"] });
        staff.cashier.done(&accepted, "record_cash", cash).await;
        let payments = staff.cashier.get(&format!("/v1/dossiers/{}/payments", filed.id)).send().await;
        let payment = payments.expect(200).json()["payments"][0]["id"].as_str().unwrap().to_owned();
        let mut doors = doors(&filed);
        doors.push(format!("/v1/payments/{payment}"));
        for role in Role::ALL {
            let officer = server.officer(&[role], MY_THUAN).await;
            for door in &doors {
                let answer = officer.get(door).send().await;
                // Whoever could state a purpose is told that one is needed.
                let code = if role == ProvinceAdministrator { "purpose-required" } else { "role-forbids" };
                if READERS.contains(&role) {
                    assert_eq!(answer.status, 200, "{role:?} at {door}");
                } else {
                    assert_eq!((answer.status, answer.code().as_str()), (403, code), "{role:?} at {door}");
                }
            }
            let answer = officer.get(&file).send().await;
            if READERS.contains(&role) && role != Cashier {
                answer.expect(200);
            } else {
                let code = if role == ProvinceAdministrator { "purpose-required" } else { "role-forbids" };
                answer.refused(403, code);
            }
        }
        citizen.get(&file).send().await.expect(200);
    }

    /// The key to public tracking is the citizen's, and is printed on the slip.
    async fn the_tracking_secret_is_told_to_the_citizen_and_the_slip_only(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let secret = filed.view["tracking_secret"].as_str().unwrap();
        let accepted = staff.accepted(&filed).await;
        let path = format!("/v1/office/dossiers/{}", filed.id);
        for role in READERS {
            let officer = server.officer(&[role], MY_THUAN).await;
            let shown = officer.get(&path).send().await.expect(200);
            assert_eq!(shown.json()["tracking_secret"], Value::Null, "{role:?}");
            assert!(!shown.json().to_string().contains(secret), "{role:?}");
        }
        assert!(!accepted.view.to_string().contains(secret));
        let own = citizen.get(&format!("/v1/dossiers/{}", filed.id)).send().await.expect(200).json();
        assert_eq!(own["tracking_secret"], secret);
        let slip = staff.receiver.get(&format!("/v1/dossiers/{}/receipt", filed.id)).send().await;
        assert_eq!(slip.expect(200).json()["tracking_secret"], secret);
    }
}
