//! What the house does by itself, on both engines.

mod retention;
