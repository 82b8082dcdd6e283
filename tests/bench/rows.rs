//! The rows of one dossier as a year of work would have left them.

use domain::{
    deadlines::Clock,
    dossiers::{
        Assistance, Channel, Delivery, Dossier, DossierCode, EventKind, Party, State,
        entity::{AnswerClock, Verdict},
    },
    ids::{AgencyId, OfficerId, PersonId},
    papers::{CopyKind, File, FileKind, Origin, Paper},
    payments::Obligation,
    personal::Personal,
    procedures::{ProcedureVersion, Quantities},
    results::{Outcome, ResultDocument},
    supplements::Supplement,
    time::Time,
};

use crate::ids::{Family, id};
use crate::parts::{obligation, result, supplement};
use crate::register::Register;

/// Everything the store keeps of one dossier.
pub(crate) struct Rows {
    pub(crate) dossier: Dossier,
    pub(crate) papers: Vec<Paper>,
    pub(crate) supplement: Option<Supplement>,
    pub(crate) obligation: Option<Obligation>,
    pub(crate) result: Option<ResultDocument>,
    pub(crate) events: Vec<(EventKind, State, Time)>,
}

const GIVEN: [&str; 8] = ["An", "Bình", "Châu", "Dũng", "Hạnh", "Lan", "Nga", "Thảo"];
const FAMILY: [&str; 6] = [
    "Nguyễn Thị",
    "Trần Văn",
    "Lê Hoàng",
    "Phạm Minh",
    "Huỳnh Ngọc",
    "Võ Thanh",
];

/// A name for the n-th person.
pub(crate) fn name(n: u64) -> String {
    let (family, given) = (
        crate::register::nth(&FAMILY, n),
        crate::register::nth(&GIVEN, n / 6),
    );
    format!("{family} {given}")
}

/// A personal number for the n-th person.
pub(crate) fn personal_number(n: u64) -> Personal<String> {
    Personal::new(format!("0511{n:08}"))
}

/// The officer at the desk of an agency; there is one in each.
pub(crate) fn officer_of(register: &Register, agency: AgencyId) -> OfficerId {
    let place = register.agencies.iter().position(|it| *it == agency);
    id(
        Family::Officer,
        u64::try_from(place.unwrap_or(0)).unwrap_or(0),
    )
}

/// What happened up to a state, step by step.
fn history(state: State) -> &'static [(EventKind, State)] {
    use EventKind as Kind;
    const LIFE: [(EventKind, State); 7] = [
        (Kind::Drafted, State::Draft),
        (Kind::Submitted, State::Registered),
        (Kind::Accepted, State::Accepted),
        (Kind::Forwarded, State::Processing),
        (Kind::Decided, State::Processing),
        (Kind::ResultIssued, State::Completed),
        (Kind::HandedOver, State::Returned),
    ];
    const REFUSED: [(EventKind, State); 3] = [
        (Kind::Drafted, State::Draft),
        (Kind::Submitted, State::Registered),
        (Kind::Refused, State::NotAccepted),
    ];
    const ASKED: [(EventKind, State); 5] = [
        (Kind::Drafted, State::Draft),
        (Kind::Submitted, State::Registered),
        (Kind::Accepted, State::Accepted),
        (Kind::Forwarded, State::Processing),
        (Kind::SupplementRequested, State::SupplementRequested),
    ];
    let steps = match state {
        State::Draft => 1,
        State::Registered => 2,
        State::Accepted => 3,
        State::NotAccepted => return &REFUSED,
        State::SupplementRequested => return &ASKED,
        State::Processing
        | State::PaymentRequested
        | State::WithdrawalRequested
        | State::Stopped => 4,
        State::Completed => 6,
        State::Returned => 7,
    };
    LIFE.get(..steps).unwrap_or_default()
}

fn applicant(n: u64, owner: u64) -> Party {
    Party {
        full_name: Personal::new(name(owner)),
        personal_number: Some(personal_number(owner)),
        birth_date: chrono::NaiveDate::from_ymd_opt(1990, 4, 17).map(Personal::new),
        phone: Some(Personal::new(format!("+849{:08}", owner % 100_000_000))),
        address: Some(Personal::new(format!(
            "{} Trần Phú, xã Bình Sơn, tỉnh Quảng Ngãi",
            n % 400
        ))),
    }
}

fn form(owner: u64) -> Personal<String> {
    let text = serde_json::json!({
        "requester_name": name(owner), "requester_id": personal_number(owner).reveal(), "relation": "self",
        "subject_name": name(owner), "subject_birth": "1990-04-17", "extract_kind": "birth",
        "registered_at": "Uỷ ban nhân dân xã Bình Sơn", "copies": 3, "purpose": "Bổ túc hồ sơ xin việc",
        "delivery": "electronic",
    });
    Personal::new(text.to_string())
}

