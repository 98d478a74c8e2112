//! Which names the server answers to. A page on the web can make a browser resolve the attacker's
//! own name to this machine (DNS rebinding); it cannot make the browser send another name.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderValue;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;

/// The names of a listening server.
#[derive(Clone, Debug)]
pub(super) struct Address(SocketAddr);

impl Address {
    pub(super) fn new(listening: SocketAddr) -> Self {
        Self(listening)
    }

    pub(super) fn port(&self) -> u16 {
        self.0.port()
    }

    /// `http://127.0.0.1:4000`: what a browser on this machine opens.
    pub(super) fn origin(&self) -> String {
        match self.0.ip() {
            ip if ip.is_unspecified() => format!("http://127.0.0.1:{}", self.port()),
            _ => format!("http://{}", self.0),
        }
    }

    /// Whether the request names this server: in `Host`, and in its address where that has a name.
    pub(super) fn is_meant(&self, request: &Parts) -> bool {
        let mut hosts = request.headers.get_all(HOST).iter();
        let named = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().is_ok_and(|host| self.answers_to(host)),
            _ => false,
        };
        named
            && request
                .uri
                .authority()
                .is_none_or(|authority| self.answers_to(authority.as_str()))
    }

    /// Whether an `Origin`, where the request has one, is this server under the name it was asked by.
    pub(super) fn is_origin(&self, request: &Parts) -> bool {
        let text = |value: Option<&HeaderValue>| {
            value
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let host = text(request.headers.get(HOST)).unwrap_or_default();
        match request.headers.get(ORIGIN) {
            None => true,
            origin => text(origin) == Some(format!("http://{host}")),
        }
    }

    fn answers_to(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        port == Some(self.port()) && self.is_name(name)
    }

    fn is_name(&self, name: &str) -> bool {
        if name == "localhost" {
            return true;
        }
        let bare = name
            .strip_prefix('[')
            .and_then(|inner| inner.strip_suffix(']'))
            .unwrap_or(name);
        let Ok(ip) = bare.parse::<IpAddr>() else {
            return false;
        };
        // An address is not a name that somebody else could point here.
        ip.is_loopback() || ip == self.0.ip() || self.0.ip().is_unspecified()
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn answers(listening: &str, host: &str) -> bool {
        Address::new(listening.parse().expect("an address")).answers_to(host)
    }

    #[test]
    fn answers_to_its_own_names_only() {
        for host in ["127.0.0.1:4000", "localhost:4000", "[::1]:4000"] {
            assert!(answers("127.0.0.1:4000", host), "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:4001",
            "localhost",
            "evil.example:4000",
            "localhost.evil.example:4000",
            "127.0.0.1.evil.example:4000",
            "192.168.1.7:4000",
            "localhost:4000:4000",
            "[::1]",
            "",
            ":4000",
            "127.0.0.1:04000x",
        ] {
            assert!(!answers("127.0.0.1:4000", host), "{host}");
        }
    }

    #[test]
    fn answers_to_where_it_was_told_to_listen() {
        assert!(answers("192.168.1.7:4000", "192.168.1.7:4000"));
        assert!(!answers("192.168.1.7:4000", "192.168.1.8:4000"));
        assert!(answers("0.0.0.0:4000", "192.168.1.8:4000"));
        assert!(!answers("0.0.0.0:4000", "evil.example:4000"));
    }
}
