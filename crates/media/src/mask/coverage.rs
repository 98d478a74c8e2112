//! Which pixels of a stored picture a region of the displayed one touches.

use super::Area;
use crate::display::DisplayGeometry;

/// Covered samples of a plane within a box of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Left edge of the box, in samples.
    pub left: usize,
    /// Its top.
    pub top: usize,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    set: Vec<bool>,
}

impl Coverage {
    /// The pixels of a stored picture that `area` of the displayed one touches; nothing outside of the picture.
    pub fn of(area: &Area, geometry: &DisplayGeometry) -> Self {
        let stored = |corner: [f64; 2]| stored(corner, geometry);
        let size = [geometry.width, geometry.height].map(f64::from);
        match area {
            Area::Box(edges) | Area::Ellipse(edges) => {
                let [x, y, width, height] = edges.map(f64::from);
                let (one, other) = (stored([x, y]), stored([x + width, y + height]));
                let corners = [[one[0], other[0]], [one[1], other[1]]];
                let [across, down] = corners.map(|[a, b]| (a.min(b), a.max(b)));
                let round = matches!(area, Area::Ellipse(_));
                Self::draw(across, down, size, |y| match round {
                    false => vec![across],
                    true => ellipse(across, down, y).into_iter().collect(),
                })
            }
            Area::Polygon(corners) => {
                let corners: Vec<[f64; 2]> = { corners.iter() }
                    .map(|corner| stored(corner.map(f64::from)))
                    .collect();
                let range = |axis: usize| {
                    let along = corners.iter().map(|corner| corner[axis]);
                    along.fold((f64::MAX, f64::MIN), |(a, b), it| (a.min(it), b.max(it)))
                };
                Self::draw(range(0), range(1), size, |y| polygon(&corners, y))
            }
        }
    }

    /// What rows `y` to `y + 1` are touched by lies between these places.
    fn draw(
        across: (f64, f64),
        down: (f64, f64),
        [width, height]: [f64; 2],
        touched: impl Fn(f64) -> Vec<(f64, f64)>,
    ) -> Self {
        let whole = |(from, to): (f64, f64), most: f64| {
            let from = from.floor().clamp(0.0, most);
            (from as usize, to.ceil().clamp(from, most) as usize)
        };
        let ((left, right), (top, bottom)) = (whole(across, width), whole(down, height));
        let (wide, high) = (right - left, bottom - top);
        let mut set = vec![false; wide * high];
        for (y, row) in set.chunks_exact_mut(wide.max(1)).enumerate() {
            for (from, to) in touched((top + y) as f64) {
                let (from, to) = whole((from, to), width);
                let (from, to) = (from.clamp(left, right), to.clamp(left, right));
                row[from - left..to - left].fill(true);
            }
        }
        Self {
            left,
            top,
            width: wide,
            height: high,
            set,
        }
    }

    /// The samples of a plane of so many halvings of width and height that stand for a covered pixel.
    pub(crate) fn halved(&self, (across, down): (u32, u32)) -> Self {
        if (across, down) == (0, 0) {
            return self.clone();
        }
        let (left, top) = (self.left >> across, self.top >> down);
        let end = |from: usize, length: usize, shift: u32| (from + length).div_ceil(1 << shift);
        let width = end(self.left, self.width, across) - left;
        let height = end(self.top, self.height, down) - top;
        let mut set = vec![false; width * height];
        for (y, row) in self.set.chunks_exact(self.width.max(1)).enumerate() {
            let into = (((self.top + y) >> down) - top) * width;
            for (x, covered) in row.iter().enumerate() {
                set[into + ((self.left + x) >> across) - left] |= covered;
            }
        }
        Self {
            left,
            top,
            width,
            height,
            set,
        }
    }

