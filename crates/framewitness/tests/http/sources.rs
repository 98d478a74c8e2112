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
    let lines = served.get("/api/sources/timelines?source=S1").json();
    let kinds: Vec<&Value> = { lines[0]["events"].as_array().unwrap().iter() }
        .map(|it| &it["kind"])
        .collect();
    assert_eq!(kinds, ["name", "state", "capture", "capture", "tie"]);
    assert_eq!(lines[0]["events"][2]["item"], "#1");
    let every = served.get("/api/sources/timelines").json();
    assert_eq!(every.as_array().unwrap().len(), 2);
    for (source, status) in [("S9", 404), ("nobody", 422)] {
        let path = format!("/api/sources/timelines?source={source}");
        assert_eq!(served.get(&path).status, status, "{path}");
    }
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

#[test]
fn a_file_is_kept_and_proves_a_state() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let source = json!({ "name": "@nobody", "kind": "account" });
    entered(&served, "/api/sources", &source);
    let page = b"<script>alert(1)</script>";
    let kept = served.post_bytes("/api/proofs?name=profile.html", page);
    assert_eq!(kept.status, 200);
    let kept = kept.json();
    assert_eq!(kept["form"], "blob");
    let file = json!({ "blob": kept["blob"], "name": kept["name"] });
    let state = json!({ "state": "suspended", "proof_files": [file] });
    let seen = entered(&served, "/api/sources/S1/observations", &state);
    assert_eq!(seen["observations"][0]["proof"], json!([kept]));
    let id = kept["blob"].as_str().unwrap();
    for named in [id, "profile.html"] {
        let file = served.get(&format!("/api/sources/S1/proofs/{named}"));
        assert_eq!((file.status, file.body.as_slice()), (200, page.as_slice()));
        // What strangers wrote is saved, and never shown as a page of ours.
        assert_eq!(file.header("content-disposition"), Some("attachment"));
        assert_eq!(
            file.header("content-type"),
            Some("application/octet-stream")
        );
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    }
    let before = served.get("/api/journal").json()["size"].as_u64().unwrap() - 2;
    let then = served.get(&format!("/api/sources/S1/proofs/{id}?as_of={before}"));
    assert_eq!(then.status, 404);
    for (path, status) in [
        ("/api/sources/S2/proofs/profile.html", 404),
        ("/api/sources/S1/proofs/other.html", 404),
    ] {
        assert_eq!(served.get(path).status, status, "{path}");
    }
    assert_eq!(served.post_bytes("/api/proofs?name=a/b", page).status, 422);
    assert_eq!(served.post_bytes("/api/proofs", page).status, 400);
    let nowhere = json!({ "blob": format!("sha256:{}", "0".repeat(64)), "name": "x" });
    let state = json!({ "state": "live", "proof_files": [nowhere] });
    let answer = served.post("/api/sources/S1/observations", &state);
    assert_eq!(answer.status, 404);
}
