//! The second secret of public tracking, printed on the receipt.

use aws_lc_rs::rand;
use domain::{actor::Actor, dossiers::Dossier, personal::Personal};

use crate::{call::Call, failure::Failure};

/// Crockford's base 32: no letter that is read as a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight letters of 5 bits: 40 bits, which rate limits keep out of reach of guessing.
const LENGTH: usize = 8;

/// A new secret, made before the transaction that may have to run twice.
///
/// # Errors
/// `internal` when the machine gives no randomness.
pub fn tracking_secret() -> Result<Personal<String>, Failure> {
    letters(LENGTH).map(Personal::new)
}

/// So many letters, each with 5 bits of chance.
///
/// # Errors
/// `internal` when the machine gives no randomness.
pub fn letters(many: usize) -> Result<String, Failure> {
    let mut bytes = vec![0_u8; many];
    rand::fill(&mut bytes).map_err(|_| Failure::internal("no randomness"))?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(bytes.iter().filter_map(letter).collect())
}

/// The secret, for a view of the dossier: the citizen's own only. It lets anybody follow the dossier
/// without an account, so it is nobody else's; the desk prints it with the receipt slip.
pub fn shown_secret(call: &Call, dossier: &Dossier) -> Option<String> {
    match call.actor {
        Actor::Citizen { person } if dossier.owner == Some(person) => {
            let secret = dossier.tracking_secret.as_ref();
            secret.map(|secret| secret.reveal().clone())
        }
        // A mandate may be revoked; the secret could not be.
        Actor::Citizen { person: _ } | Actor::Officer { .. } | Actor::System => None,
    }
}

/// A secret as somebody typed it, read the way it was printed: case, blanks and hyphens do not
/// matter, and the letters that look like digits are those digits.
pub fn as_printed(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    #[test]
    fn a_secret_survives_being_typed_by_hand() {
        assert_eq!(as_printed(" 7kq2-m9xd "), "7KQ2M9XD");
        assert_eq!(as_printed("oIl0 1234"), "01101234");
        let secret = tracking_secret().unwrap().into_revealed();
        assert_eq!(secret.len(), LENGTH);
        assert_eq!(as_printed(&secret.to_lowercase()), secret);
    }
}
