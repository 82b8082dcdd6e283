//! Every row of the transition table over HTTP: by everybody it lists, and by nobody else.

mod standing;

use api::worker::run_once;
use chrono::TimeDelta;
use domain::actor::{Role, Who};
use domain::dossiers::{Case, Command, State, TRANSITIONS};
use domain::transition::{To, Transition};
use serde_json::{Value, json};
use tests::accounts::BINH_SON;
use tests::client::{Client, Request};
use tests::extract_copy::{PRICE, Seen, grounded, pdf, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;

use self::standing::People;

/// What the tests put into a paper's place.
const PAPER: &str = "relationship_proof";

on_both_engines! {
    /// The commands are matched without a rest, so a new one does not compile before it is here.
    async fn each_is_taken_by_everybody_it_lists(server: &TestServer) {
        let people = People::of(server).await;
        for row in TRANSITIONS {
            // At the counter everything due is paid at once, which is the row before; a part of it
            // can only come through a gateway.
            if (row.from, row.command) == (State::PaymentRequested, Command::RecordPayment) {
                continue;
            }
            for who in row.who {
                let place = format!("{:?} in {:?} by {who:?}", row.command, row.from);
                let before = before(server, &people, row).await;
                let taken = match who {
                    Who::Citizen => by_citizen(&people.citizen, &before, row.command),
                    Who::Officer(role) => by_officer(people.officer(*role), &before, row.command),
                    Who::System => {
                        if let Some(state) = by_the_house(server, &people, &before, row.command).await {
                            assert_eq!(To::State(state), row.to, "{place}");
                        }
                        continue;
                    }
                };
                let answer = taken.send().await;
                if row.command == Command::Discard {
                    answer.expect(204);
                    continue;
                }
                assert_eq!(answer.status, 200, "{place}: {}", answer.json());
                if answers_otherwise(row.command) {
                    continue;
                }
                let after = Seen::of(&answer);
                assert_eq!(after.state(), expected(row.from, row.command, row.to), "{place}");
                assert_ne!(after.view["version"], before.view["version"], "{place}");
            }
        }
    }

    /// Officers with another role, citizens at the office, officers at the citizens' door.
    async fn each_is_refused_to_everybody_else(server: &TestServer) {
        let people = People::of(server).await;
        let stranger = server.citizen("0987654321").await;
        for row in TRANSITIONS {
            let before = before(server, &people, row).await;
            let place = format!("{:?} in {:?}", row.command, row.from);
            let listed = |who: Who| row.who.contains(&who);
            let at_office = Role::ALL.iter().any(|role| listed(Who::Officer(*role)));
            let for_citizens = listed(Who::Citizen);
            for role in Role::ALL.into_iter().filter(|role| !listed(Who::Officer(*role))) {
                let officer = people.officer(role);
                if at_office {
                    let answer = by_officer(officer, &before, row.command).send().await;
                    assert_eq!((answer.status, answer.code().as_str()), (403, "role-forbids"), "{place} by {role:?}");
                } else if for_citizens {
                    let answer = by_citizen(officer, &before, row.command).send().await;
                    assert_eq!((answer.status, answer.code().as_str()), (403, "wrong-account-kind"), "{place} by {role:?}");
                }
            }
            if for_citizens {
                let answer = by_citizen(&stranger, &before, row.command).send().await;
                assert_eq!((answer.status, answer.code().as_str()), (404, "not-found"), "{place} by a stranger");
            } else if at_office {
                let answer = by_officer(&people.citizen, &before, row.command).send().await;
                assert_eq!((answer.status, answer.code().as_str()), (403, "wrong-account-kind"), "{place} by the citizen");
            }
            let now = people.look(&before).await;
            assert_eq!(now.view["version"], before.view["version"], "{place}: nothing has happened");
        }
    }
}

/// A dossier where the row begins. What the desk may take back belongs to no account.
async fn before(
    server: &TestServer,
    people: &People,
    row: &Transition<State, Command, Case>,
) -> Seen {
    if row.command == Command::Withdraw && !row.who.contains(&Who::Citizen) {
        people.standing_without_an_account(row.from).await
    } else {
        people.standing(server, row.from, row.command).await
    }
}

/// What is answered without the dossier: it went elsewhere, or waits for a second person. What follows is
/// in `tests/it/assignments`.
const fn answers_otherwise(command: Command) -> bool {
    matches!(
        command,
        Command::Transfer | Command::ExtendDeadline | Command::Reopen
    )
}

/// Where a row leads, as far as an answer shows it.
fn expected(from: State, command: Command, to: To<State>) -> &'static str {
    match (to, command) {
        // What was never accepted is let go in the same transaction: the row after this one.
        (To::State(State::WithdrawalRequested), _) if from == State::Registered => {
            State::Stopped.as_str()
        }
        (To::State(state), _) => state.as_str(),
        (To::Same, _) => from.as_str(),
        (To::WhereItCameFrom, Command::DeclineWithdrawal) => State::Processing.as_str(),
        (To::WhereItCameFrom, _) => State::Accepted.as_str(),
    }
}

