//! What lies over one of the two pictures of a match.

use std::process::Command;

use crate::bench::{Bench, fixture};

/// The city again with a white box over it, from 0.7 to 0.9 of its width and 0.1 to 0.25 of its height.
fn covered(bench: &Bench) {
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(fixture("clips/cityCC0.mpg"))
        .args([
            "-vf",
            "drawbox=iw*0.7:ih*0.1:iw*0.2:ih*0.15:white:fill",
            "-c:v",
            "mpeg4",
            "-q:v",
            "4",
        ])
        .arg(bench.path("covered.mp4"))
        .status();
    assert!(made.unwrap().success());
    bench.run("add covered.mp4");
    bench.run("inspect --all");
}

#[test]
fn what_lies_over_one_of_the_two_is_told_with_its_box_and_not_recorded() {
    let bench = Bench::with(&["clips/cityCC0.mpg", "clips/city-repost.mp4"]);
    bench.run("match");
    let clean = bench.run("review overlays M1");
    assert!(
        clean.contains("nothing lies over either throughout"),
        "{clean}"
    );
    covered(&bench);
    let found = bench.json("match #3");
    let with_source = found.iter().find(|one| one["reference"] == "cityCC0.mpg");
    let number = with_source.unwrap()["match"].as_str().unwrap();
    let entries = bench.entries();
    let told = bench.json(&format!("review overlays {number}")).remove(0);
    let [place] = &told["boxes"].as_array().unwrap()[..] else {
        panic!("{told}");
    };
    // The clip is 720 samples wide and 405 high.
    let truth = [
        ("x", 504.0),
        ("y", 40.5),
        ("width", 144.0),
        ("height", 60.75),
    ];
    for (key, pixels) in truth {
        let off = place[key].as_f64().unwrap() - pixels;
        assert!(off.abs() <= 20.0, "{key}: {place}");
    }
    assert_eq!(bench.entries(), entries);
    let (code, said) = bench.refused("review overlays M99");
    assert!(
        code == 4 && said.contains("there is no match M99"),
        "{said}"
    );
}
