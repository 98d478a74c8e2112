//! People who appear, and are protected.

use std::io::Cursor;

use base64::Engine;

use crate::bench::Bench;

/// RGB of the picture of frame `no` in a report, with its width.
fn figure(html: &str, no: u32) -> (Vec<u8>, usize) {
    let (_, figure) = html.split_once(&format!("id=\"frame-{no}\"")).unwrap();
    let (_, data) = figure.split_once("data:image/png;base64,").unwrap();
    let (data, _) = data.split_once('"').unwrap();
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(data)
        .unwrap();
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgb).unwrap();
    (rgb, info.width as usize)
}

#[test]
fn whoever_is_protected_is_black_in_the_report_and_not_named() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("person add satchel --role minor");
    bench.run("person appears P1 1 --frame 3 --to 5 --region 10,20,30,40");
    bench.run("person identify P1 --name Marga --reason mother");
    bench.run("observe 1 street --frame 7");
    bench.run("report 1 -o masked.html");
    bench.run("person protect P1 --reason agreed");
    bench.run("report 1 -o shown.html");
    let html = |name: &str| std::fs::read_to_string(bench.path(name)).unwrap();
    let (masked, shown) = (html("masked.html"), html("shown.html"));
    assert!(!masked.contains("Marga") && shown.contains("Marga"));
    // The box in the first frame, and nothing else of it.
    let ((black, width), (open, _)) = (figure(&masked, 3), figure(&shown, 3));
    let inside = |at: usize| {
        let (x, y) = (at / 3 % width, at / 3 / width);
        (10..40).contains(&x) && (20..60).contains(&y)
    };
    assert!((0..black.len()).all(|at| if inside(at) {
        black[at] == 0
    } else {
        black[at] == open[at]
    }));
    assert!((0..open.len()).any(|at| inside(at) && open[at] != 0));
    // Where the person is in the last frame of the span nobody said; elsewhere nobody is masked.
    assert!(figure(&masked, 5).0.iter().all(|byte| *byte == 0));
    assert!(figure(&masked, 7) == figure(&shown, 7));
    assert!(
        masked.contains("blackened, for protection")
            && !shown.contains("blackened, for protection")
    );
    bench.run("verify");
    bench.run("rebuild");
}

#[test]
fn where_a_confirmed_mask_protects_somebody_the_rest_of_a_figure_is_seen() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("person add satchel --role minor");
    bench.run("person appears P1 1 --frame 3 --to 5");
    bench.run(
        "mask draw 1 --keyframe 3=10,20,30,40 --keyframe 5=14,20,30,40 --protects P1 --reason face",
    );
    bench.run("mask draw 1 --frame 4 --to 5 --region 100,20,30,40 --reason plate");
    bench.run("mask confirm X2");
    bench.run("observe 1 street --frame 5");
    let drawn = |name: &str| {
        bench.run(&format!("report 1 -o {name}"));
        figure(&std::fs::read_to_string(bench.path(name)).unwrap(), 5)
    };
    let all_black = |(rgb, _): &(Vec<u8>, usize)| rgb.iter().all(|byte| *byte == 0);
    assert!(all_black(&drawn("proposed.html")));
    bench.run("mask confirm X1");
    let (rgb, width) = drawn("confirmed.html");
    let lit = |x: usize, y: usize| (y * width + x) * 3;
    let lit = |x, y| rgb[lit(x, y)..][..3].iter().any(|byte| *byte != 0);
    let under = |left: usize| (left..left + 30).flat_map(|x| (20..60).map(move |y| (x, y)));
    assert!(!under(14).chain(under(100)).any(|(x, y)| lit(x, y)));
    assert!((0..width).any(|x| lit(x, 80)) && (60..90).any(|x| lit(x, 40)));
    bench.run("mask withdraw X1 --reason moved");
    assert!(all_black(&drawn("withdrawn.html")));
}