    /// Whether the sample in this column and row of the plane is covered.
    pub fn covers(&self, x: usize, y: usize) -> bool {
        let within =
            |at: usize, from: usize, length: usize| at.checked_sub(from).filter(|it| *it < length);
        let at = within(x, self.left, self.width).zip(within(y, self.top, self.height));
        at.is_some_and(|(x, y)| self.set[y * self.width + x])
    }

    /// Number of covered samples.
    pub fn count(&self) -> usize {
        self.set.iter().filter(|it| **it).count()
    }

    /// The covered runs, as row, first column and the one after the last.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let rows = self.set.chunks_exact(self.width.max(1)).enumerate();
        rows.flat_map(move |(y, row)| {
            let mut x = 0;
            std::iter::from_fn(move || {
                let from = x + row[x..].iter().position(|it| *it)?;
                let length = row[from..].iter().position(|it| !*it);
                x = length.map_or(row.len(), |length| from + length);
                Some((self.top + y, self.left + from, self.left + x))
            })
        })
    }
}

/// A place on the display, in the stored picture: turned back, then brought to stored pixels, then mirrored back.
fn stored([x, y]: [f64; 2], geometry: &DisplayGeometry) -> [f64; 2] {
    let (wide, high) = geometry.squared();
    let (wide, high) = (f64::from(wide), f64::from(high));
    let [x, y] = match geometry.rotation {
        90 => [y, high - x],
        180 => [wide - x, high - y],
        270 => [wide - y, x],
        _ => [x, y],
    };
    let (width, height) = (f64::from(geometry.width), f64::from(geometry.height));
    let (x, y) = (x * width / wide, y * height / high);
    [if geometry.mirrored { width - x } else { x }, y]
}

/// Where rows `y` to `y + 1` lie within an ellipse.
fn ellipse(across: (f64, f64), down: (f64, f64), y: f64) -> Option<(f64, f64)> {
    let [middle, centre] = [across, down].map(|(a, b)| f64::midpoint(a, b));
    let [wide, high] = [across, down].map(|(a, b)| (b - a) / 2.0);
    let off = (y - centre).max(centre - y - 1.0).max(0.0) / high;
    let half = wide * (1.0 - off * off).max(0.0).sqrt();
    (off < 1.0).then_some((middle - half, middle + half))
}

