//! Erasing the bytes of an item through the server.

use serde_json::json;

use crate::served::Served;

#[test]
fn an_item_is_removed_once_it_is_free_and_confirmed() {
    let served = Served::with(&["odd/rotated.mp4"]);
    served.post(
        "/api/items/1/observations",
        &json!({ "text": "a shadow", "first": 4 }),
    );
    let entry = served.get("/api/case").json()["entries"].as_u64().unwrap() - 1;
    let plan = served.get("/api/items/1/removal").json();
    assert_eq!(plan["citing"][0]["number"], "O1");
    let order = |confirm: &str| json!({ "ground": "safety", "reason": "a witness is shown", "confirm": confirm });
    let used = served.post("/api/items/1/removal", &order("#1"));
    assert_eq!(used.status, 409);
    assert!(used.json()["hint"].as_str().unwrap().contains("undo"));
    served.post(
        &format!("/api/journal/{entry}/undo"),
        &json!({ "reason": "freed" }),
    );
    assert_eq!(served.get("/api/items/1/frames/4.png").status, 200);
    assert_eq!(
        served.post("/api/items/1/removal", &order("#2")).status,
        422
    );
    let removed = served.post("/api/items/1/removal", &order("#1"));
    assert_eq!(removed.status, 200);
    assert_eq!(removed.json()["ground"], "safety");
    let detail = served.get("/api/items/1").json();
    assert_eq!(detail["summary"]["removed"]["reason"], "a witness is shown");
    assert!(detail["facts"].is_null());
    for gone in [
        "/api/items/1/frames",
        "/api/items/1/frames/4.png",
        "/api/items/1/pixels/4",
        "/api/items/1/thumbnails/0.png",
        "/api/items/1/stored",
        "/api/items/1/waveform?from_s=0&to_s=1",
        "/api/items/1/span.zip?from=4&to=6&as=png",
        "/api/items/1/removal",
        &format!("/api/items/1/frames/4.png?as_of={entry}"),
    ] {
        let answer = served.get(gone);
        assert_eq!(answer.status, 404, "{gone}");
        let told = answer.json()["error"].to_string();
        assert!(told.contains("was removed by"), "{gone}: {told}");
    }
    assert_eq!(served.get("/api/removals").json()[0]["number"], "#1");
    assert_eq!(served.get("/api/items/1/report.html").status, 200);
    let verified = served.post("/api/verify", &json!({})).json();
    assert_eq!(
        (&verified["ok"], &verified["removed"][0]["number"]),
        (&json!(true), &json!("#1"))
    );
}
