//! Where the time of a request comes from: the machine's clock, or a fixed one in tests.

use std::sync::Arc;

use domain::time::Time;

/// A source of the present instant.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, cut to microseconds.
    fn now(&self) -> Time;
}

/// The machine's clock: the only reader of it in the whole program.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where time enters the program"
    )]
    fn now(&self) -> Time {
        Time::new(chrono::Utc::now())
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Time {
        (**self).now()
    }
}