/// Where rows `y` to `y + 1` are crossed by the edges of a polygon, and where their middle lies within.
fn polygon(corners: &[[f64; 2]], y: f64) -> Vec<(f64, f64)> {
    let (mut touched, mut crossings) = (Vec::new(), Vec::new());
    for (at, a) in corners.iter().enumerate() {
        let b = &corners[(at + 1) % corners.len()];
        let (upper, lower) = if a[1] <= b[1] { (a, b) } else { (b, a) };
        if lower[1] < y || upper[1] > y + 1.0 {
            continue;
        }
        let along = |y: f64| match lower[1] - upper[1] {
            0.0 => upper[0],
            rise => upper[0] + (lower[0] - upper[0]) * (y - upper[1]) / rise,
        };
        let (from, to) = match lower[1] == upper[1] {
            true => (upper[0], lower[0]),
            false => (along(upper[1].max(y)), along(lower[1].min(y + 1.0))),
        };
        touched.push((from.min(to), from.max(to)));
        let middle = y + 0.5;
        if upper[1] <= middle && lower[1] > middle {
            crossings.push(along(middle));
        }
    }
    crossings.sort_by(f64::total_cmp);
    touched.extend(crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])));
    touched
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Rational;

    fn geometry(rotation: u16, mirrored: bool, aspect: (i32, i32)) -> DisplayGeometry {
        DisplayGeometry {
            width: 12,
            height: 8,
            sample_aspect: Rational {
                num: aspect.0,
                den: aspect.1,
            },
            rotation,
            mirrored,
        }
    }

    fn shown(rgb: Vec<u8>, geometry: DisplayGeometry) -> Vec<u8> {
        let applied = crate::still::Applied {
            rotation: geometry.rotation,
            mirrored: geometry.mirrored,
            sample_aspect: geometry.sample_aspect,
            stored_width: geometry.width,
            stored_height: geometry.height,
            pixel_format: "rgb24".to_owned(),
            matrix: String::new(),
            range: String::new(),
            depth: 8,
            converter: String::new(),
        };
        let hash = crate::index::FrameHash([0; 32]);
        let still = crate::still::Still::from_stored(crate::time::FrameNo(0), hash, rgb, applied);
        still.expect("a picture of this size").rgb
    }

    /// The display shows a single bright pixel of the stored picture; a box around what is shown covers that pixel.
    #[test]
    fn a_box_on_the_display_covers_what_is_seen_in_it() {
        for rotation in [0, 90, 180, 270] {
            for mirrored in [false, true] {
                for aspect in [(1, 1), (2, 1), (1, 2)] {
                    let geometry = geometry(rotation, mirrored, aspect);
                    let (width, height) = geometry.displayed();
                    for (x, y) in [(0, 0), (3, 2), (11, 7), (5, 0)] {
                        let mut luma = vec![0; 12 * 8 * 3];
                        luma[(y * 12 + x) * 3..][..3].fill(255);
                        let shown = shown(luma, geometry);
                        let bright =
                            |(at, _): &(usize, &[u8])| (at % width as usize, at / width as usize);
                        let seen: Vec<(usize, usize)> = { shown.chunks_exact(3).enumerate() }
                            .filter(|(_, rgb)| rgb[0] > 127)
                            .map(|it| bright(&it))
                            .collect();
                        assert!(seen.len() <= (width * height) as usize && !seen.is_empty());
                        let (left, top) = seen[0];
                        let area = Area::Box([left as u32, top as u32, 1, 1]);
                        let coverage = Coverage::of(&area, &geometry);
                        assert!(
                            coverage.covers(x, y),
                            "{rotation} {mirrored} {aspect:?} {x} {y}"
                        );
                        assert!(coverage.count() <= 2, "and little more");
                    }
                }
            }
        }
    }

    fn rows(coverage: &Coverage) -> Vec<String> {
        let row = |y| {
            { 0..12 }
                .map(|x| if coverage.covers(x, y) { '#' } else { '.' })
                .collect()
        };
        { 0..8 }.map(row).collect()
    }

    #[test]
    fn every_pixel_that_a_shape_touches_is_covered() {
        let flat = geometry(0, false, (1, 1));
        let polygon = Area::Polygon(vec![[0, 0], [8, 0], [8, 8], [4, 2], [0, 8]]);
        assert_eq!(
            rows(&Coverage::of(&polygon, &flat)),
            [
                "########....",
                "########....",
                "########....",
                "########....",
                "###..###....",
                "##....##....",
                "##....##....",
                "#......#...."
            ]
        );
        let ellipse = Area::Ellipse([2, 1, 6, 4]);
        assert_eq!(
            rows(&Coverage::of(&ellipse, &flat)),
            [
                "............",
                "..######....",
                "..######....",
                "..######....",
                "..######....",
                "............",
                "............",
                "............"
            ]
        );
        let beyond = Coverage::of(&Area::Box([10, 6, 100, 100]), &flat);
        assert_eq!((beyond.width, beyond.height, beyond.count()), (2, 2, 4));
        assert_eq!(Coverage::of(&Area::Box([40, 40, 5, 5]), &flat).count(), 0);
    }

    #[test]
    fn a_chroma_sample_that_stands_for_a_covered_pixel_is_covered() {
        let flat = geometry(0, false, (1, 1));
        let halved = Coverage::of(&Area::Box([3, 3, 2, 1]), &flat).halved((1, 1));
        assert_eq!(
            (halved.left, halved.top, halved.width, halved.height),
            (1, 1, 2, 1)
        );
        assert_eq!(halved.count(), 2);
        assert_eq!(halved.runs().collect::<Vec<_>>(), [(1, 1, 3)]);
    }
}
