//! Finding somebody's dossiers at the counter, by personal number or telephone number.
//!
//! A request with a body, because what an address holds stands in logs on its way (ASVS 14.2.1). Both are found
//! by the keyed blind index, which tells equality and nothing else.

use actix_web::{post, web};
use aws_lc_rs::digest::{SHA256, digest};
use chrono::Duration;
use domain::{
    actor::{Role, Who},
    disclosures::AccessAction,
    ids::{OfficerId, PersonId},
    people::{PersonalNumber, Phone},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use persistence::{
    Tx,
    dossiers::{self, Filter, Order},
    people,
    throttles::{self, Budget},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    call::Call,
    document::problems::Limited,
    dossiers::listing::{DossierSummary, summary},
    extract::{Json, Language, Officer},
    failure::Failure,
    reply::Secret,
    sessions::throttle::refuse_for,
};

/// Whoever receives people at the counter.
const SEARCHERS: &[Who] = &[Who::Officer(Role::Receiver)];

/// How many dossiers are shown.
const MOST: i64 = 50;

/// Forty searches of one officer, then one a minute: a counter on a market day, and no list of numbers.
const OF_OFFICER: Budget = Budget {
    burst: 40,
    every: Duration::minutes(1),
};

/// By what somebody is searched for: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone": "0912 345 678"}))]
pub struct DossierSearch {
    /// The whole personal number, of an account whose identity was verified.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 12, max_length = 12)]
    pub personal_number: Option<Personal<String>>,
    /// The whole telephone number, as people write it or in E.164.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 8, max_length = 30)]
    pub phone: Option<Personal<String>>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundDossiers {
    /// Dossiers of that person at the officer's agency, newest first.
    #[schema(max_items = 50)]
    pub items: Vec<DossierSummary>,
}

/// Whom to look for.
#[derive(Debug, Clone)]
enum Sought {
    Number(Personal<String>),
    Phone(Personal<String>),
}

impl DossierSearch {
    fn checked(self) -> Result<Sought, Rejection> {
        let Self {
            personal_number,
            phone,
        } = self;
        let fault = |pointer: &str, code| Rejection {
            code: Code::InvalidContent,
            faults: vec![Fault::new(pointer, code)],
        };
        match (personal_number, phone) {
            (Some(number), None) => match PersonalNumber::parse(number.reveal()) {
                Ok(number) => Ok(Sought::Number(number.digits().clone())),
                Err(code) => Err(fault("/personal_number", code)),
            },
            (None, Some(phone)) => match Phone::parse(phone.reveal()) {
                Ok(phone) => Ok(Sought::Phone(phone.e164().clone())),
                Err(code) => Err(fault("/phone", code)),
            },
            (None, None) => Err(fault("/phone", Code::Required)),
            (Some(_), Some(_)) => Err(fault("/phone", Code::Duplicate)),
        }
    }
}

fn person(tx: &mut Tx, sought: &Sought) -> Result<Option<PersonId>, Failure> {
    Ok(match sought {
        Sought::Number(number) => people::by_verified_number(tx, number)?,
        Sought::Phone(phone) => people::by_phone(tx, phone)?.map(|person| person.id),
    })
}

fn share_of(officer: OfficerId) -> Vec<u8> {
    let name = format!("office search|{officer}");
    digest(&SHA256, name.as_bytes()).as_ref().to_vec()
}

/// The dossiers of whoever is sought, at the agency of whoever seeks. That they were found is written down
/// before they are shown; of somebody without one here nothing is told.
fn search(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    sought: &Sought,
) -> Result<Vec<DossierSummary>, Failure> {
    call.account_stands(tx)?;
    if !call.actor.is_one_of(SEARCHERS) {
        return Err(Code::RoleForbids.into());
    }
    let share = share_of(call.officer()?);
    refuse_for(throttles::spend(tx, &share, OF_OFFICER, call.now)?)?;
    let Some(person) = person(tx, sought)? else {
        return Ok(Vec::new());
    };
    let filter = Filter {
        owner: Some(person),
        ..Filter::default()
    };
    let reading = call.reading(AccessAction::Search)?;
    let rows = dossiers::list(tx, &reading, &filter, (None, Order::NewestFirst), MOST)?;
    let rows = rows.into_iter();
    Ok(rows.map(|row| summary(call, language, row)).collect())
}

/// Find somebody's dossiers by number.
///
/// By the whole personal number or telephone number of the account, at the caller's agency; names are cut to
/// initials unless the dossier waits at the caller's desk. For receivers. Each dossier found is written into
/// the access log, which its citizen sees. 429 after forty searches, then one a minute.
#[utoipa::path(
    tag = "Office",
    security(("access_token" = [])),
    request_body = DossierSearch,
    responses((status = 200, description = "What was found.", body = FoundDossiers), Limited),
)]
#[post("/search")]
pub(crate) async fn search_dossiers(
    app: web::Data<App>,
    officer: Officer,
    language: Language,
    Json { body, digest: _ }: Json<DossierSearch>,
) -> Result<Secret<FoundDossiers>, Failure> {
    let (call, sought) = (app.call(officer.actor()), body.checked()?);
    let find = move |tx: &mut Tx| search(tx, &call, language, &sought);
    let items = app.store.write(find).await?;
    Ok(Secret(FoundDossiers { items }))
}
