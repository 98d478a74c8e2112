//! Masks as they are drawn, revised, confirmed and handed on.

use crate::bench::Bench;

#[test]
fn a_mask_is_owed_drawn_revised_and_confirmed() {
    let bench = Bench::with(&["clips/bigbuckbunny.mp4"]);
    bench.run("person add satchel --role minor");
    bench.run("person appears P1 1 --frame 3 --to 9 --region 10,20,30,40");
    let owed = |code| {
        let output = bench.output("Ada", "mask owed 1 --json");
        assert_eq!(output.status.code(), Some(code));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let first = owed(4);
    let bare = &first["unmasked"][0];
    assert_eq!(
        (&bare["first"], &bare["last"], &bare["person"]),
        (&3.into(), &9.into(), &"P1".into())
    );
    // One frame short, and beside where the person is.
    bench.run("mask draw 1 --keyframe 8=60,20,30,40 --keyframe 3=40,20,30,40 --protects P1 --reason child");
    let short = owed(4);
    let bare: Vec<_> = short["unmasked"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&bare[0]["first"], &bare[0]["last"]),
        (&3.into(), &3.into())
    );
    assert_eq!(bare[0]["open"]["x"], 10);
    assert_eq!(
        (&bare[1]["first"], &bare[1]["last"]),
        (&9.into(), &9.into())
    );
    let told = bench.output("Ada", "mask owed 1");
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("is not masked on frame 9"), "{told}");
    bench.run(
        "mask revise X1 --keyframe 9=60,20,30,40 --keyframe 3=10,20,30,40 --reason drawn_wrong",
    );
    let unconfirmed = owed(4);
    assert_eq!(unconfirmed["unmasked"].as_array().unwrap().len(), 0);
    assert_eq!(unconfirmed["unconfirmed"], serde_json::json!(["X2"]));
    bench.run("mask confirm X2");
    assert_eq!(owed(0)["masks"], serde_json::json!(["X2"]));
    let revised = bench.json("mask show X2").remove(0);
    assert_eq!(revised["protects"], serde_json::json!(["P1"]), "as before");
    assert_eq!(revised["supersedes"], "X1");
    bench.run("mask revise X2 --method blur --reason softer");
    assert_eq!(owed(4)["can_be_undone"], serde_json::json!(["X3"]));
    bench.run("mask withdraw X3 --reason slip");
    assert_eq!(
        owed(0)["masks"],
        serde_json::json!(["X2"]),
        "it stands again"
    );
    assert!(
        bench
            .run("mask list 1")
            .contains("X1  #1  solid box on frames 3-8  protects P1")
    );
    let before = bench.json("mask list 1 --as-of 5");
    assert_eq!(before.len(), 0);
    bench.run("verify");
    bench.run("rebuild");
}

