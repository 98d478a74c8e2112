//! Sources and series, through the server.

use serde_json::{Value, json};

use crate::record::entered;
use crate::served::Served;

#[test]
fn a_source_gathers_names_ties_grades_and_states() {
    let served = Served::with(&["odd/rotated.mp4"]);
    for name in ["@nobody", "The Square"] {
        let source = json!({ "name": name, "kind": "account", "grade": "C" });
        entered(&served, "/api/sources", &source);
    }
    let before = served.get("/api/journal").json()["size"].clone();
    let state = json!({
        "state": "renamed", "observed": "2026-05-03", "name": "@other", "proof_items": [1],
        "proof_urls": ["https://archive.example/1"],
    });
    let seen = entered(&served, "/api/sources/S1/observations", &state);
    let seen = &seen["observations"][0];
    assert_eq!(
        (&seen["name"], &seen["observed"]),
        (&json!("@other"), &json!("2026-05-03"))
    );
    assert_eq!(
        seen["proof"][1],
        json!({ "form": "url", "url": "https://archive.example/1" })
    );
    let alias = json!({ "name": "@older", "from": "2025-11", "until": "2026" });
    entered(&served, "/api/sources/S1/aliases", &alias);
    let tie = json!({ "tie": "belongs-to", "to": "S2" });
    entered(&served, "/api/sources/S1/ties", &tie);
    let grade = json!({ "grade": "E", "assessor": "Ben", "reason": "recycled" });
    entered(&served, "/api/sources/S1/grades", &grade);
    let kept = served.get("/api/sources").json()[0].clone();
    assert_eq!(kept["aliases"][0]["until"], "2026");
    assert_eq!(kept["ties"][0]["to"], "S2");
    assert_eq!(
        (&kept["grade"], &kept["grades"][0]["grade"]),
        (&json!("C"), &json!("E"))
    );
    let then = served.get(&format!(
        "/api/sources?as_of={}",
        before.as_u64().unwrap() - 1
    ));
    assert_eq!(then.json()[0]["grades"], Value::Null);
    for (path, body, status) in [
        ("/api/sources/S9/grades", grade.clone(), 404),
        (
            "/api/sources/S1/grades",
            json!({ "grade": "G", "reason": "x" }),
            422,
        ),
        (
            "/api/sources/S1/grades",
            json!({ "grade": "A", "reason": " " }),
            422,
        ),
        (
            "/api/sources/S1/ties",
            json!({ "tie": "belongs-to", "to": "S1" }),
            422,
        ),
        (
            "/api/sources/S1/aliases",
            json!({ "name": "x", "from": "2026", "until": "2025" }),
            422,
        ),
        (
            "/api/sources/S1/observations",
            json!({ "state": "live", "proof_items": [9] }),
            404,
        ),
    ] {
        assert_eq!(served.post(path, &body).status, status, "{path} {body}");
    }
}

#[test]
fn a_series_is_begun_and_filled() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let begun = entered(&served, "/api/series", &json!({ "name": "dawn" }));
    assert_eq!(begun["number"], "G1");
    let place = json!({ "item": 1, "position": 2, "label": "Part 2" });
    entered(&served, "/api/series/G1/items", &place);
    let kept = served.get("/api/series").json();
    assert_eq!(kept[0]["items"][0]["position"], 2);
    for (path, body, status) in [
        ("/api/series/G1/items", place, 409),
        (
            "/api/series/G7/items",
            json!({ "item": 1, "position": 1 }),
            404,
        ),
        ("/api/series", json!({ "name": "x", "source": "S4" }), 404),
    ] {
        assert_eq!(served.post(path, &body).status, status, "{path} {body}");
    }
}
