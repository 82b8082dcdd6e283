//! Dossiers, papers, fees and an agency to try the rules on. Tests only.
#![expect(
    clippy::unwrap_used,
    reason = "a specimen is well formed or the test stops here"
)]

use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

use crate::{
    actor::{Actor, Role, Roles},
    deadlines::{Calendar, SessionPattern, SessionsInForce, WorkingSessions, WorkingTime},
    dossiers::{
        Assistance, Case, Channel, Delivery, Dossier, DossierCode, Party, State,
        entity::{AnswerClock, RoundConsent, Verdict},
    },
    ids::{Id, OfficerId},
    money::Dong,
    papers::{CopyKind, File, FileKind, Origin, Paper},
    payments::{
        Obligation,
        fees::{CollectedAt, FeeKind, FeeLine, FeeUnit},
    },
    personal::Personal,
    procedures::{FieldCode, ProcedureCode, ProcedureVersion, Quantities},
    results::{Outcome, ResultDocument},
    supplements::{
        MissingReason, RequestedItem, SecondRoundReason, Supplement, SupplementAnswer,
        SupplementStatus,
    },
    text::Localized,
    time::Time,
};

/// `2026-02-11 16:30` on clocks in Viet Nam.
pub(super) fn at(local: &str) -> Time {
    Time::from_local(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap())
}

/// The time of every specimen: a Wednesday morning.
pub(super) fn now() -> Time {
    at("2026-03-04 09:00")
}

pub(super) fn id<K>(number: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(number))
}
pub(super) fn citizen() -> Actor {
    Actor::Citizen { person: id(1) }
}
pub(super) fn officer(roles: &[Role]) -> Actor {
    Actor::Officer {
        officer: leader(),
        agency: id(9),
        roles: Roles::of(roles),
    }
}
pub(super) fn leader() -> OfficerId {
    id(2)
}
const THREE_COPIES: Quantities = Quantities {
    copies: 3,
    pages: 1,
    persons: 1,
};

/// A draft with nothing around it, made a day before [`now`].
#[expect(clippy::too_many_lines, reason = "one line per member")]
pub(super) fn draft() -> Case {
    let created = now().plus(Duration::days(-1));
    let dossier = Dossier {
        id: id(5),
        version: 1,
        state: State::Draft,
        stage_before_supplement: None,
        stage_before_withdrawal: None,
        agency: id(9),
        filed_with: id(9),
        owner: Some(id(1)),
        mandate: None,
        procedure: ProcedureCode::parse("2.000635").unwrap(),
        field: FieldCode::parse("G15-HT01").unwrap(),
        procedure_version: 1,
        channel: Channel::Online,
        assistance: Assistance::OwnHand,
        helper: None,
        helped_by: None,
        applicant: party(),
        submitter: None,
        form: Personal::new("{}".to_owned()),
        quantities: THREE_COPIES,
        claims: Vec::new(),
        delivery: Delivery::Electronic,
        code: None,
        tracking_secret: None,
        clock: None,
        due_at: None,
        original_due_at: None,
        paused_since: None,
        round_consent: None,
        verdict: None,
        created_at: created,
        updated_at: created,
        submitted_at: None,
        answer: AnswerClock::default(),
        accepted_at: None,
        finished_at: None,
        returned_at: None,
        recipient: None,
    };
    Case {
        dossier,
        papers: Vec::new(),
        supplements: Vec::new(),
        obligations: Vec::new(),
        results: Vec::new(),
        required_papers: vec!["to_khai".to_owned()],
        assignee: None,
        stands_in_for: None,
        now: now(),
    }
}
pub(super) fn party() -> Party {
    Party {
        full_name: Personal::new("Trần Thị Mẫu".to_owned()),
        personal_number: None,
        birth_date: None,
        phone: None,
        address: None,
    }
}

pub(super) fn code() -> DossierCode {
    DossierCode::parse("H01.29-20260304-0000001").unwrap()
}
pub(super) fn paper(key: &str, attached_at: Time) -> Paper {
    Paper {
        id: id(30),
        dossier: id(5),
        key: key.to_owned(),
        file: file(),
        copy_kind: CopyKind::Electronic,
        origin: Origin::Uploaded,
        attached_at,
        scan: crate::papers::ScanState::Clean,
        has_preview: false,
    }
}

#[rustfmt::skip]
fn file() -> File {
    File { id: id(31), sha256: [7; 32], size: 1_000, kind: FileKind::Pdf, stored_at: now() }
}

