//! Signing in at the identity provider, from beginning to end.

use std::sync::Arc;

use domain::{
    actor::Actor,
    identities::Identity,
    ids::{Id, PersonId},
    rejection::{Code, Fault, Rejection},
    sessions::{Account, AccountKind},
};
use persistence::{Tx, people::Person};

use super::{
    provider::Provider,
    proving::{self, SignIn},
    requests::{self, SECONDS, Shown},
    wire::{Answer, ProviderSignIn},
};
use crate::{
    api_code::ApiCode,
    app::App,
    extract::{Citizen, Language, Network},
    failure::Failure,
    sessions::{
        device::Device,
        opening::NewSession,
        throttle::Way,
        told::{SignInEvent, tell},
        wire::CitizenSession,
    },
};

impl App {
    fn identity_provider(&self) -> Result<&Provider, Failure> {
        let provider = self.provider.as_ref();
        provider.ok_or_else(|| ApiCode::NoIdentityProvider.into())
    }

    /// Begins a sign-in at the provider, or the verification of a citizen's account.
    ///
    /// # Errors
    /// `no-identity-provider`; `invalid-content` for an address that is not registered;
    /// `identity-provider-unavailable`.
    pub async fn begin_at_provider(
        &self,
        redirect_uri: String,
        account: Option<PersonId>,
    ) -> Result<ProviderSignIn, Failure> {
        let provider = self.identity_provider()?;
        if !provider.settings.redirect_uris.contains(&redirect_uri) {
            let fault = Fault::new("/redirect_uri", Code::UnknownReference);
            return Err(Rejection {
                code: Code::InvalidContent,
                faults: vec![fault],
            }
            .into());
        }
        let now = self.clock.now();
        let document = provider.document(now).await?;
        let request = requests::new(self.ids.uuid(now), redirect_uri, account, now)?;
        let secrets = self.request_secrets.of(request.id, &request.seed);
        let url = provider.authorization_url(&document, &request.redirect_uri, &secrets)?;
        let id = Id::from_uuid(request.id);
        let begin = move |tx: &mut Tx| requests::begin(tx, &request);
        self.store.write(begin).await?;
        Ok(ProviderSignIn {
            provider_request_id: id,
            authorization_url: url.into(),
            expires_in_seconds: SECONDS,
        })
    }

    /// Who came back from the provider with this answer. The request is used up by it.
    async fn came_back(
        &self,
        answer: Answer,
        account: Option<PersonId>,
    ) -> Result<(Identity, String), Failure> {
        let provider = self.identity_provider()?;
        let Answer {
            request,
            code,
            state,
        } = answer;
        let now = self.clock.now();
        let shown = Shown {
            request,
            state,
            account,
            now,
        };
        let keys = Arc::clone(&self.request_secrets);
        let take = move |tx: &mut Tx| requests::take(tx, &keys, &shown);
        let request = self.store.write(take).await?;
        let secrets = self.request_secrets.of(request.id, &request.seed);
        let document = provider.document(now).await?;
        let given = provider
            .exchange(&document, &request.redirect_uri, &secrets, code.reveal())
            .await?;
        let identity = provider
            .identity(&document, &given, &secrets, self.clock.now())
            .await?;
        Ok((identity, provider.settings.issuer.clone()))
    }

    /// Signs in whoever came back from the provider.
    ///
    /// # Errors
    /// `credentials-refused` for a request or a code that does not hold, `identity-token-refused`,
    /// `identity-level-too-low`, `identity-unusable`, `identity-provider-unavailable`.
    pub async fn session_from_provider(
        &self,
        (answer, device): (Answer, Device),
        language: Language,
        network: &Network,
    ) -> Result<CitizenSession, Failure> {
        let came_back = self.came_back(answer, None).await;
        let (identity, issuer) = came_back.inspect_err(|failure| {
            // That the provider cannot be reached is nobody's failure to sign in.
            if failure.status() < 500 {
                tell(SignInEvent::Refused, Some(Way::Provider), None);
            }
        })?;
        let call = self.call(Actor::System);
        let command = Arc::new(SignIn {
            identity,
            issuer,
            new_person: call.id(),
            language: language.tag(),
            call,
        });
        let new = NewSession::prepare(self, AccountKind::Citizen, device, network)?;
        let new = Arc::new(new);
        let (opening, keys) = (Arc::clone(&new), Arc::clone(&self.refresh_tokens));
        let work = move |tx: &mut Tx| -> Result<_, Failure> {
            let (person, is_new) = proving::sign_in(tx, &command)?;
            let ended = opening.open(tx, &keys, &Actor::Citizen { person })?;
            Ok((person, is_new, ended))
        };
        let signed_in = match self.store.write(work.clone()).await {
            // Two devices of one person at once: the other one has made the account.
            Err(failure) if failure.code() == ApiCode::AlreadyExists.as_str() => {
                self.store.write(work).await
            }
            outcome => outcome,
        };
        let (person, is_new, ended) = signed_in?;
        self.ended(&ended);
        let granted = new.granted(self, &Actor::Citizen { person })?;
        let account = Some(Account::Citizen(person));
        tell(SignInEvent::SignedIn, Some(Way::Provider), account);
        Ok(CitizenSession::new(granted, person, is_new))
    }

    /// Verifies the account of a citizen who is signed in and came back from the provider.
    ///
    /// # Errors
    /// As [`App::session_from_provider`]; `identity-taken`, `identity-verified`, `account-on-hold`.
    pub async fn identity_from_provider(
        &self,
        citizen: Citizen,
        answer: Answer,
    ) -> Result<Person, Failure> {
        let (identity, issuer) = self.came_back(answer, Some(citizen.person)).await?;
        let call = self.call(citizen.actor());
        let link = move |tx: &mut Tx| proving::link(tx, &call, citizen, (&identity, &issuer));
        self.store.write(link).await
    }
}
