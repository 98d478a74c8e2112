//! Headers of every kind of answer.

use serde_json::json;

use crate::served::Served;

#[test]
fn every_answer_is_guarded() {
    let served = Served::with(&["odd/rotated.mp4"]);
    for path in [
        "/",
        "/nowhere",
        "/assets/none.js",
        "/api/case",
        "/api/items/1/frames/0.png",
        "/api/items/1/pixels/0",
        "/api/items/9",
        "/api/nowhere",
    ] {
        let answer = served.get(path);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name} of {path}");
        }
        assert_eq!(
            answer.header("content-security-policy"),
            Some(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
                 font-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            ),
            "{path}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert!(answer.header("cache-control").is_some(), "{path}");
    }
}

#[test]
fn nothing_recorded_is_kept_by_the_browser() {
    let served = Served::with(&["odd/rotated.mp4"]);
    for path in [
        "/api/case",
        "/api/items",
        "/api/items/1/record",
        "/api/journal",
        "/api/items/9",
    ] {
        assert_eq!(
            served.get(path).header("cache-control"),
            Some("no-store"),
            "{path}"
        );
    }
}

#[test]
fn a_report_on_paper_is_a_file_of_the_same_state() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let paper = served.get("/api/items/1/report.pdf");
    assert_eq!(paper.status, 200);
    assert_eq!(paper.header("content-type"), Some("application/pdf"));
    assert_eq!(
        paper.header("content-disposition"),
        Some("attachment; filename=\"report-1.pdf\"")
    );
    assert!(paper.body.starts_with(b"%PDF-1.7"));
    let html = served.get("/api/items/1/report.html");
    assert_eq!(paper.header("x-content-id"), html.header("x-content-id"));
    let entries = served.get("/api/case").json()["entries"].as_u64();
    let own = entries.expect("a number") - 1;
    let then = format!("/api/items/1/report.pdf?as_of={own}");
    assert_eq!(served.get(&then).body, paper.body);
}

#[test]
fn a_report_is_a_file_and_may_do_nothing_when_opened_here() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let seen = served.post(
        "/api/items/1/observations",
        &json!({ "text": "<script>alert(1)</script>", "first": 2 }),
    );
    assert_eq!(seen.status, 200);
    let report = served.get("/api/items/1/report.html");
    assert_eq!(report.status, 200);
    assert_eq!(
        report.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(
        report.header("content-disposition"),
        Some("attachment; filename=\"report-1.html\"")
    );
    let policy = report.header("content-security-policy").expect("a policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'"),
        "{policy}"
    );
    let html = String::from_utf8(report.body.clone()).expect("text");
    assert!(
        html.contains("&#60;script&#62;alert(1)"),
        "markup of strangers is text"
    );
    assert!(!html.contains("<script"));
    assert!(
        html.contains("id=\"frame-2\""),
        "the cited frame is a figure"
    );
    let kept = report.header("x-content-id").expect("an id").to_owned();
    let journal = served.get("/api/journal?from=0&count=1000").json();
    let last = journal["entries"]
        .as_array()
        .expect("entries")
        .last()
        .expect("an entry")
        .clone();
    assert_eq!(
        (last["kind"].as_str(), last["body"]["report"].as_str()),
        (Some("report.written"), Some(kept.as_str()))
    );
}
