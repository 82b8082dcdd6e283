//! Field encryption: the one place where fields of people are sealed and opened.
//!
//! A field of class P3 (personal number, telephone, address, the answers of a form) lies in its column
//! as AES-256-GCM with a random nonce, bound to table, column, row and key, so that it can be moved
//! nowhere. Each subject has a data key of its own (`subject_keys`): a citizen for the account and every
//! dossier of hers, a dossier of nobody's account for itself, an agency for what it keeps by law after
//! a citizen was erased. Data keys lie wrapped by a key from outside the database ([`FieldKeys`]).
//! Deleting one is what makes the fields unreadable, here and in every copy of the rows.
//!
//! Nothing unwrapped is kept between transactions: the wrapped key comes with the row, in the same
//! statement, and unwrapping it costs no more than looking for it among unwrapped ones would. So a key
//! that was deleted is not used any more from the next statement on, in any process.

mod blind_index;
mod cipher;
mod copies;
mod field;
mod held;
mod key_set;
mod keys;
mod moving;
mod subjects;
mod transit;

pub use copies::{WrappedKey, blank_what_has_no_key, put_back, wrapped_keys};
pub use keys::{FieldKeys, IndexColumn, KeyMaterial, KeySource, KeysError, NamedKey};
pub use moving::reindex;
pub use subjects::{keys_are_there, rewrap, wrapped_by};

pub(crate) use blind_index::{Marks, NUMBER, PHONE};
pub(crate) use field::Row;
pub(crate) use held::Held;
pub(crate) use key_set::{DataKey, KeySet};
pub(crate) use subjects::{forget, make, of_subject, wrapped_key};
pub(crate) use transit::{arrived, sent};
