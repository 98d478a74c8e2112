//! What people enter through the server.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::served::Served;

pub(crate) fn entered(served: &Served, path: &str, body: &Value) -> Value {
    let answer = served.post(path, body);
    assert_eq!(
        answer.status,
        200,
        "{path} {body}: {}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.json()
}

#[test]
fn a_judgement_from_source_to_revision() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let source = entered(
        &served,
        "/api/sources",
        &json!({ "name": "@nobody", "kind": "account", "grade": "E" }),
    );
    assert_eq!(source["number"], "S1");
    let gone = entered(
        &served,
        "/api/sources/S1/observations",
        &json!({ "state": "deleted", "observed": "2026-05-03" }),
    );
    assert_eq!(gone["observations"][0]["state"], "deleted");
    let claim = json!({ "relation": "about", "text": "Filmed today", "source": "S1", "first": 3, "last": 5, "region": { "x": 1, "y": 2, "width": 3, "height": 4 } });
    let claim = entered(&served, "/api/items/1/claims", &claim);
    assert_eq!(
        (&claim["number"], &claim["status"]),
        (&json!("C1"), &json!("unverified"))
    );
    assert_eq!(
        (
            &claim["pin"]["span"]["first"]["no"],
            &claim["pin"]["span"]["last"]["no"]
        ),
        (&json!(3), &json!(5))
    );
    let seen = entered(
        &served,
        "/api/items/1/observations",
        &json!({ "text": "a shadow", "first": 4 }),
    );
    assert_eq!(seen["number"], "O1");
    let status = json!({ "status": "contradicted", "reason": "the shadow", "evidence": ["O1"] });
    assert_eq!(
        entered(&served, "/api/claims/C1/status", &status)["history"][0]["status"],
        "contradicted"
    );
    let supposed = entered(
        &served,
        "/api/hypotheses",
        &json!({ "text": "It was staged", "item": 1 }),
    );
    assert_eq!(supposed["number"], "H1");
    let linked = json!({ "evidence": "O1", "bearing": "C", "reason": "fits" });
    assert_eq!(
        entered(&served, "/api/hypotheses/H1/evidence", &linked)["evidence"][0]["bearing"],
        "C"
    );
    let judge = |likelihood: &str, supersedes: Value| {
        json!({ "hypothesis": "H1", "assessor": "Dr A", "likelihood": likelihood, "confidence": "low", "reasons": "see O1",
                "evidence": ["O1"], "supersedes": supersedes })
    };
    entered(&served, "/api/assessments", &judge("likely", Value::Null));
    entered(
        &served,
        "/api/assessments",
        &judge("even-chance", json!("A1")),
    );
    let record = served.get("/api/items/1/record").json();
    assert_eq!(record["assessments"][0]["superseded_by"], "A2");
    assert_eq!(record["assessments"][1]["likelihood"], "even-chance");
    assert_eq!(record["claims"][0]["status"], "contradicted");
    assert_eq!(
        (
            record["observations"].as_array().map(Vec::len),
            record["hypotheses"].as_array().map(Vec::len)
        ),
        (Some(1), Some(1))
    );
    assert_eq!(served.get("/api/sources").json()[0]["number"], "S1");
    let verified = served.post("/api/verify", &json!({})).json();
    assert_eq!(
        (&verified["ok"], &verified["problems"]),
        (&json!(true), &json!([]))
    );
}

