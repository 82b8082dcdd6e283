//! Who is asking: keys, access tokens, refresh tokens, passwords, second factors and
//! one-time codes.

pub mod ended;
pub mod field_keys;
pub mod keyring;
pub mod one_time_codes;
pub mod passwords;
pub mod refresh_tokens;
pub mod rotation;
pub mod second_factor;
pub mod signing_keys;
pub mod tokens;
pub mod totp;
