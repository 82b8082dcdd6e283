//! Agencies (cơ quan): who receives and decides. An agency is a stable id with dated versions, so
//! that renaming or merging one never rewrites history.

mod agency;

pub use agency::{Agency, AgencyKind, AgencyVersion, Offers};