#[test]
fn explanations_of_an_item_and_of_the_case_stand_on_boards_of_their_own() {
    let served = Served::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    for (text, item) in [("a", json!(1)), ("b", Value::Null), ("c", json!(2))] {
        let stated = json!({ "text": text, "item": item });
        entered(&served, "/api/hypotheses", &stated);
    }
    let linked = json!({ "evidence": "#2", "bearing": "C", "reason": "fits" });
    entered(&served, "/api/hypotheses/H1/evidence", &linked);
    for (likelihood, supersedes) in [("likely", Value::Null), ("unlikely", json!("A1"))] {
        let judged = json!({ "hypothesis": "H1", "assessor": "Dr A", "likelihood": likelihood, "confidence": "low",
                             "reasons": "so", "supersedes": supersedes });
        entered(&served, "/api/assessments", &judged);
    }
    let columns = |asked: &str| {
        let matrix = served.get(&format!("/api/matrix{asked}")).json();
        let columns = matrix["hypotheses"].as_array().expect("columns").clone();
        let numbers: Vec<String> = (columns.iter())
            .map(|one| format!("{} {}", one["number"], one["item"]).replace('"', ""))
            .collect();
        (numbers, columns)
    };
    assert_eq!(columns("").0, ["H1 #1", "H2 null", "H3 #2"]);
    assert_eq!(columns("?whole_case=true").0, ["H2 null"]);
    let (of_the_first, judged) = columns("?item=1");
    assert_eq!(of_the_first, ["H1 #1", "H2 null"]);
    assert_eq!(judged[0]["assessments"].as_array().map(Vec::len), Some(1));
    assert_eq!(judged[0]["assessments"][0]["likelihood"], "unlikely");
    let questions = served.get("/api/questions").json();
    let told: Vec<(&Value, &Value, &Value)> = (questions.as_array().expect("questions").iter())
        .map(|one| (&one["item"], &one["hypotheses"], &one["evidence"]))
        .collect();
    let [first, of_case, second] = [json!("#1"), Value::Null, json!("#2")];
    assert_eq!(
        told,
        [
            (&first, &json!(["H1"]), &json!(1)),
            (&second, &json!(["H3"]), &json!(0)),
            (&of_case, &json!(["H2"]), &json!(0)),
        ]
    );
}

#[test]
fn what_makes_no_sense_is_refused_and_leaves_no_entry() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let before = served.get("/api/journal").json()["size"].clone();
    let claim = |more: Value| {
        let mut claim = json!({ "relation": "in", "text": "x" });
        claim
            .as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        claim
    };
    for (path, body, statuses) in [
        (
            "/api/items/1/claims",
            claim(json!({ "text": "" })),
            [400, 422],
        ),
        (
            "/api/items/1/claims",
            claim(json!({ "relation": "beside" })),
            [422, 422],
        ),
        (
            "/api/items/1/claims",
            claim(json!({ "first": 100_000 })),
            [404, 422],
        ),
        (
            "/api/items/1/claims",
            claim(json!({ "first": 5, "last": 3 })),
            [422, 422],
        ),
        (
            "/api/items/1/claims",
            claim(json!({ "last": 3 })),
            [422, 422],
        ),
        (
            "/api/items/1/claims",
            claim(json!({ "region": { "x": 0, "y": 0, "width": 1, "height": 1 } })),
            [422, 422],
        ),
        (
            "/api/items/1/claims",
            claim(json!({ "source": "S9" })),
            [404, 422],
        ),
        (
            "/api/items/1/claims",
            claim(json!({ "surprise": 1 })),
            [422, 422],
        ),
        ("/api/items/9/claims", claim(json!({})), [404, 404]),
        (
            "/api/claims/C9/status",
            json!({ "status": "verified", "reason": "x" }),
            [404, 422],
        ),
        (
            "/api/claims/X9/status",
            json!({ "status": "verified", "reason": "x" }),
            [404, 404],
        ),
        (
            "/api/assessments",
            json!({ "hypothesis": "H9", "assessor": "A", "likelihood": "likely", "confidence": "low", "reasons": "x" }),
            [404, 422],
        ),
        (
            "/api/sources",
            json!({ "name": "x", "kind": "account", "grade": "Z" }),
            [422, 422],
        ),
        ("/api/sources", json!([]), [422, 422]),
    ] {
        let answer = served.post(path, &body);
        assert!(
            statuses.contains(&answer.status),
            "{path} {body}: {}",
            answer.status
        );
        assert!(answer.json()["error"].is_string());
    }
    assert_eq!(
        served.get("/api/journal").json()["size"],
        before,
        "nothing was entered"
    );
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let served = Served::with(&["odd/rotated.mp4"]);
    let before = served.get("/api/journal").json()["size"]
        .as_u64()
        .expect("a size");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let served = &served;
            scope.spawn(move || {
                for note in 0..10 {
                    entered(
                        served,
                        "/api/items/1/observations",
                        &json!({ "text": format!("{writer}/{note}"), "first": note }),
                    );
                }
            });
        }
        scope.spawn(|| {
            (0..5).for_each(|note| drop(served.run(&["observe", "1", &format!("shell/{note}")])));
        });
    });
    let record = served.get("/api/items/1/record").json();
    let seen = record["observations"].as_array().expect("observations");
    let texts: BTreeSet<&str> = seen.iter().filter_map(|one| one["text"].as_str()).collect();
    let numbers: BTreeSet<&str> = seen
        .iter()
        .filter_map(|one| one["number"].as_str())
        .collect();
    assert_eq!((texts.len(), numbers.len()), (45, 45));
    let journal = served.get("/api/journal?count=1000").json();
    assert_eq!(journal["size"], before + 45);
    let order: Vec<u64> = journal["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .filter_map(|entry| entry["seq"].as_u64())
        .collect();
    assert!(
        order.iter().copied().eq(0..before + 45),
        "each number once, in order"
    );
    assert_eq!(served.post("/api/verify", &json!({})).json()["ok"], true);
}

