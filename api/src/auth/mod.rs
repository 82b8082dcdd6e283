//! Who is asking: keys, access tokens, passwords and one-time codes.

pub mod keyring;
pub mod one_time_codes;
pub mod passwords;
pub mod tokens;