pub(super) fn fee(number: u128, net: i64, collected: CollectedAt) -> Obligation {
    let line = FeeLine {
        code: format!("fee_{number}"),
        name: Localized::new("Lệ phí", "Fee"),
        kind: FeeKind::Fee,
        unit: FeeUnit::Copy,
        quantity: 3,
        gross: Dong::new(net),
        applied: None,
        net: Dong::new(net),
        collected,
        legal_basis: "281/2016/TT-BTC".into(),
        unproven: Vec::new(),
        open: Vec::new(),
    };
    Obligation::of_line(id(number), id(5), line, now())
}

pub(super) fn item(key: &str) -> RequestedItem {
    RequestedItem {
        paper_key: key.to_owned(),
        reason: MissingReason::Missing,
        text: "Bổ sung giấy tờ còn thiếu.".to_owned(),
    }
}

/// A request of an hour ago that may be answered until tomorrow.
pub(super) fn round(number: u32, status: SupplementStatus) -> Supplement {
    let asked_at = now().plus(Duration::hours(-1));
    let answered = status == SupplementStatus::Answered;
    Supplement {
        id: id(40 + u128::from(number)),
        dossier: id(5),
        round: number,
        status,
        asked_by: id(3),
        consent: None,
        items: vec![item("giay_chung_sinh")],
        legal_ground: "118/2025/NĐ-CP".to_owned(),
        asked_at,
        reply_by: now().plus(Duration::days(1)),
        old_due_at: None,
        new_due_at: None,
        answer: answered.then(|| SupplementAnswer {
            at: now(),
            items: Vec::new(),
            note: None,
        }),
        closed_at: None,
    }
}
pub(super) fn consent() -> RoundConsent {
    RoundConsent {
        reason: SecondRoundReason::FoundInAppraisal,
        by: leader(),
        at: now(),
    }
}
pub(super) fn verdict() -> Verdict {
    Verdict {
        outcome: Outcome::Approved,
        by: leader(),
        at: now(),
    }
}

pub(super) fn result() -> ResultDocument {
    ResultDocument {
        id: id(60),
        dossier: id(5),
        number: "12/TLKS".to_owned(),
        issued_on: now().date(),
        signer_name: "Lê Văn Ký".to_owned(),
        outcome: Outcome::Approved,
        file: file(),
        issued_by: leader(),
        issued_at: now(),
    }
}

/// An agency with its hours, its calendar and one procedure of five working days.
pub(super) struct Office {
    pub(super) calendar: Calendar,
    pub(super) sessions: WorkingSessions,
    pub(super) procedure: ProcedureVersion,
}

impl Office {
    pub(super) fn working(&self) -> WorkingTime<'_> {
        WorkingTime::new(&self.calendar, &self.sessions)
    }
}

/// 07:00 to 11:30 and 13:30 to 17:00 from Monday to Friday; 2026 with one day off, Thursday
/// 12 March.
pub(super) fn office() -> Office {
    office_for(&[2026])
}

pub(super) fn office_for(years: &[i32]) -> Office {
    let year = |year: &i32| {
        json!({"year": year, "days_off": [{
            "from": format!("{year}-03-12"), "to": format!("{year}-03-12"),
            "name": {"vi": "Nghỉ bù", "en": "Day in lieu"}, "source": "ví dụ", "certainty": "deduced",
        }]})
    };
    let years: Vec<_> = years.iter().map(year).collect();
    let calendar = serde_json::from_value(json!({"version": "t", "years": years})).unwrap();
    let pattern: SessionPattern = serde_json::from_value(json!({
        "code": "a", "name": {"vi": "a", "en": "a"}, "source": "ví dụ", "certainty": "deduced",
        "week": [{
            "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "sessions": [{"opens": "07:00", "closes": "11:30"}, {"opens": "13:30", "closes": "17:00"}],
        }],
    }))
    .unwrap();
    let in_force = SessionsInForce {
        pattern: "a".to_owned(),
        from: at("2020-01-01 00:00").date(),
        to: None,
    };
    Office {
        calendar: Calendar::new(calendar).unwrap(),
        sessions: WorkingSessions::new(&[in_force], &[pattern]).unwrap(),
        procedure: procedure(),
    }
}

pub(super) fn procedure() -> ProcedureVersion {
    let source = json!({"text": "ví dụ", "certainty": "deduced"});
    serde_json::from_value(json!({
        "code": "2.000635", "version": 7, "in_force_from": "2025-07-01",
        "name": {"vi": "Cấp bản sao", "en": "Extract copy"}, "field": "G15-HT01",
        "level": "commune", "online": {"level": "full"}, "applicants": ["person"],
        "time_limit": {"unit": "working_days", "days": 5},
        "supplement": {"clock": "pause", "reply_days": 10},
        "fees": [], "papers": [], "form": {}, "steps": [],
        "result": {"name": {"vi": "Bản sao", "en": "Copy"}},
        "legal_basis": [], "source": source,
    }))
    .unwrap()
}
