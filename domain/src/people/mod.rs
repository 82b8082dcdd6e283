//! Citizens: names, phones and personal numbers, each checked once and then a type.

pub mod identity;
pub mod personal_number;

pub use identity::{PersonalNumber, Phone, checked_name};
pub use personal_number::{BirthPlace, Sex, Stated};
