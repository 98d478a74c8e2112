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
