//! Whose work a dossier of the ground is, and what was proposed about another one and declined.

use serde_json::Value;
use tests::accounts::MY_THUAN;
use tests::extract_copy::{Seen, Staff, grounded};

use super::ground::{Belonging, Ground};
use super::laying::text;
use super::policy::{Kind, UNSEEN};

impl Ground {
    /// A dossier that is a processor's work, and one that was refused and is not opened again.
    pub(super) async fn desk(&mut self, staff: &Staff) {
        let filed = staff.receiver.filed_at_desk().await;
        let processing = staff.processing(&filed).await;
        let taken = staff.processor.office(&processing, "take_up", &Value::Null);
        taken.send().await.expect(200);
        let filed = staff.receiver.filed_at_desk().await;
        let refuse = staff.receiver.office(&filed, "refuse", &grounded("Lý do."));
        let refused = Seen::of(&refuse.send().await.expect(200));
        let path = format!("/v1/office/dossiers/{}/propose_reopening", refused.id);
        let wish = staff.receiver.post(&path).json(&grounded("Nhầm hồ sơ."));
        let id = text(&wish.send().await.expect(200).json()["proposal_id"]);
        let decline = format!("/v1/office/proposals/{id}/decline");
        staff.approver.post(&decline).send().await.expect(200);
        let of = Belonging {
            owner: None,
            delegate: None,
            agency: MY_THUAN,
            is_draft: false,
            only: None,
        };
        let path = vec![("proposal_id", id)];
        let name = "a proposal about a dossier";
        self.add(Kind::DossierProposal, name, Some(of), path, UNSEEN);
    }
}
