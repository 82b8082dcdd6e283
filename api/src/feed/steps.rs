//! The events that concern a citizen, and what each is about.

use domain::{feed::Told, ids::DossierId};
use persistence::{
    Tx,
    feed::{self, Step},
};

use super::world::World;
use crate::failure::Failure;

/// How many events of one reach are looked at for one answer.
const WINDOW: i64 = 500;

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    /// A dossier.
    Dossier(DossierId),
    /// The account.
    Account,
    /// That the account was erased.
    Erased,
    /// Nothing that a phone keeps.
    Nothing,
}

impl Thing {
    /// Of an event.
    pub(super) fn of(step: &Step) -> Self {
        match (Told::by(&step.kind, step.dossier.is_some()), step.dossier) {
            (Told::Dossier, Some(id)) => Self::Dossier(id),
            (Told::Account, _) => Self::Account,
            (Told::Erased, _) => Self::Erased,
            (Told::Dossier, None) | (Told::Nothing, _) => Self::Nothing,
        }
    }
}

/// The events that concern the citizen after a place, in order, and the place up to which there are no
/// others.
///
/// # Errors
/// `unavailable` and the like.
pub(super) fn steps(tx: &mut Tx, world: &World, after: i64) -> Result<(Vec<Step>, i64), Failure> {
    let span = (after, world.head);
    let mut horizon = world.head;
    let mut steps = feed::own(tx, world.person, span, WINDOW)?;
    cut(&steps, &mut horizon);
    for mandate in feed::reached(tx, &world.held)? {
        let more = feed::under(tx, mandate, span, WINDOW)?;
        cut(&more, &mut horizon);
        steps.extend(more);
    }
    steps.retain(|step| step.seq <= horizon);
    steps.sort_by_key(|step| step.seq);
    steps.dedup_by_key(|step| step.seq);
    Ok((steps, horizon))
}

/// A window that is full says nothing of what comes after it.
fn cut(steps: &[Step], horizon: &mut i64) {
    if i64::try_from(steps.len()).is_ok_and(|found| found >= WINDOW)
        && let Some(last) = steps.last()
    {
        *horizon = last.seq.min(*horizon);
    }
}
