//! Files handed over to the server.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client::ask;
use crate::served::Served;

/// Files that are on their way in, or were left on it.
fn on_the_way(served: &Served) -> usize {
    let incoming = std::fs::read_dir(served.path("case/blobs/incoming"));
    incoming.expect("a folder").count()
}

fn blobs(served: &Served) -> usize {
    let hashed = std::fs::read_dir(served.path("case/blobs/sha256")).expect("a folder");
    hashed.count()
}

fn entries(served: &Served) -> Value {
    served.get("/api/case").json()["entries"].take()
}

#[test]
fn a_file_that_is_handed_over_is_preserved_as_add_does_it() {
    let served = Served::with(&[]);
    let bytes: Vec<u8> = (0..3_000_000_u32)
        .map(|n| (n.wrapping_mul(n) >> 7) as u8)
        .collect();
    let told = "name=%C3%A9t%C3%A9%20%231%26.mp4&origin=phone/%C3%A9t%C3%A9%20%231%26.mp4\
                &modified=2026-05-03T18:20:11.250Z&uploaded=2026-05&note=from%20a%20stick";
    let added = served.post_bytes(&format!("/api/items?{told}"), &bytes);
    assert_eq!(added.status, 200, "{}", added.json());
    let id = format!("sha256:{}", hex(&Sha256::digest(&bytes)));
    let added = added.json();
    assert_eq!(
        (&added["item"], &added["id"], &added["new"]),
        (&json!("#1"), &json!(id), &json!(true))
    );
    let entry = served.get("/api/journal?from=2&count=1").json()["entries"][0]["body"].take();
    assert_eq!(
        entry,
        json!({
            "item": id, "size": bytes.len(), "blake3": added["blake3"], "name": "été #1&.mp4", "method": "upload",
            "origin": "phone/été #1&.mp4", "modified": "2026-05-03T18:20:11Z", "uploaded": "2026-05",
            "note": "from a stick",
        })
    );
    let again = served.post_bytes("/api/items?name=copy.mp4", &bytes).json();
    assert_eq!(
        (&again["item"], &again["new"], &again["acquisitions"]),
        (&json!("#1"), &json!(false), &json!(2))
    );
    let empty = served.post_bytes("/api/items?name=empty", b"").json();
    assert_eq!((&empty["item"], &empty["size"]), (&json!("#2"), &json!(0)));
    assert!(served.run(&["verify"]).status.success());
}

#[test]
fn bytes_that_break_off_leave_nothing() {
    let served = Served::with(&[]);
    let before = (entries(&served), blobs(&served));
    for framing in ["content-length: 9000000", "transfer-encoding: chunked"] {
        let mut stream = TcpStream::connect(served.address).expect("the server listens");
        let head = format!(
            "POST /api/items?name=cut.mp4 HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nx-framewitness: 1\r\n{framing}\r\n\r\n",
            served.host(),
            served.cookie()
        );
        let chunk = if framing.ends_with("chunked") {
            "2dc6c0\r\n"
        } else {
            ""
        };
        let sent = [head.as_bytes(), chunk.as_bytes(), &vec![7; 3_000_000]].concat();
        stream.write_all(&sent).expect("the server reads");
        within(|| on_the_way(&served) == 1, "it arrives");
        drop(stream);
        within(|| on_the_way(&served) == 0, "it is gone");
    }
    assert_eq!((entries(&served), blobs(&served)), before);
    // Nobody is in the way of the next one.
    assert_eq!(served.post_bytes("/api/items?name=x", b"x").status, 200);
}

#[test]
fn a_server_killed_meanwhile_leaves_nothing_either() {
    let mut served = Served::with(&[]);
    let before = (entries(&served), blobs(&served));
    let mut stream = TcpStream::connect(served.address).expect("the server listens");
    let head = format!(
        "POST /api/items?name=cut HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nx-framewitness: 1\r\ncontent-length: 9000000\r\n\r\n",
        served.host(),
        served.cookie()
    );
    let sent = [head.as_bytes(), &vec![7; 3_000_000]].concat();
    stream.write_all(&sent).expect("the server reads");
    within(|| on_the_way(&served) == 1, "it arrives");
    served.killed();
    assert_eq!(on_the_way(&served), 0);
    assert_eq!((entries(&served), blobs(&served)), before);
}

#[test]
fn a_file_is_never_whole_in_memory() {
    let served = Served::with(&[]);
    let most = || {
        let status = format!("/proc/{}/status", served.process());
        let told = std::fs::read_to_string(status).expect("a process");
        let line = told.lines().find(|line| line.starts_with("VmHWM"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        kilobytes
            .and_then(|text| text.parse::<u64>().ok())
            .expect("a number")
    };
    let before = most();
    let bytes = vec![3; 64 << 20];
    assert_eq!(
        served.post_bytes("/api/items?name=long", &bytes).status,
        200
    );
    let grown = (most() - before) >> 10;
    assert!(grown < 24, "{grown} MiB more for a file of 64 MiB");
}

#[test]
fn only_who_may_hands_over_and_only_what_makes_sense() {
    let served = Served::with(&[]);
    let before = (entries(&served), blobs(&served));
    let host = served.host();
    let send = |path: &str, more: &[(&str, &str)]| {
        let headers = [&[("host", host.as_str())], more].concat();
        ask(served.address, "POST", path, &headers, b"bytes").status
    };
    let known = ("cookie", served.cookie());
    let signed = ("x-framewitness", "1");
    let path = "/api/items?name=x.mp4";
    assert_eq!(send(path, &[signed]), 401);
    assert_eq!(send(path, &[known]), 403);
    let elsewhere = ("origin", "http://evil.example");
    assert_eq!(send(path, &[known, signed, elsewhere]), 403);
    for site in ["same-site", "cross-site", "none"] {
        assert_eq!(send(path, &[known, signed, ("sec-fetch-site", site)]), 403);
    }
    for (query, status) in [
        ("", 400),
        ("?name=", 422),
        ("?name=a%2Fb", 422),
        ("?name=..", 422),
        ("?name=x&modified=yesterday", 422),
        ("?name=x&uploaded=in%20May", 422),
        ("?name=x&acquired=2026-13", 422),
        ("?name=x&as_of=1", 422),
    ] {
        let answer = served.post_bytes(&format!("/api/items{query}"), b"bytes");
        assert_eq!(answer.status, status, "{query}");
        assert!(answer.json()["error"].is_string(), "{query}");
    }
    assert_eq!((entries(&served), blobs(&served)), before);
    assert_eq!(on_the_way(&served), 0);
    // Sent again, because no answer came.
    for _ in 0..2 {
        assert_eq!(
            send(path, &[known, signed, ("idempotency-key", "k-1")]),
            200
        );
    }
    let item = served.get("/api/items/1").json();
    assert_eq!(
        item["item"]["acquisitions"].as_array().map(Vec::len),
        Some(1)
    );
}

fn within(mut so: impl FnMut() -> bool, what: &str) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
