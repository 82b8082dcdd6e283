//! What makes a notice, what it says, where it goes, and when nobody needs it.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

mod ways;

use std::collections::BTreeSet;

use chrono::Duration;

use super::{
    Facts, LONGEST_SMS, Moot, NoticeAuthor, NoticeGroup, NoticeKind, Telling, Told, jittered, moot,
    next_look, of_event, report_is_overdue, sms, told, wording::rows,
};
use crate::{
    dossiers::{Command, EventKind, State, TRANSITIONS},
    time::Time,
    transition::To,
};

fn facts() -> Facts {
    Facts {
        by: NoticeAuthor::Officer,
        agency: None,
        // The longest code there is: five parts of four, eight digits, seven digits.
        code: Some("H001.2222.3333.4444.5555-20261123-0000042".to_owned()),
        round: Some(12),
        due_at: Some(at(0)),
        amount: Some(999_999_999_999),
    }
}

fn at(minutes: i64) -> Time {
    let start = Time::from_micros(1_795_000_000_000_000).unwrap();
    start.plus(Duration::minutes(minutes))
}

/// The event that a command leaves behind.
const fn event_of(command: Command) -> EventKind {
    match command {
        Command::Edit => EventKind::Edited,
        Command::Discard => EventKind::Discarded,
        Command::AttachPaper => EventKind::PaperAttached,
        Command::RemovePaper => EventKind::PaperRemoved,
        Command::Submit => EventKind::Submitted,
        Command::Accept => EventKind::Accepted,
        Command::Refuse => EventKind::Refused,
        Command::Forward => EventKind::Forwarded,
        Command::ConsentSupplement => EventKind::SupplementConsented,
        Command::RequestSupplement => EventKind::SupplementRequested,
        Command::AnswerSupplement => EventKind::SupplementAnswered,
        Command::Resume => EventKind::Resumed,
        Command::RefuseUnanswered | Command::StopUnanswered => EventKind::SupplementLapsed,
        Command::RequestPayment => EventKind::PaymentRequested,
        Command::SettlePayment | Command::RecordPayment => EventKind::PaymentRecorded,
        Command::Withdraw => EventKind::WithdrawalRequested,
        Command::GrantWithdrawal | Command::ReleaseUnaccepted => EventKind::WithdrawalGranted,
        Command::DeclineWithdrawal => EventKind::WithdrawalDeclined,
        Command::Stop => EventKind::Stopped,
        Command::Decide => EventKind::Decided,
        Command::IssueResult => EventKind::ResultIssued,
        Command::Recall => EventKind::Recalled,
        Command::HandOver => EventKind::HandedOver,
        Command::Apologise => EventKind::Apologised,
        Command::Assign | Command::TakeUp => EventKind::Assigned,
        Command::Release => EventKind::Released,
        Command::Transfer => EventKind::Transferred,
        Command::ExtendDeadline => EventKind::DeadlineExtended,
        Command::Reopen => EventKind::Reopened,
    }
}

#[test]
fn every_move_to_another_state_makes_a_notice() {
    for row in TRANSITIONS {
        let telling = of_event(event_of(row.command));
        if row.to != To::Same {
            assert!(
                telling.kind().is_some(),
                "{:?} from {:?}",
                row.command,
                row.from
            );
        }
    }
}

#[test]
fn what_makes_no_notice_says_why_and_is_not_in_the_timeline() {
    let mut kinds = BTreeSet::new();
    for event in EventKind::ALL.iter().copied() {
        match of_event(event) {
            Telling::Notice(kind) => {
                assert!(event.is_public(), "{event:?}");
                assert!(kinds.insert(kind), "{kind:?} tells of two events");
                assert_eq!(kind.as_str(), event.as_str());
            }
            Telling::Silent(why) => {
                assert!(!why.is_empty() && !event.is_public(), "{event:?}");
            }
        }
    }
}

