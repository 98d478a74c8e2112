//! The shape of each answer, and of each refusal.

use serde_json::{Value, json};

use crate::client::ask;
use crate::served::Served;

fn has(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(value.get(field).is_some(), "{field} in {value}");
    }
}

#[test]
fn every_question_has_an_answer_of_its_shape() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let case = served.get("/api/case").json();
    assert_eq!(
        (&case["name"], &case["actor"], &case["items"]),
        (&json!("Served"), &json!("Ada"), &json!(1))
    );
    has(&case, &["entries", "head"]);
    has(&case["head"], &["size", "root"]);
    let items = served.get("/api/items").json()["items"].take();
    assert_eq!(items[0]["number"], "#1");
    has(
        &items[0],
        &[
            "id",
            "name",
            "size",
            "frame_count",
            "duration_s",
            "width",
            "height",
            "codec",
            "thumbnails",
            "findings",
            "claims",
            "assessments",
            "matches",
            "acquired_at",
        ],
    );
    let detail = served.get("/api/items/1").json();
    has(
        &detail,
        &[
            "summary",
            "item",
            "facts",
            "findings",
            "time_base",
            "display",
            "thumbnails",
            "shots",
        ],
    );
    assert!(
        detail["display"]["height"].as_u64() > detail["display"]["width"].as_u64(),
        "shown upright"
    );
    let shots = detail["shots"].as_array().expect("shots");
    assert_eq!(
        (&shots[0]["first"], &shots[shots.len() - 1]["last"]),
        (
            &json!(0),
            &json!(items[0]["frame_count"].as_u64().expect("a number") - 1)
        )
    );
    let frames = served.get("/api/items/1/frames?from=2&count=3").json();
    assert_eq!(frames["frames"].as_array().map(Vec::len), Some(3));
    has(
        &frames["frames"][0],
        &[
            "no",
            "pts",
            "at_s",
            "duration_s",
            "type",
            "key",
            "damaged",
            "sample",
            "position",
            "size",
            "hash",
        ],
    );
    assert_eq!(frames["frames"][0]["no"], 2);
    let times: Vec<f64> = served.get("/api/items/1/frames").json()["frames"]
        .as_array()
        .expect("frames")
        .iter()
        .filter_map(|row| row["at_s"].as_f64())
        .collect();
    assert!(
        times.is_sorted() && times[0] == 0.0,
        "time starts at the first frame and never runs back"
    );
    has(
        &served.get("/api/items/1/record").json(),
        &["claims", "observations", "hypotheses", "assessments"],
    );
    assert_eq!(served.get("/api/matches?item=1").json(), json!([]));
    assert_eq!(served.get("/api/sources").json(), json!([]));
    let journal = served.get("/api/journal?from=1&count=1").json();
    assert_eq!(journal["entries"].as_array().map(Vec::len), Some(1));
    has(
        &journal["entries"][0],
        &["seq", "at", "actor", "kind", "summary", "hash", "body"],
    );
    has(
        &served.post("/api/verify", &json!({})).json(),
        &["ok", "blobs", "entries", "problems"],
    );
    assert_eq!(
        served.get("/api/openapi.json").json()["info"]["title"],
        "Framewitness"
    );
}

#[test]
fn shared_footage_is_listed_with_names_and_seconds() {
    let served = Served::with(&["clips/cityCC0.mpg", "clips/city-repost.mp4"]);
    served.run(&["match"]);
    let matches = served.get("/api/matches").json();
    let found = &matches[0];
    has(
        found,
        &[
            "number",
            "query_name",
            "reference_name",
            "query_seconds",
            "reference_seconds",
            "score",
        ],
    );
    assert_eq!(
        (&found["query_name"], &found["reference_name"]),
        (&json!("city-repost.mp4"), &json!("cityCC0.mpg"))
    );
    let at = found["reference_seconds"][0].as_f64().expect("seconds");
    assert!(
        (at - 1.0).abs() < 0.5,
        "the repost starts at frame 25, one second in: {at}"
    );
    assert_eq!(served.get("/api/matches?item=2").json(), matches);
}

