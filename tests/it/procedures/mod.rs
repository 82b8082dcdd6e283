//! The catalogue over HTTP, and what an import may and may not do.

mod importing;
mod reading;
