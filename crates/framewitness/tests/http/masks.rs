//! Masks through the server.

use serde_json::json;

use crate::record::entered;
use crate::served::Served;

#[test]
fn masks_are_drawn_revised_and_confirmed_through_the_server() {
    let served = Served::with(&["odd/rotated.mp4"]);
    entered(
        &served,
        "/api/people",
        &json!({ "description": "girl", "roles": ["minor"] }),
    );
    let seen = json!({ "item": 1, "first": 3, "last": 5 });
    entered(&served, "/api/people/P1/appearances", &seen);
    let owed = served.get("/api/items/1/masks/owed").json();
    assert_eq!(owed["unmasked"][0]["last"], 5);
    assert_eq!(owed["audible"], json!([]));
    let shape = |x| json!({ "box": { "x": x, "y": 0, "width": 30, "height": 40 } });
    let moving = json!({
        "keyframes": [{ "frame": 3, "shape": shape(0) }, { "frame": 5, "shape": shape(20) }],
        "ellipse": true, "protects": ["P1"], "reason": "a child",
    });
    let drawn = entered(&served, "/api/items/1/masks", &moving);
    assert_eq!(
        (&drawn["number"], &drawn["cover"]["shape"]),
        (&json!("X1"), &json!("ellipse"))
    );
    let revised = entered(
        &served,
        "/api/masks/X1/revision",
        &json!({ "method": "blur", "reason": "softer" }),
    );
    assert_eq!(
        (&revised["supersedes"], &revised["cover"]["method"]),
        (&json!("X1"), &json!("blur"))
    );
    entered(&served, "/api/masks/X2/confirmations", &json!({}));
    let owed = served.get("/api/items/1/masks/owed").json();
    assert_eq!(
        (
            &owed["unmasked"],
            &owed["unconfirmed"],
            &owed["can_be_undone"]
        ),
        (&json!([]), &json!([]), &json!(["X2"]))
    );
    let listed = served.get("/api/items/1/masks").json();
    assert_eq!(
        (&listed["format"], &listed["masks"][0]["number"]),
        (&json!("framewitness-masks/1"), &json!("X2"))
    );
    assert_eq!(
        served.get("/api/masks?item=1").json()[0]["superseded_by"],
        "X2"
    );
    for (path, body, status) in [
        ("/api/masks/X2/confirmations", json!({}), 409),
        ("/api/masks/X1/confirmations", json!({}), 409),
        ("/api/masks/X9/confirmations", json!({}), 404),
        ("/api/items/9/masks", json!({ "reason": "x" }), 404),
        ("/api/items/1/masks", json!({ "reason": " " }), 422),
        (
            "/api/items/1/masks",
            json!({ "reason": "x", "first": 1, "sound": { "from": "1s", "to": "2s" } }),
            422,
        ),
    ] {
        assert_eq!(served.post(path, &body).status, status, "{path} {body}");
    }
}

#[test]
fn a_masked_copy_is_rendered_and_fetched_through_the_server() {
    let served = Served::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    let still = json!({ "first": 3, "last": 5, "region": { "x": 10, "y": 10, "width": 40, "height": 60 }, "reason": "face" });
    entered(&served, "/api/items/1/masks", &still);
    let made = entered(
        &served,
        "/api/items/1/renderings",
        &json!({ "form": "mp4" }),
    );
    assert_eq!(
        (&made["number"], &made["leaks"], &made["current"]),
        (&json!("Y1"), &json!(0), &json!(true))
    );
    let listed = served.get("/api/items/1/renderings").json();
    assert_eq!(listed[0]["report"]["masked_frames"], 3);
    let file = served.get("/api/renderings/Y1/file");
    assert_eq!(file.body.len() as u64, made["size"].as_u64().unwrap());
    assert_eq!(file.body[4..8], *b"ftyp");
    assert_eq!(served.get("/api/renderings/Y2/file").status, 404);
    let before = served.get("/api/case").json()["entries"].clone();
    let checked = served.post("/api/renderings/Y1/check", &json!({})).json();
    assert_eq!(checked["report"], made["report"]);
    assert_eq!(served.get("/api/case").json()["entries"], before);
    assert_eq!(
        served.post("/api/renderings/Y2/check", &json!({})).status,
        404
    );
    let done = served.get("/api/items/1/renderings/progress");
    assert_eq!((done.status, done.json()), (200, json!(null)));
    assert_eq!(served.get("/api/items/9/renderings/progress").status, 404);
    let other = json!({ "form": "gif" });
    assert_eq!(served.post("/api/items/1/renderings", &other).status, 422);

    // Where it would leave, the cover leads to it, by a link that holds in the bundle and in what is shown before.
    let draft = json!({ "title": "x", "summary": "y", "editor": "Ada", "selected": ["#1", "#2"], "masked": true });
    entered(&served, "/api/publications", &draft);
    let previewed = |path: &str| served.get(&format!("/api/publications/B1/preview/{path}"));
    let cover = String::from_utf8(previewed("data%2Freport.html").body).unwrap();
    assert!(cover.contains("href=\"masked/item-1.json\""), "{cover}");
    assert!(!cover.contains("masked/item-2"), "none was rendered of it");
    let beside = previewed("masked/item-1.json");
    assert_eq!(
        beside.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(beside.json()["check"], made["report"]);
    assert_eq!(previewed("data/masked/item-1.json").body, beside.body);
    assert_eq!(previewed("masked/item-2.json").status, 404);
}

#[test]
fn a_box_is_followed_through_the_server() {
    let served = Served::with(&["clips/city-repost.mp4"]);
    let followed = json!({
        "frame": 10, "region": { "x": 60, "y": 40, "width": 50, "height": 50 }, "from": 6, "to": 14, "margin": 2,
        "reason": "a sign",
    });
    let drawn = entered(&served, "/api/items/1/masks/follow", &followed);
    let proposed = drawn["proposed_by"].as_str().unwrap();
    assert!(
        proposed.ends_with("from 60,40,50,50 on frame 10, margin 2"),
        "{proposed}"
    );
    let span = &drawn["cover"]["span"];
    assert!(
        span["first"]["no"].as_u64().unwrap() >= 6 && span["last"]["no"].as_u64().unwrap() <= 14
    );
    let mut outside = followed;
    outside["from"] = 12.into();
    assert_eq!(
        served.post("/api/items/1/masks/follow", &outside).status,
        422
    );
}
