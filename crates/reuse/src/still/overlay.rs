//! What lies over one of two pictures of the same footage: a logo, a caption, a patch.

use super::closeup::{Grid, Laid, STEPS, STRANGE, line};
use super::nearest::climbed;
use super::picture::{Area, Size, reduced_by};
use crate::{Luma, Part};

/// Longest side of what is compared, in samples.
const LONGEST: f32 = 256.0;

/// Columns and rows of the map of differences over the query's picture.
const COLUMNS: usize = 64;
const ROWS: usize = 36;

/// Difference of a cell, in 8-bit steps, from which on it may be covered.
const COVERED: f32 = 18.0;

/// How many times more than half of the cells a covered one differs.
const STANDS_OUT: f32 = 4.0;

/// Covered cells at most so far apart are one overlay.
const GAP: usize = 2;

/// Cells that an overlay covers at least, and the part of its box that they fill.
const LEAST_CELLS: usize = 8;
const FILLED: f32 = 0.4;

/// Cells that it is wide and high at least: a thinner one is an edge that does not quite meet its own.
const THIN: usize = 2;

/// Ranges into which tones are parted, and how many tones each has.
const TONES: usize = 16;
const RANGE: f32 = 256.0 / TONES as f32;

/// How far a grade may bend tones off a straight line, in 8-bit steps.
const BENT: f32 = 24.0;

/// How often the straight line is fitted anew to what lies near it.
const FITS: usize = 4;

/// A cell no brighter than this is black: bars about the picture are, and cover nothing.
const BLACK: f32 = 8.0;

/// Overlays told at most, the largest.
const TOLD: usize = 6;

/// Compares pairs of frames that show the same, and tells where they differ throughout.
#[derive(Clone, Debug)]
pub struct Overlays {
    /// Where in the query's picture the whole of the reference's would lie, in shares of the former.
    place: Area,
    mirrored: bool,
    /// Of each pair, how far each cell differs; none where it shows nothing of the reference.
    maps: Vec<Vec<Option<f32>>>,
    /// The cells of the query's picture that were black all along.
    black: Vec<bool>,
}

impl Overlays {
    /// For the alteration that a match tells ([`crate::Alteration`]).
    pub fn new(in_query: Part, in_reference: Part, mirrored: bool) -> Self {
        let shown = in_reference;
        let from = if mirrored {
            1.0 - shown.x - shown.width
        } else {
            shown.x
        };
        let (width, height) = (
            in_query.width / shown.width.max(f32::EPSILON),
            in_query.height / shown.height.max(f32::EPSILON),
        );
        let (left, top) = (in_query.x - from * width, in_query.y - shown.y * height);
        Self {
            place: Area::new([left, top, left + width, top + height]),
            mirrored,
            maps: Vec::new(),
            black: vec![true; COLUMNS * ROWS],
        }
    }

    /// Compares a frame of the query with the reference's that shows the same. Planes that are not whole are
    /// passed over, as are pairs that share too little.
    pub fn show(&mut self, query: Luma<'_>, reference: Luma<'_>) {
        if !query.is_whole() || !reference.is_whole() {
            return;
        }
        let longest = query.width.max(query.height) as f32;
        let picture = reduced_by(query, (longest / LONGEST).max(1.0));
        let (width, height) = (picture.width as f32, picture.height as f32);
        let [left, top, right, bottom] = self.place.edges();
        let place = Area::new([left * width, top * height, right * width, bottom * height]);
        let grid = Grid::of(reference, &place, self.mirrored);
        let (error, place) = climbed(place, &STEPS, |place| grid.error(&picture, place));
        if error < f32::MAX {
            let laid = grid.laid(&picture, &place);
            self.maps.push(map(&laid, (width, height)));
            self.blacken(&picture);
        }
    }

