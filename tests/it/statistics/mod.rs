//! The figures of a period over HTTP, from a log as long as a real fortnight's.

mod fortnight;
mod who;
