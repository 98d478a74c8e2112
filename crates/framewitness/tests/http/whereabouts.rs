//! Dates, places and ratings, through the server.

use serde_json::json;

use crate::record::entered;
use crate::served::Served;

#[test]
fn when_and_where_are_judged_through_the_server() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let claim = json!({ "relation": "about", "text": "at noon", "language": "en" });
    entered(&served, "/api/items/1/claims", &claim);
    let rating = json!({ "credibility": "4", "reason": "the shadow" });
    let rated = entered(&served, "/api/claims/C1/ratings", &rating);
    assert_eq!(rated["ratings"][0]["credibility"], "4");
    let date = json!({
        "from": "2026-05-03", "footing": "claimed", "grounds": [{ "kind": "claim", "cites": "C1" }], "reason": "so",
    });
    let made = entered(&served, "/api/items/1/dates", &date);
    assert_eq!(
        (&made["number"], &made["precision"]),
        (&json!("D1"), &json!("day"))
    );
    let mut revision = date.clone();
    revision["until"] = json!("2026-05-04");
    revision["supersedes"] = json!("D1");
    entered(&served, "/api/items/1/dates", &revision);
    let place = json!({
        "name": "square", "position": { "latitude_e7": 506_412_000, "longitude_e7": 299_231_000, "radius_m": 50 },
        "precision": "point", "footing": "established", "grounds": [{ "kind": "landmarks", "cites": null }],
        "reason": "the kiosk", "first": 7,
    });
    let made = entered(&served, "/api/items/1/places", &place);
    assert_eq!(
        (&made["number"], &made["pin"]["span"]["first"]["no"]),
        (&json!("L1"), &json!(7))
    );
    let record = served.get("/api/items/1/record").json();
    assert_eq!(record["dates"][0]["superseded_by"], "D2");
    assert_eq!(record["places"][0]["position"]["radius_m"], 50);
    assert_eq!(
        served.get("/api/dates").json().as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(served.get("/api/places").json()[0]["number"], "L1");
    let everywhere = served.get("/api/whereabouts").json();
    assert_eq!(everywhere["dates"], served.get("/api/dates").json());
    assert_eq!(everywhere["places"], served.get("/api/places").json());
    let item =
        json!({ "id": record["dates"][0]["pin"]["item"], "number": "#1", "name": "rotated.mp4" });
    assert_eq!(everywhere["items"], json!([item]));
    let with = |body: &serde_json::Value, key: &str, value: serde_json::Value| {
        let mut body = body.clone();
        body[key] = value;
        body
    };
    for (path, body, status) in [
        ("/api/items/1/dates", revision, 409),
        ("/api/items/9/dates", date.clone(), 404),
        ("/api/items/1/dates", with(&date, "grounds", json!([])), 422),
        (
            "/api/items/1/dates",
            with(&date, "from", json!("noon")),
            422,
        ),
        (
            "/api/items/1/places",
            with(&place, "position", json!(null)),
            422,
        ),
        (
            "/api/items/1/places",
            with(
                &place,
                "position",
                json!({ "latitude_e7": i64::MIN, "longitude_e7": 0 }),
            ),
            422,
        ),
        (
            "/api/claims/C1/ratings",
            json!({ "credibility": "7", "reason": "x" }),
            422,
        ),
        ("/api/claims/C1/ratings", json!({ "credibility": "1" }), 422),
        ("/api/claims/C9/ratings", rating, 404),
        (
            "/api/items/1/claims",
            with(&claim, "language", json!("English")),
            422,
        ),
    ] {
        assert_eq!(served.post(path, &body).status, status, "{path} {body}");
    }
}
