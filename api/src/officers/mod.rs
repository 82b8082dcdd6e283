//! Officers' accounts and roles, how they come to them, and how they prove who they are.

pub mod accounts;
pub mod entrance;
pub mod entrance_handlers;
pub mod entrance_wire;
pub mod handlers;
pub mod hiring;
pub mod role_handlers;
pub mod roles;
pub mod second_factor;
pub mod second_factor_handlers;
pub mod second_factor_wire;
pub mod step_up;
pub(crate) mod trace;
pub mod wire;
