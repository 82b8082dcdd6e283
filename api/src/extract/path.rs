//! The parameters of a path. What cannot be an identifier names nothing, so it is a 404.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use domain::rejection::Code;
use serde::de::DeserializeOwned;

use crate::failure::Failure;

/// The parameters of the path, as a `T` (a struct with one field per parameter).
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let path = request.path();
        if path.contains('\0') || path.contains("%00") {
            return ready(Err(Code::NotFound.into()));
        }
        let read = web::Path::<T>::from_request(request, payload).into_inner();
        ready(
            read.map(|path| Self(path.into_inner()))
                .map_err(|_| Code::NotFound.into()),
        )
    }
}
