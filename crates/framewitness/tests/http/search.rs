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

#[test]
fn items_are_told_page_by_page_filtered_and_as_they_stood() {
    let served = Served::with(&["odd/rotated.mp4", "odd/anamorphic.mp4", "odd/garbage.mp4"]);
    let claim = json!({ "relation": "about", "text": "filmed at dawn" });
    assert_eq!(served.post("/api/items/2/claims", &claim).status, 200);
    let before = served.get("/api/case").json()["entries"]
        .as_u64()
        .expect("a number")
        - 1;
    let page = |query: &str| {
        let told = served.get(&format!("/api/items?{query}")).json();
        let items = told["items"].as_array().expect("items");
        let numbers = items.iter().map(|item| item["number"].to_string());
        let counts = items.iter().map(|item| item["claims"].to_string());
        (
            told["total"].clone(),
            told["next"].as_str().map(str::to_owned),
            numbers.collect::<Vec<_>>().join(" ").replace('"', ""),
            counts.collect::<Vec<_>>().join(" "),
        )
    };
    let (total, next, numbers, counts) = page("limit=2");
    assert_eq!((total, &*numbers, &*counts), (json!(3), "#1 #2", "0 1"));
    let after = next.expect("more");
    let (total, next, numbers, _) = page(&format!("limit=2&after={after}"));
    assert_eq!((total, next, &*numbers), (json!(3), None, "#3"));
    assert_eq!(page("order=newest").2, "#3 #2 #1");
    assert_eq!(page("with=claim").2, "#2");
    assert_eq!(page("with=claim").0, json!(1));
    assert_eq!(page("with=inspection&without=claim").2, "#1 #3");
    assert_eq!(page("words=anamorphic").2, "#2");
    let (_, _, numbers, counts) = page(&format!("with=inspection&as_of={}", before - 1));
    assert_eq!((&*numbers, &*counts), ("#1 #2 #3", "0 0 0"));
    assert_eq!(served.get("/api/items?after=soon").status, 422);
    assert_eq!(served.get("/api/items?order=alphabetical").status, 422);
}
