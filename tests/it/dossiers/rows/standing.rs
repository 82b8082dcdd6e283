//! Dossiers that stand where a row begins, with everything its guards ask for.

use chrono::TimeDelta;
use domain::actor::Role;
use domain::dossiers::{Command, State};
use domain::ids::OfficerId;
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::extract_copy::{PRICE, Seen, Staff, grounded, pdf, two_papers};
use tests::server::TestServer;

use super::PAPER;

/// Everybody who can ask something of a dossier.
pub(super) struct People {
    pub(super) citizen: Client,
    staff: Staff,
    worker: OfficerId,
    officers: Vec<(Role, Client)>,
}

impl People {
    pub(super) async fn of(server: &TestServer) -> Self {
        let mut officers = Vec::new();
        for role in Role::ALL {
            officers.push((role, server.officer(&[role], MY_THUAN).await));
        }
        Self {
            citizen: server.citizen("0912345678").await,
            staff: server.staff().await,
            worker: server.hire(&[Role::Processor], MY_THUAN).await.id,
            officers,
        }
    }

    /// An officer with this role and no other.
    pub(super) fn officer(&self, role: Role) -> &Client {
        let found = self.officers.iter().find(|(held, _)| *held == role);
        &found.unwrap().1
    }

    /// The dossier as it is now: a draft as its citizen sees it, anything else as the desk does.
    pub(super) async fn look(&self, seen: &Seen) -> Seen {
        let (who, place) = if seen.state() == State::Draft.as_str() {
            (&self.citizen, "/v1/dossiers")
        } else {
            (&self.staff.receiver, "/v1/office/dossiers")
        };
        let path = format!("{place}/{}", seen.id);
        Seen::of(&who.get(&path).send().await.expect(200))
    }

    /// A dossier in that state that the desk filed for a person without an account.
    pub(super) async fn standing_without_an_account(&self, from: State) -> Seen {
        let staff = &self.staff;
        let desk = &staff.receiver;
        let filed = desk.filed_at_desk().await;
        match from {
            State::Registered => filed,
            State::Accepted => staff.accepted(&filed).await,
            State::Processing => staff.processing(&filed).await,
            State::SupplementRequested => {
                let accepted = staff.accepted(&filed).await;
                desk.done(&accepted, "request_supplement", two_papers())
                    .await
            }
            State::PaymentRequested => {
                let processing = staff.processing(&filed).await;
                desk.done(&processing, "request_payment", Value::Null).await
            }
            State::Draft
            | State::NotAccepted
            | State::Stopped
            | State::WithdrawalRequested
            | State::Completed
            | State::Returned => panic!("nothing is taken back at the desk from {from:?}"),
        }
    }

    /// A dossier in that state, ready for the command.
    pub(super) async fn standing(
        &self,
        server: &TestServer,
        from: State,
        command: Command,
    ) -> Seen {
        let mut seen = self.arrived(server, from, command).await;
        if command == Command::Assign {
            seen.view["worker"] = json!(self.worker);
        }
        if command == Command::Release {
            let processor = self.officer(Role::Processor);
            seen = processor.done(&seen, "take_up", Value::Null).await;
        }
        if command == Command::ExtendDeadline {
            let sorry = json!({ "reason": "Lý do.", "new_due_at": "2027-03-01T16:00:00+07:00" });
            seen = self.staff.approver.done(&seen, "apologise", sorry).await;
        }
        seen
    }

    async fn arrived(&self, server: &TestServer, from: State, command: Command) -> Seen {
        let (citizen, staff) = (&self.citizen, &self.staff);
        match from {
            State::Draft if command == Command::RemovePaper => {
                citizen.attach(&citizen.draft().await, PAPER).await
            }
            State::Draft => citizen.draft().await,
            State::Registered => citizen.filed().await,
            // It only ever stands here for the length of a transaction.
            State::WithdrawalRequested if command == Command::ReleaseUnaccepted => {
                citizen.filed().await
            }
            State::Accepted => staff.accepted(&citizen.filed().await).await,
            State::Processing if command == Command::IssueResult => self.decided().await,
            State::Processing => self.processing().await,
            State::SupplementRequested => self.asked(server, command).await,
            State::PaymentRequested => {
                let processing = self.processing().await;
                staff
                    .receiver
                    .done(&processing, "request_payment", Value::Null)
                    .await
            }
            State::WithdrawalRequested => {
                let processing = self.processing().await;
                let asked = citizen
                    .act(&processing, "withdraw", &json!({}))
                    .send()
                    .await;
                Seen::of(&asked.expect(200))
            }
            State::Completed => self.completed(command == Command::HandOver).await,
            State::NotAccepted if command == Command::Reopen => {
                let filed = citizen.filed().await;
                let why = grounded("Lý do.");
                staff.receiver.done(&filed, "refuse", why).await
            }
            State::Stopped if command == Command::Reopen => {
                let processing = self.processing().await;
                let why = grounded("Lý do.");
                staff.approver.done(&processing, "stop", why).await
            }
            State::NotAccepted | State::Stopped | State::Returned => {
                panic!("{from:?} is an end: {command:?} cannot begin there")
            }
        }
    }

    async fn processing(&self) -> Seen {
        self.staff.processing(&self.citizen.filed().await).await
    }

    /// Decided, with a document that waits to be issued; its id is noted in the view.
    async fn decided(&self) -> Seen {
        let processing = self.processing().await;
        let approver = &self.staff.approver;
        let mut decided = approver
            .done(&processing, "decide", json!({ "outcome": "approved" }))
            .await;
        let path = format!("/v1/office/dossiers/{}/result_file", decided.id);
        let upload = approver.post(&path).body("application/pdf", pdf("x"));
        decided.view["waiting_file"] = upload.send().await.expect(201).json()["file_id"].clone();
        decided
    }

    async fn completed(&self, is_paid: bool) -> Seen {
        let processing = self.processing().await;
        let approver = &self.staff.approver;
        let decided = approver
            .done(&processing, "decide", json!({ "outcome": "approved" }))
            .await;
        let issued = self
            .staff
            .issued(&decided, &format!("{}/2026", decided.id))
            .await;
        if is_paid {
            let cash = json!({ "amount": PRICE });
            self.staff.cashier.done(&issued, "record_cash", cash).await
        } else {
            issued
        }
    }

    /// Papers were asked for; for some commands they are attached, or answered with.
    async fn asked(&self, server: &TestServer, command: Command) -> Seen {
        let (citizen, staff) = (&self.citizen, &self.staff);
        let filed = citizen.filed().await;
        let before = if command == Command::RefuseUnanswered {
            filed
        } else {
            staff.accepted(&filed).await
        };
        let mut seen = staff
            .receiver
            .done(&before, "request_supplement", two_papers())
            .await;
        let follows_the_answer = matches!(
            command,
            Command::Resume | Command::ConsentSupplement | Command::RequestSupplement
        );
        if !follows_the_answer && command != Command::AnswerSupplement {
            return seen;
        }
        server.clock().advance(TimeDelta::minutes(1));
        for paper in ["authorisation", "relationship_proof"] {
            seen = citizen.attach(&seen, paper).await;
        }
        if follows_the_answer {
            seen = Seen::of(&citizen.answer(&seen).send().await.expect(200));
        }
        if command == Command::RequestSupplement {
            let why = json!({ "reason": "law_changed" });
            seen = staff.approver.done(&seen, "consent_supplement", why).await;
        }
        seen
    }
}
