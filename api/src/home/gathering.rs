//! Gathers what the first screen shows, in one snapshot.

use domain::{
    actor::{Actor, Sight},
    dossiers::State,
    ids::PersonId,
    payments::amount_due,
    rejection::Code,
};
use persistence::{
    Tx,
    disclosures::Reading,
    dossiers::{self, Filter, Listed, Order},
    payments, people, results,
};

use super::wire::{AwaitingPayment, HomeCounts};
use crate::{
    call::Call,
    dossiers::{
        listing::{DossierSummary, summary},
        parts::result_view,
        view::ResultView,
    },
    extract::Language,
    failure::Failure,
    feed::{cursor::Cursor, telling},
    people::{use_cases::standing, wire::Me},
};

/// How many of the newest dossiers are looked at for those that are under way.
const LOOKED_AT: i64 = 60;
/// How many of each are shown.
const SHOWN: i64 = 20;
/// How many results are shown.
const RESULTS: i64 = 5;

/// What was gathered, and the place in the log from which on changes are told.
#[derive(Debug)]
pub struct Gathered {
    /// The account.
    pub me: Me,
    /// Dossiers under way.
    pub open: Vec<DossierSummary>,
    /// Drafts.
    pub drafts: Vec<DossierSummary>,
    /// What is owed.
    pub owed: Vec<AwaitingPayment>,
    /// Results.
    pub results: Vec<ResultView>,
    /// How many.
    pub counts: HomeCounts,
    /// Where the log stands.
    pub cursor: Cursor,
}

/// Gathers what is the citizen's own.
///
/// # Errors
/// `unauthenticated` when the account is gone, `role-forbids` for anybody but a citizen.
pub fn get_home(tx: &mut Tx, call: &Call, language: Language) -> Result<Gathered, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    // First: whatever happens after it is told once more.
    let cursor = telling::present(tx, call)?;
    let me = standing(people::find(tx, person, &Reading::Own(person)))?;
    let newest = newest(tx, person, None, LOOKED_AT)?;
    let open: Vec<Listed> = newest
        .into_iter()
        .filter(|one| one.row.state != State::Draft && !one.row.state.is_terminal())
        .take(usize::try_from(SHOWN).unwrap_or_default())
        .collect();
    let owed = owed(tx, &open)?;
    let shown = |listed| summary(call, language, listed);
    let open: Vec<DossierSummary> = open.into_iter().map(shown).collect();
    let waiting = open.iter().filter(|one| one.must_do_now.is_some()).count();
    let drafts = newest_drafts(tx, person)?;
    Ok(Gathered {
        me: Me::from(me),
        counts: counts(tx, person, waiting)?,
        open,
        drafts: drafts.into_iter().map(shown).collect(),
        owed,
        results: results::of_person(tx, person, None, RESULTS)?
            .iter()
            // The list holds only what was handed over.
            .map(|one| result_view(one, true))
            .collect(),
        cursor,
    })
}

fn newest(
    tx: &mut Tx,
    person: PersonId,
    state: Option<State>,
    limit: i64,
) -> Result<Vec<Listed>, Failure> {
    let filter = Filter {
        state,
        ..Filter::default()
    };
    let order = (None, Order::NewestFirst);
    Ok(dossiers::list(
        tx,
        &Reading::Own(person),
        &filter,
        order,
        limit,
    )?)
}

fn newest_drafts(tx: &mut Tx, person: PersonId) -> Result<Vec<Listed>, Failure> {
    newest(tx, person, Some(State::Draft), SHOWN)
}

fn owed(tx: &mut Tx, open: &[Listed]) -> Result<Vec<AwaitingPayment>, Failure> {
    let mut owed = Vec::new();
    for Listed { row, .. } in open {
        if row.awaited.fee.is_some() {
            owed.push(AwaitingPayment {
                dossier_id: row.id,
                code: row.code.clone(),
                amount_due: amount_due(&payments::obligations_of(tx, row.id)?),
                currency: "VND",
            });
        }
    }
    Ok(owed)
}

fn counts(tx: &mut Tx, person: PersonId, waiting: usize) -> Result<HomeCounts, Failure> {
    let mut counts = HomeCounts {
        waiting_for_you: i64::try_from(waiting).unwrap_or_default(),
        ..HomeCounts::default()
    };
    for (state, number) in dossiers::counts_by_state(tx, Sight::Own(person), None)? {
        let sort = if state == State::Draft {
            &mut counts.drafts
        } else if state.is_terminal() {
            &mut counts.ended_dossiers
        } else {
            &mut counts.open_dossiers
        };
        *sort = sort.saturating_add(number);
    }
    Ok(counts)
}
