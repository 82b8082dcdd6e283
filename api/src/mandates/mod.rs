//! Mandates: proposing, agreeing, confirming, ending, and acting under them.

pub mod acting;
pub mod checking;
pub mod desk;
pub mod expiring;
pub mod handlers;
pub mod office_handlers;
pub mod proposing;
pub mod use_cases;
pub mod view;
pub mod wire;
