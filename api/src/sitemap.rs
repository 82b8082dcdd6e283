//! Every address of the API, grouped by noun, in the order a reader thinks.
//!
//! Only `.service(...)`: nothing else is collected into the published document.

use crate::{
    admin,
    agencies::handlers as agencies,
    consents::{handlers as consents, own_handlers as own_consents},
    data_requests::{handlers as data_requests, office_handlers as handled_requests},
    deputies::handlers as deputies,
    disclosures, document, dossiers,
    exports::handlers as exports,
    health,
    identities::handlers as identities,
    mandates,
    office::{
        asking_handlers as asking, handlers as office, intake_handlers as intake,
        on_behalf_handlers as on_behalf, outcome_handlers as outcome,
    },
    officers::{
        entrance_handlers as entrance, handlers as accounts, role_handlers as roles,
        second_factor_handlers as second_factors,
    },
    papers, payments, people,
    procedures::handlers as procedures,
    proposals::handlers as proposals,
    results, sessions,
    site::{ServiceConfig, scope},
    statistics, supplements, tracking,
    uploads::handlers as uploads,
};

/// Adds every handler.
pub(crate) fn sitemap(site: &mut ServiceConfig<'_>) {
    site.configure(signing_in)
        .configure(everybody)
        .configure(citizens)
        .configure(officers)
        .configure(operation);
}

/// Who you are.
fn signing_in(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/auth")
            .service(sessions::handlers::request_otp)
            .service(sessions::handlers::verify_otp)
            .service(identities::start_provider_sign_in)
            .service(identities::finish_provider_sign_in)
            .service(sessions::handlers::officer_login)
            .service(entrance::choose_password)
            .service(second_factors::begin_enrolment)
            .service(second_factors::confirm_enrolment)
            .service(entrance::set_up)
            .service(sessions::own_handlers::refresh_session)
            .service(sessions::own_handlers::log_out),
    )
    .service(
        scope("/v1/me/sessions")
            .service(sessions::own_handlers::list_sessions)
            .service(sessions::own_handlers::end_session),
    )
    .service(sessions::handlers::get_key_set);
}

/// What everybody may read.
fn everybody(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/procedures")
            .service(procedures::list_procedures)
            .service(procedures::get_procedure)
            .service(procedures::get_form)
            .service(procedures::preview_due_date),
    )
    .service(scope("/v1/fields").service(procedures::list_fields))
    .service(scope("/v1/consent_texts").service(consents::get_consent_text))
    .service(
        scope("/v1/agencies")
            .service(agencies::list_agencies)
            .service(agencies::get_board),
    );
}

/// What citizens do.
fn citizens(site: &mut ServiceConfig<'_>) {
    themselves(site);
    site.service(
        scope("/v1/me")
            .service(people::handlers::get_me)
            .service(people::handlers::change_me)
            .service(people::number_handlers::request_phone_change)
            .service(people::number_handlers::change_phone)
            .service(results::handlers::list_my_results)
            .service(papers::own_files::list_my_files)
            .service(disclosures::handlers::list_my_access_log),
    )
    .service(
        scope("/v1/dossiers")
            .service(dossiers::reading::list_dossiers)
            .service(dossiers::handlers::create_dossier)
            .service(dossiers::reading::get_dossier)
            .service(dossiers::handlers::edit_dossier)
            .service(dossiers::handlers::discard_dossier)
            .service(dossiers::reading::check_dossier)
            .service(dossiers::handlers::submit_dossier)
            .service(dossiers::handlers::withdraw_dossier)
            .service(dossiers::reading::get_timeline)
            .service(dossiers::reading::get_deadline)
            .service(dossiers::reading::get_receipt)
            .service(consents::list_consents)
            .service(papers::handlers::attach_paper)
            .service(papers::handlers::remove_paper)
            .service(supplements::handlers::list_supplements)
            .service(payments::handlers::list_payments)
            .service(results::handlers::list_results),
    )
    .service(
        scope("/v1/uploads")
            .service(uploads::get_upload_options)
            .service(uploads::create_upload)
            .service(uploads::get_upload)
            .service(uploads::send_chunk)
            .service(uploads::discard_upload),
    )
    .service(
        scope("/v1/files")
            .service(papers::handlers::get_file)
            .service(papers::preview::get_file_preview),
    )
    .service(scope("/v1/supplements").service(supplements::handlers::answer_supplement))
    .service(scope("/v1/payments").service(payments::handlers::get_payment))
    .service(scope("/v1/tracking").service(tracking::handlers::track_dossier));
}

