//! Everything a citizen has, told in parts: to a phone that has nothing yet, and again where the words or the
//! reach of everything have changed.

use domain::{
    ids::{DossierId, MandateId},
    mandates::Act,
};
use persistence::{
    Tx,
    disclosures::Reading,
    dossiers::{self, Filter, Order, Place},
};

use super::{cursor::Part, telling::Telling, world::World};
use crate::failure::Failure;

/// Tells the next part, about `size` dossiers, newest first; gives where the whole goes on, if it does.
///
/// # Errors
/// `unavailable` and the like.
pub(super) fn go_on(
    tx: &mut Tx,
    telling: &mut Telling<'_>,
    world: &World,
    (mut part, size): (Part, u8),
) -> Result<Option<Part>, Failure> {
    loop {
        let room = usize::from(size).saturating_sub(telling.dossiers());
        if room == 0 {
            return Ok(Some(part));
        }
        let mandate = match part.of.checked_sub(1) {
            None => None,
            Some(place) => match world.held.get(usize::from(place)) {
                None => return Ok(None),
                Some(held) => Some(held.id),
            },
        };
        let found = listed(tx, telling, world, (mandate, part, room))?;
        for (id, _) in &found {
            telling.dossier(tx, *id, false)?;
        }
        part = match found.last() {
            Some((id, place)) if found.len() >= room => Part {
                after: Some((place.created_at, *id)),
                ..part
            },
            _ => Part {
                of: part.of.saturating_add(1),
                after: None,
            },
        };
    }
}

/// The next dossiers of a part: the citizen's own, or those that a mandate opens.
fn listed(
    tx: &mut Tx,
    telling: &Telling<'_>,
    world: &World,
    (mandate, part, room): (Option<MandateId>, Part, usize),
) -> Result<Vec<(DossierId, Place)>, Failure> {
    let reading = match mandate {
        None => Reading::Own(world.person),
        Some(_) => Reading::Mandated(telling.call.reach(world.person, Act::Read)),
    };
    let filter = Filter {
        mandate,
        ..Filter::default()
    };
    let place = part.after.map(|(created_at, id)| Place { created_at, id });
    let limit = i64::try_from(room).map_err(Failure::internal)?;
    let rows = dossiers::list(tx, &reading, &filter, (place, Order::NewestFirst), limit)?;
    let of = |listed: dossiers::Listed| {
        let (id, created_at) = (listed.row.id, listed.row.created_at);
        (id, Place { created_at, id })
    };
    Ok(rows.into_iter().map(of).collect())
}
