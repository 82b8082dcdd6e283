//! "Bind a foreign child": for every foreign key of the schema, who could make it point at another
//! agency's or person's row, and that nobody can.

use std::collections::BTreeSet;

use tests::accounts::{BINH_SON, MY_THUAN};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::fields;
use super::ground::Ground;
use super::schema;

/// Where the value of a foreign key comes from.
#[derive(Debug, Clone, Copy)]
enum Origin {
    /// The dossier in the address, which must be in sight (the matrix), with the agency it has: the key
    /// carries both, and the database holds them together.
    Dossier,
    /// Who asks, from the token: no request has a field of the column's name.
    Token,
    /// The dossier that is changed: no request has a field of the column's name.
    Owner,
    /// The request, in these fields of these operations; [`super::binding`] tries what is not theirs.
    Request(&'static [&'static str]),
    /// Bytes that were sent: only an operation listed here names a file that is there already.
    Bytes(&'static [&'static str]),
}

use self::Origin::{Bytes, Dossier, Owner, Request, Token};

#[rustfmt::skip]
const KEYS: &[(&str, Origin)] = &[
    // Any agency that offers the procedure may be asked; the desk files at its own.
    ("dossiers(agency_id) -> agencies(id)", Request(&["create_dossier"])),
    ("dossiers(procedure_code,procedure_version) -> procedure_versions(code,version)", Request(&["create_dossier", "file_dossier"])),
    // That it is the caller's own, and stands: tests/it/mandates, and `binding`.
    ("dossiers(mandate_id) -> mandates(id)", Request(&["create_dossier"])),
    ("mandates(mandator_id) -> people(id)", Token),
    ("mandates(ward_id) -> wards(id)", Token),
    ("mandates(organisation_id) -> organisations(id)", Request(&["propose_mandate"])),
    ("mandates(delegate_id) -> people(id)", Token),
    ("mandates(agency_id) -> agencies(id)", Request(&["propose_mandate"])),
    ("mandates(proposed_by) -> people(id)", Token),
    ("mandates(agreed_by) -> people(id)", Token),
    ("mandates(confirmed_by) -> officers(id)", Token),
    ("role_grants(officer_id) -> officers(id)", Request(&["propose_role"])),
    ("role_grants(granted_by) -> officers(id)", Token),
    ("role_grants(approved_by) -> officers(id)", Token),
    ("role_grants(revoked_by) -> officers(id)", Token),
    ("proposals(about_id) -> officers(id)", Token),
    ("proposals(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("proposals(proposed_by) -> officers(id)", Token),
    ("proposals(decided_by) -> officers(id)", Token),
    ("assignments(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    // Who works on dossiers there: tests/it/assignments.
    ("assignments(officer_id) -> officers(id)", Request(&["assign_dossier"])),
    ("assignments(assigned_by) -> officers(id)", Token),
    ("assignments(ended_by) -> officers(id)", Token),
    ("second_factors(officer_id) -> officers(id)", Token),
    ("recovery_codes(officer_id) -> officers(id)", Token),
    ("step_ups(officer_id) -> officers(id)", Token),
    ("deputies(deputised_id) -> officers(id)", Request(&["make_deputy"])),
    ("deputies(deputy_id) -> officers(id)", Request(&["make_deputy"])),
    ("deputies(made_by) -> officers(id)", Token),
    ("deputies(ended_by) -> officers(id)", Token),
    ("refresh_tokens(session_id) -> sessions(id)", Token),
    ("account_holds(person_id) -> people(id)", Token),
    // Whoever stands at the counter, or is signed in.
    ("identity_proofs(person_id) -> people(id)", Request(&["verify_identity"])),
    ("identity_proofs(verified_by) -> officers(id)", Token),
    ("dossiers(owner_id) -> people(id)", Token),
    ("dossiers(helper_id) -> officers(id)", Token),
    ("consents(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("consents(person_id) -> people(id)", Owner),
    ("consents(taken_by) -> officers(id)", Token),
    ("consent_withdrawals(consent_id) -> consents(id)", Request(&["withdraw_consent"])),
    ("consent_withdrawals(person_id) -> people(id)", Token),
    ("data_requests(person_id) -> people(id)", Token),
    ("data_requests(controller_id) -> agencies(id)", Request(&["create_data_request"])),
    ("data_requests(handled_by) -> officers(id)", Token),
    ("exports(person_id) -> people(id)", Token),
    // Of whoever is told; who can be told follows from the dossier, mandate or request.
    ("notices(person_id) -> people(id)", Owner),
    ("notices(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("notice_deliveries(notice_id) -> notices(id)", Owner),
    ("push_devices(person_id) -> people(id)", Token),
    ("push_devices(session_id) -> sessions(id)", Token),
    ("notice_preferences(person_id) -> people(id)", Token),
    ("draft_fields(dossier_id) -> dossiers(id)", Dossier),
    ("papers(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("papers(file_id) -> files(id)", Bytes(&["issue_result"])),
    ("uploads(person_id) -> people(id)", Token),
    // The bytes that were sent become a file of their own.
    ("uploads(file_id) -> files(id)", Bytes(&["issue_result"])),
    ("supplements(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("supplements(asked_by) -> officers(id)", Token),
    ("supplements(consent_by) -> officers(id)", Token),
    ("obligations(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("payments(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("payments(recorded_by) -> officers(id)", Token),
    ("payments(refund_requested_by) -> officers(id)", Token),
    ("results(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("results(owner_id) -> people(id)", Owner),
    ("results(issued_by) -> officers(id)", Token),
    ("results(file_id) -> files(id)", Request(&["issue_result"])),
    ("result_drafts(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    ("result_drafts(uploaded_by) -> officers(id)", Token),
    ("result_drafts(file_id) -> files(id)", Bytes(&["issue_result"])),
    ("disclosures(agency_id,dossier_id) -> dossiers(agency_id,id)", Dossier),
    // The mandate in the address, which must be in sight (the matrix); only a draft names one in its body.
    ("disclosures(mandate_id) -> mandates(id)", Request(&["create_dossier"])),
    ("disclosures(reader_id) -> officers(id)", Token),
    ("disclosures(subject_id) -> people(id)", Owner),
];

/// Operations that only read by a column, or are narrowed by it: they bind nothing.
const READ_BY: [(&str, &str); 43] = [
    ("file_id", "get_file"),
    ("file_id", "get_file_preview"),
    // The paper gets a file of its own; that the other one is the citizen's own: tests/it/uploads.
    ("file_id", "attach_paper"),
    ("session_id", "end_session"),
    ("notice_id", "read_notice"),
    // Whose account it is about; that it is in sight is asked for by the matrix.
    ("officer_id", "assign_dossier"),
    ("officer_id", "change_officer"),
    ("officer_id", "get_officer"),
    ("officer_id", "list_roles"),
    // Whose reads are reviewed.
    ("officer_id", "list_office_access_log"),
    ("officer_id", "propose_reset_sign_in"),
    ("officer_id", "reset_password"),
    ("officer_id", "reset_second_factor"),
    ("officer_id", "revoke_role"),
    // Whose account rises; tests/it/identities holds what is asked of whom.
    ("person_id", "verify_identity"),
    // Binds a role to the account, and nothing else.
    ("officer_id", "propose_role"),
    // At which of the agencies where one holds roles.
    ("agency_id", "officer_login"),
    // At which agency officers and their roles are: no foreign key, and tests/it/officers holds who
    // may say so.
    ("agency_id", "create_officer"),
    ("agency_id", "list_officers"),
    ("agency_id", "propose_role"),
    ("agency_id", "set_up"),
    // At which counter the paper of a mandate is shown, and at which agency a draft is: any.
    ("agency_id", "propose_mandate"),
    ("agency_id", "create_dossier"),
    // Which mandate it is about; that it is in sight is asked for by the matrix.
    ("mandate_id", "list_dossiers"),
    ("mandate_id", "propose_mandate"),
    ("mandate_id", "get_mandate"),
    ("mandate_id", "accept_mandate"),
    ("mandate_id", "refuse_mandate"),
    ("mandate_id", "revoke_mandate"),
    ("mandate_id", "give_back_mandate"),
    ("mandate_id", "get_office_mandate"),
    ("mandate_id", "confirm_mandate"),
    ("mandate_id", "refuse_mandate_at_desk"),
    ("mandate_id", "revoke_mandate_at_desk"),
    // To which agency a dossier goes; the one it was filed with stays in every key.
    ("agency_id", "transfer_dossier"),
    ("agency_id", "get_board"),
    ("agency_id", "list_office_dossiers"),
    ("agency_id", "list_procedures"),
    ("agency_id", "preview_due_date"),
    ("agency_id", "summarise_period"),
    ("procedure_code", "get_form"),
    ("procedure_code", "get_procedure"),
    ("procedure_code", "preview_due_date"),
];

/// Child, its columns, parent.
fn parts(key: &str) -> (&str, Vec<&str>, &str) {
    let (child, rest) = key.split_once('(').unwrap();
    let (columns, rest) = rest.split_once(") -> ").unwrap();
    let (parent, _) = rest.split_once('(').unwrap();
    (child, columns.split(',').collect(), parent)
}

/// Who takes a field of this name, and may not.
fn takers(column: &str, allowed: &[&str]) -> Vec<String> {
    let taken = fields::taken();
    let takers = taken.get(column).into_iter().flatten();
    let surplus = takers.filter(|operation| {
        let reads = |(name, by): &(&str, &str)| name == &column && by == operation;
        !allowed.contains(&operation.as_str()) && !READ_BY.iter().any(reads)
    });
    surplus.cloned().collect()
}

#[test]
fn no_request_names_what_the_house_knows_by_itself() {
    for (key, from) in KEYS {
        let (_, columns, _) = parts(key);
        let (closed, allowed) = match from {
            Dossier => continue,
            Token | Owner => (&columns[..], &[][..]),
            Request(operations) | Bytes(operations) => (&columns[..1], *operations),
        };
        for column in closed {
            let surplus = takers(column, allowed);
            assert!(surplus.is_empty(), "{key}: {surplus:?} take {column}");
        }
    }
}

#[test]
fn what_the_rows_say_is_carried_is_carried() {
    let taken = fields::taken();
    for (key, from) in KEYS {
        if let Request(operations) | Bytes(operations) = from {
            let (_, columns, _) = parts(key);
            for operation in *operations {
                let carried = taken[columns[0]].contains(*operation);
                assert!(carried, "{key}: {operation} takes no {}", columns[0]);
            }
        }
    }
}

on_both_engines! {
    async fn every_foreign_key_has_its_row(server: &TestServer) {
        let rows: BTreeSet<String> = KEYS.iter().map(|(key, _)| (*key).to_owned()).collect();
        assert_eq!(rows.len(), KEYS.len(), "a key has two rows");
        let live = schema::foreign_keys(server.site());
        let missing: Vec<_> = live.difference(&rows).collect();
        assert!(missing.is_empty(), "say in tests/it/authorization/foreign_keys.rs who could bind {missing:?}");
        let left: Vec<_> = rows.difference(&live).collect();
        assert!(left.is_empty(), "the schema has no {left:?}");
        for key in &live {
            let (_, columns, parent) = parts(key);
            // What is known of a draft's fields is found by the draft's id alone, and goes with the draft.
            let is_carried = parent != "dossiers" || columns[0] == "agency_id" || key.starts_with("draft_fields");
            assert!(is_carried, "{key} does not carry the agency");
        }
    }

    /// Against the database itself: no row of a dossier can be given to another agency, and no key can
    /// point at nothing.
    async fn a_child_carries_its_parents_agency(server: &TestServer) {
        let site = server.site();
        Ground::of(server).await;
        let [here, there, nowhere] = [MY_THUAN.uuid(), BINH_SON.uuid(), Uuid::now_v7()].map(|id| schema::id(site, id));
        // Nobody's number was changed, nobody's identity was proved and nobody set a second factor here.
        // No channel is connected, so nothing is sent. No draft was edited.
        let empty = [
            "account_holds", "identity_proofs", "second_factors", "recovery_codes",
            "notice_deliveries", "push_devices", "notice_preferences", "draft_fields",
        ];
        let filled = |key: &String| !empty.iter().any(|table| key.starts_with(table));
        for key in schema::foreign_keys(site).into_iter().filter(filled) {
            let (child, columns, parent) = parts(&key);
            let attempts = match (parent, columns[0]) {
                ("dossiers", "agency_id") => vec![
                    format!("UPDATE {child} SET agency_id = {there} WHERE agency_id = {here}"),
                    format!(
                        "UPDATE {child} SET dossier_id =
                             (SELECT id FROM dossiers WHERE agency_id = {there} AND state = 'draft' LIMIT 1)
                         WHERE dossier_id = (SELECT dossier_id FROM {child}
                              WHERE agency_id = {here} AND dossier_id IS NOT NULL LIMIT 1)"
                    ),
                ],
                (_, "procedure_code") => vec![format!("UPDATE {child} SET procedure_code = '9.999999'")],
                // All lines of one parent, so that the rule about lines beside each other is not met first.
                (_, column) if ["disclosures", "notices"].contains(&child) => vec![format!(
                    "UPDATE {child} SET {column} = {nowhere} WHERE {column} =
                         (SELECT {column} FROM {child} WHERE {column} IS NOT NULL LIMIT 1)"
                )],
                (_, column) => vec![format!("UPDATE {child} SET {column} = {nowhere}")],
            };
            for attempt in attempts {
                let said = schema::refusal(site, &attempt);
                // Who granted a role and who read what is held to more rules than that of the key, and a
                // consent is never changed at all.
                let is_refused = schema::is_broken_reference(&said)
                    || (child.starts_with("consent") && said.contains("only appended"))
                    || (parent == "officers" && schema::is_broken_rule(&said))
                    // Of whom a mandate is, and who agreed, is held to more rules, too.
                    || (["mandates", "disclosures", "uploads"].contains(&child) && schema::is_broken_rule(&said));
                assert!(is_refused, "{attempt}: {said}");
            }
        }
    }
}
