//! What handlers receive: every part of a request read strictly, every fault named.

pub mod caller;
pub mod headers;
pub mod json;
pub mod language;
pub mod lengths;
pub mod network;
pub mod path;
pub mod query;
mod strict;

pub use caller::{Anonymous, Caller, Citizen, Follower, Officer, SignedIn};
pub use headers::{IdempotencyKey, IfAbsent, IfMatch, IfNoneMatch};
pub use json::{Json, OptionalJson};
pub use language::Language;
pub use network::Network;
pub use path::Path;
pub use query::Query;
