//! The machinery of the fault tests, over any [`workload::Workload`].

pub mod dossiers;
pub mod followed;
pub mod insiders;
pub mod kill9;
pub mod system_calls;
pub mod workload;
