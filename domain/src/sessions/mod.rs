//! Sessions (phiên đăng nhập): whose they are, what a refresh token is worth, why they end, what waits
//! after a change of number, and what asks for a fresh proof.

mod codes;
mod holds;
mod refreshing;
mod session;
mod step_up;

pub use codes::{CodePurpose, SENDS_A_DAY, SENDS_OF_A_STRANGER, Sent, may_send};
pub use holds::{HOLD, refuse_while_held};
pub use refreshing::{Device, Shown, Worth, worth};
pub use session::{Account, AccountKind, EndReason, MOST_SESSIONS};
pub use step_up::{Sensitive, is_fresh};
