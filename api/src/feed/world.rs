//! The world of one citizen, as far as what is to be told depends on it.

use aws_lc_rs::digest::{SHA256, digest};
use domain::{actor::Actor, ids::PersonId, rejection::Code};
use persistence::{
    Tx,
    feed::{self, Held},
    sequencer,
};

use crate::{call::Call, failure::Failure};

/// The world of one citizen at this moment.
pub(super) struct World {
    /// The citizen.
    pub(super) person: PersonId,
    /// The last place in the log, read before anything else: what is shown is never older.
    pub(super) head: i64,
    /// The mandates that stand and that the citizen holds.
    pub(super) held: Vec<Held>,
    /// By which it is noticed that other mandates stand than before.
    pub(super) mandates: u32,
}

impl World {
    /// As it stands.
    ///
    /// # Errors
    /// `role-forbids` for anybody but a citizen.
    pub(super) fn of(tx: &mut Tx, call: &Call) -> Result<Self, Failure> {
        let Actor::Citizen { person } = call.actor else {
            return Err(Code::RoleForbids.into());
        };
        let head = sequencer::last(tx)?;
        let mandates = feed::held(tx, person, call.now.date())?;
        Ok(Self {
            person,
            head,
            mandates: mark(&mandates),
            held: mandates,
        })
    }
}

/// By which it is noticed that other mandates stand than before, or that one says something else.
fn mark(held: &[Held]) -> u32 {
    let mut bytes = Vec::with_capacity(held.len() * 24);
    for one in held {
        bytes.extend_from_slice(one.id.uuid().as_bytes());
        bytes.extend_from_slice(&one.version.to_be_bytes());
    }
    let digest = digest(&SHA256, &bytes);
    digest
        .as_ref()
        .first_chunk()
        .map_or(0, |four| u32::from_be_bytes(*four))
}
