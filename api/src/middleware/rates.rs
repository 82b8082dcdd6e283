//! How many requests a minute one account, or one network, may send, by what they cost.
//!
//! The generic cell rate algorithm of `governor`: a whole minute's share may come at once, and
//! then flows back evenly. Limits against guessing stand elsewhere and outlive a restart
//! (`sessions/throttle.rs`); these only keep one client from taking everybody's turn, so they live
//! in this process.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use actix_web::http::{
    Method,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, MonotonicClock},
    middleware::StateInformationMiddleware,
    state::keyed::HashMapStateStore,
};
use uuid::Uuid;

use crate::{
    api_code::ApiCode,
    config::Rates,
    extract::Network,
    failure::{Failure, Refusal},
};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// How many checks lie between two clearings of those who have been quiet.
const CLEARING: u32 = 16_384;

/// What a request costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    SignIn,
    Upload,
    Write,
    Read,
}

impl Class {
    const ALL: [Self; 4] = [Self::SignIn, Self::Upload, Self::Write, Self::Read];

    /// The class of a request; none for what a load balancer asks.
    fn of(method: &Method, path: &str) -> Option<Self> {
        if matches!(path, "/healthz" | "/readyz") {
            return None;
        }
        Some(if path.starts_with("/v1/auth/") {
            Self::SignIn
        } else if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
            Self::Read
        } else if path.contains("/papers/")
            || path.ends_with("/result_file")
            || path.starts_with("/v1/uploads")
        {
            Self::Upload
        } else {
            Self::Write
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Upload => "upload",
            Self::Write => "write",
            Self::Read => "read",
        }
    }

    const fn a_minute(self, rates: &Rates) -> u32 {
        match self {
            Self::SignIn => rates.sign_in,
            Self::Upload => rates.upload,
            Self::Write => rates.write,
            Self::Read => rates.read,
        }
    }
}

/// Who sends: an account that proved itself, else the network.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sender {
    /// Whoever the access token stands for.
    Account(Uuid),
    /// Everybody behind one address.
    Network(Network),
}

impl Sender {
    /// The account, when there is one.
    pub const fn account(&self) -> Option<Uuid> {
        match self {
            Self::Account(account) => Some(*account),
            Self::Network(_) => None,
        }
    }
}

type Limiter =
    RateLimiter<Sender, HashMapStateStore<Sender>, MonotonicClock, StateInformationMiddleware>;

/// The limits of one class.
struct Limit {
    class: Class,
    accounts: Limiter,
    networks: Limiter,
}

/// The limits of this process.
pub struct RateLimits {
    limits: Vec<Limit>,
    checks: AtomicU32,
}

/// What is left to a sender, for the headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    class: Class,
    quota: u32,
    left: u32,
    /// Seconds until the whole quota is there again.
    whole_in: u64,
}

impl std::fmt::Debug for RateLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RateLimits").finish_non_exhaustive()
    }
}

impl RateLimits {
    /// Limits as configured; a class at 0 has none.
    pub fn new(rates: &Rates) -> Self {
        let times = rates.network_times.max(1);
        let limiter = |a_minute: u32| {
            NonZeroU32::new(a_minute).map(|quota| {
                Limiter::new(
                    Quota::per_minute(quota),
                    HashMapStateStore::default(),
                    MonotonicClock,
                )
            })
        };
        let limits = Class::ALL.into_iter().filter_map(|class| {
            let quota = class.a_minute(rates);
            Some(Limit {
                class,
                accounts: limiter(quota)?,
                networks: limiter(quota.saturating_mul(times))?,
            })
        });
        Self {
            limits: limits.collect(),
            checks: AtomicU32::new(0),
        }
    }

    /// Counts a request. Nothing is returned where nothing is limited.
    ///
    /// # Errors
    /// `too-many-requests` with the seconds to wait, and what is left for the headers.
    pub fn count(
        &self,
        method: &Method,
        path: &str,
        sender: &Sender,
    ) -> Result<Option<Share>, Box<(Failure, Share)>> {
        let class = Class::of(method, path);
        let Some(limit) = self.limits.iter().find(|limit| Some(limit.class) == class) else {
            return Ok(None);
        };
        if self.checks.fetch_add(1, Ordering::Relaxed) % CLEARING == CLEARING - 1 {
            self.forget_the_quiet();
        }
        let limiter = match sender {
            Sender::Account(_) => &limit.accounts,
            Sender::Network(_) => &limit.networks,
        };
        match limiter.check_key(sender) {
            Ok(state) => Ok(Some(Share::of(
                limit.class,
                state.quota(),
                state.remaining_burst_capacity(),
            ))),
            Err(refused) => {
                let wait = refused.wait_time_from(MonotonicClock.now());
                let seconds = u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX);
                let refusal = Refusal::new(ApiCode::TooManyRequests).retry_after(seconds);
                let share = Share::of(limit.class, refused.quota(), 0);
                Err(Box::new((refusal.into(), share)))
            }
        }
    }

    /// Senders whose whole share is there again need not be remembered.
    fn forget_the_quiet(&self) {
        for limit in &self.limits {
            for limiter in [&limit.accounts, &limit.networks] {
                limiter.retain_recent();
                limiter.shrink_to_fit();
            }
        }
    }
}

impl Share {
    fn of(class: Class, quota: Quota, left: u32) -> Self {
        let whole = quota.burst_size().get();
        let missing = whole.saturating_sub(left);
        Self {
            class,
            quota: whole,
            left,
            whole_in: (quota.replenish_interval() * missing).as_secs(),
        }
    }

    /// The headers of the draft standard, once less than half is left: before that they would only
    /// cost a phone bytes.
    pub fn tell(self, headers: &mut HeaderMap) {
        let Self {
            class,
            quota,
            left,
            whole_in,
        } = self;
        if left >= quota / 2 {
            return;
        }
        let name = class.name();
        for (header, value) in [
            (LIMIT, format!("\"{name}\";r={left};t={whole_in}")),
            (POLICY, format!("\"{name}\";q={quota};w=60")),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(header, value);
            }
        }
    }
}

#[cfg(test)]
mod tests;
