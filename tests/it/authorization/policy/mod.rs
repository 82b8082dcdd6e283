//! Who may use each operation of the document: one table, read by the matrix.

mod administrators;
mod citizens;
mod everybody;
mod mandates;
mod office;
mod officers;

use domain::actor::Role::{self, Approver, Auditor, Cashier, Processor, Receiver, Returner};
use serde_json::Value;

/// Who may read dossiers: case work, the till and the audit.
pub(super) const READERS: &[Role] = &[Receiver, Processor, Approver, Returner, Cashier, Auditor];

/// Who may read the papers in them.
pub(super) const FILE_READERS: &[Role] = &[Receiver, Processor, Approver, Returner, Auditor];

/// A version that nothing has reached: what answers it with 412 has let the caller in.
pub(super) const UNSEEN: &str = "\"v999999\"";

/// Whom an operation lets in, and in which order it asks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Gate {
    /// Everybody, with whatever token.
    Everybody,
    /// Whoever is signed in, of what is their own account's.
    SignedIn,
    /// Citizens, of what is their own. Some operations ask first whether the account still stands.
    Citizens {
        /// Whether this one does.
        account: bool,
    },
    /// Whoever may see it: the citizen whose it is, and officers with one of the roles at its agency.
    /// The role is asked for before the object.
    Caller(&'static [Role]),
    /// Officers with one of the roles, of what is their agency's; the role is asked for before the
    /// object.
    Officers(&'static [Role], Account),
    /// Every officer, whatever the roles, whose account still stands.
    AnyOfficer,
    /// Officers who change a dossier of their agency. That they read dossiers at all is asked for
    /// first, then the dossier, and only then the role.
    Desk(&'static [Role], Account),
}

/// When an operation asks whether an officer's account still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Account {
    /// Before everything else.
    First,
    /// After the role.
    AfterRole,
    /// Not before the answer that the matrix provokes.
    Later,
}

/// When reads ask.
pub(super) const READS_ASK: Account = Account::First;

/// What the parameters of an operation's path name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Nothing that belongs to anybody.
    Nothing,
    /// A dossier, and a paper's place in it.
    Dossier,
    /// A paper, a result, or a document that waits to be issued.
    File,
    /// A file that comes in pieces.
    Upload,
    /// A supplement request.
    Supplement,
    /// A payment.
    Payment,
    /// A delivery given up on.
    DeadLetter,
    /// A device that is signed in.
    Session,
    /// An officer's account, with a grant that it does not hold.
    Account,
    /// What waits for a second person, or did.
    Proposal,
    /// What was proposed about a dossier.
    DossierProposal,
    /// That somebody stands in for an officer, which has ended.
    Deputy,
    /// A mandate.
    Mandate,
    /// What somebody asked about their data.
    DataRequest,
    /// A consent of a citizen.
    Consent,
    /// An archive of what is held about a citizen.
    Export,
    /// A notice in a citizen's inbox.
    Notice,
}

/// The body of a well-formed request.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// None.
    Nothing,
    /// JSON, under the media type of the document.
    Json(Value),
    /// The bytes of a file.
    Pdf,
    /// The bytes of a chunk.
    Chunk,
}

/// Status and code of an answer; the code is empty unless it is a problem.
pub(super) type Told = (u16, &'static str);

/// One operation.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its id in the document.
    pub(super) operation: &'static str,
    /// Whom it lets in.
    pub(super) gate: Gate,
    /// What it is about.
    pub(super) of: Kind,
    /// The query, without the question mark.
    pub(super) query: &'static str,
    /// What is sent.
    pub(super) body: Body,
    /// What those let in are told. A change is asked for where the state forbids it, with a version
    /// that is past or with content that is refused: it proves the gate and changes nothing.
    pub(super) told: &'static [Told],
    /// The same for a draft.
    pub(super) told_of_draft: Told,
    /// Whether it is asked after everything else, because the token opens nothing afterwards.
    pub(super) is_last: bool,
}

fn row(operation: &'static str, gate: Gate) -> Row {
    Row {
        operation,
        gate,
        of: Kind::Nothing,
        query: "",
        body: Body::Nothing,
        told: &[(200, "")],
        told_of_draft: (200, ""),
        is_last: false,
    }
}

impl Row {
    fn of(self, of: Kind) -> Self {
        Self { of, ..self }
    }

    fn query(self, query: &'static str) -> Self {
        Self { query, ..self }
    }

    fn json(self, body: Value) -> Self {
        let body = Body::Json(body);
        Self { body, ..self }
    }

    fn pdf(self) -> Self {
        let body = Body::Pdf;
        Self { body, ..self }
    }

    fn chunk(self) -> Self {
        let body = Body::Chunk;
        Self { body, ..self }
    }

    fn told(self, told: &'static [Told]) -> Self {
        Self { told, ..self }
    }

    fn last(self) -> Self {
        Self {
            is_last: true,
            ..self
        }
    }

    fn told_of_draft(self, told_of_draft: Told) -> Self {
        Self {
            told_of_draft,
            ..self
        }
    }
}

/// A row for every operation. A new operation gets its row in the file of those it is for.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = everybody::rows();
    rows.extend(administrators::rows());
    rows.extend(officers::rows());
    rows.extend(citizens::rows());
    rows.extend(office::rows());
    rows.extend(mandates::rows());
    rows
}

/// The operations that have one.
pub(super) fn operations_with_a_row() -> Vec<&'static str> {
    rows().into_iter().map(|row| row.operation).collect()
}
