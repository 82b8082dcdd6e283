//! Procedures (thủ tục hành chính): the catalogue as dated versions, read from data files.

pub mod catalogue;
mod code;
mod desk;
mod faults;
mod field;
mod form;
mod online;
mod papers;
pub mod search;
mod shipped;
mod source;
mod version;

pub use code::{CommuneCode, FieldCode, NotACode, PaperKey, ProcedureCode};
pub use desk::{DeskClocks, SupplementPolicy};
pub use field::Field;
pub use form::{CompiledForm, NotAForm};
pub use papers::{Copies, LARGEST_FILE, PaperNeed, PaperOrigin, PaperRequirement};
pub use shipped::{FILES as SHIPPED_FILES, shipped};
pub use source::{Certainty, Source};
pub use version::{
    ApplicantKind, CentralCoverage, CentralSystem, InternalStep, Level, OnlineLevel,
    ProcedureResult, ProcedureVersion, Quantities, QuantityFields,
};
