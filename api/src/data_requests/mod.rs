//! Data-subject requests (yêu cầu của chủ thể dữ liệu): asked by citizens, handled by administrators.

pub mod asking;
pub mod escalating;
pub mod fulfilling;
pub mod handlers;
pub mod office_handlers;
pub mod office_wire;
pub mod use_cases;
pub mod wire;