    /// The boxes in which the two differ throughout, in shares of the query's picture, the largest first; none
    /// of fewer than two pairs. Which of the two is covered, pixels cannot tell.
    pub fn boxes(&self) -> Vec<Part> {
        let differ = self.throughout();
        let mut sorted: Vec<f32> = differ.iter().flatten().copied().collect();
        sorted.sort_by(f32::total_cmp);
        let Some(&middle) = sorted.get(sorted.len() / 2) else {
            return Vec::new();
        };
        let least = COVERED.max(STANDS_OUT * middle);
        let covered: Vec<bool> = differ
            .iter()
            .map(|cell| cell.is_some_and(|it| it >= least))
            .collect();
        let mut boxes: Vec<Cover> = gathered(covered);
        boxes.retain(|one| {
            one.cells >= LEAST_CELLS
                && one.filled() >= FILLED
                && one.sides().0.min(one.sides().1) > THIN
        });
        boxes.sort_by_key(|one| std::cmp::Reverse(one.area()));
        boxes.iter().take(TOLD).map(Cover::part).collect()
    }

    fn blacken(&mut self, picture: &Size) {
        let middle = |cell: usize, cells: usize, side: usize| {
            (cell as f32 + 0.5) / cells as f32 * side as f32
        };
        for (cell, black) in self.black.iter_mut().enumerate() {
            let x = middle(cell % COLUMNS, COLUMNS, picture.width);
            let y = middle(cell / COLUMNS, ROWS, picture.height);
            *black &= picture.at(x, y).is_none_or(|it| it <= BLACK);
        }
    }

    /// Whether a cell lies in a row or column that is black from side to side.
    fn barred(&self, cell: usize) -> bool {
        let (column, row) = (cell % COLUMNS, cell / COLUMNS);
        (0..COLUMNS).all(|column| self.black[row * COLUMNS + column])
            || (0..ROWS).all(|row| self.black[row * COLUMNS + column])
    }

    /// How far each cell differs in all but a quarter of the pairs: what moves differs now and then.
    fn throughout(&self) -> Vec<Option<f32>> {
        let most = self.maps.len();
        (0..COLUMNS * ROWS)
            .map(|cell| {
                let mut all: Vec<f32> = self.maps.iter().filter_map(|map| map[cell]).collect();
                all.sort_by(f32::total_cmp);
                let seen = all.len() >= 2 && 2 * all.len() >= most && !self.barred(cell);
                seen.then(|| all[all.len() / 4])
            })
            .collect()
    }
}

/// How far each cell of a picture of a size differs from the frame laid over it.
fn map(laid: &[Laid], (width, height): (f32, f32)) -> Vec<Option<f32>> {
    let tones = Tones::of(laid);
    let mut sums = vec![(0.0, 0.0); COLUMNS * ROWS];
    for it in laid {
        let cell =
            |at: f32, side: f32, cells: usize| ((at / side * cells as f32) as usize).min(cells - 1);
        let (column, row) = (cell(it.at.0, width, COLUMNS), cell(it.at.1, height, ROWS));
        let sum = &mut sums[row * COLUMNS + column];
        *sum = (sum.0 + (it.picture - tones.at(it.frame)).abs(), sum.1 + 1.0);
    }
    let of = |column: usize, row: usize| {
        let (sum, many) = sums[row * COLUMNS + column];
        (many > 0.0).then(|| sum / many)
    };
    let cells = (0..ROWS).flat_map(|row| (0..COLUMNS).map(move |column| (column, row)));
    // At its rim the frame ends within a cell, and never quite where it was taken to.
    cells
        .map(|(column, row)| {
            let columns = column.saturating_sub(1)..=(column + 1).min(COLUMNS - 1);
            let mut about = columns.flat_map(|column| {
                (row.saturating_sub(1)..=(row + 1).min(ROWS - 1)).map(move |row| (column, row))
            });
            let inner = about.all(|(column, row)| of(column, row).is_some());
            of(column, row).filter(|_| inner)
        })
        .collect()
}

