//! What the server tells without being asked each time.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::ask;
use crate::served::Served;

/// A stream of events, as far as it was read.
struct Heard {
    stream: TcpStream,
    text: String,
}

impl Heard {
    fn of(served: &Served) -> Self {
        let mut stream = TcpStream::connect(served.address).expect("the server listens");
        let wait = Some(Duration::from_millis(100));
        stream.set_read_timeout(wait).expect("a timeout");
        let head = format!(
            "GET /api/events HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n",
            served.host(),
            served.cookie()
        );
        stream.write_all(head.as_bytes()).expect("the server reads");
        Self {
            stream,
            text: String::new(),
        }
    }

    /// Reads what is there; false when the stream ended.
    fn read(&mut self) -> bool {
        let mut bytes = [0; 65536];
        match self.stream.read(&mut bytes) {
            Ok(0) => return false,
            Ok(many) => self.text.push_str(&String::from_utf8_lossy(&bytes[..many])),
            // Nothing was told yet.
            Err(_) => {}
        }
        true
    }

    /// Waits for an event of this name whose data is `so`.
    fn hears(&mut self, name: &str, so: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        let begin = format!("event: {name}");
        loop {
            let told = self.text.split("\n\n").filter_map(|event| {
                let data = event[event.find(&begin)?..].split_once("\ndata: ")?.1;
                serde_json::from_str(data).ok()
            });
            if let Some(found) = { told }.find(&so) {
                return found;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{name}: {}",
                self.text
            );
            assert!(self.read(), "the stream ended: {}", self.text);
        }
    }
}

#[test]
fn pages_hear_what_is_recorded_whoever_records_it() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let entries = served.get("/api/case").json()["entries"]
        .as_u64()
        .expect("a number");
    let (mut one, mut other) = (Heard::of(&served), Heard::of(&served));
    let at = |many: u64| move |told: &Value| told["entries"] == many;
    one.hears("moved", at(entries));
    assert!(
        one.text.contains("content-type: text/event-stream"),
        "{}",
        one.text
    );
    served.post("/api/items/1/observations", &json!({ "text": "here" }));
    for heard in [&mut one, &mut other] {
        heard.hears("moved", at(entries + 1));
    }
    // The command line is another process.
    served.run(&["observe", "1", "from elsewhere"]);
    for heard in [&mut one, &mut other] {
        heard.hears("moved", at(entries + 2));
    }
    served.post("/api/items/1/inspect", &json!({ "again": true }));
    let done = |told: &Value| told[0]["standing"] == "done";
    other.hears("work", done);
    one.hears("moved", at(entries + 3));
}

#[test]
fn a_stream_ends_with_the_server() {
    let served = Served::with(&[]);
    let mut heard = Heard::of(&served);
    heard.hears("moved", |_| true);
    let begun = Instant::now();
    assert_eq!(served.stop("TERM"), Some(0));
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
    while heard.read() {}
    assert!(
        heard.text.ends_with("0\r\n\r\n"),
        "it ends, and does not break off: {}",
        heard.text
    );
}

#[test]
fn only_who_may_hears_and_nothing_of_an_earlier_state() {
    let served = Served::with(&[]);
    let host = served.host();
    let alone = [("host", host.as_str())];
    assert_eq!(
        ask(served.address, "GET", "/api/events", &alone, b"").status,
        401
    );
    let foreign = [("sec-fetch-site", "same-site")];
    assert_eq!(served.get_with("/api/events", &foreign).status, 403);
    assert_eq!(served.get("/api/events?as_of=1").status, 422);
}
