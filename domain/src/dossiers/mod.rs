//! The dossier (hồ sơ): its states, who may move it, and what a move records.

pub mod code;
pub mod decide;
pub mod doubts;
pub mod entity;
pub mod event;
pub mod field_versions;
pub mod figures;
pub mod filing;
pub mod helping;
pub mod readers;
pub mod rules;
pub mod standing;
pub mod state;
pub mod timeline;
pub mod transitions;

#[cfg(test)]
mod matrix;
#[cfg(any(test, feature = "oracle"))]
pub mod model;
#[cfg(test)]
mod specimen;

pub use code::{CodeFormat, DossierCode};
pub use entity::{Assistance, Case, Channel, Delivery, Dossier, Party};
pub use event::{Event, EventKind};
pub use standing::Standing;
pub use state::State;
pub use transitions::{Command, TRANSITIONS, permitted};
