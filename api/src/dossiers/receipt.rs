//! Fills in the receipt slip (form 01) from what was accepted.

use domain::{
    actor::Actor,
    deadlines::TimeLimit,
    disclosures::AccessAction,
    dossiers::{Channel, Delivery, Dossier, EventKind},
    ids::{DossierId, Id},
    papers::{CopyKind, Paper},
    procedures::{PaperRequirement, ProcedureVersion},
    rejection::Code,
};
use persistence::{StoreError, Tx, events, officers, papers};

use super::{
    render::{pick, picked, procedure_brief},
    slip::{IssuingUnit, ReceiptSlip, ReceivedPaper},
    submitter::shown_to,
};
use crate::{
    call::Call, disclosures::opening::opened, extract::Language, failure::Failure,
    tracking::page::PLACE,
};

/// The slip of an accepted dossier that the actor may see. `public_url` is the installation's
/// address, without a slash at the end.
///
/// # Errors
/// `not-found`; `not-accepted-yet` while nothing has been promised.
pub fn show_receipt(
    tx: &mut Tx,
    call: &Call,
    (language, public_url): (Language, &str),
    id: DossierId,
) -> Result<ReceiptSlip, Failure> {
    let dossier = opened(tx, call, id, AccessAction::Slip)?;
    let dossier = shown_to(tx, call, dossier)?;
    let received_at = dossier.accepted_at.ok_or(Code::NotAcceptedYet)?;
    let due_at = dossier.original_due_at.ok_or(Code::NotAcceptedYet)?;
    let (code, secret) = number(&dossier)?;
    let secret = Some(secret).filter(|_| !is_delegate(call, &dossier));
    let procedure = call
        .posted
        .version(&dossier.procedure, dossier.procedure_version)?;
    let attached = papers::of_dossier(tx, id)?;
    Ok(ReceiptSlip {
        dossier_id: id,
        form: "01",
        title: pick(language, TITLE),
        issuing_unit: issuing_unit(call, language, &dossier, received_at.date()),
        // No address: what tells how a dossier stands answers POST only, and a phone that opens an
        // address would put the secret into logs on the way.
        qr_content: secret.as_ref().map(|secret| format!("{code}/{secret}")),
        lookup_address: format!("{public_url}{PLACE}"),
        code,
        tracking_secret: secret,
        submitter: dossier
            .submitter
            .as_ref()
            .unwrap_or(&dossier.applicant)
            .into(),
        channel: dossier.channel,
        assistance: dossier.assistance,
        helped_by: dossier.helped_by.as_ref().map(Into::into),
        applicant: (&dossier.applicant).into(),
        procedure: procedure_brief(call, language, &dossier)?,
        papers: received(procedure, &attached, language),
        sets: 1,
        legal_time: in_words(
            *procedure.limit(dossier.channel == Channel::Online),
            language,
        ),
        received_at,
        due_at,
        due_date: due_at.date(),
        moved_due_at: dossier.due_at.filter(|now| *now != due_at),
        delivery: dossier.delivery,
        delivery_text: pick(language, way_back(dossier.delivery)),
        officer_name: receiver(tx, call, id)?,
    })
}

const TITLE: (&str, &str) = (
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "Receipt of the dossier and date of the result",
);

/// Whether somebody reads under a mandate: that may be revoked, and the secret could not be.
fn is_delegate(call: &Call, dossier: &Dossier) -> bool {
    matches!(call.actor, Actor::Citizen { person } if dossier.owner != Some(person))
}

fn number(dossier: &Dossier) -> Result<(String, String), Failure> {
    let code = dossier.code.as_ref().map(ToString::to_string);
    let secret = dossier.tracking_secret.as_ref();
    code.zip(secret.map(|secret| secret.reveal().clone()))
        .ok_or_else(|| Failure::internal("an accepted dossier without its code"))
}

fn issuing_unit(
    call: &Call,
    language: Language,
    dossier: &Dossier,
    on: chrono::NaiveDate,
) -> IssuingUnit {
    let version = call
        .posted
        .agency(dossier.filed_with)
        .and_then(|it| it.on(on));
    IssuingUnit {
        name: version
            .map(|unit| picked(language, &unit.name))
            .unwrap_or_default(),
        identifier: version.and_then(|unit| {
            let printed = unit.identifier_display.as_ref();
            printed.or(unit.identifier.as_ref()).cloned()
        }),
        address: version.map(|unit| unit.address.clone()).unwrap_or_default(),
        phone: version.and_then(|unit| unit.phone.clone()),
    }
}

