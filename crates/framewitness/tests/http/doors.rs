//! Who is let in, by name, origin and session.

use serde_json::json;

use crate::client::{Answer, ask};
use crate::served::Served;

/// A request with these headers and no others.
fn plain(served: &Served, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let body: &[u8] = if method == "POST" { b"{}" } else { b"" };
    ask(served.address, method, path, headers, body)
}

#[test]
fn answers_under_its_own_names_only() {
    let served = Served::with(&[]);
    let port = served.address.port();
    let status = |path: &str, hosts: &[&str]| {
        let mut headers: Vec<(&str, &str)> = hosts.iter().map(|host| ("host", *host)).collect();
        headers.push(("cookie", served.cookie()));
        plain(&served, "GET", path, &headers).status
    };
    for name in ["127.0.0.1", "localhost", "[::1]"] {
        assert_eq!(
            status("/api/case", &[&format!("{name}:{port}")]),
            200,
            "{name}"
        );
    }
    for name in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.",
        "0.0.0.0",
        "192.168.0.1",
        "",
    ] {
        for path in ["/api/case", "/", "/assets/x.js"] {
            assert_eq!(
                status(path, &[&format!("{name}:{port}")]),
                403,
                "{name} {path}"
            );
        }
    }
    let good = format!("127.0.0.1:{port}");
    assert_eq!(
        status("/api/case", &["127.0.0.1"]),
        403,
        "no port means port 80"
    );
    assert_eq!(status("/api/case", &["127.0.0.1:1"]), 403);
    assert!(
        status("/api/case", &[&good, "evil.example"]) >= 400,
        "two names"
    );
    assert!(status("/api/case", &[]) >= 400, "no name");
    assert_eq!(
        status(&format!("http://evil.example:{port}/api/case"), &[&good]),
        403,
        "a name in the address"
    );
}

#[test]
fn knows_nobody_without_a_session() {
    let served = Served::with(&[]);
    let host = served.host();
    let forged = format!("framewitness-{}={}", served.address.port(), "0".repeat(64));
    let as_cookie = format!("framewitness-{}={}", served.address.port(), served.token);
    for cookie in ["", "framewitness=1", &forged, &as_cookie] {
        for (method, path) in [
            ("GET", "/api/case"),
            ("GET", "/api/items"),
            ("GET", "/api/items/1/frames/0.png"),
            ("GET", "/api/items/1/pixels/0"),
            ("GET", "/api/journal"),
            ("GET", "/api/openapi.json"),
            ("GET", "/api/nowhere"),
            ("GET", "/api"),
            ("POST", "/api/verify"),
            ("POST", "/api/sources"),
            ("DELETE", "/api/case"),
        ] {
            let headers = [
                ("host", host.as_str()),
                ("cookie", cookie),
                ("x-framewitness", "1"),
            ];
            let answer = plain(&served, method, path, &headers);
            assert_eq!(answer.status, 401, "{method} {path} {cookie}");
            assert!(
                answer.json()["hint"]
                    .as_str()
                    .is_some_and(|hint| hint.contains("serve"))
            );
        }
    }
    assert_eq!(served.get("/api/case").status, 200);
    assert_ne!(
        served.enter(),
        served.cookie(),
        "each session has a secret of its own"
    );
}

#[test]
fn gives_no_session_for_another_token() {
    let served = Served::with(&[]);
    for token in [
        "",
        "0",
        &"0".repeat(64),
        &served.token[..63],
        &served.token.to_uppercase().replace(char::is_numeric, "A"),
    ] {
        let answer = served.post("/api/session", &json!({ "token": token }));
        assert_eq!(answer.status, 401, "{token}");
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[test]
fn changes_nothing_for_other_sites() {
    let served = Served::with(&[]);
    let host = served.host();
    let origin = format!("http://{host}");
    let elsewhere = format!("http://127.0.0.1:{}", served.address.port().wrapping_add(1));
    let secure = format!("https://{host}");
    let status = |method: &str, more: &[(&str, &str)]| {
        let path = if method == "GET" {
            "/api/case"
        } else {
            "/api/verify"
        };
        let mut headers = vec![("host", host.as_str()), ("cookie", served.cookie())];
        headers.extend(more);
        plain(&served, method, path, &headers).status
    };
    let sign = ("x-framewitness", "1");
    assert_eq!(status("POST", &[sign]), 200, "a program");
    assert_eq!(
        status(
            "POST",
            &[sign, ("origin", &origin), ("sec-fetch-site", "same-origin")]
        ),
        200,
        "the page"
    );
    assert_eq!(status("POST", &[]), 403, "no sign");
    assert_eq!(status("POST", &[("x-framewitness", "0")]), 403);
    for foreign in [
        "null",
        "http://evil.example",
        &elsewhere,
        &secure,
        "http://localhost:1",
    ] {
        assert_eq!(
            status("POST", &[sign, ("origin", foreign)]),
            403,
            "{foreign}"
        );
    }
    for site in ["cross-site", "same-site", "none", "nonsense"] {
        assert_eq!(
            status("POST", &[sign, ("sec-fetch-site", site)]),
            403,
            "POST {site}"
        );
    }
    assert_eq!(
        status("GET", &[("sec-fetch-site", "none")]),
        200,
        "an address typed by a person"
    );
    for site in ["cross-site", "same-site"] {
        assert_eq!(
            status("GET", &[("sec-fetch-site", site)]),
            403,
            "GET {site}"
        );
    }
    let asked = plain(
        &served,
        "OPTIONS",
        "/api/verify",
        &[
            ("host", &host),
            ("origin", "http://evil.example"),
            ("access-control-request-method", "POST"),
        ],
    );
    assert_eq!(asked.status, 403);
    assert_eq!(
        asked.header("access-control-allow-origin"),
        None,
        "no other origin is ever invited"
    );
}

#[test]
fn ends_when_told_and_forgets_its_sessions() {
    for signal in ["TERM", "INT"] {
        let served = Served::with(&[]);
        assert_eq!(served.stop(signal), Some(0), "{signal}");
    }
}
