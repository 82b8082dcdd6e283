//! What is answered where no handler matches: 405 with `Allow` if the path exists with another
//! method, else 404. The framework's routes answer 404 in both cases.

use actix_web::{HttpRequest, web};

use crate::{
    api_code::ApiCode,
    document::Published,
    failure::{Failure, Refusal},
};

/// The answer to a request that no handler takes.
pub(crate) async fn answer(
    request: HttpRequest,
    published: web::Data<Published>,
) -> Result<&'static str, Failure> {
    let methods = published.paper()?.methods_of(request.path());
    if methods.is_empty() {
        return Err(ApiCode::RouteNotFound.into());
    }
    let mut refusal = Refusal::new(ApiCode::MethodNotAllowed);
    refusal.allow = Some(methods.join(", "));
    Err(refusal.into())
}
