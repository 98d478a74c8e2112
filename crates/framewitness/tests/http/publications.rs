//! What leaves the case, through the server.

use serde_json::json;

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
    let resolve = shown["refusals"][0]["resolve"].as_str().unwrap();
    assert!(resolve.starts_with("select that item too"), "{shown}");
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
    let archive = folder.path().join("bundle.tar");
    std::fs::write(&archive, &bundle.body).unwrap();
    let mut unpack = std::process::Command::new("tar");
    unpack.arg("-xf").arg(&archive).arg("-C").arg(folder.path());
    assert!(unpack.status().unwrap().success());
    let checked =
        workbench::publication::check_bundle(&folder.path().join("publication-B2"), &[], &[]);
    let checked = checked.unwrap();
    assert!(checked.ok, "{:?}", checked.damage);
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
}
