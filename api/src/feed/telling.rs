//! What is to be told next to a phone that has come so far.

use std::collections::BTreeSet;

use domain::{
    disclosures::AccessAction,
    dossiers::EventKind,
    ids::{DossierId, PersonId},
};
use persistence::{StoreError, Tx, disclosures::Reading, dossiers, feed::Step, payments, people};

use super::{
    cursor::{Cursor, Part},
    snapshot,
    steps::{Thing, steps},
    wire::{Change, FollowedDossier},
    world::World,
};
use crate::{
    call::Call,
    dossiers::{render, timeline},
    extract::Language,
    failure::Failure,
    people::wire::Me,
};

/// What is told, and how far the phone has come with it.
#[derive(Debug)]
pub struct News {
    /// The changes.
    pub changes: Vec<Change>,
    /// How far.
    pub cursor: Cursor,
    /// Whether there is more.
    pub has_more: bool,
}

/// What is told to a phone that has come as far as `from`; to one that has nothing, everything. About
/// `size` things at once.
///
/// What is shown is as it is now, which may be later than the place in the log: it is then told once more,
/// and nothing is ever told that is older than what was told before.
///
/// # Errors
/// `role-forbids` for anybody but a citizen; `unauthenticated` when the account is gone.
pub fn next(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    (from, size): (Option<Cursor>, u8),
) -> Result<News, Failure> {
    let world = World::of(tx, call)?;
    let mut telling = Telling {
        call,
        language,
        person: world.person,
        changes: Vec::new(),
        told: BTreeSet::new(),
    };
    let before = from.map_or_else(|| beginning(&world, call), |from| from.renewed(call.now));
    let mut cursor = telling.surroundings(tx, &world, (before, from.is_none()))?;
    if let Some(part) = cursor.whole {
        cursor.whole = snapshot::go_on(tx, &mut telling, &world, (part, size))?;
        let has_more = cursor.whole.is_some() || cursor.seq < world.head;
        return Ok(telling.done(cursor, has_more));
    }
    let followed = telling.follow(tx, &world, (cursor.seq, size))?;
    if let Some(upto) = followed.upto {
        cursor.seq = upto;
    }
    Ok(telling.done(cursor, followed.more))
}

/// Where the log stands is noted first: whatever happens while the whole is told is told again after it.
fn beginning(world: &World, call: &Call) -> Cursor {
    Cursor {
        seq: world.head,
        given: call.now,
        generation: call.posted.generation(),
        mandates: world.mandates,
        whole: Some(Part::ALL),
    }
}

/// The place a cursor at the end of everything has: what is known at this moment.
///
/// # Errors
/// As [`next`].
pub fn present(tx: &mut Tx, call: &Call) -> Result<Cursor, Failure> {
    let world = World::of(tx, call)?;
    Ok(Cursor {
        whole: None,
        ..beginning(&world, call)
    })
}

/// How far the log was followed: not at all where nothing concerns the citizen.
struct Followed {
    upto: Option<i64>,
    more: bool,
}

/// An answer as it grows.
pub(super) struct Telling<'a> {
    pub(super) call: &'a Call,
    language: Language,
    person: PersonId,
    changes: Vec<Change>,
    told: BTreeSet<DossierId>,
}

impl Telling<'_> {
    fn done(self, cursor: Cursor, has_more: bool) -> News {
        News {
            changes: self.changes,
            cursor,
            has_more,
        }
    }

    /// How many dossiers are told of so far.
    pub(super) fn dossiers(&self) -> usize {
        self.told.len()
    }

    /// What is around the dossiers: to a new phone the account and the catalogue, to another one the
    /// catalogue and the mandates if they are others than it knows. The words and the law of dossiers
    /// follow the catalogue, so that all of them are told anew then.
    fn surroundings(
        &mut self,
        tx: &mut Tx,
        world: &World,
        (mut cursor, new): (Cursor, bool),
    ) -> Result<Cursor, Failure> {
        let generation = self.call.posted.generation();
        if new {
            self.account(tx)?;
            self.changes.push(Change::catalogue(generation));
        } else if cursor.generation < generation {
            self.changes.push(Change::catalogue(generation));
            cursor.generation = generation;
            cursor.whole = Some(Part::ALL);
        }
        if cursor.mandates != world.mandates {
            self.changes.push(Change::mandated_dossiers_gone());
            cursor.mandates = world.mandates;
            let own_first = cursor.whole.filter(|part| part.of == 0);
            cursor.whole = Some(own_first.unwrap_or(Part::MANDATED));
        }
        Ok(cursor)
    }

    /// The log after a place: each thing at its last place, up to the event at which there would be too
    /// many.
    fn follow(
        &mut self,
        tx: &mut Tx,
        world: &World,
        (after, size): (i64, u8),
    ) -> Result<Followed, Failure> {
        let (steps, horizon) = steps(tx, world, after)?;
        if steps.is_empty() {
            return Ok(Followed {
                upto: None,
                more: false,
            });
        }
        let mut things = Vec::new();
        let mut upto = horizon;
        for step in &steps {
            let thing = Thing::of(step);
            things.retain(|(known, _)| *known != thing);
            if things.len() >= usize::from(size) {
                upto = step.seq.saturating_sub(1);
                break;
            }
            if thing != Thing::Nothing {
                things.push((thing, step));
            }
        }
        for (thing, step) in things {
            self.tell(tx, thing, step)?;
        }
        Ok(Followed {
            upto: Some(upto),
            more: upto < world.head,
        })
    }

    fn tell(&mut self, tx: &mut Tx, thing: Thing, step: &Step) -> Result<(), Failure> {
        match thing {
            Thing::Dossier(id) => self.dossier(tx, id, step.kind == EventKind::Discarded.as_str()),
            Thing::Account => self.account(tx),
            Thing::Erased => {
                self.changes.push(Change::account_gone(self.person));
                Ok(())
            }
            Thing::Nothing => Ok(()),
        }
    }

    fn account(&mut self, tx: &mut Tx) -> Result<(), Failure> {
        let reading = Reading::Own(self.person);
        match people::find(tx, self.person, &reading) {
            Ok(person) => self.changes.push(Change::account(Me::from(person))),
            Err(StoreError::Absent) => self.changes.push(Change::account_gone(self.person)),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// A dossier as it is now, once in an answer; gone if it is not there to be seen. What only a mandate
    /// opened is told gone where it was thrown away: that somebody else's exists is nobody's to know.
    pub(super) fn dossier(
        &mut self,
        tx: &mut Tx,
        id: DossierId,
        discarded: bool,
    ) -> Result<(), Failure> {
        if !self.told.insert(id) {
            return Ok(());
        }
        let reading = self.call.reading(AccessAction::Open)?;
        let dossier = match dossiers::find(tx, id, &reading) {
            Ok(dossier) => dossier,
            Err(StoreError::Absent) if discarded => {
                self.changes.push(Change::dossier_gone(id));
                return Ok(());
            }
            Err(StoreError::Absent) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let by_mandate = dossier.owner != Some(self.person);
        let payments = payments::of_dossier(tx, id)?;
        self.changes.push(Change::dossier(FollowedDossier {
            view: render::render(tx, self.call, self.language, dossier)?,
            timeline: timeline::entries(tx, self.language, id)?,
            payments: payments.into_iter().map(Into::into).collect(),
            by_mandate,
        }));
        Ok(())
    }
}
