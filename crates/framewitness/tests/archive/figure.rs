//! Two exact frames side by side, in one picture.

use std::path::Path;

use crate::bench::Bench;

/// Rows of RGB.
struct Picture {
    width: usize,
    rgb: Vec<u8>,
    texts: Vec<(String, String)>,
}

impl Picture {
    fn read(path: &Path) -> Self {
        let file = std::io::BufReader::new(std::fs::File::open(path).unwrap());
        let mut reader = png::Decoder::new(file).read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        assert_eq!(info.color_type, png::ColorType::Rgb);
        let texts = reader.info().utf8_text.iter();
        let texts = texts.map(|text| (text.keyword.clone(), text.get_text().unwrap()));
        Self {
            width: info.width as usize,
            texts: texts.collect(),
            rgb,
        }
    }

    /// A box of pixels.
    fn part(&self, (x, y): (usize, usize), (width, height): (usize, usize)) -> Vec<u8> {
        let rows = (y..y + height).map(|row| (row * self.width + x) * 3);
        rows.flat_map(|start| self.rgb[start..start + width * 3].to_vec())
            .collect()
    }

    fn height(&self) -> usize {
        self.rgb.len() / 3 / self.width
    }

    fn mirrored(&self) -> Vec<u8> {
        let rows = self.rgb.chunks_exact(self.width * 3);
        rows.flat_map(|row| {
            row.chunks_exact(3)
                .rev()
                .flatten()
                .copied()
                .collect::<Vec<_>>()
        })
        .collect()
    }
}

fn still(bench: &Bench, item: &str, frame: u64) -> Picture {
    let name = format!("{}-{frame}.png", &item[1..]);
    bench.run(&format!("frame {item} {frame} -o {name}"));
    Picture::read(&bench.path(&name))
}

#[test]
fn a_figure_holds_the_exact_pixels_of_both_frames_and_says_which_they_are() {
    let bench = Bench::with(&["clips/city-repost.mp4", "clips/cityCC0.mpg"]);
    let by_hand = "compare #1 #2 --frame 37 --other-frame 2.4s --mirrored --figure pair.png";
    let told = bench.json(by_hand).remove(0);
    assert_eq!(
        (&told["one"]["frame"], &told["other"]["frame"]),
        (&37.into(), &60.into())
    );
    assert_eq!((&told["mirrored"], told.get("match")), (&true.into(), None));
    let rows = bench.json("frames #2 --from 60 --count 1");
    assert_eq!(told["other"]["hash"], rows[0]["hash"]);

    let figure = Picture::read(&bench.path("pair.png"));
    let (one, other) = (still(&bench, "#1", 37), still(&bench, "#2", 60));
    let size = |of: &Picture| (of.width, of.height());
    assert_eq!(figure.part((24, 24), size(&one)), one.rgb);
    let right = 48 + one.width.max(480);
    assert_eq!(figure.part((right, 24), size(&other)), other.mirrored());
    // Beneath the frames something is written, and nothing touches the edge.
    let below = 24 + one.height().max(other.height());
    let beneath = figure.part(
        (24, below),
        (figure.width - 48, figure.height() - below - 24),
    );
    assert!(beneath.iter().filter(|value| **value < 0x40).count() > 1000);
    for edge in [(0, 0), (0, figure.height() - 24)] {
        assert!(
            figure
                .part(edge, (figure.width, 24))
                .iter()
                .all(|value| *value == 255)
        );
    }
    // What a program reads of it is what was told.
    let pair = figure
        .texts
        .iter()
        .find(|(keyword, _)| keyword == "Framewitness Pair");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&pair.unwrap().1).unwrap(),
        told
    );

    let written = std::fs::read(bench.path("pair.png")).unwrap();
    let piped = bench.output("Ada", &by_hand.replace("pair.png", "-"));
    assert_eq!(piped.stdout, written, "the same pair gives the same bytes");
}

#[test]
fn a_match_says_which_frame_stands_beside() {
    let bench = Bench::with(&["clips/city-repost.mp4", "clips/cityCC0.mpg"]);
    bench.run("match #1");
    let first = bench.json("compare M1").remove(0);
    let apart = |pair: &serde_json::Value| {
        pair["other"]["at_s"].as_f64().unwrap() - pair["one"]["at_s"].as_f64().unwrap()
    };
    assert_eq!(first["match"], "M1");
    // Both run at one speed: what stands apart at the beginning does so later, to a frame.
    let later = bench.json("compare M1 --frame 80").remove(0);
    assert_eq!(later["one"]["frame"], 80);
    assert!(
        (apart(&first) - apart(&later)).abs() < 0.05,
        "{first} {later}"
    );

    // However the two frames were found, the figure of them is the same.
    bench.run("compare M1 --frame 80 --figure matched.png");
    let beside = &later["other"]["frame"];
    bench.run(&format!(
        "compare #1 #2 --frame 80 --other-frame {beside} --figure put.png"
    ));
    let bytes = |name| std::fs::read(bench.path(name)).unwrap();
    assert_eq!(bytes("matched.png"), bytes("put.png"));

    let (code, said) = bench.refused("compare #1");
    assert!(code == 2 && said.contains("is no match"), "{said}");
    let (code, said) = bench.refused("compare #1 #2 --other-frame 99999");
    assert!(
        code == 4 && said.contains("there is no frame at 99999"),
        "{said}"
    );
    let (code, _) = bench.refused("compare M1 --mirrored");
    assert_eq!(code, 2);
}
