//! Folding the log into the figures of a period, as a whole and by group.

use std::collections::BTreeMap;

use domain::{
    actor::{Role, Who},
    rejection::Code,
    statistics::{Fold, Period, Summary},
    time::Time,
};
use persistence::{
    Tx,
    statistics::{self, Belonging, Filter, Span},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::fmt::Hyphenated;

use crate::{call::Call, failure::Failure};

/// Who may read the figures, of the agencies they see.
const READERS: [Who; 4] = [
    Who::Officer(Role::Statistician),
    Who::Officer(Role::Approver),
    Who::Officer(Role::ProvinceAdministrator),
    Who::Officer(Role::Auditor),
];

/// What the figures are told apart by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// Nothing: only the whole.
    #[default]
    None,
    /// The agency.
    Agency,
    /// The field.
    Field,
    /// The channel.
    Channel,
}

/// Which figures are wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The period.
    pub period: Period,
    /// What happened later is not known to the figures. Not before the period begins.
    pub cut_off: Time,
    /// Which dossiers.
    pub filter: Filter,
    /// What they are told apart by.
    pub group_by: GroupBy,
}

/// The figures as a whole, and of each group under its spelling.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The whole.
    pub whole: Summary,
    /// The groups that hold at least one dossier, in the order of their spelling.
    pub groups: BTreeMap<String, Summary>,
}

/// The figures of a period, of what this officer sees.
///
/// # Errors
/// `role-forbids` for officers without a role that reads figures; `unauthenticated` when it does not
/// hold any more.
pub fn summarise_period(tx: &mut Tx, call: &Call, wanted: &Wanted) -> Result<Figures, Failure> {
    if !call.actor.is_one_of(&READERS) {
        return Err(Code::RoleForbids.into());
    }
    call.account_stands(tx)?;
    let Wanted {
        period,
        cut_off,
        filter,
        group_by,
    } = wanted;
    let new = || Fold::new(*period, *cut_off);
    let (mut whole, mut groups) = (new(), BTreeMap::<String, Fold>::new());
    let span = Span {
        since: period.from(),
        until: *cut_off,
    };
    statistics::each_milestone(tx, call.actor.sight(), filter, span, |of, milestone| {
        whole.push(milestone);
        let mut id = [0; Hyphenated::LENGTH];
        let Some(key) = key(*group_by, of, &mut id) else {
            return;
        };
        if let Some(fold) = groups.get_mut(key) {
            fold.push(milestone);
        } else {
            groups
                .entry(key.to_owned())
                .or_insert_with(new)
                .push(milestone);
        }
    })?;
    let groups = groups.into_iter();
    Ok(Figures {
        whole: whole.finish(),
        groups: groups.map(|(key, fold)| (key, fold.finish())).collect(),
    })
}

/// How the group of a dossier is spelled.
fn key<'a>(
    group_by: GroupBy,
    of: &Belonging<'a>,
    id: &'a mut [u8; Hyphenated::LENGTH],
) -> Option<&'a str> {
    match group_by {
        GroupBy::None => None,
        GroupBy::Agency => Some(of.agency.uuid().hyphenated().encode_lower(id)),
        GroupBy::Field => Some(of.field),
        GroupBy::Channel => Some(of.channel.as_str()),
    }
}