/// The rows of the n-th dossier or draft.
pub(crate) fn of(register: &Register, n: u64) -> Rows {
    let state = register.state(n);
    let steps = history(state);
    let created = register.created_at(n);
    let at = |step: usize| {
        created.plus(chrono::Duration::seconds(
            i64::try_from(step).unwrap_or(0) * 2,
        ))
    };
    let when = |wanted: State| {
        let step = steps.iter().position(|(_, state)| *state == wanted);
        step.map(at)
    };
    let dossier = dossier(register, n, state, at(steps.len() - 1), &when);
    let file = |k: u64| file(n, k, created);
    let papers = match n % 3 {
        _ if state == State::Draft => 0,
        0 => 2,
        _ => 1,
    };
    Rows {
        papers: (0..papers).map(|k| paper(&dossier, k, file(k))).collect(),
        supplement: when(State::SupplementRequested)
            .map(|asked| supplement(register, &dossier, asked)),
        obligation: (dossier.accepted_at.is_some() && n.is_multiple_of(2))
            .then(|| obligation(&dossier)),
        result: dossier
            .finished_at
            .map(|at| result(register, &dossier, file(2), at)),
        events: steps
            .iter()
            .enumerate()
            .map(|(step, (kind, state))| (*kind, *state, at(step)))
            .collect(),
        dossier,
    }
}

fn procedure(register: &Register, n: u64) -> &ProcedureVersion {
    if register.is_draft(n) {
        register.extract()
    } else {
        register.procedure(n)
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one line per member, so that none is forgotten"
)]
fn dossier(
    register: &Register,
    n: u64,
    state: State,
    updated: Time,
    when: &dyn Fn(State) -> Option<Time>,
) -> Dossier {
    let procedure = procedure(register, n);
    let owner: PersonId = register.owner(n);
    let holder = if register.is_draft(n) {
        register.drafter(n)
    } else {
        n % register.citizens()
    };
    let agency = register.agency(n);
    let accepted = when(State::Accepted);
    let due = accepted.map(|at| at.plus(chrono::Duration::days(3)));
    let submitted = when(State::Registered);
    let finished = when(State::Completed);
    let version = i64::try_from(history(state).len()).unwrap_or(1);
    let sequence = format!("H01.30-20260101-{n:07}");
    Dossier {
        id: id(Family::Dossier, n),
        version,
        state,
        stage_before_supplement: when(State::SupplementRequested).map(|_| State::Processing),
        stage_before_withdrawal: None,
        agency,
        filed_with: agency,
        owner: Some(owner),
        mandate: None,
        procedure: procedure.code.clone(),
        field: procedure.field.clone(),
        procedure_version: procedure.version,
        channel: Channel::Online,
        assistance: Assistance::OwnHand,
        helper: None,
        helped_by: None,
        applicant: applicant(n, holder),
        submitter: None,
        form: form(holder),
        quantities: Quantities {
            copies: 3,
            pages: 1,
            persons: 1,
        },
        claims: Vec::new(),
        delivery: Delivery::Electronic,
        code: submitted.and_then(|_| DossierCode::parse(&sequence)),
        tracking_secret: submitted.map(|_| Personal::new(format!("7KQ2{:04}", n % 10_000))),
        clock: accepted.map(|at| Clock::started(*procedure.limit(true), at)),
        due_at: due,
        original_due_at: due,
        paused_since: when(State::SupplementRequested),
        round_consent: None,
        verdict: finished.map(|at| Verdict {
            outcome: Outcome::Approved,
            by: officer_of(register, agency),
            at,
        }),
        created_at: register.created_at(n),
        updated_at: updated,
        submitted_at: submitted,
        answer: AnswerClock::default(),
        accepted_at: accepted,
        finished_at: finished,
        returned_at: when(State::Returned),
        recipient: when(State::Returned).map(|_| Personal::new(name(holder))),
    }
}

fn file(n: u64, k: u64, at: Time) -> File {
    let number = n * 4 + k;
    let mut sha256 = [0x5a; 32];
    for (byte, part) in sha256
        .iter_mut()
        .zip(number.to_be_bytes().into_iter().cycle())
    {
        *byte ^= part;
    }
    File {
        id: id(Family::File, number),
        sha256,
        size: 240_000,
        kind: FileKind::Pdf,
        stored_at: at,
    }
}

fn paper(dossier: &Dossier, k: u64, file: File) -> Paper {
    let number = number(dossier) * 4 + k;
    Paper {
        id: id(Family::Paper, number),
        dossier: dossier.id,
        key: format!("paper_{k}"),
        attached_at: file.stored_at,
        scan: domain::papers::ScanState::Unscanned,
        has_preview: false,
        file,
        copy_kind: CopyKind::Electronic,
        origin: Origin::Uploaded,
    }
}

/// The number of a dossier.
pub(crate) fn number(dossier: &Dossier) -> u64 {
    u64::try_from(dossier.id.uuid().as_u128() & 0xffff_ffff_ffff).unwrap_or(0)
}
