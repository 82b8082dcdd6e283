//! Shares of accounts and networks.
#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
use std::net::IpAddr;

use super::*;

fn rates(read: u32) -> Rates {
    Rates {
        read,
        write: 2,
        upload: 0,
        sign_in: 1,
        network_times: 3,
    }
}

fn network(address: &str) -> Sender {
    Sender::Network(Network::of(address.parse::<IpAddr>().unwrap()))
}

#[test]
fn each_account_has_its_own_share_of_each_class() {
    let limits = RateLimits::new(&rates(3));
    let [one, other] = [1, 2].map(|n| Sender::Account(Uuid::from_u128(n)));
    let get = |sender: &Sender| limits.count(&Method::GET, "/v1/me", sender);
    for left in [2, 1, 0] {
        assert_eq!(get(&one).unwrap().unwrap().left, left);
    }
    let (failure, share) = *get(&one).unwrap_err();
    assert_eq!(failure.code(), "too-many-requests");
    assert_eq!((share.left, share.whole_in), (0, 60));
    assert!(get(&other).is_ok());
    let post = limits.count(&Method::POST, "/v1/dossiers/x/submit", &one);
    assert_eq!(post.unwrap().unwrap().class, Class::Write);
    let paper = limits.count(&Method::PUT, "/v1/dossiers/x/papers/y", &one);
    assert_eq!(paper.unwrap(), None);
}

#[test]
fn a_network_may_send_so_many_times_as_much() {
    let limits = RateLimits::new(&rates(3));
    let asked = |address: &str| limits.count(&Method::GET, "/v1/fields", &network(address));
    for _ in 0..9 {
        assert!(asked("2001:db8::1").is_ok());
    }
    assert!(asked("2001:db8::2").is_err(), "the same network");
    assert!(asked("192.0.2.7").is_ok());
    for _ in 0..100 {
        let alive = limits.count(&Method::GET, "/readyz", &network("2001:db8::1"));
        assert_eq!(alive.unwrap(), None);
    }
}

#[test]
fn headers_come_when_less_than_half_is_left() {
    let told = |left| {
        let mut headers = HeaderMap::new();
        let quota = Quota::per_minute(NonZeroU32::new(10).unwrap());
        Share::of(Class::Read, quota, left).tell(&mut headers);
        let text = |name| Some(headers.get(name)?.to_str().unwrap().to_owned());
        (text(LIMIT), text(POLICY))
    };
    assert_eq!(told(5), (None, None));
    assert_eq!(
        told(4),
        (
            Some("\"read\";r=4;t=36".to_owned()),
            Some("\"read\";q=10;w=60".to_owned())
        )
    );
}
