//! Follows a dossier for whoever does not guess too often: a code can be counted up, and its secret
//! must not be found by trying.

use domain::{actor::Actor, rejection::Code};

use super::{
    use_cases::track,
    wire::{TrackingBody, TrackingView},
};
use crate::{
    app::App,
    extract::{Language, Network},
    failure::Failure,
    sessions::throttle::Way,
};

impl App {
    /// How the dossier stands, if the caller may still guess. A right pair costs nothing.
    ///
    /// # Errors
    /// `too-many-requests`; those of [`track`].
    pub async fn follow(
        &self,
        asked: TrackingBody,
        network: &Network,
        language: Language,
    ) -> Result<TrackingView, Failure> {
        let (code, now) = (asked.code.trim().to_uppercase(), self.clock.now());
        let attempt = self.throttle.attempt(Way::Receipt, &code, network, now);
        let paying = attempt.clone();
        // Nobody in particular asks; the secret, not a sight, decides what is shown.
        let look = self.look(Actor::System, move |tx, call| {
            attempt.is_free(tx)?;
            track(tx, call, language, (&asked.code, &asked.secret))
        });
        let view = look.await;
        if let Err(failure) = &view
            && failure.code() == Code::NotFound.as_str()
        {
            self.store.write(move |tx| paying.pay(tx)).await?;
        }
        view
    }
}
