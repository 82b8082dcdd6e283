//! The supplement request (yêu cầu bổ sung): every missing paper in one request, once.

mod asking;
pub mod entity;

pub use asking::{close_after, faults_of_papers, faults_of_reply_by};
pub use entity::{
    AnsweredItem, MissingReason, RequestedItem, SecondRoundReason, Supplement, SupplementAnswer,
    SupplementStatus,
};
