//! What is seen in a region that moves, and what is heard in samples.

use crate::bench::Bench;

#[test]
fn a_region_is_drawn_on_keyframes_and_sound_named_by_samples() {
    let bench = Bench::with(&["clips/bigbuckbunny.mp4"]);
    let seen = bench
        .json("observe 1 wings --keyframe 9=10,20;30,20;20,40 --keyframe 3=0,0;20,0;10,20 --sound-from sample:480 --sound-to sample:960")
        .remove(0);
    let frames: Vec<u64> = seen["tracked"]["keyframes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["frame"]["no"].as_u64().unwrap())
        .collect();
    assert_eq!(frames, [3, 9], "in the order of frames");
    assert_eq!(seen["tracked"]["between"], "linear-frames");
    let span = &seen["pin"]["span"];
    assert_eq!(
        (&span["first"]["no"], &span["last"]["no"]),
        (&3.into(), &9.into())
    );
    assert_eq!(seen["tracked"]["keyframes"][0]["frame"], span["first"]);
    assert_eq!(seen["pin"]["region"]["width"], 20);
    // The same samples, written as a file, have the hash that was recorded.
    let piece = bench
        .json("sound 1 --from sample:480 --to sample:960 -o x.wav")
        .remove(0);
    assert_eq!(seen["sound"]["hash"], piece["hash"]);
    assert_eq!(
        (&seen["sound"]["from"], &seen["sound"]["to"]),
        (&480.into(), &960.into())
    );
    assert!(
        bench
            .run("observe 1")
            .contains("frames 3-9, tracked by 2 keyframes  @ samples 480-959")
    );
    bench.run("report 1 -o r.html");
    let report = std::fs::read_to_string(bench.path("r.html")).unwrap();
    assert!(report.contains("frame 9 (corners at 10, 20; 30, 20; 20, 40)"));
    assert!(report.contains(piece["hash"].as_str().unwrap()));
    for (wrong, code) in [
        (
            "observe 1 x --keyframe 3=0,0,5,5 --keyframe 9=0,0;5,5;0,9",
            2,
        ),
        ("observe 1 x --keyframe 3=0,0,5,5 --keyframe 3=1,1,5,5", 2),
        ("observe 1 x --keyframe 999999=0,0,5,5", 4),
        ("observe 1 x --keyframe 3=0,0,5,5 --frame 3", 2),
        (
            "observe 1 x --sound-from sample:960 --sound-to sample:480",
            2,
        ),
    ] {
        let (exit, told) = bench.refused(wrong);
        assert_eq!(exit, code, "{wrong}: {told}");
    }
    bench.run("verify");
    bench.run("rebuild");
}
