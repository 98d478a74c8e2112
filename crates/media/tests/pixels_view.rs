//! View filters, against values computed by hand and properties that must hold.

use media::index::FrameHash;
use media::still::{Applied, Still};
use media::time::{FrameNo, Rational};
use media::view::{BadView, View, Viewed};

#[derive(Debug)]
enum Failed {
    View(BadView),
}

impl From<BadView> for Failed {
    fn from(why: BadView) -> Self {
        Self::View(why)
    }
}

struct Kept(Still);

impl AsRef<Still> for Kept {
    fn as_ref(&self) -> &Still {
        &self.0
    }
}

fn still(no: u32, width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Still {
    let rgb = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| pixel(x, y))
        .collect();
    let applied = Applied {
        rotation: 0,
        mirrored: false,
        sample_aspect: Rational { num: 1, den: 1 },
        stored_width: width,
        stored_height: height,
        pixel_format: "rgb24".to_owned(),
        matrix: "bt709".to_owned(),
        range: "pc".to_owned(),
        depth: 8,
        converter: "none".to_owned(),
    };
    Still::from_stored(FrameNo(no), FrameHash([0; 32]), rgb, applied).expect("a picture")
}

/// Shows `still` of a video of which frame `n` is grey of level `10 * n`.
fn show(view: &str, still: &Still) -> Viewed {
    try_show(view, still).expect("a view of this picture")
}

fn try_show(view: &str, still: &Still) -> Result<Viewed, Failed> {
    let view: View = view.parse().map_err(Failed::View)?;
    let grey = |no: FrameNo| -> Result<Kept, Failed> {
        let level = (no.0 * 10) as u8;
        Ok(Kept(self::still(
            no.0,
            still.width,
            still.height,
            |_, _| [level; 3],
        )))
    };
    view.show(still, 12, grey)
}

fn ramp() -> Still {
    still(5, 256, 4, |x, _| [x as u8; 3])
}

fn levels(viewed: &Viewed) -> Vec<u8> {
    viewed
        .rgb
        .as_chunks::<3>()
        .0
        .iter()
        .map(|rgb| rgb[0])
        .collect()
}

/// Texture without flat places, the same each time.
fn texture() -> Still {
    still(5, 61, 43, |x, y| {
        let at = |k: u32| (((x * 7 + y * 13 + k * 29) * (x + 3 * y + 1)) % 97 + 80) as u8;
        [at(0), at(1), at(2)]
    })
}

#[test]
fn a_view_without_steps_shows_the_exact_pixels() {
    let still = texture();
    let view: View = "".parse().expect("a view");
    let shown: Result<Viewed, BadView> = view.show(&still, 1, |_| Ok(Kept(texture())));
    let shown = shown.expect("no step can fail");
    assert!(view.is_exact());
    assert_eq!((shown.width, shown.height), (still.width, still.height));
    assert_eq!(shown.pixel_hash(), still.pixel_hash());
}

#[test]
fn views_are_written_as_they_are_read_with_every_parameter() {
    for (said, stated) in [
        ("levels=16:180, gamma=1.4", "levels=16:180,gamma=1.4"),
        ("clahe,show=luma", "clahe=3:8,show=luma"),
        ("difference", "difference=previous:4"),
        ("difference=7:10,edges", "difference=7:10,edges"),
        ("average=2:9,stretch", "average=2:9,stretch=0.5"),
        ("denoise=2,sharpen", "denoise=2:12,sharpen=1:1.5"),
        (
            "field=bottom,crop=1:2:3:4,zoom=8",
            "field=bottom,crop=1:2:3:4,zoom=8",
        ),
        ("ela=85", "ela=85:20"),
    ] {
        let view: View = said.parse().expect(said);
        assert_eq!(view.to_string(), stated);
        assert_eq!(stated.parse::<View>().as_ref(), Ok(&view));
    }
}

