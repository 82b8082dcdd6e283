//! The published document: fresh, linted, and kept to by the server under hostile input.

mod drift;
mod fuzz;
mod linters;
mod page;
mod refusals;
mod trouble;