#[test]
fn a_match_is_rejected_and_shown_on_demand() {
    let served = Served::with(&["clips/cityCC0.mpg", "clips/city-repost.mp4"]);
    served.run(&["match"]);
    let rejected = json!({ "verdict": "rejected", "note": "other towers" });
    let reviewed = entered(&served, "/api/matches/M1/reviews", &rejected);
    assert_eq!(reviewed["verdict"], "rejected");
    assert_eq!(reviewed["reviews"][0]["note"], "other towers");
    assert_eq!(served.get("/api/matches?item=1").json(), json!([]));
    let shown = served.get("/api/matches?rejected=true").json();
    assert_eq!(shown[0]["number"], "M1");
    let back = json!({ "verdict": "unreviewed" });
    entered(&served, "/api/matches/M1/reviews", &back);
    assert_eq!(
        served.get("/api/matches").json()[0]["verdict"],
        "unreviewed"
    );
    let confirmed = json!({ "verdict": "confirmed" });
    for (path, body, status) in [
        ("/api/matches/M2/reviews", confirmed, 404),
        ("/api/matches/M1/reviews", back, 409),
        (
            "/api/matches/M1/reviews",
            json!({ "verdict": "perhaps" }),
            422,
        ),
    ] {
        assert_eq!(served.post(path, &body).status, status, "{path} {body}");
    }
}

#[test]
fn clusters_of_reuse_are_answered_as_the_command_line_tells_them() {
    let served = Served::with(&["clips/cityCC0.mpg", "clips/city-repost.mp4"]);
    assert_eq!(served.get("/api/reuse").json(), json!([]));
    served.run(&["match"]);
    let told = served.run(&["reuse", "--json"]).stdout;
    let told: Value = serde_json::from_slice(&told).expect("one line of JSON");
    assert_eq!(served.get("/api/reuse?item=2").json(), json!([told]));
    assert_eq!(served.get("/api/reuse?item=3").status, 404);
}

#[test]
fn a_watch_begins_finds_and_ends_through_the_server() {
    let served = Served::with(&["clips/cityCC0.mpg", "clips/city-repost.mp4"]);
    let watch = json!({ "item": 2, "first": 10, "last": 60, "note": "the towers" });
    let begun = entered(&served, "/api/watches", &watch);
    assert_eq!(
        (&begun["number"], &begun["item_number"]),
        (&json!("W1"), &json!("#2"))
    );
    assert_eq!(begun["matches"][0]["number"], "M1");
    assert_eq!(served.get("/api/case").json()["seen_again"], 1);
    entered(
        &served,
        "/api/matches/M1/reviews",
        &json!({ "verdict": "confirmed" }),
    );
    assert_eq!(served.get("/api/case").json()["seen_again"], 0);
    assert_eq!(
        entered(&served, "/api/watches/search", &json!({})),
        json!([])
    );
    entered(
        &served,
        "/api/watches/W1/end",
        &json!({ "note": "it was found" }),
    );
    assert_eq!(served.get("/api/watches").json(), json!([]));
    let ended = served.get("/api/watches?ended=true").json();
    assert_eq!(ended[0]["ended"]["note"], "it was found");
    for (path, body, status) in [
        ("/api/watches", json!({ "item": 2, "first": 1000 }), 404),
        ("/api/watches", json!({ "item": 9 }), 404),
        ("/api/watches/W1/end", json!({}), 409),
        ("/api/watches/W7/end", json!({}), 404),
    ] {
        assert_eq!(served.post(path, &body).status, status, "{path} {body}");
    }
}
