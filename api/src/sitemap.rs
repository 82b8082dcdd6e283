//! Every address of the API, grouped by noun, in the order a reader thinks.
//!
//! Only `.service(...)`: nothing else is collected into the published document.

use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

use crate::{document, dossiers, health, office, people, sessions};

/// Adds every handler.
pub fn sitemap(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/auth")
            .service(sessions::handlers::request_otp)
            .service(sessions::handlers::verify_otp)
            .service(sessions::handlers::officer_login),
    )
    .service(sessions::handlers::get_key_set)
    .service(
        scope("/v1/me")
            .service(people::handlers::get_me)
            .service(people::handlers::change_me),
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
            .service(dossiers::reading::get_deadline),
    )
    .service(
        scope("/v1/office")
            .service(office::handlers::get_inbox)
            .service(office::handlers::list_office_dossiers)
            .service(office::handlers::file_dossier)
            .service(office::handlers::get_office_dossier)
            .service(
                scope("/dossiers")
                    .service(office::intake_handlers::accept_dossier)
                    .service(office::intake_handlers::refuse_dossier)
                    .service(office::intake_handlers::forward_dossier)
                    .service(office::asking_handlers::consent_supplement)
                    .service(office::asking_handlers::request_supplement)
                    .service(office::asking_handlers::resume_dossier)
                    .service(office::asking_handlers::request_payment)
                    .service(office::asking_handlers::record_cash)
                    .service(office::outcome_handlers::decide_dossier)
                    .service(office::outcome_handlers::hand_over)
                    .service(office::outcome_handlers::recall_result)
                    .service(office::outcome_handlers::apologise)
                    .service(office::intake_handlers::grant_withdrawal)
                    .service(office::intake_handlers::decline_withdrawal)
                    .service(office::intake_handlers::stop_dossier),
            ),
    )
    .service(health::handlers::check_health)
    .service(health::handlers::check_readiness)
    .service(document::handlers::get_document);
}
