//! Harris's corner measure and the choice of the strongest, spread over the picture.

use super::level::Level;

/// One corner at most is taken from each square of this side.
const CELL: usize = 10;

/// Least measure of a corner: about a step of twelve levels over both axes.
const LEAST: f32 = 40_000.0;

/// Harris's weight of the squared trace.
const TRACE: f32 = 0.05;

/// Half the side of the window over which gradients are summed.
const WINDOW: usize = 2;

/// The places of at most `kept` corners at least `margin` from every side, the strongest first.
pub(super) fn strongest(level: &Level, margin: usize, kept: usize) -> Vec<(usize, usize)> {
    if level.width <= 2 * margin || level.height <= 2 * margin {
        return Vec::new();
    }
    let columns = (level.width - 2 * margin).div_ceil(CELL);
    let rows = (level.height - 2 * margin).div_ceil(CELL);
    let mut best = vec![(LEAST, 0, 0); columns * rows];
    let measures = Measures::new(level);
    for y in margin..level.height - margin {
        for x in margin..level.width - margin {
            let cell = (y - margin) / CELL * columns + (x - margin) / CELL;
            let measure = measures.at(x, y);
            if measure > best[cell].0 {
                best[cell] = (measure, x, y);
            }
        }
    }
    best.retain(|corner| corner.0 > LEAST);
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.2, a.1).cmp(&(b.2, b.1))));
    best.truncate(kept);
    best.into_iter().map(|(_, x, y)| (x, y)).collect()
}

/// Products of gradients, summed over windows.
struct Measures {
    width: usize,
    sums: Vec<[f32; 3]>,
}

impl Measures {
    fn new(level: &Level) -> Self {
        let (width, height) = (level.width, level.height);
        let mut products = vec![[0.0f32; 3]; width * height];
        for y in 1..height - 1 {
            let (above, here, below) = (level.row(y - 1), level.row(y), level.row(y + 1));
            for x in 1..width - 1 {
                let across = f32::from(here[x + 1]) - f32::from(here[x - 1]);
                let down = f32::from(below[x]) - f32::from(above[x]);
                products[y * width + x] = [across * across, down * down, across * down];
            }
        }
        Self {
            width,
            sums: summed(&summed(&products, 1), width),
        }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        let [xx, yy, xy] = self.sums[y * self.width + x];
        let trace = xx + yy;
        xx * yy - xy * xy - TRACE * trace * trace
    }
}

/// Sums over [`WINDOW`] neighbours on either side, `step` apart.
fn summed(values: &[[f32; 3]], step: usize) -> Vec<[f32; 3]> {
    let reach = WINDOW * step;
    let mut out = vec![[0.0; 3]; values.len()];
    for at in reach..values.len().saturating_sub(reach) {
        let mut sum = [0.0f32; 3];
        for k in 0..=2 * WINDOW {
            let value = values[at + k * step - reach];
            (0..3).for_each(|i| sum[i] += value[i]);
        }
        out[at] = sum;
    }
    out
}
