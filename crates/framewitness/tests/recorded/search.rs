//! Finding what was recorded, and keeping a search under a name.

use serde_json::Value;

use crate::bench::Bench;

fn numbers(found: &[Value]) -> Vec<String> {
    let number = |one: &Value| one["number"].as_str().unwrap().to_owned();
    found.iter().map(number).collect()
}

#[test]
#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
fn what_was_recorded_is_found_by_words_and_by_how_it_stands() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("source add @eyewitness_77 --url https://example.org/eyewitness_77");
    bench.run("claim add 1 Žilina,filmed-today --source S1 --asserted 2026-05");
    bench.run("observe 1 no-impact --frame 3");
    bench.run("claim status C1 refuted --reason older-upload");
    let found = |line: &str| numbers(&bench.json(&format!("search {line}")));
    assert_eq!(found("zilina"), ["C1"]);
    assert_eq!(found("upload older"), ["C1"]);
    assert_eq!(found("EYEWITNESS_77"), ["S1"]);
    assert_eq!(found("--source S1"), ["C1", "S1"]);
    assert_eq!(
        found("--kind claim --status refuted --asserted 2026-05-20"),
        ["C1"]
    );
    assert_eq!(
        found("--kind claim --status verified"),
        Vec::<String>::new()
    );
    assert_eq!(found("--item 1 --kind observation"), ["O1"]);
    assert_eq!(found("rotat*"), ["#1"]);
    assert_eq!(
        found("--kind item --with observation --without match"),
        ["#1"]
    );
    assert_eq!(numbers(&bench.json("list --with observation")), ["#1"]);
    assert_eq!(bench.json("list --with match").len(), 0);
    let told = bench.run("search impact");
    assert!(
        told.contains("O1  observation  no-impact  @ #1 rotated.mp4 frame 3"),
        "{told}"
    );

    let before = bench.entries() - 1;
    bench.run("view save refuted --kind claim --status refuted");
    assert_eq!(numbers(&bench.json("view show refuted")), ["C1"]);
    assert_eq!(found("--view refuted zilina"), ["C1"]);
    assert_eq!(found("--view Q1 nothing"), Vec::<String>::new());
    bench.run("view rename refuted done");
    let (code, told) = bench.refused("view show refuted");
    assert_eq!(code, 4, "{told}");
    bench.run("view remove Q1 --note settled");
    assert_eq!(bench.json("view list").len(), 0);
    assert_eq!(
        bench.json("view list --removed")[0]["former"][0]["name"],
        "refuted"
    );
    assert_eq!(
        bench
            .json(&format!("view list --removed --as-of {before}"))
            .len(),
        0
    );
    // Before its status was changed, it said nothing of an upload.
    assert_eq!(
        found(&format!("upload --as-of {}", before - 1)),
        Vec::<String>::new()
    );
    assert_eq!(found(&format!("zilina --as-of {}", before - 1)), ["C1"]);
    for (line, said) in [
        ("search", "nothing is looked for"),
        ("search ?", "holds no word"),
        ("search --recorded soon", "is no stretch of days"),
        ("view save x", "looks for nothing"),
    ] {
        let (code, told) = bench.refused(line);
        assert!(code == 2 && told.contains(said), "{line}: {code} {told}");
    }
    bench.run("verify");
    bench.run("rebuild");
}

#[test]
fn items_are_found_by_kind_and_words_of_their_findings() {
    let bench = Bench::with(&["clips/city-repost.mp4", "odd/sound-only.ogg"]);
    let found = |line: &str| numbers(&bench.json(&format!("search --kind item {line}")));
    let inspected = bench.json("inspect 1").remove(0);
    let findings = inspected["findings"].as_array().unwrap();
    assert!(findings.iter().any(|one| one["kind"] == "cut"));
    for one in findings {
        let kind = one["kind"].as_str().unwrap();
        let with = found(&format!("--with {kind}"));
        assert!(with.contains(&"#1".to_owned()), "{kind}: {with:?}");
    }
    assert_eq!(found("--with cut"), ["#1"]);
    assert_eq!(found("--without cut"), ["#2"]);
    assert_eq!(numbers(&bench.json("list --with cut")), ["#1"]);
    assert_eq!(found("picture changes at once"), ["#1"]);
    let told = bench.run("search changes");
    assert!(told.contains("city-repost.mp4"), "{told}");
    // Before it was inspected nothing was found in it.
    let inspection = bench.json("log").into_iter();
    let inspection = { inspection }
        .find(|entry| entry["kind"] == "item.inspected")
        .unwrap();
    let before = inspection["seq"].as_u64().unwrap() - 1;
    assert_eq!(
        found(&format!("--with cut --as-of {before}")),
        Vec::<String>::new()
    );
    bench.run("remove #1 --ground law --reason order --yes");
    assert_eq!(found("--with cut"), Vec::<String>::new());
    bench.run("verify");
    bench.run("rebuild");
}
