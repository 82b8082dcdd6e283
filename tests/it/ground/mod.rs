//! The harness itself: a test bed that lies is worse than none.

mod document;
mod engines;
mod kills;
mod servers;
mod system_calls;
