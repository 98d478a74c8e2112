//! Tags, notes and what to know before an item is opened, through the server.

use serde_json::json;

use crate::record::entered;
use crate::served::Served;

#[test]
fn tags_and_notes_come_and_go_through_the_server() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let tag = json!({ "on": "#1", "tag": "dawn" });
    assert_eq!(entered(&served, "/api/tags", &tag)["number"], "T1");
    assert_eq!(served.post("/api/tags", &tag).status, 409);
    let note = entered(
        &served,
        "/api/notes",
        &json!({ "on": "#1", "text": "look again" }),
    );
    assert_eq!(note["number"], "N1");
    let record = served.get("/api/items/1/record").json();
    assert_eq!(
        (&record["tags"][0]["tag"], &record["notes"][0]["text"]),
        (&json!("dawn"), &json!("look again"))
    );
    assert_eq!(served.get("/api/tags?on=%231").json()[0]["tag"], "dawn");
    assert_eq!(served.get("/api/notes?on=C1").json(), json!([]));
    let gone = json!({ "on": "#1", "tag": "dawn", "reason": "settled" });
    assert_eq!(
        entered(&served, "/api/tags/remove", &gone)["withdrawn"]["reason"],
        "settled"
    );
    entered(
        &served,
        "/api/notes/N1/remove",
        &json!({ "reason": "said" }),
    );
    for (path, body, status) in [
        ("/api/tags/remove", gone, 404),
        ("/api/notes/N1/remove", json!({ "reason": "x" }), 409),
        ("/api/notes/N2/remove", json!({ "reason": "x" }), 404),
        ("/api/tags", json!({ "on": "#1", "tag": " " }), 422),
        ("/api/notes", json!({ "on": "C1", "text": "x" }), 404),
        ("/api/items/1/content", json!({ "flags": ["scary"] }), 422),
        ("/api/items/9/content", json!({ "flags": [] }), 404),
    ] {
        assert_eq!(served.post(path, &body).status, status, "{path} {body}");
    }
    let content = json!({ "flags": ["graphic"], "note": "careful" });
    entered(&served, "/api/items/1/content", &content);
    let listed = served.get("/api/items").json()["items"][0].clone();
    assert_eq!(
        (&listed["flags"], &listed["content_note"]),
        (&json!(["graphic"]), &json!("careful"))
    );
}