/// What was received, in the order of the procedure's list.
fn received(
    procedure: &ProcedureVersion,
    attached: &[Paper],
    language: Language,
) -> Vec<ReceivedPaper> {
    let line = |paper: &PaperRequirement| {
        let key = paper.key.as_str();
        let count = |kind: CopyKind| {
            let of_kind = |one: &&Paper| one.key == key && one.copy_kind == kind;
            u32::try_from(attached.iter().filter(of_kind).count()).unwrap_or(u32::MAX)
        };
        ReceivedPaper {
            number: 0,
            key: key.to_owned(),
            name: picked(language, &paper.name),
            originals: count(CopyKind::Original),
            copies: count(CopyKind::Copy),
            electronic: count(CopyKind::Electronic).saturating_add(u32::from(paper.is_form)),
        }
    };
    let lines = procedure.papers.iter().map(line);
    let there = lines.filter(|line| line.originals > 0 || line.copies > 0 || line.electronic > 0);
    let numbered = (1..).zip(there);
    numbered
        .map(|(number, line)| ReceivedPaper { number, ..line })
        .collect()
}

/// The legal time as a citizen reads it.
fn in_words(limit: TimeLimit, language: Language) -> String {
    let several = |n: u32| if n == 1 { "" } else { "s" };
    let (vi, en) = match limit {
        TimeLimit::WorkingMinutes { minutes: n } => (
            format!("{n} phút làm việc"),
            format!("{n} working minute{}", several(n)),
        ),
        TimeLimit::WorkingHours { hours: n } => (
            format!("{n} giờ làm việc"),
            format!("{n} working hour{}", several(n)),
        ),
        TimeLimit::WorkingDays {
            days: n,
            counting: _,
        } => (
            format!("{n} ngày làm việc"),
            format!("{n} working day{}", several(n)),
        ),
        TimeLimit::CalendarDays { days: n } => (
            format!("{n} ngày"),
            format!("{n} calendar day{}", several(n)),
        ),
        TimeLimit::SameDay { cutoff } => (
            format!("trong ngày; nhận sau {cutoff} thì trả trong ngày làm việc tiếp theo"),
            format!("the same day; received after {cutoff}, the next working day"),
        ),
    };
    match language {
        Language::Vi => vi,
        Language::En => en,
    }
}

const fn way_back(delivery: Delivery) -> (&'static str, &'static str) {
    match delivery {
        Delivery::Electronic => (
            "Bản điện tử trong danh sách kết quả của bạn trên ứng dụng",
            "Electronically, in your own list of results in the app",
        ),
        Delivery::Counter => (
            "Trực tiếp tại quầy trả kết quả của nơi tiếp nhận",
            "In person, at the return desk of the receiving unit",
        ),
        Delivery::Post => (
            "Qua dịch vụ bưu chính công ích, đến địa chỉ trong hồ sơ",
            "By public postal service, to the address in the dossier",
        ),
    }
}

/// The officer who accepted: the slip bears the receiver's name by law, whoever reads it.
fn receiver(tx: &mut Tx, call: &Call, id: DossierId) -> Result<Option<String>, StoreError> {
    let log = events::of_dossier(tx, id)?;
    let acceptance = |event: &&events::Event| event.kind == EventKind::Accepted.as_str();
    let officer = log
        .iter()
        .rev()
        .find(acceptance)
        .and_then(|event| event.actor_id);
    let Some(officer) = officer else {
        return Ok(None);
    };
    let sight = call.as_system().actor.sight();
    match officers::find(tx, Id::from_uuid(officer), sight) {
        Ok(officer) => Ok(Some(officer.full_name.into_revealed())),
        Err(StoreError::Absent) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_times_read_as_the_law_says_them() {
        for (limit, vi, en) in [
            (
                TimeLimit::WorkingHours { hours: 4 },
                "4 giờ làm việc",
                "4 working hours",
            ),
            (
                TimeLimit::CalendarDays { days: 1 },
                "1 ngày",
                "1 calendar day",
            ),
            (
                TimeLimit::SameDay {
                    cutoff: domain::deadlines::ClockTime::THREE_PM,
                },
                "trong ngày; nhận sau 15:00 thì trả trong ngày làm việc tiếp theo",
                "the same day; received after 15:00, the next working day",
            ),
        ] {
            assert_eq!(in_words(limit, Language::Vi), vi);
            assert_eq!(in_words(limit, Language::En), en);
        }
    }
}
