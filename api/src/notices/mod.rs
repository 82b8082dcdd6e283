//! Notices (thông báo): the inbox, the devices and choices of citizens, and the ways notices are sent.

mod channels;
pub mod device_handlers;
pub mod devices;
mod email;
mod following;
pub mod handlers;
mod http;
pub mod making;
mod planning;
pub mod preference_handlers;
pub mod preference_wire;
mod push;
mod reminding;
mod sending;
mod settling;
mod sms;
pub mod use_cases;
pub mod wire;
mod zalo;

pub use channels::{Answer, Answering, Channel, Channels, Message, Whereabouts};
pub use following::follow;
pub use planning::Planner;
pub use reminding::remind;
pub use sending::Sending;
