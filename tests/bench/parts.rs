//! Supplement requests, fees and results of the loaded dossiers.

use domain::{
    dossiers::Dossier,
    money::Dong,
    papers::File,
    payments::{
        Obligation, ObligationState,
        fees::{CollectedAt, FeeKind},
    },
    results::{Outcome, ResultDocument},
    supplements::{MissingReason, RequestedItem, Supplement, SupplementStatus},
    text::Localized,
    time::Time,
};

use crate::ids::{Family, id};
use crate::register::Register;
use crate::rows::{number, officer_of};

/// The fee for three copies, paid once the result is there.
pub(crate) fn obligation(dossier: &Dossier) -> Obligation {
    let number = number(dossier);
    Obligation {
        id: id(Family::Obligation, number),
        dossier_id: dossier.id,
        fee_code: "extract_copy".to_owned(),
        name: Localized {
            vi: "Phí cung cấp bản sao trích lục hộ tịch".to_owned(),
            en: "Charge for a copy of a civil-status extract".to_owned(),
        },
        kind: FeeKind::Charge,
        quantity: 3,
        gross: Dong::new(24_000),
        net: Dong::new(24_000),
        applied: None,
        collected: CollectedAt::Result,
        state: dossier
            .finished_at
            .map_or(ObligationState::Due, |_| ObligationState::Settled),
        created_at: dossier.accepted_at.unwrap_or(dossier.created_at),
        asked_at: None,
        settled_at: dossier.finished_at,
        settled_by: dossier.finished_at.map(|_| id(Family::Payment, number)),
    }
}

/// The result of a finished dossier.
pub(crate) fn result(
    register: &Register,
    dossier: &Dossier,
    file: File,
    at: Time,
) -> ResultDocument {
    ResultDocument {
        id: id(Family::Result, number(dossier)),
        dossier: dossier.id,
        number: format!("{}/2026/TLKS-BS", number(dossier)),
        issued_on: at.date(),
        signer_name: "Nguyễn Văn Hòa".to_owned(),
        outcome: Outcome::Approved,
        file,
        issued_by: officer_of(register, dossier.agency),
        issued_at: at,
    }
}

/// The open request of a dossier that waits for a better picture.
pub(crate) fn supplement(register: &Register, dossier: &Dossier, asked: Time) -> Supplement {
    Supplement {
        id: id(Family::Supplement, number(dossier)),
        dossier: dossier.id,
        round: 1,
        status: SupplementStatus::Open,
        asked_by: officer_of(register, dossier.agency),
        consent: None,
        items: vec![RequestedItem {
            paper_key: "paper_0".to_owned(),
            reason: MissingReason::Unreadable,
            text: "Chụp lại giấy tờ, đủ bốn góc và đọc được chữ.".to_owned(),
        }],
        legal_ground: "Khoản 2 Điều 17 Nghị định 61/2018/NĐ-CP".to_owned(),
        asked_at: asked,
        reply_by: register.now.plus(chrono::Duration::days(30)),
        old_due_at: dossier.due_at,
        new_due_at: None,
        answer: None,
        closed_at: None,
    }
}