#[test]
fn what_is_wrong_with_a_view_is_said() {
    for (said, why) in [
        ("blur", "there is no step \"blur\""),
        ("levels=180:16", "black must be below white"),
        ("levels=16", "white is missing"),
        ("gamma=NaN", "must be 0.1 to 10"),
        ("zoom=2:2", "one parameter too many"),
        ("gamma=2,average=0:3", "must come first"),
        ("average=0:500", "more than 500 frames"),
        ("average=5:3", "must be 5 to"),
        ("show=alpha", "is none of red, green"),
    ] {
        let error = said.parse::<View>().expect_err(said).to_string();
        assert!(error.contains(why), "{said}: {error}");
    }
    for (said, why) in [
        ("crop=250:0:10:1", "beyond the picture of 256x4"),
        ("crop=4294967295:0:10:1", "beyond the picture"),
        ("zoom=32,zoom=32", "too large"),
    ] {
        let Err(Failed::View(error)) = try_show(said, &ramp()) else {
            panic!("{said} is no view of a ramp");
        };
        assert!(error.to_string().contains(why), "{said}: {error}");
    }
}

#[test]
fn levels_gamma_and_stretch_have_their_values() {
    let shown = levels(&show("levels=50:200", &ramp()));
    assert_eq!(
        [shown[0], shown[50], shown[125], shown[200], shown[255]],
        [0, 0, 128, 255, 255]
    );
    let shown = levels(&show("gamma=2", &ramp()));
    assert_eq!([shown[0], shown[64], shown[255]], [0, 128, 255]);
    // From step to step nothing is rounded: what one takes the other gives back.
    assert_eq!(
        levels(&show("gamma=3,gamma=0.33333334", &ramp())),
        levels(&show("", &ramp()))
    );
    let dim = still(5, 100, 4, |x, _| [100 + x as u8 / 2; 3]);
    let shown = levels(&show("stretch=0", &dim));
    assert_eq!((shown[0], shown[99]), (0, 255));
    let flat = still(5, 8, 8, |_, _| [77; 3]);
    assert_eq!(show("stretch=5", &flat).rgb, flat.rgb);
}

#[test]
fn planes_are_those_of_bt709() {
    let red = still(5, 2, 2, |_, _| [255, 0, 0]);
    for (plane, value) in [
        ("red", 255),
        ("green", 0),
        ("blue", 0),
        ("luma", 54),
        ("cr", 255),
        ("cb", 99),
    ] {
        assert_eq!(
            show(&format!("show={plane}"), &red).rgb[0],
            value,
            "{plane}"
        );
    }
    let grey = still(5, 2, 2, |_, _| [90; 3]);
    assert_eq!(show("show=cb", &grey).rgb, [128; 12]);
}

#[test]
fn steps_over_time_take_the_frames_they_name() {
    let grey = still(5, 3, 3, |_, _| [50; 3]);
    assert_eq!(show("average=2:4", &grey).rgb, [30; 27]);
    assert_eq!(show("difference=previous:3", &grey).rgb, [30; 27]);
    assert_eq!(show("difference=1:2", &grey).rgb, [80; 27]);
    // Frames 4 and 6 are ten levels away, far more than the strength: they hardly count.
    assert_eq!(show("denoise=1:1", &grey).rgb, [50; 27]);
    let bright = still(5, 3, 3, |_, _| [56; 3]);
    let expected = {
        let weight = |apart: f32| (-apart * apart / 200.0).exp();
        let (below, above) = (weight(16.0), weight(4.0));
        (56.0 + 40.0 * below + 60.0 * above) / (1.0 + below + above)
    };
    assert_eq!(
        show("denoise=1:10", &bright).rgb,
        [expected.round() as u8; 27]
    );
    let first = still(0, 3, 3, |_, _| [0; 3]);
    assert_eq!(show("difference", &first).rgb, [0; 27]);
}

#[test]
fn fields_crops_and_zooms_move_whole_pixels() {
    let rows = still(5, 2, 5, |_, y| [y as u8 * 10; 3]);
    let combed = still(5, 2, 6, |_, y| [if y % 2 == 0 { 200 } else { 20 }; 3]);
    assert_eq!(show("field=top", &combed).rgb, [200; 36]);
    assert_eq!(show("field=bottom", &combed).rgb, [20; 36]);
    assert_eq!(show("field=top", &rows).rgb, rows.rgb);
    let single = still(5, 2, 1, |_, _| [9; 3]);
    assert_eq!(show("field=bottom", &single).rgb, [9; 6]);
    let part = show("crop=254:1:2:2,zoom=3", &ramp());
    assert_eq!((part.width, part.height), (6, 6));
    assert_eq!(levels(&part)[..6], [254, 254, 254, 255, 255, 255]);
}