#[test]
fn nothing_else_answers() {
    let served = Served::with(&["odd/rotated.mp4"]);
    for path in [
        "/api",
        "/api/",
        "/api/items/",
        "/api/items/1/",
        "/api/case/x",
        "/api/items/1/report.docx",
        "/../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2f..%2fCargo.toml",
        "//etc/passwd",
        "/index.html/x",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.json()["error"].is_string(), "{path}");
    }
    for item in [
        "0",
        "2",
        "-1",
        "1.0",
        "01x",
        "%00",
        "'",
        "4294967296",
        "18446744073709551616",
        "..",
        "%2e%2e",
        "rotated.mp4",
    ] {
        assert_eq!(
            served.get(&format!("/api/items/{item}/record")).status,
            404,
            "{item:?}"
        );
    }
    for query in ["from=-1", "from=x", "count=99999999999", "from=1&from=2"] {
        assert_eq!(
            served.get(&format!("/api/items/1/frames?{query}")).status,
            400,
            "{query}"
        );
    }
    assert_eq!(
        served
            .get("/api/items/1/frames?from=4294967295&count=4294967295")
            .json()["frames"],
        json!([])
    );
    assert_eq!(
        served.get("/api/journal?from=18446744073709551615").json()["entries"],
        json!([])
    );
}

#[test]
fn methods_and_bodies_are_what_they_should_be() {
    let served = Served::with(&[]);
    let host = served.host();
    let send = |method: &str, path: &str, kind: &str, body: &[u8]| {
        let headers = [
            ("host", host.as_str()),
            ("cookie", served.cookie()),
            ("x-framewitness", "1"),
            ("content-type", kind),
        ];
        let answer = ask(served.address, method, path, &headers, body);
        assert!(answer.json()["error"].is_string(), "{method} {path}");
        answer.status
    };
    for (method, path) in [
        ("POST", "/api/case"),
        ("GET", "/api/verify"),
        ("DELETE", "/api/sources"),
        ("PUT", "/api/items/1"),
        ("POST", "/"),
        ("PATCH", "/api/claims/C1/status"),
    ] {
        assert_eq!(
            send(method, path, "application/json", b""),
            405,
            "{method} {path}"
        );
    }
    let json = "application/json";
    assert_eq!(send("POST", "/api/sources", json, b"{"), 400);
    assert_eq!(send("POST", "/api/sources", json, b"\xff\xfe"), 400);
    assert_eq!(
        send("POST", "/api/sources", "text/plain", b"{}"),
        415,
        "a form of another site cannot say JSON"
    );
    assert_eq!(send("POST", "/api/sources", json, b"{}"), 422);
    let long = format!(
        "{{\"name\":\"{}\",\"kind\":\"account\"}}",
        "x".repeat(300 * 1024)
    );
    assert_eq!(send("POST", "/api/sources", json, long.as_bytes()), 413);
}

#[test]
fn the_page_is_there_or_says_how_to_make_it() {
    let served = Served::with(&[]);
    let page = served.get("/");
    let text = String::from_utf8(page.body.clone()).expect("text");
    match page.status {
        200 => assert!(
            text.contains("<div id=\"page\">") && page.header("cache-control") == Some("no-cache")
        ),
        503 => assert!(text.contains("make web")),
        other => panic!("{other}"),
    }
}

#[test]
fn hashes_go_out_and_lists_come_in() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let told = served.get("/api/items/1/hashes").json();
    assert_eq!(told["complete"], true);
    let frames = told["frames"].as_array().expect("frames");
    has(&frames[0], &["frame", "pts", "at_s", "hash", "quality"]);
    let (hash, last) = (&frames[0]["hash"], frames.len() - 1);
    let list = format!("{},known\n", hash.as_str().expect("a hash"));
    let sought = json!({ "list": list, "radius": 256, "item": 1 });
    let hits = served.post("/api/hashes/find", &sought).json();
    assert_eq!(hits[0]["label"], "known");
    assert_eq!((&hits[0]["distance"], &hits[0]["hash"]), (&json!(0), hash));
    assert_eq!(
        hits[0]["frames"],
        json!([0, last]),
        "every frame is within 256 bits"
    );
    let refused = served.post("/api/hashes/find", &json!({ "list": "no hash" }));
    assert_eq!(refused.status, 422);
}
