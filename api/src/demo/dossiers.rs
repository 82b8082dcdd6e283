//! The dossiers of the demonstration, each carried by the use cases to the state it shows.

use domain::{
    actor::Actor,
    dossiers::{Assistance, Delivery, Dossier, Party, filing::Contents},
    ids::{AgencyId, OfficerId, PersonId},
    personal::Personal,
    procedures::{ProcedureCode, Quantities},
    supplements::{MissingReason, RequestedItem},
};
use persistence::Tx;
use serde_json::json;

use super::cast::{BINH_SON, CITIZENS, Citizen, MY_THUAN, Part};
use crate::{
    call::Call,
    consents::use_cases::Said,
    dossiers::{
        beats::Target,
        drafts::{NewDraft, create_draft},
        filing::submit_dossier,
    },
    extract::Language,
    failure::Failure,
    office::{intake, seen::Seen, supplementing},
};

/// Certifying copies: asks for no upload and decides the same day.
const CERTIFYING: &str = "2.000815";

/// Copies from a register: an authorisation may have to be uploaded, so there is something to ask
/// for that a citizen can answer.
const FROM_REGISTER: &str = "2.000908";

const GROUND: &str = "23/2015/NĐ-CP";

/// Everybody of the cast agrees.
const AGREED: Said = Said {
    yes: true,
    text: None,
    language: Language::Vi,
};

/// How many dossiers there are.
pub(super) const COUNT: usize = SCENES.len();

/// How far a dossier is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Draft,
    Registered,
    Refused,
    Accepted,
    Asked,
    Processing,
}

/// Where, how far, and which paper is to be copied.
const SCENES: [(AgencyId, Stage, &str); 7] = [
    (
        MY_THUAN,
        Stage::Draft,
        "Bằng tốt nghiệp trung học phổ thông",
    ),
    (MY_THUAN, Stage::Registered, "Căn cước công dân"),
    (MY_THUAN, Stage::Accepted, "Giấy chứng nhận đăng ký kết hôn"),
    (MY_THUAN, Stage::Asked, "Bản sao học bạ"),
    (MY_THUAN, Stage::Processing, "Bằng tốt nghiệp đại học"),
    (MY_THUAN, Stage::Refused, "Văn bản không có con dấu"),
    (BINH_SON, Stage::Registered, "Sổ bảo hiểm xã hội"),
];

/// Makes all of them; the citizens take turns.
pub(super) fn file_all(
    tx: &mut Tx,
    call: &Call,
    hired: &[(&Part, OfficerId)],
    people: &[PersonId],
    secrets: &[Personal<String>],
) -> Result<(), Failure> {
    let turns = CITIZENS.iter().zip(people).cycle();
    for ((scene, secret), (citizen, person)) in SCENES.iter().zip(secrets).zip(turns) {
        let own = acting(call, Actor::Citizen { person: *person });
        carry(tx, &own, hired, citizen, scene, secret)?;
    }
    Ok(())
}

fn carry(
    tx: &mut Tx,
    own: &Call,
    hired: &[(&Part, OfficerId)],
    citizen: &Citizen,
    (agency, stage, paper): &(AgencyId, Stage, &str),
    secret: &Personal<String>,
) -> Result<(), Failure> {
    let dossier = create_draft(tx, own, &draft(own, citizen, *agency, *stage, paper)?)?;
    if *stage == Stage::Draft {
        return Ok(());
    }
    let dossier = submit_dossier(tx, own, at(&dossier), AGREED, secret)?.dossier;
    if *stage == Stage::Registered {
        return Ok(());
    }
    let desk = acting(own, receiver_of(hired, *agency)?);
    if *stage == Stage::Refused {
        let reason = "Văn bản không có chữ ký và con dấu nên không chứng thực được.";
        intake::refuse_dossier(tx, &desk, at(&dossier), reason, GROUND)?;
        return Ok(());
    }
    let dossier = intake::accept_dossier(tx, &desk, at(&dossier), &Seen::default())?;
    if *stage == Stage::Asked {
        supplementing::request_supplement(tx, &desk, at(&dossier), &asked())?;
    } else if *stage == Stage::Processing {
        intake::forward_dossier(tx, &desk, at(&dossier))?;
    }
    Ok(())
}

fn draft(
    own: &Call,
    citizen: &Citizen,
    agency: AgencyId,
    stage: Stage,
    paper: &str,
) -> Result<NewDraft, Failure> {
    let mut form = json!({
        "requester_name": citizen.name,
        "requester_id": citizen.number,
        "document_name": paper,
        "copies": 3,
        "delivery": "counter",
    });
    let (procedure, field, answer) = if stage == Stage::Asked {
        (FROM_REGISTER, "subject_name", json!("Trần Văn Lúa"))
    } else {
        (CERTIFYING, "pages", json!(2))
    };
    if let Some(answers) = form.as_object_mut() {
        answers.insert(field.to_owned(), answer);
    }
    let applicant = Party {
        full_name: Personal::new(citizen.name.to_owned()),
        personal_number: Some(Personal::new(citizen.number.to_owned())),
        birth_date: None,
        phone: Some(Personal::new(citizen.phone.to_owned())),
        address: None,
    };
    Ok(NewDraft {
        id: own.id(),
        procedure: ProcedureCode::parse(procedure)
            .map_err(|_| Failure::internal("a code that is none"))?,
        agency,
        mandate: None,
        contents: Contents {
            assistance: Assistance::OwnHand,
            helped_by: None,
            applicant,
            submitter: None,
            form: Personal::new(form.to_string()),
            quantities: Quantities {
                copies: 3,
                pages: 2,
                persons: 1,
            },
            claims: Vec::new(),
            delivery: Delivery::Counter,
        },
    })
}

fn asked() -> supplementing::Asked {
    supplementing::Asked {
        items: vec![RequestedItem {
            paper_key: "authorisation".to_owned(),
            reason: MissingReason::Missing,
            text: "Gửi văn bản uỷ quyền của người được ghi trong sổ gốc.".to_owned(),
        }],
        legal_ground: GROUND.to_owned(),
        reply_by: None,
    }
}

/// The officer who receives at that agency.
fn receiver_of(hired: &[(&Part, OfficerId)], agency: AgencyId) -> Result<Actor, Failure> {
    let receives = |(part, _): &&(&Part, OfficerId)| {
        part.agency == agency && part.roles().has(domain::actor::Role::Receiver)
    };
    let (part, officer) = hired
        .iter()
        .find(receives)
        .ok_or_else(|| Failure::internal("nobody receives there"))?;
    Ok(Actor::Officer {
        officer: *officer,
        agency,
        roles: part.roles(),
    })
}

fn acting(call: &Call, actor: Actor) -> Call {
    Call {
        actor,
        ..call.clone()
    }
}

fn at(dossier: &Dossier) -> Target {
    Target {
        id: dossier.id,
        version: dossier.version,
    }
}
