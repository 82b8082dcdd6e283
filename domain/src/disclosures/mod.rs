//! Disclosures (lượt xem dữ liệu cá nhân): which officer read what of whom, when and why.
//!
//! What an officer may read follows from the role held now at the agency; anything else needs a
//! [purpose](AccessPurpose) that is stated, written down, shown to the citizen and reviewed (law
//! 91/2025/QH15 on personal data: purpose, minimisation, and the right to know).

mod disclosure;
mod ground;
mod looked;
mod masking;
mod purpose;
mod words;

pub use disclosure::{Disclosure, LONGEST_RESTRICTION_DAYS, Matter, may_restrict, quarter_of};
pub use ground::{Ground, Readable, could_state_a_purpose, ground, may_review, without_a_purpose};
pub use looked::{AccessAction, Actions, FieldClass, Fields};
pub use masking::{is_at_a_desk_of, masked_name, masked_number};
pub use purpose::{AccessPurpose, LONGEST_NOTE, SHORTEST_NOTE, checked_note};
pub use words::{positions, sentence};

#[cfg(test)]
mod tests;
