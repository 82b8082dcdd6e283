//! The published document: fresh, linted, and kept to by the server under hostile input.

mod clients;
mod drift;
mod first_app;
mod fuzz;
mod linters;
mod page;
mod refusals;
mod retired;
mod trouble;
