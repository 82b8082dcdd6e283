//! What asks for a fresh proof (xác thực lại): being signed in is not enough for it.
//!
//! A device left open on a desk, or a token that was copied, moves no money, makes no officer and erases nobody: the
//! password or a code must have been shown in the same session a few minutes ago (RFC 9470 calls it
//! step-up).

use chrono::Duration;

use crate::time::Time;

crate::vocabulary! {
    /// The operations that ask for a fresh proof, spelled like the operations themselves.
    Sensitive {
        /// Making an officer's account.
        CreateOfficer = "create_officer",
        /// Giving an account a one-time password.
        ResetPassword = "reset_password",
        /// Taking a lost second factor away.
        ResetSecondFactor = "reset_second_factor",
        /// Proposing that an administrator signs in anew.
        ProposeResetSignIn = "propose_reset_sign_in",
        /// Proposing a role.
        ProposeRole = "propose_role",
        /// Being the second person of any proposal.
        ApproveProposal = "approve_proposal",
        /// Letting somebody stand in for an officer.
        MakeDeputy = "make_deputy",
        /// Moving the day a citizen was promised.
        Apologise = "apologise",
        /// Proposing to move that day beyond what one apology gives.
        ProposeExtension = "propose_extension",
        /// Proposing to open again what was closed.
        ProposeReopening = "propose_reopening",
        /// Being the second person of a proposal about a dossier.
        ApproveDossierProposal = "approve_dossier_proposal",
        /// Doing what a data subject asked for: it erases an account, or changes who it says somebody is.
        FulfilDataRequest = "fulfil_data_request",
    }
}

/// Whether a proof given then is fresh enough now. One from the future was given under another clock
/// and counts for nothing.
pub fn is_fresh(proved_at: Option<Time>, now: Time, lasts: Duration) -> bool {
    proved_at.is_some_and(|at| at <= now && now < at.plus(lasts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_fresh_from_its_instant_for_as_long_as_it_lasts() {
        let at =
            |second: i64| Time::from_micros(second * 1_000_000).unwrap_or_else(|| unreachable!());
        for (proved, now, fresh) in [
            (None, 0, false),
            (Some(100), 99, false),
            (Some(100), 100, true),
            (Some(100), 399, true),
            (Some(100), 400, false),
        ] {
            let found = is_fresh(proved.map(at), at(now), Duration::minutes(5));
            assert_eq!(found, fresh, "{proved:?} {now}");
        }
    }
}