#[test]
fn sharpening_keeps_flat_places_and_overshoots_at_edges() {
    let step = still(5, 40, 3, |x, _| [if x < 20 { 60 } else { 180 }; 3]);
    let shown = levels(&show("sharpen=1:2", &step));
    assert_eq!((shown[0], shown[39]), (60, 180));
    assert!(shown[19] < 40 && shown[20] > 200, "{:?}", &shown[15..25]);
    let edges = levels(&show("edges", &step));
    assert_eq!(
        [edges[10], edges[19], edges[20], edges[30]],
        [0, 120, 120, 0]
    );
}

#[test]
fn equalisation_spreads_dull_light_and_keeps_hue() {
    let dull = still(5, 128, 128, |x, y| {
        let level = 100 + ((x * 31 + y * 17) % 20) as u8;
        [level, level / 2, level / 4]
    });
    let shown = show("clahe=8:4", &dull);
    let reds = levels(&shown);
    let spread = reds.iter().max().expect("pixels") - reds.iter().min().expect("pixels");
    assert!(spread > 100, "{spread}");
    let (pixels, _) = shown.rgb.as_chunks::<3>();
    for [red, green, _] in pixels.iter().filter(|rgb| (40..250).contains(&rgb[0])) {
        assert!(
            (f32::from(*red) / 2.0 - f32::from(*green)).abs() < 2.5,
            "{red} {green}"
        );
    }
}

#[test]
fn a_second_quantisation_changes_next_to_nothing() {
    let error = |still: &Still, view: &str| -> u64 {
        show(view, still)
            .rgb
            .iter()
            .map(|&value| u64::from(value))
            .sum()
    };
    let fresh = texture();
    // Flat blocks survive any quantisation, as what was quantised before survives the same again.
    let blocks = still(5, 64, 48, |x, y| {
        [((x / 8 * 37 + y / 8 * 11) % 200) as u8; 3]
    });
    assert!(
        error(&fresh, "ela=60:1") > 20 * 61 * 43,
        "texture loses much"
    );
    assert!(
        error(&blocks, "ela=95:1") < 64 * 48,
        "flat blocks lose next to nothing"
    );
    assert!(
        error(&fresh, "ela=100:1") < 2 * 3 * 61 * 43,
        "quality 100 only rounds"
    );
}

#[test]
fn no_step_fails_on_the_smallest_picture() {
    let dot = still(5, 1, 1, |_, _| [7, 8, 9]);
    for view in [
        "clahe",
        "clahe=1:32",
        "edges",
        "sharpen=10:10",
        "ela=1",
        "stretch=20",
        "field=top",
        "denoise=15",
        "average=0:11",
        "difference=11",
        "show=cr",
        "zoom=32",
        "gamma=0.1",
    ] {
        let shown = show(view, &dot);
        assert_eq!(
            shown.rgb.len(),
            (shown.width * shown.height * 3) as usize,
            "{view}"
        );
    }
}

#[test]
fn frames_of_another_size_count_where_they_reach() {
    let view: View = "average=1:2".parse().expect("a view");
    let here = still(5, 4, 4, |_, _| [100; 3]);
    let shown: Result<Viewed, BadView> = view.show(&here, 9, |no| {
        Ok(Kept(match no.0 {
            1 => still(1, 2, 4, |_, _| [10; 3]),
            _ => still(2, 8, 2, |_, _| [30; 3]),
        }))
    });
    let shown = levels(&shown.expect("a mean"));
    assert_eq!(shown[..4], [20, 20, 30, 30]);
    assert_eq!(shown[12..], [10, 10, 100, 100]);
}

#[test]
fn what_fetching_fails_with_is_passed_on() {
    #[derive(Debug, PartialEq)]
    struct Gone;
    impl From<BadView> for Gone {
        fn from(_: BadView) -> Self {
            unreachable!("the view is good")
        }
    }
    let view: View = "average=1:2".parse().expect("a view");
    let shown = view.show(&texture(), 9, |_| Err::<Kept, Gone>(Gone));
    assert_eq!(shown, Err(Gone));
}
