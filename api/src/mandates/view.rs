//! A mandate, as its sides and the desk see it.

use chrono::NaiveDate;
use domain::{
    actor::Actor,
    disclosures::masked_number,
    ids::{AgencyId, MandateId, OfficerId, OrganisationId},
    mandates::{
        Act, Ending, Evidence, Ground, Mandate, MandateState, Mandator, MandatorKind, Scope, Term,
    },
    personal::Personal,
    procedures::ProcedureCode,
    time::Time,
};
use persistence::{
    Tx,
    mandates::{self, Key},
    page::Page,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{call::Call, failure::Failure, page_type};

/// Whom a mandate is of.
#[derive(Debug, Serialize, ToSchema)]
pub struct MandatorView {
    /// Of which kind.
    pub kind: MandatorKind,
    /// The name.
    #[schema(max_length = 200, example = "Trần Thị Bé")]
    pub name: String,
    /// Of a person without an account: the date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Of a person without an account: the personal number.
    #[schema(max_length = 12)]
    pub personal_number: Option<String>,
    /// Of an organisation: its id, for authorising somebody else.
    pub organisation_id: Option<OrganisationId>,
    /// Of an organisation: its tax code.
    #[schema(max_length = 14)]
    pub tax_code: Option<String>,
}

/// The paper a mandate rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// Its number.
    #[schema(max_length = 60)]
    pub number: String,
    /// Its date.
    pub issued_on: NaiveDate,
    /// Who issued it.
    #[schema(max_length = 200)]
    pub issuer: String,
}

/// A mandate (uỷ quyền): the delegate acts for the mandator.
#[derive(Debug, Serialize, ToSchema)]
pub struct MandateView {
    /// Its id.
    pub id: MandateId,
    /// Its version.
    #[schema(minimum = 1)]
    pub version: i64,
    /// Where it stands.
    pub state: MandateState,
    /// How it ended.
    pub ending: Option<Ending>,
    /// Whether it stands today: active, and today is one of its days.
    pub stands: bool,
    /// Whom it is of.
    pub mandator: MandatorView,
    /// The delegate's name.
    #[schema(max_length = 120, example = "Nguyễn Thị Đào")]
    pub delegate_name: String,
    /// Whether the delegate is who asks.
    pub is_held_by_me: bool,
    /// Whether who asks proposed it.
    pub is_proposed_by_me: bool,
    /// What it rests on.
    pub ground: Ground,
    /// What the delegate may do; each act includes reading.
    #[schema(max_items = 5)]
    pub acts: Vec<Act>,
    /// Only for these procedures; null for all.
    #[schema(max_items = 50)]
    pub procedures: Option<Vec<ProcedureCode>>,
    /// Its first day.
    pub valid_from: NaiveDate,
    /// Its last day.
    pub valid_until: Option<NaiveDate>,
    /// The paper it rests on.
    pub evidence: EvidenceView,
    /// The agency at whose counter the paper is looked at.
    pub agency_id: Option<AgencyId>,
    /// When the other account agreed.
    pub agreed_at: Option<Time>,
    /// The officer who looked at the paper; told to officers only.
    pub confirmed_by: Option<OfficerId>,
    /// When.
    pub confirmed_at: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// When it was proposed.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
}

page_type!(/** A page of mandates, newest first. */ MandatePage of MandateView);

/// A number as whoever asks is shown it: an officer, who compares it with a paper, its last signs.
fn shown(call: &Call, number: Personal<String>) -> String {
    match call.actor {
        Actor::Citizen { person: _ } => number.into_revealed(),
        Actor::Officer { .. } | Actor::System => masked_number(number.reveal()),
    }
}

fn mandator_view(tx: &mut Tx, call: &Call, mandator: Mandator) -> Result<MandatorView, Failure> {
    let blank = MandatorView {
        kind: mandator.kind(),
        name: String::new(),
        birth_date: None,
        personal_number: None,
        organisation_id: None,
        tax_code: None,
    };
    Ok(match mandator {
        Mandator::Person(person) => MandatorView {
            name: mandates::name_of(tx, person)?.into_revealed(),
            ..blank
        },
        Mandator::Ward(ward) => {
            let ward = mandates::ward(tx, ward)?;
            MandatorView {
                name: ward.full_name.into_revealed(),
                birth_date: ward.birth_date.map(Personal::into_revealed),
                personal_number: ward.personal_number.map(|number| shown(call, number)),
                ..blank
            }
        }
        Mandator::Organisation(id) => {
            let organisation = mandates::organisation(tx, id)?;
            MandatorView {
                name: organisation.name,
                organisation_id: Some(id),
                tax_code: Some(organisation.tax_code.to_string()),
                ..blank
            }
        }
    })
}

/// The mandate, for whoever may see it.
///
/// # Errors
/// As the store reports them.
#[expect(
    clippy::too_many_lines,
    reason = "one line per member of the view, so that none is forgotten"
)]
pub fn view(tx: &mut Tx, call: &Call, mandate: Mandate) -> Result<MandateView, Failure> {
    let stands = mandate.stands(call.now.date());
    let Mandate {
        id,
        version,
        mandator,
        delegate,
        ground,
        scope: Scope { procedures, acts },
        term: Term { from, until },
        evidence:
            Evidence {
                number,
                issued_on,
                issuer,
            },
        agency,
        state,
        ending,
        proposed_by,
        agreed,
        confirmed,
        ended_at,
        created_at,
        updated_at,
    } = mandate;
    let me = match call.actor {
        Actor::Citizen { person } => Some(person),
        Actor::Officer { .. } | Actor::System => None,
    };
    Ok(MandateView {
        id,
        version,
        state,
        ending,
        stands,
        mandator: mandator_view(tx, call, mandator)?,
        delegate_name: mandates::name_of(tx, delegate)?.into_revealed(),
        is_held_by_me: me == Some(delegate),
        is_proposed_by_me: me == Some(proposed_by),
        ground,
        acts: acts.into_iter().collect(),
        procedures: procedures.map(|codes| codes.into_iter().collect()),
        valid_from: from,
        valid_until: until,
        evidence: EvidenceView {
            number: shown(call, number),
            issued_on,
            issuer,
        },
        agency_id: agency,
        agreed_at: agreed.map(|(_, at)| at),
        confirmed_by: confirmed.map(|(by, _)| by).filter(|_| me.is_none()),
        confirmed_at: confirmed.map(|(_, at)| at),
        ended_at,
        created_at,
        updated_at,
    })
}

/// The mandates of a page, for whoever may see them.
///
/// # Errors
/// As the store reports them.
pub fn views(
    tx: &mut Tx,
    call: &Call,
    page: Page<Mandate, Key>,
) -> Result<Page<MandateView, Key>, Failure> {
    page.try_map(|mandate| view(tx, call, mandate))
}