#[test]
fn every_kind_has_its_words_in_both_languages() {
    for kind in NoticeKind::ALL.iter().copied() {
        let own: Vec<_> = rows().filter(|row| row.kind == kind).collect();
        assert_eq!(own.len(), 1, "{kind:?}");
        let Told {
            title,
            text,
            action,
        } = told(kind, &facts(), Some(at(0)));
        for said in [Some(&title), Some(&text), action.as_ref()]
            .into_iter()
            .flatten()
        {
            for words in [&said.vi, &said.en] {
                assert!(
                    !words.contains(['{', '}']) && !words.is_empty(),
                    "{kind:?}: {words}"
                );
                assert!(words.chars().count() <= 300, "{kind:?}: {words}");
            }
            assert!(!said.vi.is_ascii(), "{kind:?}: {}", said.vi);
            assert_ne!(said.vi, said.en);
        }
        let asks = kind.group() == NoticeGroup::ActionNeeded;
        assert!(!asks || action.is_some(), "{kind:?} asks for nothing");
    }
}

/// The longest code, the longest title, a date: no message is cut.
#[test]
fn every_text_message_fits_into_one() {
    for kind in NoticeKind::ALL.iter().copied() {
        let text = sms(kind, &facts(), Some(at(0)));
        assert!(text.chars().count() <= LONGEST_SMS, "{kind:?}: {text}");
        assert!(text.is_ascii(), "{kind:?}: {text}");
        assert!(
            text.ends_with("Xem trong ung dung."),
            "{kind:?} is cut: {text}"
        );
        assert!(!text.contains("http") && !text.contains('{'), "{text}");
    }
    let text = sms(NoticeKind::SupplementRequested, &facts(), Some(at(0)));
    let expected =
        "Mot Cua: Ho so can bo sung giay to. Ho so H001.2222.3333.4444.5555-20261123-0000042. Han";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn money_and_dates_read_as_people_write_them() {
    let told = told(NoticeKind::PaymentRequested, &facts(), None);
    assert!(
        told.text.vi.ends_with("cần nộp 999.999.999.999 đồng."),
        "{}",
        told.text.vi
    );
    let small = Facts {
        amount: Some(8_000),
        ..facts()
    };
    let told = super::told(NoticeKind::PaymentRequested, &small, None);
    assert!(
        told.text.en.ends_with("a fee of 8.000 dong."),
        "{}",
        told.text.en
    );
}

#[test]
fn what_is_done_or_over_is_moot() {
    let notice = |state| Moot {
        created_at: at(0),
        act_by: Some(at(100)),
        state: Some(state),
    };
    let asks = NoticeKind::SupplementRequested;
    let waiting = notice(State::SupplementRequested);
    assert!(!moot(asks, waiting, at(99)));
    assert!(moot(asks, waiting, at(100)), "its time has passed");
    assert!(
        moot(asks, notice(State::Processing), at(1)),
        "it was answered"
    );
    assert!(!moot(
        NoticeKind::Accepted,
        notice(State::Processing),
        at(1)
    ));
    let old = Moot {
        act_by: None,
        ..waiting
    };
    assert!(!moot(NoticeKind::Accepted, old, at(3 * 1440 - 1)));
    assert!(
        moot(NoticeKind::Accepted, old, at(3 * 1440)),
        "three days later the inbox tells"
    );
}

#[test]
fn a_wait_is_up_to_a_fifth_longer() {
    let wait = Duration::seconds(100);
    assert_eq!(jittered(wait, 0), wait);
    let longest = jittered(wait, u8::MAX);
    assert!(longest > Duration::seconds(119) && longest < Duration::seconds(120));
}

#[test]
fn reports_are_asked_for_often_at_first_and_then_no_more() {
    assert_eq!(next_look(at(0), at(3)), Some(at(4)));
    assert_eq!(next_look(at(0), at(15)), Some(at(135)));
    assert_eq!(next_look(at(0), at(1440)), None);
    assert!(!report_is_overdue(at(0), at(14)) && report_is_overdue(at(0), at(15)));
}