/// Contrast and brightness of the picture over the frame, by what they have in common.
fn straight(laid: &[Laid]) -> (f32, f32) {
    let all = laid.iter().map(|it| (it.frame, it.picture));
    let mut fitted = line(all.clone());
    for _ in 0..FITS {
        let (gain, offset) = fitted;
        let same = all
            .clone()
            .filter(|(frame, picture)| (picture - gain * frame - offset).abs() < STRANGE);
        if 3 * same.clone().count() < laid.len() {
            break;
        }
        fitted = line(same);
    }
    fitted
}

/// How a grade changed the frame's tones: for each range of them the middle of what the picture has. What
/// covers less than half of a range does not shift it.
struct Tones([f32; TONES]);

impl Tones {
    fn of(laid: &[Laid]) -> Self {
        let (gain, offset) = straight(laid);
        let mut ranges: [Vec<f32>; TONES] = std::array::from_fn(|_| Vec::new());
        for it in laid {
            ranges[(it.frame / RANGE) as usize % TONES].push(it.picture - gain * it.frame);
        }
        let few = laid.len() / (TONES * TONES);
        Self(std::array::from_fn(|range| {
            let all = &mut ranges[range];
            let tone = gain * (range as f32 + 0.5) * RANGE;
            if all.len() <= few {
                return tone + offset;
            }
            let middle = all.len() / 2;
            let middle = *all.select_nth_unstable_by(middle, f32::total_cmp).1;
            tone + middle.clamp(offset - BENT, offset + BENT)
        }))
    }

    /// What the picture has where the frame has `frame`.
    fn at(&self, frame: f32) -> f32 {
        let at = (frame / RANGE - 0.5).clamp(0.0, TONES as f32 - 1.0);
        let low = at as usize;
        let high = (low + 1).min(TONES - 1);
        let share = at - low as f32;
        self.0[low] * (1.0 - share) + self.0[high] * share
    }
}

/// A box of cells, its ends included.
struct Cover {
    columns: (usize, usize),
    rows: (usize, usize),
    /// Covered ones within.
    cells: usize,
}

impl Cover {
    fn sides(&self) -> (usize, usize) {
        (
            self.columns.1 + 1 - self.columns.0,
            self.rows.1 + 1 - self.rows.0,
        )
    }

    fn area(&self) -> usize {
        self.sides().0 * self.sides().1
    }

    fn filled(&self) -> f32 {
        self.cells as f32 / self.area() as f32
    }

    fn part(&self) -> Part {
        let share = |cell: usize, cells: usize| cell as f32 / cells as f32;
        let (x, y) = (share(self.columns.0, COLUMNS), share(self.rows.0, ROWS));
        Part {
            x,
            y,
            width: share(self.columns.1 + 1, COLUMNS) - x,
            height: share(self.rows.1 + 1, ROWS) - y,
        }
    }
}

/// The boxes about covered cells that lie near each other.
fn gathered(mut covered: Vec<bool>) -> Vec<Cover> {
    let mut boxes = Vec::new();
    while let Some(first) = covered.iter().position(|&it| it) {
        covered[first] = false;
        let (x, y) = (first % COLUMNS, first / COLUMNS);
        let mut found = Cover {
            columns: (x, x),
            rows: (y, y),
            cells: 0,
        };
        let mut next = vec![(x, y)];
        while let Some((x, y)) = next.pop() {
            found.cells += 1;
            found.columns = (found.columns.0.min(x), found.columns.1.max(x));
            found.rows = (found.rows.0.min(y), found.rows.1.max(y));
            for row in y.saturating_sub(GAP)..=(y + GAP).min(ROWS - 1) {
                for column in x.saturating_sub(GAP)..=(x + GAP).min(COLUMNS - 1) {
                    if std::mem::take(&mut covered[row * COLUMNS + column]) {
                        next.push((column, row));
                    }
                }
            }
        }
        boxes.push(found);
    }
    boxes
}
