//! The officers' side of a dossier: intake, supplement requests, money, decision and result.

pub mod asking_handlers;
pub mod handlers;
pub mod inbox;
pub mod intake;
pub mod intake_handlers;
pub mod on_behalf_handlers;
pub mod outcome;
pub mod outcome_handlers;
pub mod outcome_wire;
pub mod paying;
pub mod paying_wire;
pub mod searching;
pub mod seen;
pub mod supplementing;
pub mod wire;
