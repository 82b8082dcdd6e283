//! Which request the running task answers, for what is written down with its id: lines of the access log
//! and of the security log. The worker answers none.

use std::future::Future;

use tokio::task_local;
use uuid::Uuid;

task_local! {
    static REQUEST: Uuid;
}

/// Runs what answers this request.
pub(crate) async fn within<F: Future>(request: Uuid, answering: F) -> F::Output {
    REQUEST.scope(request, answering).await
}

/// The id of the request that is answered here, if one is.
pub(crate) fn request() -> Option<Uuid> {
    REQUEST.try_with(|id| *id).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_request_is_known_to_what_answers_it_and_to_nothing_else() {
        let id = Uuid::from_u128(7);
        assert_eq!(within(id, async { request() }).await, Some(id));
        assert_eq!(request(), None);
    }
}
