//! Officers' accounts and roles, and how they come to them.

pub mod accounts;
pub mod entrance;
pub mod entrance_handlers;
pub mod entrance_wire;
pub mod handlers;
pub mod hiring;
pub mod role_handlers;
pub mod roles;
pub(crate) mod trace;
pub mod wire;
