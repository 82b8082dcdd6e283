//! The dates the desk works to, shown to officers.

use domain::{
    actor::Actor,
    deadlines::{ends_at, forward_by},
    dossiers::{Dossier, State},
    time::Time,
};

use crate::{call::Call, failure::Failure};

/// Until when the desk passes an accepted dossier on, and appraisal asks for papers. Nothing to others
/// than officers, and nothing where no calendar says what to promise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeskDates {
    /// Until when it goes to the specialist unit, while it has not.
    pub forward: Option<Time>,
    /// Until when appraisal may find papers missing, while it is in appraisal.
    pub appraisal: Option<Time>,
}

impl DeskDates {
    /// Of a dossier, as it stands.
    ///
    /// # Errors
    /// `internal` when the store is at odds with the catalogue.
    pub fn of(call: &Call, dossier: &Dossier) -> Result<Self, Failure> {
        let Actor::Officer {
            officer: _,
            agency: _,
            roles: _,
        } = call.actor
        else {
            return Ok(Self::default());
        };
        let in_appraisal = matches!(dossier.state, State::Accepted | State::Processing);
        let Some(accepted_at) = dossier.accepted_at.filter(|_| in_appraisal) else {
            return Ok(Self::default());
        };
        let clocks = call
            .posted
            .version(&dossier.procedure, dossier.procedure_version)?
            .desk;
        let Ok(working) = call.posted.working_time(dossier.filed_with) else {
            return Ok(Self::default());
        };
        let forward = forward_by(accepted_at, clocks.forward_cutoff, &working).ok();
        Ok(Self {
            forward: forward.filter(|_| dossier.state == State::Accepted),
            appraisal: ends_at(clocks.appraisal, accepted_at, &working).ok(),
        })
    }
}
