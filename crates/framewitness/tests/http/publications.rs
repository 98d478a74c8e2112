//! What leaves the case, through the server.

use serde_json::json;

use crate::client::ask;
use crate::served::Served;

#[test]
fn a_draft_is_read_and_its_bundle_sent() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let made = served.post(
        "/api/items/1/claims",
        &json!({ "relation": "about", "text": "this morning" }),
    );
    assert_eq!(made.json()["number"], "C1");
    let draft = |selected: &[&str]| json!({ "title": "Square", "summary": "Older.", "editor": "Ada", "selected": selected });
    assert_eq!(
        served.post("/api/publications", &draft(&["C9"])).status,
        404
    );
    assert_eq!(served.post("/api/publications", &draft(&[])).status, 422);
    let drafted = served.post("/api/publications", &draft(&["C1"])).json();
    assert_eq!(drafted["number"], "B1");
    let shown = served.get("/api/publications/B1").json();
    let resolve = &shown["refusals"][0]["resolve"];
    assert_eq!(resolve, "select #1 too, or leave C1 out", "{shown}");
    assert_eq!(shown["refusals"][0]["missing"], "#1");
    assert_eq!(shown["refusals"][0]["page"], "#/items/1");
    assert_eq!(shown["approvers"], json!(["Ada"]));
    assert_eq!(served.get("/api/publications/B7").status, 404);
    assert_eq!(
        served.post("/api/publications/B1/seal", &json!({})).status,
        409
    );
    let mut revised = draft(&["#1", "C1"]);
    revised["supersedes"] = "B1".into();
    let revised = served.post("/api/publications", &revised).json();
    let word = |draft: &serde_json::Value| json!({ "draft": draft, "approved": true });
    let other = served.post("/api/publications/B2/reviews", &word(&drafted["digest"]));
    assert_eq!(other.status, 409, "another draft was read");
    let seal = || served.post("/api/publications/B2/seal", &json!({}));
    assert_eq!(seal().status, 409, "nobody read it");
    served.post("/api/publications/B2/reviews", &word(&revised["digest"]));
    let bundle = seal();
    assert_eq!(bundle.status, 200);
    let folder = tempfile::tempdir().unwrap();
    let archive = unpack(&bundle.body, folder.path());
    let unpacked = folder.path().join("publication-B2");
    let trust = workbench::witness::Trust::default();
    let mut going = |_, _| std::ops::ControlFlow::Continue(());
    let checked = workbench::publication::check_bundle(&unpacked, &[], &trust, &mut going);
    let checked = checked.unwrap();
    assert!(checked.ok, "{:?}", checked.damage);
    comes_in(&archive);
    let listed = served.get("/api/publications").json();
    let manifest = listed[1]["sealed"]["manifest"].as_str().unwrap();
    assert!(manifest.starts_with("sha256:"));
    let reason = json!({ "reason": "early" });
    assert_eq!(
        served.post("/api/publications/B2/withdraw", &reason).status,
        409
    );
    assert_eq!(served.get("/api/publications?as_of=2").json(), json!([]));
    assert_eq!(seal().body, bundle.body, "the same bytes again");
    let locked = |recipient: &str| {
        let body = json!({ "recipients": [recipient] });
        served.post("/api/publications/B2/seal", &body)
    };
    assert_eq!(locked("age1nobody").status, 422);
    let locked = locked("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
    assert_eq!(
        locked.header("content-type"),
        Some("application/octet-stream")
    );
    assert!(
        locked
            .body
            .starts_with(b"age-encryption.org/v1\n-> X25519 ")
    );
    assert!(locked.body.len() > bundle.body.len());
}

