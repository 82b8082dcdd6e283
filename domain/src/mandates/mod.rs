//! Mandates (uỷ quyền, người đại diện): somebody acts for a child, a relative, an organisation.
//!
//! A mandate between two people with accounts stands when both have agreed; one of a child or of an
//! organisation stands when an officer has looked at the evidence (Civil Code 2015, art. 134 to 143).
//! What a delegate may do is asked of the mandate at each act, never remembered: it can be revoked at
//! any time (art. 569).

pub mod applicant;
pub mod entity;
pub mod moves;
pub mod proposing;
pub mod reach;
pub mod represented;
pub mod scope;
pub mod tax_code;

pub use entity::{Ending, Evidence, Ground, Mandate, MandateState, Mandator, MandatorKind, Term};
pub use moves::Side;
pub use reach::Reach;
pub use represented::{Organisation, Ward};
pub use scope::{Act, Acts, Scope};
pub use tax_code::TaxCode;
