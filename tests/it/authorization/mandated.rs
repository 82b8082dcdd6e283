//! Mandates of the ground: one that stands, one that was revoked, one of an organisation, each with a
//! dossier that was filed under it and ended.

use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::extract_copy::{Seen, Staff};

use super::ground::{Belonging, Ground};
use super::laying::{ended, text};
use super::policy::{Kind, UNSEEN};
use crate::mandates::{
    Held, confirmed, done, draft_under, from_account, of_organisation, proposed, rename,
};

/// Of the citizens of the ground: who gives, who holds, and whether it stands.
const GIVEN: [(usize, usize, bool); 2] = [(0, 3, true), (1, 4, false)];
const REPRESENTATIVE: usize = 5;
const NUMBERS: [&str; 2] = ["0912345678", "0987654321"];
const NAMES: [&str; 2] = ["Kiều Mộng Thu", "Hứa Bích Thảo"];
const ORGANISATION: &str = "Hợp tác xã Hòn Đất";

impl Ground {
    /// Lays the mandates out.
    pub(super) async fn mandates(&mut self, staff: &Staff) {
        for (place, (giver, holder, stands)) in GIVEN.into_iter().enumerate() {
            let [one, other] = [giver, holder].map(|number| self.citizens[number].clone());
            rename(&one, NAMES[place]).await;
            let waiting = proposed(&other, &from_account(NUMBERS[place], NAMES[place])).await;
            let mandate = done(&one, &waiting, "accept").await;
            let of = Belonging {
                owner: Some(giver),
                delegate: stands.then_some(holder),
                agency: MY_THUAN,
                is_draft: false,
                only: None,
            };
            self.filed_under(staff, &mandate, (holder, NAMES[place]), of)
                .await;
            if !stands {
                done(&one, &mandate, "revoke").await;
            }
            // Either side sees that it is over; no officer sees what two accounts agreed on, but by
            // the dossier.
            let of = Belonging {
                delegate: Some(holder),
                is_draft: true,
                ..of
            };
            self.add_mandate("a mandate", of, &mandate);
        }
        let one = self.citizens[REPRESENTATIVE].clone();
        let waiting = proposed(&one, &of_organisation(ORGANISATION, "0100109106")).await;
        let mandate = confirmed(&staff.receiver, &waiting).await;
        let of = Belonging {
            owner: None,
            delegate: Some(REPRESENTATIVE),
            agency: MY_THUAN,
            is_draft: false,
            only: None,
        };
        self.filed_under(staff, &mandate, (REPRESENTATIVE, ORGANISATION), of)
            .await;
        self.add_mandate("an organisation's mandate", of, &mandate);
        self.a_childs(staff).await;
    }

    /// A child's mandate, so that every kind is there.
    async fn a_childs(&mut self, staff: &Staff) {
        let parent = self.citizens[REPRESENTATIVE].clone();
        let child = crate::mandates::of_child("Danh Thị Sô Phia", "089315000009");
        let waiting = proposed(&parent, &child).await;
        let mandate = confirmed(&staff.receiver, &waiting).await;
        let of = Belonging {
            owner: None,
            delegate: Some(REPRESENTATIVE),
            agency: MY_THUAN,
            is_draft: false,
            only: None,
        };
        self.add_mandate("a child's mandate", of, &mandate);
    }

    fn add_mandate(&mut self, name: &str, of: Belonging, mandate: &Held) {
        let path = vec![("mandate_id", mandate.id.clone())];
        self.add(Kind::Mandate, name, Some(of), path, UNSEEN);
    }

    /// A dossier filed by the delegate and handed over, with a paper in it.
    async fn filed_under(
        &mut self,
        staff: &Staff,
        mandate: &Held,
        (holder, applicant): (usize, &str),
        of: Belonging,
    ) {
        let delegate = self.citizens[holder].clone();
        let draft = delegate.draft_of(&draft_under(mandate, applicant)).await;
        let draft = delegate.attach(&draft, super::ground::PAPER).await;
        let filed = Seen::of(&delegate.submit(&draft).send().await.expect(200));
        let accepted = staff.accepted(&filed).await;
        let asked = tests::extract_copy::two_papers();
        let asked = staff
            .receiver
            .done(&accepted, "request_supplement", asked)
            .await;
        let first = delegate.attach(&asked, super::ground::PAPER).await;
        let second = delegate.attach(&first, "relationship_proof").await;
        let answered = Seen::of(&delegate.answer(&second).send().await.expect(200));
        let resumed = staff.receiver.done(&answered, "resume", Value::Null).await;
        let ended = ended(staff, &resumed).await;
        let path = vec![
            ("dossier_id", ended.id.clone()),
            ("paper_key", super::ground::PAPER.to_owned()),
        ];
        let name = format!("a dossier of {applicant}");
        self.add(Kind::Dossier, &name, Some(of), path, &ended.etag);
        let round = &ended.view["supplements"][0]["id"];
        let path = vec![("supplement_id", text(round))];
        self.add(Kind::Supplement, &name, Some(of), path, &ended.etag);
        for file in [
            &ended.view["papers"][0]["file_id"],
            &ended.view["results"][0]["file_id"],
        ] {
            self.add(
                Kind::File,
                &name,
                Some(of),
                vec![("file_id", text(file))],
                UNSEEN,
            );
            self.mark(of, file);
        }
        for mark in [&json!(ended.id), &ended.view["code"], round] {
            self.mark(of, mark);
        }
    }
}
