//! From a use case to its answer: the transaction, the view, the version tag.

use aws_lc_rs::digest::{Context, SHA256};
use domain::{actor::Actor, dossiers::Dossier, ids::Id};
use persistence::{Once, OnceKey, Tx};

use super::{
    listing::principal,
    render::{self, Shown},
    view::DossierView,
};
use crate::{
    api_code::ApiCode,
    app::App,
    call::{Asking, Call},
    disclosures::stated::Stated,
    extract::{IdempotencyKey, Language},
    failure::Failure,
    reply::{Replayable, WithEtag},
};

/// A dossier with its version tag.
pub type DossierAnswer = WithEtag<DossierView>;

/// A dossier whose view carries its version.
pub fn versioned(view: DossierView) -> DossierAnswer {
    WithEtag::versioned(view.version, view)
}

/// A request that takes effect once: its operation and what it is about, its key, the digest of its
/// body.
#[derive(Debug)]
pub struct Attempt {
    /// The operation's id in the published document.
    pub operation: &'static str,
    /// The id in the request's path, if it has one: the same key with another one is another
    /// request.
    pub subject: Option<uuid::Uuid>,
    /// The client's key.
    pub key: IdempotencyKey,
    /// SHA-256 of the body.
    pub digest: [u8; 32],
}

/// What a repeated request must have in common with the first: the id in its path and its body.
fn request_digest(subject: Option<uuid::Uuid>, body: &[u8; 32]) -> [u8; 32] {
    let Some(subject) = subject else {
        return *body;
    };
    let mut digest = Context::new(&SHA256);
    digest.update(subject.as_bytes());
    digest.update(body);
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest.finish().as_ref());
    bytes
}

impl App {
    /// Looks at something in one consistent snapshot, in which an officer's roles are looked at too.
    ///
    /// # Errors
    /// `unauthenticated` when an officer's token says more than holds; those of the work.
    pub async fn look<T: Send + 'static>(
        &self,
        asking: impl Into<Asking>,
        work: impl Fn(&mut Tx, &Call) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.looking(asking, (None, false), work).await
    }

    /// The same for a purpose that an officer states.
    ///
    /// # Errors
    /// As [`App::look`]; `purpose-required` where stating one would show something.
    pub async fn look_for<T: Send + 'static>(
        &self,
        asking: impl Into<Asking>,
        stated: Option<Stated>,
        work: impl Fn(&mut Tx, &Call) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.looking(asking, (stated, true), work).await
    }

    async fn looking<T: Send + 'static>(
        &self,
        asking: impl Into<Asking>,
        (stated, takes_purpose): (Option<Stated>, bool),
        work: impl Fn(&mut Tx, &Call) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let call = Call {
            stated,
            takes_purpose,
            ..self.call(asking)
        };
        let look = move |tx: &mut Tx| {
            // A citizen sees only what refers to the account: nothing, where that is gone.
            if let Actor::Officer { .. } = call.actor {
                call.account_stands(tx)?;
            }
            work(tx, &call)
        };
        self.store.read(look).await
    }

    /// Changes a dossier and answers with what it is now.
    ///
    /// # Errors
    /// Those of the use case.
    pub async fn change(
        &self,
        asking: impl Into<Asking>,
        language: Language,
        use_case: impl Fn(&mut Tx, &Call) -> Result<Dossier, Failure> + Send + 'static,
    ) -> Result<DossierAnswer, Failure> {
        let call = self.call(asking);
        let work = move |tx: &mut Tx| {
            let dossier = use_case(tx, &call)?;
            render::render(tx, &call, language, dossier)
        };
        self.store.write(work).await.map(versioned)
    }

    /// Changes a dossier at most once per idempotency key; a repetition is shown what the first
    /// attempt led to, as it is now.
    ///
    /// # Errors
    /// Those of the use case; `request-in-flight` while a twin runs, `idempotency-key-reused` for
    /// another body under the same key.
    pub async fn change_once<T: Shown>(
        &self,
        asking: impl Into<Asking>,
        language: Language,
        attempt: Attempt,
        use_case: impl Fn(&mut Tx, &Call) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Replayable<DossierAnswer>, Failure> {
        let Attempt {
            operation,
            subject,
            key,
            digest,
        } = attempt;
        let asking: Asking = asking.into();
        let principal = principal(&asking.actor);
        let turn = self
            .in_flight
            .enter((principal, operation, key.as_str().to_owned()));
        let _turn = turn.ok_or(ApiCode::InFlight)?;
        let (call, again) = (self.call(asking), self.call(asking));
        let key = OnceKey {
            principal,
            operation,
            key: key.as_str().to_owned(),
            body_sha256: request_digest(subject, &digest),
            resource: subject,
            now: call.now,
        };
        let effect = move |tx: &mut Tx| {
            let view = use_case(tx, &call)?.show(tx, &call, language)?;
            Ok((view.id.uuid(), view))
        };
        let show_again =
            move |tx: &mut Tx, id| render::show_dossier(tx, &again, language, Id::from_uuid(id));
        Ok(
            match self.store.write_once(key, effect, show_again).await? {
                Once::Fresh(view) => Replayable {
                    replayed: false,
                    answer: versioned(view),
                },
                Once::Replayed(view) => Replayable {
                    replayed: true,
                    answer: versioned(view),
                },
            },
        )
    }
}
