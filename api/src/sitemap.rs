//! Every address of the API, grouped by noun, in the order a reader thinks.
//!
//! Only `.service(...)`: nothing else is collected into the published document.

mod citizens;
mod office;

use self::{citizens::citizens, office::officers};
use crate::{
    admin,
    agencies::handlers as agencies,
    consents::handlers as consents,
    document, health,
    home::handlers as home,
    identities::handlers as identities,
    officers::{
        entrance_handlers as entrance, handlers as accounts, role_handlers as roles,
        second_factor_handlers as second_factors,
    },
    procedures::handlers as procedures,
    proposals::handlers as proposals,
    retired::Retired,
    sessions,
    site::{ServiceConfig, scope},
};

/// Operations that will end, each with its dates. Taken out of the sitemap only once it has ended.
pub const RETIRED: &[Retired] = &[];

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
    .service(scope("/v1/config").service(home::get_app_config))
    .service(scope("/v1/consent_texts").service(consents::get_consent_text))
    .service(
        scope("/v1/agencies")
            .service(agencies::list_agencies)
            .service(agencies::get_board),
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
