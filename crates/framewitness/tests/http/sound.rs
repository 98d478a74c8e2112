//! Sound is laid out on the clock of the frames, to the sample.

use crate::served::Served;

#[test]
fn the_outline_and_the_sound_follow_the_clock_of_the_frames() {
    let served = Served::with(&["clips/movie-hello.mpeg"]);
    let detail = served.get("/api/items/1").json();
    let sound = &detail["sound"];
    assert_eq!(sound["samples"], 396_288);
    let (start, end) = (sound["start_s"].as_f64(), sound["end_s"].as_f64());
    let (start, end) = (start.expect("a start"), end.expect("an end"));
    let columns = served
        .get("/api/items/1/waveform?from_s=0&to_s=20&width=2000")
        .json();
    let lanes = columns["lanes"].as_array().expect("lanes");
    assert_eq!(lanes.len(), 2);
    for lane in lanes {
        let peaks = lane["peaks"].as_array().expect("peaks");
        let heard = peaks.iter().filter(|peak| !peak.is_null()).count();
        assert_eq!(peaks.len(), 2000);
        // A column is a hundredth of a second.
        assert!(
            (heard as f64 - (end - start) * 100.0).abs() <= 2.0,
            "{heard}"
        );
    }
    let between =
        |from: f64, to: f64| served.get(&format!("/api/items/1/sound.wav?from_s={from}&to_s={to}"));
    let answer = between(1.0, 3.0);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("audio/wav"));
    assert_eq!(answer.body.len(), 44 + 2 * 48_000 * 4);
    let halves = [&between(1.0, 2.0).body[44..], &between(2.0, 3.0).body[44..]].concat();
    assert!(halves == answer.body[44..], "pieces join without a seam");
    let beyond = between(end - 0.5, end + 0.5);
    assert_eq!(beyond.body.len(), 44 + 48_000 * 4);
    assert!(
        beyond.body[44 + 30_000 * 4..].iter().all(|byte| *byte == 0),
        "silence follows"
    );
}

#[test]
fn what_cannot_be_had_is_refused() {
    let served = Served::with(&["clips/movie-hello.mpeg", "odd/rotated.mp4"]);
    let status = |path: &str| served.get(&format!("/api/items/{path}")).status;
    assert_eq!(status("1/sound.wav?from_s=0&to_s=31"), 422);
    assert_eq!(status("1/sound.wav?from_s=2&to_s=1"), 422);
    assert_eq!(status("1/sound.wav?from_s=NaN&to_s=1"), 422);
    assert_eq!(status("1/sound.wav"), 400);
    assert_eq!(
        status("1/waveform?from_s=-inf&to_s=inf&width=4294967295"),
        200
    );
    assert_eq!(status("2/sound.wav?from_s=0&to_s=1"), 404);
    assert_eq!(status("2/waveform?to_s=1"), 404);
    assert_eq!(status("9/waveform?to_s=1"), 404);
}
