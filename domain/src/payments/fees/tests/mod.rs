//! Tests of the fee engine: the figures of the acts, the catalogue form, and properties.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod form;
