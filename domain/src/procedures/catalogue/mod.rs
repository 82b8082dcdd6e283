//! The catalogue (danh mục): data files read whole or not at all, with every fault named.

mod fault;
mod files;
mod form_rules;
mod position;
mod procedure_rules;
mod read;
mod references;
mod shape;
mod sheet;

#[cfg(test)]
mod broken_files;

pub use fault::{CatalogueFault, FaultCode};
pub use files::CalendarSheet;
pub use position::{Position, Positions};
pub use read::{Catalogue, Known, read, read_onto};
