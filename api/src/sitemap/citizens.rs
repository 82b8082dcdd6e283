//! What citizens do.

use crate::{
    consents::{handlers as consents, own_handlers as own_consents},
    data_requests::handlers as data_requests,
    disclosures, dossiers,
    exports::handlers as exports,
    feed::handlers as feed,
    home::handlers as home,
    identities::handlers as identities,
    mandates, notices, papers, payments, people, results,
    site::{ServiceConfig, scope},
    supplements, tracking,
    uploads::handlers as uploads,
};

/// What citizens do.
pub(super) fn citizens(site: &mut ServiceConfig<'_>) {
    themselves(site);
    site.service(
        scope("/v1/me")
            .service(people::handlers::get_me)
            .service(home::get_home)
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
    );
    files(site);
}

/// What a phone follows and sends, and what stands under addresses of its own.
fn files(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/sync")
            .service(feed::get_changes)
            .service(feed::stream_changes),
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
    told(site);
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

/// What they are told, and by which ways.
fn told(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/me/notices")
            .service(notices::handlers::list_my_notices)
            .service(notices::handlers::read_notice)
            .service(notices::handlers::read_all_notices),
    )
    .service(
        scope("/v1/me/devices")
            .service(notices::device_handlers::register_device)
            .service(notices::device_handlers::remove_device),
    )
    .service(
        scope("/v1/me/notice_preferences")
            .service(notices::preference_handlers::get_notice_preferences)
            .service(notices::preference_handlers::set_notice_preferences),
    );
}
