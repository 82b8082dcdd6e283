//! What officers do.

use crate::{
    assignments::handlers as assignments,
    data_requests::office_handlers as handled_requests,
    deputies::handlers as deputies,
    disclosures,
    identities::handlers as identities,
    mandates,
    office::{
        asking_handlers as asking, handlers as office, intake_handlers as intake,
        on_behalf_handlers as on_behalf, outcome_handlers as outcome, searching,
    },
    officers::second_factor_handlers as second_factors,
    papers,
    proposals::dossier_handlers as dossier_proposals,
    results,
    site::{Scope, ServiceConfig, scope},
    statistics,
    transfers::handlers as transfers,
};

/// What officers do.
pub(super) fn officers(site: &mut ServiceConfig<'_>) {
    on_people(site);
    site.service(
        scope("/v1/office")
            .service(office::get_inbox)
            .service(office::list_office_dossiers)
            .service(searching::search_dossiers)
            .service(office::file_dossier)
            .service(office::get_office_dossier)
            .service(identities::verify_identity)
            .service(statistics::handlers::summarise_period)
            .service(second_factors::step_up)
            .service(disclosures::handlers::list_office_access_log)
            .service(work_on_dossiers())
            .service(
                scope("/proposals")
                    .service(dossier_proposals::list_dossier_proposals)
                    .service(dossier_proposals::approve_dossier_proposal)
                    .service(dossier_proposals::decline_dossier_proposal),
            ),
    );
}

/// What officers do with one dossier.
fn work_on_dossiers() -> Scope {
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
        .service(intake::stop_dossier)
        .service(assignments::assign_dossier)
        .service(assignments::take_up_dossier)
        .service(assignments::release_dossier)
        .service(transfers::transfer_dossier)
        .service(dossier_proposals::propose_extension)
        .service(dossier_proposals::propose_reopening)
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
