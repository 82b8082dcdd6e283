//! Lists of work, by whose it is.

use persistence::Tx;
use persistence::dossiers::{Filter, Place};

use super::{use_cases::work, wire::WorkOf};
use crate::{
    call::Call,
    dossiers::listing::{DossierSummary, Wanted, list_dossiers},
    extract::Language,
    failure::Failure,
};

/// A page of the dossiers that are wanted, only those of the work asked for.
///
/// # Errors
/// As [`list_dossiers`].
pub fn list_work(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    (wanted, of): (&Wanted, Option<WorkOf>),
) -> Result<(Vec<DossierSummary>, Option<Place>), Failure> {
    let filter = Filter {
        work: work(call, of)?,
        ..wanted.filter.clone()
    };
    let wanted = Wanted {
        filter,
        ..wanted.clone()
    };
    list_dossiers(tx, call, language, &wanted)
}
