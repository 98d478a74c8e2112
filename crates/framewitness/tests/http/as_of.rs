//! The case as it stood, through the server.

use serde_json::json;

use crate::served::Served;

#[test]
fn every_address_takes_a_state() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let observed = json!({ "text": "a shadow", "first": 4 });
    served.post("/api/items/1/observations", &observed);
    let before = served.get("/api/case").json()["entries"].as_u64().unwrap();
    served.post("/api/items/1/observations", &observed);
    let last = before - 1;

    let record = served.get(&format!("/api/items/1/record?as_of={last}"));
    assert_eq!(record.json()["observations"].as_array().unwrap().len(), 1);
    let now = served.get("/api/items/1/record").json();
    assert_eq!(now["observations"].as_array().unwrap().len(), 2);
    let case = served.get(&format!("/api/case?as_of={last}")).json();
    assert_eq!(case["entries"], before);
    assert_eq!(case["as_of"]["entry"], last);
    assert_eq!(case["as_of"]["of"], before + 1);
    assert!(served.get("/api/case").json()["as_of"].is_null());
    // What flows while it is made, and exact pictures, are of that state too.
    let frame = format!("/api/items/1/frames/4.png?as_of={last}");
    assert_eq!(
        served.get(&frame).body,
        served.get("/api/items/1/frames/4.png").body
    );
    assert_eq!(served.get("/api/items/1/frames/4.png?as_of=1").status, 404);
    let span = "/api/items/1/span.zip?from=4&to=6&as=png&as_of=";
    assert_eq!(served.get(&format!("{span}{last}")).status, 200);
    assert_eq!(served.get(&format!("{span}1")).status, 404);
}

#[test]
fn a_report_of_a_state_is_written_without_an_entry() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let written = served.get("/api/items/1/report.html");
    let own = served.get("/api/case").json()["entries"].as_u64().unwrap() - 1;
    served.post("/api/items/1/observations", &json!({ "text": "a shadow" }));
    let again = served.get(&format!("/api/items/1/report.html?as_of={own}"));
    assert_eq!(again.body, written.body);
    assert_eq!(again.header("x-content-id"), written.header("x-content-id"));
    assert_eq!(served.get("/api/case").json()["entries"], own + 2);
}

#[test]
fn an_earlier_state_takes_no_entry() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let before = served.get("/api/case").json()["entries"].clone();
    for (path, body) in [
        ("/api/items/1/observations", json!({ "text": "x" })),
        ("/api/sources", json!({ "name": "x", "kind": "account" })),
        ("/api/hypotheses", json!({ "text": "x" })),
        ("/api/verify", json!({})),
    ] {
        let answer = served.post(&format!("{path}?as_of=3"), &body);
        assert_eq!(answer.status, 422, "{path}");
        assert!(answer.json()["hint"].is_string());
    }
    for (state, status) in [("99", 404), ("1999", 404), ("soon", 422), ("1999-01", 404)] {
        let answer = served.get(&format!("/api/items?as_of={state}"));
        assert_eq!(answer.status, status, "{state}");
    }
    assert_eq!(served.get("/api/case").json()["entries"], before);
}
