//! Citizens: names, phones and personal numbers, each checked once and then a type.

pub mod identity;

pub use identity::{PersonalNumber, Phone, checked_name};
