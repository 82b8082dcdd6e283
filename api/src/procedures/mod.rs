//! The catalogue: procedures, forms, fields, and when a dossier would be due.

pub mod importing;
pub mod posted;
