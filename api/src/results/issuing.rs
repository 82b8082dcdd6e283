//! The way of a result document: uploaded for a dossier, then issued with number, date and signer.

use chrono::NaiveDate;
use domain::{
    disclosures::AccessAction,
    dossiers::{Command, Dossier, decide, permitted},
    ids::{DossierId, FileId},
    papers::{File, FileKind},
    rejection::{Code, Fault, Rejection},
    results::ResultDocument,
};
use persistence::{
    StoreError, Tx,
    results::{
        self,
        drafts::{self, Destination},
    },
};

use crate::{
    app::App,
    call::{Asking, Call},
    dossiers::beats::{self, Target},
    failure::Failure,
    papers::upload::{Allowed, RawBody},
};

/// The only kind of file a result is issued as: what is signed and numbered is a PDF document
/// (30/2020/NĐ-CP, annex I).
const KINDS: [FileKind; 1] = [FileKind::Pdf];

/// Where a result document of this dossier belongs, if the actor could issue it now.
///
/// # Errors
/// `not-found`, `role-forbids`, `state-forbids`, `decision-missing`.
pub fn destination(tx: &mut Tx, call: &Call, id: DossierId) -> Result<Destination, Failure> {
    let dossier = persistence::dossiers::find(tx, id, &call.reading(AccessAction::Work)?)?;
    let case = beats::case_of(tx, call, dossier)?;
    permitted(&case, Command::IssueResult, &call.actor)?;
    Ok(Destination {
        agency: case.dossier.filed_with,
        dossier: case.dossier.id,
    })
}

/// Records a stored document for the dossier. It changes nothing about the dossier until it is
/// issued.
///
/// # Errors
/// Those of [`destination`].
pub fn upload_result_file(
    tx: &mut Tx,
    call: &Call,
    id: DossierId,
    file: &File,
) -> Result<(), Failure> {
    call.account_stands(tx)?;
    let to = destination(tx, call, id)?;
    Ok(drafts::insert(tx, to, call.officer()?, file)?)
}

/// A result as it is issued: its document was uploaded for this dossier before.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The number in the agency's register.
    pub number: String,
    /// The date on the document.
    pub issued_on: NaiveDate,
    /// Who signed, as printed.
    pub signer_name: String,
    /// The document.
    pub file: FileId,
}

/// Issues the signed, numbered result; the citizen learns of it with this commit and holds it from
/// the hand-over.
///
/// # Errors
/// `decision-missing`; `invalid-content` at `/file_id` when no such document waits for this
/// dossier; `result-number-taken` at `/number` when the agency has used it in that year; those of
/// [`beats::change`].
pub fn issue_result(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    issue: &Issue,
) -> Result<Dossier, Failure> {
    let officer = call.officer()?;
    beats::change(tx, call, target, |tx, case| {
        let decision = decide::issue_result(case, &call.actor, &issue.number)?;
        let dossier = &decision.dossier;
        let outcome = dossier
            .verdict
            .map(|verdict| verdict.outcome)
            .ok_or(Code::DecisionMissing)?;
        let document = ResultDocument {
            id: call.id(),
            dossier: dossier.id,
            number: issue.number.clone(),
            issued_on: issue.issued_on,
            signer_name: issue.signer_name.clone(),
            outcome,
            file: waiting(tx, dossier, issue.file)?,
            issued_by: officer,
            issued_at: dossier.updated_at,
        };
        let of = (dossier.filed_with, dossier.agency);
        results::insert(tx, of, dossier.owner, &document).map_err(number_taken)?;
        Ok(decision)
    })
}

/// The only key of a result that somebody chose is its number.
fn number_taken(error: StoreError) -> Failure {
    if !matches!(error, StoreError::Duplicate { .. }) {
        return error.into();
    }
    Rejection {
        code: Code::ResultNumberTaken,
        faults: vec![Fault::new("/number", Code::ResultNumberTaken)],
    }
    .into()
}

fn waiting(tx: &mut Tx, dossier: &Dossier, file: FileId) -> Result<File, Failure> {
    let to = Destination {
        agency: dossier.filed_with,
        dossier: dossier.id,
    };
    match drafts::take(tx, to, file) {
        Err(StoreError::Absent) => Err(Rejection {
            code: Code::InvalidContent,
            faults: vec![Fault::new("/file_id", Code::UnknownReference)],
        }
        .into()),
        taken => Ok(taken?),
    }
}

impl App {
    /// Takes a result document in: checked, read, stored, and then recorded.
    ///
    /// # Errors
    /// `file-too-large`, `file-type-refused`, `digest-mismatch`; those of [`destination`].
    pub async fn take_result_file(
        &self,
        asking: impl Into<Asking>,
        id: DossierId,
        body: RawBody,
    ) -> Result<File, Failure> {
        let asking: Asking = asking.into();
        self.look(asking, move |tx, call| destination(tx, call, id))
            .await?;
        let allowed = Allowed {
            kinds: KINDS.to_vec(),
            max_bytes: self.config.limits.file,
        };
        let upload = body.receive(&allowed).await?;
        upload.store(self).await?;
        let call = self.call(asking);
        let record = move |tx: &mut Tx| {
            let file = upload.file(call.id(), call.now);
            upload_result_file(tx, &call, id, &file)?;
            Ok(file)
        };
        self.store.write(record).await
    }
}
