//! Requests that are made again under their key.

use std::thread;

use serde_json::json;

use crate::client::{Answer, ask};
use crate::served::Served;

impl Served {
    fn post_once(&self, path: &str, key: &str, body: &serde_json::Value) -> Answer {
        let host = self.host();
        let headers = [
            ("host", host.as_str()),
            ("cookie", self.cookie()),
            ("x-framewitness", "1"),
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        let body = body.to_string();
        ask(self.address, "POST", path, &headers, body.as_bytes())
    }

    fn entries(&self) -> u64 {
        let size = self.get("/api/journal").json()["size"].as_u64();
        size.expect("a size")
    }
}

#[test]
fn the_same_request_is_recorded_once_and_another_is_refused() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let claim = json!({ "relation": "about", "text": "today", "first": 3 });
    let first = served.post_once("/api/items/1/claims", "\"8e03978e-40d5\"", &claim);
    assert_eq!(first.status, 200);
    let size = served.entries();
    let again = served.post_once("/api/items/1/claims", "\"8e03978e-40d5\"", &claim);
    assert_eq!((again.status, &again.body), (200, &first.body));
    // The server may have been restarted, and the key sent without quotes.
    let again = served.post_once("/api/items/1/claims", "8e03978e-40d5", &claim);
    assert_eq!((again.status, &again.body), (200, &first.body));
    for (path, body) in [
        (
            "/api/items/1/claims",
            json!({ "relation": "in", "text": "today", "first": 3 }),
        ),
        (
            "/api/items/1/observations",
            json!({ "text": "today", "first": 3 }),
        ),
        ("/api/hypotheses", json!({ "text": "staged" })),
    ] {
        let other = served.post_once(path, "8e03978e-40d5", &body);
        assert_eq!(other.status, 422, "{path}");
        let told = other.json()["error"].as_str().unwrap().to_owned();
        assert!(told.contains("is that of another request"), "{told}");
    }
    assert_eq!(served.entries(), size, "nothing more was recorded");
    let other = served.post_once("/api/items/1/claims", "another", &claim);
    assert_eq!(other.json()["number"], "C2");
    for wrong in ["\"\"", "a b", "\"open"] {
        let answer = served.post_once("/api/items/1/claims", wrong, &claim);
        assert_eq!(answer.status, 400, "{wrong}");
    }
    // What was refused is recorded when it is right, under the same key.
    let nowhere = json!({ "relation": "about", "text": "x", "source": "S1" });
    let refused = served.post_once("/api/items/1/claims", "later", &nowhere);
    assert_eq!(refused.status, 404);
    served.post("/api/sources", &json!({ "name": "x", "kind": "account" }));
    let now = served.post_once("/api/items/1/claims", "later", &nowhere);
    assert_eq!(now.json()["number"], "C3");
    let verified = served.run(&["rebuild"]);
    assert!(verified.status.success());
}

#[test]
fn the_same_request_at_once_is_recorded_once() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let claim = json!({ "relation": "about", "text": "today" });
    let size = served.entries();
    let answers: Vec<_> = thread::scope(|scope| {
        let ask = || served.post_once("/api/items/1/claims", "one", &claim);
        let asked: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
        { asked.into_iter() }.map(|it| it.join().unwrap()).collect()
    });
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (200, &answers[0].body));
    }
    assert_eq!(served.entries(), size + 1);
}
