//! The second secret of public tracking, printed on the receipt.

use aws_lc_rs::rand;
use domain::personal::Personal;

use crate::failure::Failure;

/// Crockford's base 32: no letter that is read as a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight letters of 5 bits: 40 bits, which rate limits keep out of reach of guessing.
const LENGTH: usize = 8;

/// A new secret, made before the transaction that may have to run twice.
///
/// # Errors
/// `internal` when the machine gives no randomness.
pub fn tracking_secret() -> Result<Personal<String>, Failure> {
    let mut bytes = [0_u8; LENGTH];
    rand::fill(&mut bytes).map_err(|_| Failure::internal("no randomness"))?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(Personal::new(bytes.iter().filter_map(letter).collect()))
}
