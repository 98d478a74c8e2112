//! Reviews of items and judgements of resemblance, through the server.

use serde_json::json;

use crate::served::Served;

#[test]
fn reviews_and_resemblances_are_recorded_and_refused_as_on_the_command_line() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let review =
        |codes: &[&str]| json!({ "reviewer": "Ada", "codes": codes, "reasons": "the shadows" });
    let refused = served.post(
        "/api/items/1/media-reviews",
        &review(&["OriginalMediaContent", "TransformedContent"]),
    );
    assert_eq!(refused.status, 422);
    let made = served.post("/api/items/1/media-reviews", &review(&["StagedContent"]));
    assert_eq!(made.json()["number"], "V1");
    let again = served.post("/api/items/1/media-reviews", &review(&["StagedContent"]));
    assert_eq!(again.status, 409);
    let side = |frame: u32| json!({ "item": 1, "frame": frame, "region": { "x": 1, "y": 2, "width": 3, "height": 4 } });
    let judged = json!({
        "one": side(1), "other": side(4), "subject": "the door", "judge": "Ada", "degree": "inconclusive",
        "features": ["hinges"], "reasons": "too dark", "limits": "light",
    });
    let made = served.post("/api/resemblances", &judged).json();
    assert_eq!(made["number"], "R1");
    assert_eq!(made["other"]["span"]["first"]["no"], 4);
    let record = served.get("/api/items/1/record").json();
    assert_eq!(record["media_reviews"][0]["contradicts"], json!([]));
    assert_eq!(record["resemblances"][0]["degree"], "inconclusive");
    assert_eq!(served.get("/api/resemblances").json()[0]["number"], "R1");
    assert_eq!(served.get("/api/resemblances?as_of=2").json(), json!([]));
    let far = json!({ "item": 1, "frame": 99_999, "region": { "x": 1, "y": 2, "width": 3, "height": 4 } });
    let mut wrong = judged.clone();
    wrong["one"] = far;
    assert_eq!(served.post("/api/resemblances", &wrong).status, 404);
    let seen = served.post(
        "/api/items/1/observations",
        &json!({ "text": "turns", "keyframes": [
            { "frame": 1, "shape": { "box": { "x": 1, "y": 2, "width": 3, "height": 4 } } },
            { "frame": 4, "shape": { "box": { "x": 7, "y": 2, "width": 3, "height": 4 } } },
        ] }),
    );
    assert_eq!(seen.json()["tracked"]["keyframes"][1]["frame"]["no"], 4);
}
