//! Linear, separable reduction of a plane: each output row and column is a weighted run of inputs.

use fearless_simd::{Level, dispatch};

use crate::Luma;

/// For each output position, where its run of inputs starts and the weights of that run.
#[derive(Clone, Debug)]
pub(crate) struct Taps {
    runs: Vec<(usize, Vec<f32>)>,
}

impl Taps {
    pub(crate) fn new(runs: Vec<(usize, Vec<f32>)>) -> Self {
        Self { runs }
    }

    /// Averages over equal shares of `input` samples, `output` of them. For reduction only.
    pub(crate) fn area(input: usize, output: usize) -> Self {
        let share = input as f64 / output as f64;
        let run = |i: usize| {
            let (from, to) = (i as f64 * share, (i + 1) as f64 * share);
            let first = from as usize;
            let last = (to.ceil() as usize).clamp(first + 1, input);
            let covered = |k: usize| (to.min((k + 1) as f64) - from.max(k as f64)) / share;
            (first, (first..last).map(|k| covered(k) as f32).collect())
        };
        Self {
            runs: (0..output).map(run).collect(),
        }
    }
}

/// Applies `rows` down the columns and `columns` along the rows, into `out` (row-major).
/// `line` is scratch space. The plane must be whole and of the size the taps were made for.
pub(crate) fn reduce(
    luma: Luma<'_>,
    rows: &Taps,
    columns: &Taps,
    line: &mut Vec<f32>,
    out: &mut Vec<f32>,
) {
    // Products and sums are rounded one by one on every machine: the result is the same.
    dispatch!(Level::new(), _simd => weigh(luma, rows, columns, line, out));
}

#[inline(always)]
fn weigh(luma: Luma<'_>, rows: &Taps, columns: &Taps, line: &mut Vec<f32>, out: &mut Vec<f32>) {
    out.clear();
    for (start, weights) in &rows.runs {
        line.clear();
        line.resize(luma.width, 0.0);
        for (k, &weight) in weights.iter().enumerate() {
            for (sum, &sample) in line.iter_mut().zip(luma.row(start + k)) {
                *sum += weight * f32::from(sample);
            }
        }
        out.extend(
            columns
                .runs
                .iter()
                .map(|(start, weights)| dot(&line[*start..start + weights.len()], weights)),
        );
    }
}

/// Sum of products in four interleaved lanes, which compilers turn into vector code.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let tail: f32 = a4
        .remainder()
        .iter()
        .zip(b4.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a4.zip(b4) {
        for i in 0..4 {
            lanes[i] += x[i] * y[i];
        }
    }
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + tail
}
