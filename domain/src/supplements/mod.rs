//! The supplement request (yêu cầu bổ sung): every missing paper in one request, once.

mod asking;
pub mod entity;

pub use asking::faults_of_papers;
pub use entity::{
    AnsweredItem, MissingReason, RequestedItem, SecondRoundReason, Supplement, SupplementAnswer,
    SupplementStatus,
};
