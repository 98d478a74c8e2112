//! Finding records, and searches kept under a name.

use serde_json::json;

use crate::served::Served;

#[test]
fn records_are_found_page_by_page_and_searches_kept() {
    let served = Served::with(&["odd/rotated.mp4"]);
    for n in 0..3 {
        let words = json!({ "text": format!("爆発の映像 {n}"), "first": n });
        assert_eq!(served.post("/api/items/1/observations", &words).status, 200);
    }
    let ask = |query: &str| served.get(&format!("/api/search?{query}"));
    let page = ask("words=%E7%88%86%E7%99%BA&kind=observation&limit=2").json();
    assert_eq!(page["total"], 3);
    assert_eq!(page["results"][0]["number"], "O3");
    assert_eq!(page["results"][0]["place"]["frame"], 2);
    let part = &page["results"][0]["passages"][0]["parts"][0];
    assert_eq!(
        (&part["text"], &part["found"]),
        (&json!("爆発"), &json!(true))
    );
    let next = page["next"].as_str().expect("a next page");
    let last = ask(&format!(
        "words=%E7%88%86%E7%99%BA&kind=observation&limit=2&after={next}"
    ))
    .json();
    assert_eq!(last["results"].as_array().map(Vec::len), Some(1));
    assert_eq!(last["next"], json!(null));

    let view = json!({ "name": "blasts", "query": { "words": "爆発", "kinds": ["observation"] } });
    assert_eq!(served.post("/api/views", &view).json()["number"], "Q1");
    assert_eq!(served.post("/api/views", &view).status, 409);
    assert_eq!(
        ask("view=blasts&order=oldest").json()["results"][0]["number"],
        "O1"
    );
    assert_eq!(
        served
            .post("/api/views/Q1/name", &json!({ "name": "seen" }))
            .status,
        200
    );
    assert_eq!(served.post("/api/views/Q1/remove", &json!({})).status, 200);
    assert_eq!(served.get("/api/views").json(), json!([]));
    assert_eq!(
        served.get("/api/views?removed=true").json()[0]["name"],
        "seen"
    );
    assert_eq!(ask("words=%E7%88%86%E7%99%BA&as_of=3").json()["total"], 0);
    for (query, status) in [
        ("words=%3F", 422),
        ("kind=secret", 422),
        ("recorded=soon", 422),
        ("after=soon", 422),
        ("item=9", 404),
        ("view=Q7", 404),
        ("limit=many", 400),
    ] {
        assert_eq!(ask(query).status, status, "{query}");
    }
}