/// A citizen's command at the citizens' door.
fn by_citizen(citizen: &Client, seen: &Seen, command: Command) -> Request {
    let path = format!("/v1/dossiers/{}", seen.id);
    let paper = format!("{path}/papers/{PAPER}");
    match command {
        Command::Edit => citizen
            .patch(&path)
            .if_match(&seen.etag)
            .json(&json!({ "delivery": "counter" })),
        Command::Discard => citizen.delete(&path).if_match(&seen.etag),
        Command::AttachPaper => citizen
            .put(&paper)
            .if_match(&seen.etag)
            .body("application/pdf", pdf("x")),
        Command::RemovePaper => citizen.delete(&paper).if_match(&seen.etag),
        Command::Submit => citizen.submit(seen),
        Command::AnswerSupplement => citizen.answer(seen),
        Command::Withdraw => citizen.act(seen, "withdraw", &json!({})),
        Command::Accept
        | Command::Refuse
        | Command::Forward
        | Command::ConsentSupplement
        | Command::RequestSupplement
        | Command::Resume
        | Command::RefuseUnanswered
        | Command::StopUnanswered
        | Command::RequestPayment
        | Command::SettlePayment
        | Command::RecordPayment
        | Command::GrantWithdrawal
        | Command::ReleaseUnaccepted
        | Command::DeclineWithdrawal
        | Command::Stop
        | Command::Decide
        | Command::IssueResult
        | Command::Recall
        | Command::HandOver
        | Command::Apologise
        | Command::Assign
        | Command::TakeUp
        | Command::Release
        | Command::Transfer
        | Command::ExtendDeadline
        | Command::Reopen => panic!("{command:?} is no citizen's command"),
    }
}

/// An officer's command at the office.
fn by_officer(officer: &Client, seen: &Seen, command: Command) -> Request {
    let reason = json!({ "reason": "Lý do." });
    let body = match command {
        Command::AttachPaper => {
            let path = "/v1/office/dossiers/{}/papers/{PAPER}?copy_kind=original";
            let path = path.replace("{}", &seen.id).replace("{PAPER}", PAPER);
            let request = officer.put(&path).if_match(&seen.etag);
            return request.body("application/pdf", pdf("x"));
        }
        Command::SettlePayment | Command::RecordPayment => {
            return officer.office(seen, "record_cash", &json!({ "amount": PRICE }));
        }
        Command::Accept | Command::Withdraw | Command::AnswerSupplement => json!({}),
        Command::Refuse | Command::Stop => grounded("Lý do."),
        Command::Forward
        | Command::Resume
        | Command::RequestPayment
        | Command::GrantWithdrawal
        | Command::TakeUp
        | Command::Release => Value::Null,
        Command::Assign => json!({ "officer_id": seen.view["worker"] }),
        Command::Transfer => json!({
            "agency_id": BINH_SON, "reason_code": "not_competent", "reason": "Lý do."
        }),
        Command::ExtendDeadline => {
            let later = json!({ "reason": "Lý do.", "new_due_at": "2027-04-01T16:00:00+07:00" });
            return officer.office(seen, "propose_extension", &later);
        }
        Command::Reopen => return officer.office(seen, "propose_reopening", &grounded("Lý do.")),
        Command::ConsentSupplement => json!({ "reason": "law_changed" }),
        Command::RequestSupplement => two_papers(),
        Command::DeclineWithdrawal | Command::Recall => reason,
        Command::Decide => json!({ "outcome": "approved" }),
        Command::IssueResult => json!({
            "number": format!("{}/2026", seen.id), "issued_on": "2026-11-23", "signer_name": "Chín",
            "file_id": seen.view["waiting_file"]
        }),
        Command::HandOver => json!({ "recipient": "Nguyễn Thị Đào" }),
        Command::Apologise => {
            json!({ "reason": "Lý do.", "new_due_at": "2027-03-01T16:00:00+07:00" })
        }
        Command::Edit
        | Command::Discard
        | Command::RemovePaper
        | Command::Submit
        | Command::RefuseUnanswered
        | Command::StopUnanswered
        | Command::ReleaseUnaccepted => panic!("{command:?} is no officer's command"),
    };
    officer.office(seen, command.as_str(), &body)
}

/// What the house does by itself, and the state it leaves; `None` where nothing makes it do so
/// yet: money that comes from a gateway.
async fn by_the_house(
    server: &TestServer,
    people: &People,
    before: &Seen,
    command: Command,
) -> Option<State> {
    if matches!(command, Command::SettlePayment | Command::RecordPayment) {
        return None;
    }
    if command == Command::ReleaseUnaccepted {
        let asked = by_citizen(&people.citizen, before, Command::Withdraw);
        let version = Seen::of(&asked.send().await.expect(200)).view["version"].clone();
        let steps = version.as_i64().unwrap() - before.view["version"].as_i64().unwrap();
        assert_eq!(steps, 2, "asked for, and let go");
    } else {
        server.clock().advance(TimeDelta::days(20));
        assert!(run_once(server.app()).await.closed > 0, "{command:?}");
    }
    State::parse(people.look(before).await.state())
}