/// Who they are, who acts for them, and what is held about them.
fn themselves(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/me/identity")
            .service(identities::start_identity)
            .service(identities::finish_identity),
    )
    .service(
        scope("/v1/me/mandates")
            .service(mandates::handlers::list_mandates)
            .service(mandates::handlers::propose_mandate)
            .service(mandates::handlers::get_mandate)
            .service(mandates::handlers::accept_mandate)
            .service(mandates::handlers::refuse_mandate)
            .service(mandates::handlers::revoke_mandate)
            .service(mandates::handlers::give_back_mandate),
    )
    .service(
        scope("/v1/me/data_requests")
            .service(data_requests::list_my_data_requests)
            .service(data_requests::create_data_request)
            .service(data_requests::get_my_data_request),
    )
    .service(
        scope("/v1/me/exports")
            .service(exports::list_exports)
            .service(exports::create_export)
            .service(exports::get_export)
            .service(exports::get_export_archive),
    )
    .service(
        scope("/v1/me/consents")
            .service(own_consents::list_my_consents)
            .service(own_consents::withdraw_consent),
    );
}

/// What officers do.
fn officers(site: &mut ServiceConfig<'_>) {
    on_people(site);
    site.service(
        scope("/v1/office")
            .service(office::get_inbox)
            .service(office::list_office_dossiers)
            .service(office::file_dossier)
            .service(office::get_office_dossier)
            .service(identities::verify_identity)
            .service(statistics::handlers::summarise_period)
            .service(second_factors::step_up)
            .service(disclosures::handlers::list_office_access_log)
            .service(
                scope("/dossiers")
                    .service(mandates::office_handlers::get_dossier_mandate)
                    .service(papers::handlers::scan_paper)
                    .service(intake::accept_dossier)
                    .service(intake::refuse_dossier)
                    .service(intake::forward_dossier)
                    .service(asking::consent_supplement)
                    .service(asking::request_supplement)
                    .service(on_behalf::answer_supplement_at_desk)
                    .service(asking::resume_dossier)
                    .service(asking::request_payment)
                    .service(asking::record_cash)
                    .service(outcome::decide_dossier)
                    .service(results::office_handlers::upload_result_file)
                    .service(results::office_handlers::issue_result)
                    .service(outcome::hand_over)
                    .service(outcome::recall_result)
                    .service(outcome::apologise)
                    .service(on_behalf::withdraw_at_desk)
                    .service(intake::grant_withdrawal)
                    .service(intake::decline_withdrawal)
                    .service(intake::stop_dossier),
            ),
    );
}

/// What officers do about people and for each other, beside dossiers.
fn on_people(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/office/data_requests")
            .service(handled_requests::list_data_requests)
            .service(handled_requests::get_data_request)
            .service(handled_requests::acknowledge_data_request)
            .service(handled_requests::extend_data_request)
            .service(handled_requests::fulfil_data_request)
            .service(handled_requests::refuse_data_request),
    )
    .service(
        scope("/v1/office/deputies")
            .service(deputies::list_deputies)
            .service(deputies::make_deputy)
            .service(deputies::end_deputy)
            .service(deputies::act_as_deputy),
    )
    .service(
        scope("/v1/office/mandates")
            .service(mandates::office_handlers::list_office_mandates)
            .service(mandates::office_handlers::get_office_mandate)
            .service(mandates::office_handlers::confirm_mandate)
            .service(mandates::office_handlers::refuse_mandate_at_desk)
            .service(mandates::office_handlers::revoke_mandate_at_desk),
    );
}

/// What keeps the service running, and describes it.
fn operation(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/admin/officers")
            .service(accounts::list_officers)
            .service(accounts::create_officer)
            .service(accounts::get_officer)
            .service(accounts::change_officer)
            .service(accounts::reset_password)
            .service(second_factors::reset_second_factor)
            .service(roles::propose_reset_sign_in)
            .service(roles::list_roles)
            .service(roles::propose_role)
            .service(roles::revoke_role),
    )
    .service(
        scope("/v1/admin/proposals")
            .service(proposals::list_proposals)
            .service(proposals::approve_proposal)
            .service(proposals::decline_proposal),
    )
    .service(
        scope("/v1/admin/outbox")
            .service(admin::handlers::list_dead_letters)
            .service(admin::handlers::requeue_dead_letter),
    )
    .service(health::handlers::check_health)
    .service(health::handlers::check_readiness)
    .service(document::handlers::get_document);
}
