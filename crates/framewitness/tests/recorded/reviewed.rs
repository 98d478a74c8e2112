//! Reviews of items as they were published, and judgements of resemblance.

use crate::bench::Bench;

#[test]
fn reviews_stand_beside_each_other_and_are_revised() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    let before = bench.entries() - 1;
    let (code, told) = bench.refused(
        "media-review 1 --code OriginalMediaContent --code StagedContent --reasons shadows",
    );
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("OriginalMediaContent and StagedContent contradict each other"),
        "{told}"
    );
    bench.run("media-review 1 --code StagedContent --reasons acted --context posted");
    let other = bench
        .json("media-review 1 --code OriginalMediaContent --reasons unaltered --by Ben")
        .remove(0);
    assert_eq!(other["contradicts"][0], "V1");
    let (code, told) = bench.refused("media-review 1 --code TransformedContent --reasons more");
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("supersedes V1"), "{told}");
    bench.run("media-review 1 --code DecontextualizedContent --reasons more --revises V1");
    let told = bench.run("media-review 1");
    assert!(
        told.contains("V1  Ada: StagedContent  as posted  superseded by V3  acted"),
        "{told}"
    );
    assert!(!told.contains("CONTRADICTS"), "{told}");
    assert_eq!(
        bench
            .json(&format!("media-review 1 --as-of {before}"))
            .len(),
        0
    );
    bench.run("hypothesis add staged --item 1");
    bench.run("hypothesis link H1 V2 I --reason unaltered");
    let (code, told) = bench.refused(&format!("undo {} --reason x", before + 2));
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("V2 cannot be withdrawn: H1 rests on it"),
        "{told}"
    );
    bench.run("report 1 -o r.html");
    let report = std::fs::read_to_string(bench.path("r.html")).unwrap();
    assert!(report.contains("DecontextualizedContent") && report.contains("id=\"V2\""));
    bench.run("verify");
    bench.run("rebuild");
}

const JUDGED: &str = "resemblance add 1 2 --frame 3 --region 5,5,20,20 --other-frame 7 --other-region 1,1,9,9 \
     --subject ear --reasons notch --limits small --feature lobe";

#[test]
fn a_resemblance_is_a_persons_judgement_of_two_exact_frames() {
    let bench = Bench::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    let made = bench
        .json(&format!("{JUDGED} --degree slightly-same"))
        .remove(0);
    let entry = bench.entries() - 1;
    assert_eq!(
        (&made["number"], &made["judge"]),
        (&"R1".into(), &"Ada".into())
    );
    let hash = |side: &str| {
        made[side]["span"]["first"]["hash"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let listed = bench.run("frames 2");
    assert!(
        listed.contains(&hash("other")),
        "the frame as the listing hashes it"
    );
    let (code, told) = bench.refused(&format!("{JUDGED} --degree inconclusive"));
    assert_eq!(code, 1, "{told}");
    bench.run(&format!(
        "{JUDGED} --degree moderately-different --revises R1"
    ));
    assert!(
        bench
            .run("resemblance list 2")
            .contains("R1  Ada on ear: slightly-same  superseded by R2")
    );
    let (code, told) = bench.refused("remove 1 --ground law --reason x --yes");
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("R2 cite it"), "{told}");
    for item in [1, 2] {
        bench.run(&format!("report {item} -o r.html"));
        let report = std::fs::read_to_string(bench.path("r.html")).unwrap();
        assert!(report.contains("moderately supports that it is another"));
        assert!(report.contains("No program recognised"));
    }
    assert_eq!(
        bench
            .json(&format!("resemblance list --as-of {}", entry - 1))
            .len(),
        0
    );
    let last = bench.json("resemblance list")[1]["entry"].as_u64().unwrap();
    bench.run(&format!("undo {last} --reason mistaken"));
    assert!(bench.json("resemblance list")[0]["superseded_by"].is_null());
    bench.run("verify");
    bench.run("rebuild");
}
