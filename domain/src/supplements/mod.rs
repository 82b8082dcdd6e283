//! The supplement request (yêu cầu bổ sung): every missing paper in one request, once.

pub mod entity;

pub use entity::{
    AnsweredItem, MissingReason, RequestedItem, SecondRoundReason, Supplement, SupplementAnswer,
    SupplementStatus,
};