#[test]
fn what_would_leave_is_shown_first_and_runs_nothing() {
    let served = Served::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    let claim = |item: u32, text: &str| {
        let new = json!({ "relation": "about", "text": text, "first": 3 });
        served.post(&format!("/api/items/{item}/claims"), &new)
    };
    claim(1, "<script>alert(1)</script>");
    claim(2, "zq-kept");
    let draft = json!({
        "title": "Square", "question": "Whose?", "summary": "Older.", "editor": "Ada", "selected": ["#1", "C1"],
    });
    let drafted = served.post("/api/publications", &draft).json();
    let preview = served.get("/api/publications/B1/preview").json();
    let files = preview["files"].as_array().unwrap();
    let behind: Vec<&str> = preview["behind"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    assert!(
        behind.contains(&"#2") && behind.contains(&"C2") && behind.contains(&"F:#1:1"),
        "{behind:?}"
    );
    assert!(
        !behind.contains(&"#1") && !behind.contains(&"C1"),
        "{behind:?}"
    );

    let file = |path: &str| {
        let path = path.replace('/', "%2F");
        served.get(&format!("/api/publications/B1/preview/{path}"))
    };
    assert_eq!(drafted["question"], "Whose?");
    let cover = String::from_utf8(file("data/report.html").body).unwrap();
    assert!(cover.contains("<h2 id=\"asked-h\">What was asked</h2>"));
    let page = file("data/report-item-1.html");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.header("x-frame-options"), Some("SAMEORIGIN"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("sandbox allow-same-origin; default-src 'none'"),
        "{policy}"
    );
    assert!(!policy.contains("script"), "{policy}");
    let neighbour = file("report-item-1.html");
    assert_eq!(
        neighbour.body, page.body,
        "as a link of the first page asks for it"
    );
    assert_eq!(file("data/none.html").status, 404);
    assert_eq!(served.get("/api/publications/B9/preview").status, 404);

    // What was shown is what leaves, but for the word of the reader.
    served.post(
        "/api/publications/B1/reviews",
        &json!({ "draft": drafted["digest"], "approved": true }),
    );
    let listed = served.get("/api/publications/B1/preview").json();
    let bundle = served.post("/api/publications/B1/seal", &json!({}));
    let folder = tempfile::tempdir().unwrap();
    unpack(&bundle.body, folder.path());
    for one in listed["files"].as_array().unwrap() {
        let path = one["path"].as_str().unwrap();
        let left = std::fs::read(folder.path().join("publication-B1").join(path)).unwrap();
        assert_eq!(one["size"], left.len(), "{path}");
        assert_eq!(file(path).body, left, "{path}");
    }
    let paths = |files: &[serde_json::Value]| {
        files
            .iter()
            .map(|it| it["path"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(files), paths(listed["files"].as_array().unwrap()));
}

/// Unpacks a bundle that was sent, and says where its archive is kept.
fn unpack(sent: &[u8], folder: &std::path::Path) -> std::path::PathBuf {
    let archive = folder.join("bundle.tar");
    std::fs::write(&archive, sent).expect("written");
    let mut unpack = std::process::Command::new("tar");
    unpack.arg("-xf").arg(&archive).arg("-C").arg(folder);
    assert!(unpack.status().expect("tar runs").success());
    archive
}

/// The same bundle in another team's case.
fn comes_in(archive: &std::path::Path) {
    let other = Served::with(&[]);
    let came = other.run(&["import", archive.to_str().expect("a path")]);
    assert!(came.status.success(), "{came:?}");
    let listed = other.get("/api/received").json();
    assert_eq!(listed[0]["number"], "U1");
    let shown = other.get("/api/received/U1").json();
    assert_eq!(shown["records"]["claims"][0]["text"], "this morning");
    assert_eq!(shown["linked"][0]["item"], serde_json::Value::Null);
    assert_eq!(other.get("/api/received/U1/check").json()["ok"], true);
    let bundle = other.get("/api/received/U1/bundle");
    assert_eq!(bundle.status, 200);
    assert!(bundle.body.len() > 10_000);
    for path in ["", "/check", "/bundle"] {
        assert_eq!(other.get(&format!("/api/received/U2{path}")).status, 404);
    }
    assert_eq!(other.get("/api/received?as_of=1").json(), json!([]));
}

#[test]
fn a_bundle_that_is_handed_over_comes_in_whole_or_not_at_all() {
    let desk = Served::with(&["odd/rotated.mp4"]);
    for line in [
        &["observe", "1", "no impact", "--frame", "3"][..],
        &[
            "publish",
            "draft",
            "#1",
            "O1",
            "--title",
            "Square",
            "--summary",
            "Older.",
            "--originals",
        ],
        &["publish", "review", "B1", "--approve"],
    ] {
        assert!(desk.run(line).status.success(), "{line:?}");
    }
    let sent = desk.post("/api/publications/B1/seal", &json!({})).body;
    let other = Served::with(&[]);
    let entries = || other.get("/api/case").json()["entries"].clone();
    let before = entries();
    let refused = |path: &str, bytes: &[u8], status: u16, why: &str| {
        let answer = other.post_bytes(path, bytes);
        let told = answer.json()["error"].to_string();
        assert!(
            answer.status == status && told.contains(why),
            "{why}: {told}"
        );
        assert_eq!(entries(), before, "{why}");
        assert!(!other.path("case/scratch/received").exists(), "{why}");
    };
    let mut broken = sent.clone();
    let at = { sent.windows(9) }
        .position(|it| it == b"no impact")
        .unwrap();
    broken[at] ^= 1;
    refused("/api/received", &broken, 422, "is not what it was");
    refused("/api/received", &sent[..sent.len() / 2], 422, "");
    refused("/api/received", b"", 422, "no archive of one bundle");
    refused(
        "/api/received?signer=SHA256:AAAA",
        &sent,
        422,
        "is not signed by the key",
    );
    refused(
        "/api/received",
        b"age-encryption.org/v1\n-> X25519 x",
        422,
        "is encrypted",
    );
    let long = [
        ("host", other.host()),
        ("cookie", other.cookie().to_owned()),
        ("x-framewitness", "1".to_owned()),
        ("content-length", (17_u64 << 30).to_string()),
    ];
    let long = long.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = ask(other.address, "POST", "/api/received", &long, b"");
    assert_eq!(answer.status, 413);

    let path = "/api/received?from=https://example.org/b&note=sent%20by%20them";
    let came = other.post_bytes(path, &sent);
    assert_eq!(came.status, 200, "{}", came.json());
    let came = came.json();
    assert_eq!(
        (&came["number"], &came["new"], &came["linked"][0]["item"]),
        (&json!("U1"), &json!(true), &json!("#1"))
    );
    let kept = other.get("/api/received/U1").json();
    assert_eq!(
        (&kept["origin"], &kept["note"]),
        (&json!("https://example.org/b"), &json!("sent by them"))
    );
    assert_eq!(other.post_bytes(path, &sent).json()["new"], false);
    assert_eq!(
        other.post_bytes(&format!("{path}&as_of=1"), &sent).status,
        422
    );
    assert!(other.run(&["verify"]).status.success());
}
