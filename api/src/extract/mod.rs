//! What handlers receive: every part of a request read strictly, every fault named.

pub mod language;
