//! What a walk stands on: a procedure of its terms, an officer for each role, a citizen.

use std::collections::HashMap;
use std::sync::Arc;

use api::app::App;
use api::call::Call;
use api::consents::use_cases::Said;
use api::dossiers::drafts::{NewDraft, create_draft};
use api::dossiers::secret::tracking_secret;
use api::extract::Language;
use api::failure::Failure;
use api::office::intake::{CounterFiling, file_dossier};
use api::procedures::posted::Posted;
use domain::actor::{Actor, Role, Roles, Who};
use domain::dossiers::filing::Contents;
use domain::dossiers::model::Terms;
use domain::dossiers::{Assistance, Channel, Delivery, Party};
use domain::identities::AssuranceLevel;
use domain::ids::{DossierId, OfficerId, PersonId};
use domain::personal::Personal;
use domain::procedures::{ProcedureCode, ProcedureVersion, Quantities};
use domain::time::Time;
use persistence::events::{self, NewEvent};
use persistence::people::{self, Person};
use persistence::{Json, Store, StoreError, Tx};
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::fixed_clock::MONDAY_MORNING;
use tests::server::TestServer;

const PROCEDURE: &str = "2.000635";

/// Everybody agrees, in Vietnamese.
pub(super) const AGREED: Said = Said {
    yes: true,
    text: None,
    language: Language::Vi,
};

/// One service for all walks.
pub(super) struct Ground {
    pub(super) store: Store,
    officers: HashMap<Role, OfficerId>,
    /// A call to take the identifiers and the shape of codes from.
    any: Call,
}

pub(super) fn key(paper: usize) -> String {
    format!("paper_{paper}")
}

impl Ground {
    pub(super) async fn of(server: &TestServer) -> Self {
        let mut officers = HashMap::new();
        // Walks begin in the first days of the year, and a role holds from the day it was given.
        server.clock().set("2026-01-01T08:00:00+07:00");
        for role in Role::ALL {
            officers.insert(role, server.hire(&[role], MY_THUAN).await.id);
        }
        server.clock().set(MONDAY_MORNING);
        let app: &App = server.app();
        Self {
            store: server.store().clone(),
            officers,
            any: app.call(Actor::System),
        }
    }

    /// A call under the catalogue of these terms.
    pub(super) fn call(&self, terms: Terms) -> Call {
        let mut catalogue = self.any.posted.catalogue().clone();
        catalogue
            .procedures
            .retain(|it| it.code.as_str() == PROCEDURE);
        catalogue.procedures = catalogue
            .procedures
            .iter()
            .map(|it| on(terms, it))
            .collect();
        Call {
            posted: Arc::new(Posted::new(catalogue, 1).unwrap()),
            ..self.any.clone()
        }
    }

    pub(super) fn actor(&self, who: Who, citizen: PersonId) -> Actor {
        match who {
            Who::Citizen => Actor::Citizen { person: citizen },
            Who::Officer(role) => Actor::Officer {
                officer: self.officers[&role],
                agency: MY_THUAN,
                roles: Roles::of(&[role]),
            },
            Who::System => Actor::System,
        }
    }
}

/// The procedure with these papers and fees, an empty form and five working days.
fn on(terms: Terms, procedure: &ProcedureVersion) -> ProcedureVersion {
    let mut sheet = serde_json::to_value(procedure).unwrap();
    let name = json!({ "vi": "Ví dụ", "en": "Example" });
    let paper = |n: usize| {
        let need = if n < terms.required {
            "mandatory"
        } else {
            "optional"
        };
        json!({
            "key": key(n), "name": name, "kind": { "need": need }, "source": "citizen",
            "accepts": ["pdf"], "max_bytes": 1_000_000,
        })
    };
    let fee = |(n, collected): (usize, &str)| {
        json!({
            "code": format!("fee_{n}"), "name": name, "kind": "fee", "unit": "dossier",
            "tariff": { "flat": { "direct": 8000 } }, "collected": collected,
            "in_force": { "first_day": "2025-07-01" }, "legal_basis": "ví dụ", "reductions": [],
        })
    };
    let at_intake = (0..terms.fees_at_intake).map(|_| "intake");
    let fees = at_intake.chain((0..terms.fees_later).map(|_| "result"));
    sheet["papers"] = (0..terms.papers).map(paper).collect();
    sheet["fees"] = fees.enumerate().map(fee).collect::<Value>();
    sheet["form"] = json!({});
    sheet["quantity_fields"] = json!({});
    sheet["time_limit"] = json!({ "unit": "working_days", "days": 5 });
    serde_json::from_value(sheet).unwrap()
}

fn contents() -> Contents {
    Contents {
        assistance: Assistance::OwnHand,
        helped_by: None,
        applicant: Party {
            full_name: Personal::new("Trần Thị Mẫu".to_owned()),
            personal_number: None,
            birth_date: None,
            phone: None,
            address: None,
        },
        submitter: None,
        form: Personal::new("{}".to_owned()),
        quantities: Quantities {
            copies: 1,
            pages: 1,
            persons: 1,
        },
        claims: Vec::new(),
        delivery: Delivery::Counter,
    }
}

/// The first event of a dossier: a citizen's draft, or what the desk filed.
pub(super) fn begin(
    tx: &mut Tx,
    call: &Call,
    channel: Channel,
    id: DossierId,
) -> Result<(), Failure> {
    let procedure = ProcedureCode::parse(PROCEDURE).unwrap();
    if channel == Channel::Online {
        let draft = NewDraft {
            id,
            procedure,
            agency: MY_THUAN,
            mandate: None,
            contents: contents(),
        };
        return create_draft(tx, call, &draft).map(drop);
    }
    let filing = CounterFiling {
        id,
        procedure,
        channel,
        contents: contents(),
        said: AGREED,
    };
    file_dossier(tx, call, &filing, &tracking_secret()?).map(drop)
}

/// A citizen of that number.
pub(super) fn register(
    tx: &mut Tx,
    call: &Call,
    number: u64,
    now: Time,
) -> Result<PersonId, StoreError> {
    let id: PersonId = call.id();
    let person = Person {
        id,
        phone: Some(Personal::new(format!("+849{number:08}"))),
        full_name: Personal::new("Trần Thị Mẫu".to_owned()),
        personal_number: None,
        birth_date: None,
        address: None,
        assurance: AssuranceLevel::Phone,
        language: "vi".to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    people::insert(tx, &person)?;
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: None,
        person: Some(id),
        version: 1,
        kind: "person_registered",
        actor: &Actor::Citizen { person: id },
        at: now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::empty(),
    };
    events::append(tx, event)?;
    Ok(id)
}