#[test]
fn a_voice_is_owed_until_it_is_masked() {
    let bench = Bench::with(&["clips/bigbuckbunny.mp4"]);
    bench.run("person add woman --role witness");
    bench.run("person appears P1 1 --frame 3 --to 9 --role speaker");
    bench.run("claim add 1 yesterday --relation in --by P1 --frame 20 --to 21");
    bench.run("claim add 1 elsewhere --by P1 --frame 30");
    bench.run("claim add 1 others --relation in --by P12 --frame 40");
    let voices = || {
        let output = bench.output("Ada", "mask owed 1 --json");
        let owed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let audible = owed["audible"].as_array().unwrap().clone();
        let number = |it: &serde_json::Value, name: &str| it[name].as_u64().unwrap();
        let voice = |it| (number(it, "from"), number(it, "to"), number(it, "first"));
        audible.iter().map(voice).collect::<Vec<_>>()
    };
    let open = voices();
    let [(from, to, 3), (other, end, 20)] = open[..] else {
        panic!("{open:?}");
    };
    // Frames of 40 ms, 48,000 samples a second.
    assert_eq!((to - from, end - other), (7 * 1920, 2 * 1920));
    assert_eq!(other - from, 17 * 1920);
    let told = String::from_utf8(bench.output("Ada", "mask owed 1").stdout).unwrap();
    let line = format!(
        "P1 (witness) can be heard in samples {from}-{}, from frame 3",
        to - 1
    );
    assert!(told.contains(&line), "{told}");

    bench.run("publish draft #1 --title x --summary y --masked");
    let shown = bench.run("publish show B1");
    let resolve = format!(
        "P1 is protected and can be heard in #1: `framewitness mask draw #1 --sound-from sample:{from} --sound-to \
         sample:{to} --protects P1`"
    );
    assert!(shown.contains(&resolve), "{shown}");

    let half = from + 1000;
    let draw = |from: u64, to: u64, more: &str| {
        let place = format!("--sound-from sample:{from} --sound-to sample:{to}");
        bench.run(&format!("mask draw 1 {place} --reason voice{more}"));
    };
    draw(from, end, "");
    assert_eq!(voices(), open, "that protects nobody");
    draw(from, half, " --protects P1 --sound voice");
    assert_eq!(voices()[0].0, half);
    draw(half, end, " --protects P1");
    assert_eq!(voices(), []);
    assert!(!bench.run("publish show B1").contains("can be heard"));
    bench.run("mask withdraw X3 --reason slip");
    bench.run("person protect P1 --reason agreed");
    assert_eq!(voices(), []);
}

#[test]
fn masks_are_handed_on_as_data() {
    let bench = Bench::with(&["clips/bigbuckbunny.mp4"]);
    bench.run("mask draw 1 --keyframe 3=10,20;60,20;30,90 --reason face");
    bench.run("mask draw 1 --frame 4 --to 6 --region 10,20,30,40 --ellipse --method pixelate --reason plate");
    bench.run(
        "mask draw 1 --sound-from sample:480 --sound-to sample:960 --sound voice --reason name",
    );
    bench.run("mask draw 1 --reason everything");
    bench.run("mask export 1 -o masks.json");
    let list = std::fs::read_to_string(bench.path("masks.json")).unwrap();
    bench.run("mask withdraw X4 --reason slip");
    let whole = bench.json("mask show X4").remove(0);
    let last = bench.json("frames 1").len() - 1;
    assert_eq!(whole["cover"]["span"]["last"]["no"], last);
    assert_eq!(
        whole["cover"]["tracked"]["keyframes"][0]["shape"]["box"]["width"],
        1280
    );
    let taken = bench.json("mask import 1 masks.json");
    let covers = |masks: &[serde_json::Value]| -> Vec<serde_json::Value> {
        masks.iter().map(|it| it["cover"].clone()).collect()
    };
    let drawn = bench.json("mask list 1");
    assert_eq!(covers(&taken), covers(&drawn[..4]));
    // Of another frame, of another item, of another form.
    let hash = taken[0]["cover"]["span"]["first"]["hash"].as_str().unwrap();
    let item = taken[0]["item"].as_str().unwrap();
    for (from, to) in [
        (hash, "00".repeat(32)),
        (item, format!("sha256:{}", "00".repeat(32))),
        ("framewitness-masks/1", "framewitness-masks/2".to_owned()),
        ("\"masks\"", "\"marks\"".to_owned()),
    ] {
        std::fs::write(bench.path("other.json"), list.replace(from, &to)).unwrap();
        let (code, told) = bench.refused("mask import 1 other.json");
        assert_eq!(code, 2, "{told}");
    }
    for wrong in [
        "mask draw 1 --keyframe 3=0,0;5,0;0,5 --ellipse --reason x",
        "mask draw 1 --frame 9 --to 3 --reason x",
        "mask revise X3 --method blur --reason x",
        "mask revise X1 --ellipse --reason x",
    ] {
        assert_eq!(bench.refused(wrong).0, 2, "{wrong}");
    }
    bench.run("verify");
}
