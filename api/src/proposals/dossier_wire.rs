//! The shapes of proposals about dossiers.

use domain::{
    dossiers::decide::Apology,
    ids::{DossierId, OfficerId, ProposalId},
    proposals::{About, Proposal, ProposalKind, ProposalState},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{dossiers::wire::one_text, failure::Failure, page_type};

/// A later date than the apology named.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionBody {
    /// Why it takes longer still, as told to the citizen.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
    /// When it will be ready.
    pub new_due_at: Time,
}

impl ExtensionBody {
    /// The same, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn check(self) -> Result<Self, Failure> {
        let Self { reason, new_due_at } = self;
        Ok(Self {
            reason: one_text("/reason", &reason, 1000)?,
            new_due_at,
        })
    }
}

impl From<ExtensionBody> for Apology {
    fn from(body: ExtensionBody) -> Self {
        let ExtensionBody { reason, new_due_at } = body;
        Self { reason, new_due_at }
    }
}

/// Why a closed dossier is opened again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopeningBody {
    /// What the mistake was, as told to the citizen.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
    /// The act and article.
    #[schema(min_length = 1, max_length = 500)]
    pub legal_ground: String,
}

impl ReopeningBody {
    /// The same, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn check(self) -> Result<Self, Failure> {
        let Self {
            reason,
            legal_ground,
        } = self;
        Ok(Self {
            reason: one_text("/reason", &reason, 1000)?,
            legal_ground: one_text("/legal_ground", &legal_ground, 500)?,
        })
    }
}

/// What one officer proposed about a dossier and a leader decides (hai người cùng quyết định).
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierProposalView {
    /// The proposal.
    pub proposal_id: ProposalId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// The dossier.
    pub dossier_id: DossierId,
    /// Its official code, in lists.
    #[schema(max_length = 40)]
    pub code: Option<String>,
    /// Why, as the citizen will be told.
    #[schema(max_length = 1000)]
    pub reason: String,
    /// The legal ground, of a reopening.
    #[schema(max_length = 500)]
    pub legal_ground: Option<String>,
    /// The new date, of an extension.
    pub new_due_at: Option<Time>,
    /// The first person.
    pub proposed_by: OfficerId,
    /// When.
    pub proposed_at: Time,
    /// From when on nobody can approve it any more.
    pub expires_at: Time,
    /// Where it stands.
    pub state: ProposalState,
    /// The second person, or whoever declined it.
    pub decided_by: Option<OfficerId>,
    /// When it was decided.
    pub decided_at: Option<Time>,
}

page_type!(
    /// A page of proposals about dossiers, newest first.
    DossierProposalPage of DossierProposalView
);

/// What is proposed, read back.
#[derive(Debug, Clone)]
pub enum Content {
    /// A later date.
    Extension(ExtensionBody),
    /// Opening again.
    Reopening(ReopeningBody),
}

impl Content {
    /// Of a proposal about a dossier.
    ///
    /// # Errors
    /// `internal` for one about something else.
    pub fn of(proposal: &Proposal) -> Result<Self, Failure> {
        let payload = &proposal.payload;
        match proposal.kind {
            ProposalKind::ExtendDeadline => serde_json::from_str(payload).map(Self::Extension),
            ProposalKind::ReopenDossier => serde_json::from_str(payload).map(Self::Reopening),
            ProposalKind::GrantRole | ProposalKind::ResetSignIn => {
                return Err(Failure::internal("a proposal about no dossier"));
            }
        }
        .map_err(Failure::internal)
    }
}

impl DossierProposalView {
    /// The proposal as it is shown, with the code of its dossier.
    ///
    /// # Errors
    /// `internal` for one about something else.
    pub fn of(proposal: &Proposal, code: Option<String>) -> Result<Self, Failure> {
        let About::Dossier(dossier) = proposal.about else {
            return Err(Failure::internal("a proposal about no dossier"));
        };
        let (reason, legal_ground, new_due_at) = match Content::of(proposal)? {
            Content::Extension(ExtensionBody { reason, new_due_at }) => {
                (reason, None, Some(new_due_at))
            }
            Content::Reopening(ReopeningBody {
                reason,
                legal_ground,
            }) => (reason, Some(legal_ground), None),
        };
        Ok(Self {
            proposal_id: proposal.id,
            kind: proposal.kind,
            dossier_id: dossier,
            code,
            reason,
            legal_ground,
            new_due_at,
            proposed_by: proposal.proposed_by,
            proposed_at: proposal.proposed_at,
            expires_at: proposal.expires_at,
            state: proposal.state,
            decided_by: proposal.decided.map(|(by, _)| by),
            decided_at: proposal.decided.map(|(_, at)| at),
        })
    }
}
