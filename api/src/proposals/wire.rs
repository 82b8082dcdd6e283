//! The shapes of proposals.

use domain::{
    ids::{AgencyId, OfficerId, ProposalId},
    proposals::{About, Proposal, ProposalKind, ProposalState},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{dossiers::render::hex, failure::Failure, officers::wire::RoleBody, page_type};

/// The path of one proposal.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProposalPath {
    /// The proposal's id.
    #[param(value_type = uuid::Uuid)]
    pub proposal_id: ProposalId,
}

/// What one officer proposed and another decides (hai người cùng quyết định).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// The proposal.
    pub proposal_id: ProposalId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// The officer it is about.
    pub officer_id: OfficerId,
    /// The agency that officer belongs to.
    pub agency_id: AgencyId,
    /// The role, when one is proposed.
    pub role: Option<RoleBody>,
    /// SHA-256 of what is proposed, as the log keeps it.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub payload_sha256: String,
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

/// An approved proposal has taken effect.
#[derive(Debug, Serialize, ToSchema)]
pub struct Approval {
    /// The proposal as it is now.
    pub proposal: ProposalView,
    /// Where sign-in was reset: a password for choosing another one, shown this once. Hand it over in
    /// person.
    #[schema(max_length = 32)]
    pub one_time_password: Option<String>,
}

page_type!(/** A page of proposals, newest first. */ ProposalPage of ProposalView);

impl TryFrom<Proposal> for ProposalView {
    type Error = Failure;

    fn try_from(proposal: Proposal) -> Result<Self, Failure> {
        let Proposal {
            id,
            kind,
            agency,
            about,
            payload,
            digest,
            proposed_by,
            proposed_at,
            expires_at,
            state,
            decided,
        } = proposal;
        let role = match kind {
            ProposalKind::GrantRole => {
                Some(serde_json::from_str(&payload).map_err(Failure::internal)?)
            }
            ProposalKind::ResetSignIn
            | ProposalKind::ExtendDeadline
            | ProposalKind::ReopenDossier => None,
        };
        let About::Officer(about) = about else {
            return Err(Failure::internal("a proposal about no officer"));
        };
        Ok(Self {
            proposal_id: id,
            kind,
            officer_id: about,
            agency_id: agency,
            role,
            payload_sha256: hex(&digest),
            proposed_by,
            proposed_at,
            expires_at,
            state,
            decided_by: decided.map(|(by, _)| by),
            decided_at: decided.map(|(_, at)| at),
        })
    }
}
