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

#[test]
fn only_items_that_an_entry_has_to_do_with_are_read_again() {
    let served = Served::with(&[
        "clips/city-repost.mp4",
        "clips/cityCC0.mpg",
        "odd/rotated.mp4",
        "odd/ten-bit.mp4",
    ]);
    served.post(
        "/api/items/3/claims",
        &json!({ "relation": "about", "text": "tonight" }),
    );
    let entries = || {
        served.get("/api/case").json()["entries"]
            .as_u64()
            .expect("a number")
    };
    let changed = |since: u64| {
        served
            .get(&format!("/api/items/changed?since={since}"))
            .json()
    };
    let numbers = |since: u64| -> Vec<String> {
        let told = changed(since);
        assert_eq!(
            (&told["total"], &told["read_again"]),
            (&json!(4), &json!(false))
        );
        assert_eq!(told["entries"], entries());
        let items = told["items"].as_array().expect("a list").iter();
        items
            .map(|it| it["number"].as_str().expect("a number").to_owned())
            .collect()
    };
    assert_eq!(numbers(entries()), Vec::<String>::new());

    let since = entries();
    assert!(served.run(&["match", "#1"]).status.success());
    assert_eq!(numbers(since), ["#1", "#2"]);
    assert_eq!(changed(since)["items"][1]["matches"], 1);
    // By way of the match, of the hypothesis, and of what was undone.
    let since = entries();
    let verdict = json!({ "verdict": "rejected" });
    assert_eq!(served.post("/api/matches/M1/reviews", &verdict).status, 200);
    assert_eq!(numbers(since), ["#1", "#2"]);
    assert_eq!(changed(since)["items"][0]["matches"], 0);
    let hypothesis = json!({ "text": "staged", "item": 4 });
    assert_eq!(served.post("/api/hypotheses", &hypothesis).status, 200);
    let since = entries();
    let judged = json!({
        "hypothesis": "H1", "assessor": "Ben", "likelihood": "likely", "confidence": "low",
        "reasons": "seen", "evidence": [],
    });
    assert_eq!(served.post("/api/assessments", &judged).status, 200);
    assert_eq!(numbers(since), ["#4"]);
    assert_eq!(changed(since)["items"][0]["assessments"], 1);
    let since = entries();
    let log = served.get("/api/journal?from=0&count=1000").json();
    let claim = log["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .find(|it| it["kind"] == "claim.made");
    let undo = format!("/api/journal/{}/undo", claim.expect("a claim")["seq"]);
    assert_eq!(
        served.post(&undo, &json!({ "reason": "mistyped" })).status,
        200
    );
    assert_eq!(numbers(since), ["#3"]);
    assert_eq!(
        changed(since)["items"][0],
        served.get("/api/items").json()["items"][2]
    );
    let source = json!({ "name": "@nobody", "kind": "account" });
    let since = entries();
    served.post("/api/sources", &source);
    assert_eq!(numbers(since), Vec::<String>::new());

    let printed = served.run(&["list", "--since", &since.to_string()]);
    assert_eq!(printed.stdout, b"No item is like that.\n");
    let undone = (since - 1).to_string();
    let printed = served.run(&["list", "--since", &undone]).stdout;
    let printed = String::from_utf8(printed).expect("text");
    assert!(
        printed.contains("#3") && printed.lines().count() == 1,
        "{printed}"
    );
    assert_eq!(served.get("/api/items/changed").status, 400);
}
