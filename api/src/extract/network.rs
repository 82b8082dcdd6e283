//! The network a request comes from, for limits: never for deciding who somebody is.

use std::{
    future::{Ready, ready},
    net::{IpAddr, Ipv6Addr},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use domain::personal::Personal;

use crate::{app::App, failure::Failure};

/// An address; of IPv6 the network of 64 bits, since its owner has all the addresses in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Network(String);

impl Network {
    /// As it goes into the keys of limits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part of the internet it lies in, as it is kept and shown: /24 of IPv4, /48 of IPv6. Enough
    /// for an owner to recognise, too little to find a home by.
    pub fn prefix(&self) -> Personal<String> {
        Personal::new(match self.0.parse() {
            Ok(IpAddr::V4(address)) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            Ok(IpAddr::V6(address)) => {
                let [a, b, c, ..] = address.segments();
                format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
            }
            Err(_) => String::new(),
        })
    }

    /// The network of that address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
            }
        })
    }
}

impl Network {
    /// The network a request comes from, as far as our own proxies say.
    pub(crate) fn of_request(request: &HttpRequest) -> Self {
        let trusted = request
            .app_data::<web::Data<App>>()
            .map_or(&[][..], |app| app.config.trusted_proxies.as_slice());
        let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
        let written = request.headers().get_all("x-forwarded-for");
        let written: Vec<_> = written.filter_map(|value| value.to_str().ok()).collect();
        let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        Self::of(client(peer, &written, trusted))
    }
}

impl FromRequest for Network {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of_request(request)))
    }
}

/// The last address before the proxies that are ours: what stands further left anybody can write.
fn client(peer: IpAddr, written: &[&str], trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer;
    for hop in written.iter().rev().flat_map(|value| value.rsplit(',')) {
        if !trusted.contains(&client) {
            break;
        }
        let Ok(address) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    #[test]
    fn only_what_our_own_proxies_wrote_is_believed() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let ours = [ip("10.0.0.1"), ip("10.0.0.2")];
        for (peer, written, expected) in [
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["8.8.8.8, 198.51.100.1"], "198.51.100.1"),
            (
                "10.0.0.1",
                &["8.8.8.8", "198.51.100.1, 10.0.0.2"],
                "198.51.100.1",
            ),
            ("10.0.0.1", &["nonsense"], "10.0.0.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
        ] {
            assert_eq!(
                client(ip(peer), written, &ours),
                ip(expected),
                "{peer} {written:?}"
            );
        }
        for (address, prefix) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
            ("::ffff:192.0.2.1", "192.0.2.0/24"),
        ] {
            assert_eq!(Network::of(ip(address)).prefix().reveal(), prefix);
        }
        assert_eq!(
            Network::of(ip("2001:db8:1:2:3::4")),
            Network::of(ip("2001:db8:1:2:9::8"))
        );
        assert_ne!(
            Network::of(ip("2001:db8:1:2::1")),
            Network::of(ip("2001:db8:1:3::1"))
        );
        assert_eq!(
            Network::of(ip("::ffff:192.0.2.1")),
            Network::of(ip("192.0.2.1"))
        );
    }
}
