//! The catalogue: procedures, forms, fields, and when a dossier would be due.

pub mod brief;
pub mod fees;
pub mod handlers;
pub mod importing;
pub mod listing;
pub mod posted;
pub mod render;
pub mod watch;
pub mod wire;
pub mod words;
