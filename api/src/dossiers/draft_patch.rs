//! A change of a draft, as a merge patch.

use domain::{
    dossiers::{Assistance, Delivery, Dossier, Party, filing::Contents, helping},
    personal::Personal,
    rejection::{Fault, Rejection},
};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{
    helping::HelperBody,
    party::PartyBody,
    wire::{FormBody, GroupCode, claims, own_pen},
};
use crate::{call::Call, failure::Failure, patch};

/// A change of a draft, as a JSON merge patch (RFC 7386): what is absent stays, null removes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftPatch {
    /// Whose matter it is.
    pub applicant: Option<PartyBody>,
    /// Who submits; null when the applicant does.
    #[serde(default, deserialize_with = "patch::present")]
    #[schema(value_type = Option<PartyBody>)]
    pub submitter: Option<Option<PartyBody>>,
    /// Who holds the pen.
    pub assistance: Option<Assistance>,
    /// Who helped on the citizen's own phone; null when nobody did. Without help it falls away.
    #[serde(default, deserialize_with = "patch::present")]
    #[schema(value_type = Option<HelperBody>)]
    pub helped_by: Option<Option<HelperBody>>,
    /// Answers to merge into the form.
    pub form: Option<FormBody>,
    /// Codes of the beneficiary groups claimed.
    #[schema(max_items = 10)]
    pub claims: Option<Vec<GroupCode>>,
    /// How the result should be handed over.
    pub delivery: Option<Delivery>,
}

impl DraftPatch {
    /// The draft's contents with this patch applied.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn apply(self, dossier: &Dossier, call: &Call) -> Result<Contents, Failure> {
        let Self {
            applicant,
            submitter,
            assistance,
            helped_by,
            form,
            claims: groups,
            delivery,
        } = self;
        let mut contents = Contents::of(dossier);
        let mut faults = assistance.map(own_pen).unwrap_or_default();
        let checked = |party: PartyBody, at: &str, faults: &mut Vec<Fault>| -> Option<Party> {
            party.check(at, faults)
        };
        if let Some(applicant) =
            applicant.and_then(|party| checked(party, "/applicant", &mut faults))
        {
            contents.applicant = applicant;
        }
        if let Some(submitter) = submitter {
            contents.submitter =
                submitter.and_then(|party| checked(party, "/submitter", &mut faults));
        }
        if let Some(groups) = groups {
            contents.claims = claims(groups, &mut faults);
        }
        contents.assistance = assistance.unwrap_or(contents.assistance);
        if let Some(helper) = helped_by {
            contents.helped_by = helper.and_then(|helper| helper.check(&mut faults));
            faults.extend(helping::misplaced(
                contents.assistance,
                contents.helped_by.as_ref(),
            ));
        } else if contents.assistance != Assistance::HelpedOnOwnPhone {
            contents.helped_by = None;
        }
        Rejection::of_faults(faults)?;
        contents.delivery = delivery.unwrap_or(contents.delivery);
        if let Some(FormBody(patch)) = form {
            let procedure = call
                .posted
                .version(&dossier.procedure, dossier.procedure_version)?;
            let mut answers: Value =
                serde_json::from_str(contents.form.reveal()).map_err(Failure::internal)?;
            merge(&mut answers, Value::Object(patch.into_revealed()));
            contents.quantities = procedure.quantity_fields.of(&answers);
            contents.form = Personal::new(answers.to_string());
        }
        Ok(contents)
    }
}

/// RFC 7386, section 2.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(members) = target.as_object_mut() else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            members.remove(&name);
        } else {
            merge(members.entry(name).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge;

    #[test]
    fn merging_follows_the_examples_of_the_standard() {
        for (mut target, patch, expected) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (
                json!({"a": {"b": "c"}}),
                json!({"a": {"b": "d", "c": null}}),
                json!({"a": {"b": "d"}}),
            ),
            (json!({"a": [1, 2]}), json!({"a": [3]}), json!({"a": [3]})),
            (
                json!({}),
                json!({"a": {"bb": {"ccc": null}}}),
                json!({"a": {"bb": {}}}),
            ),
        ] {
            merge(&mut target, patch);
            assert_eq!(target, expected);
        }
    }
}
