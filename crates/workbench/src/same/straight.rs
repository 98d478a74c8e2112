//! Takes back detours that say too little.
//!
//! Scaling and compression move pictures by a fraction of a pixel, and in a slow pan that looks like a
//! frame more or less: over a long passage it outweighs the cost of leaving one frame out and adding
//! another later. A detour that returns is believed only if it makes the pictures much more alike.

use super::look::Look;

/// Share of the bits that differ straight on, which those of a detour must not exceed: three fifths.
const MUCH: (u64, u64) = (3, 5);

/// Pairs in step: `length` frames from `x` and `y` on.
#[derive(Clone, Copy)]
struct Run {
    x: usize,
    y: usize,
    length: usize,
}

impl Run {
    fn apart(&self) -> i64 {
        self.y as i64 - self.x as i64
    }
}

/// Straightens the pairing where a detour is not worth it.
pub(super) fn straighten(partners: &mut [Option<u32>], a: &[Look], b: &[Look]) {
    let mut kept: Vec<Run> = Vec::new();
    for run in runs(partners, b.len()) {
        kept.push(run);
        while let [.., before, detour, after] = kept[..]
            && before.apart() == after.apart()
            && !worth_it(before, detour, after, a, b)
        {
            kept.truncate(kept.len() - 3);
            kept.push(Run {
                length: after.x + after.length - before.x,
                ..before
            });
        }
    }
    partners.fill(None);
    for run in kept {
        for at in 0..run.length {
            partners[run.x + at] = u32::try_from(run.y + at).ok();
        }
    }
}

/// Runs of pairs in step, with an empty one at each end.
fn runs(partners: &[Option<u32>], second: usize) -> Vec<Run> {
    let empty = |x, y| Run { x, y, length: 0 };
    let mut runs = vec![empty(0, 0)];
    for (x, partner) in partners.iter().enumerate() {
        let Some(y) = partner.map(|partner| partner as usize) else {
            continue;
        };
        match runs.last_mut() {
            Some(run) if (run.x + run.length, run.y + run.length) == (x, y) => run.length += 1,
            _ => runs.push(Run { x, y, length: 1 }),
        }
    }
    runs.push(empty(partners.len(), second));
    runs
}

/// Whether the pictures of a detour are much more alike than those straight on, or those straight on
/// are not alike at all.
fn worth_it(before: Run, detour: Run, after: Run, a: &[Look], b: &[Look]) -> bool {
    let bits = |from_x: usize, from_y: usize, length: usize| {
        (0..length)
            .map(|at| a[from_x + at].bits(&b[from_y + at]).map(u64::from))
            .sum::<Option<u64>>()
    };
    let (x, y) = (before.x + before.length, before.y + before.length);
    let length = after.x - x;
    let (Some(straight), Some(round)) =
        (bits(x, y, length), bits(detour.x, detour.y, detour.length))
    else {
        return true;
    };
    let (most, of) = MUCH;
    round * of * length as u64 <= straight * most * detour.length as u64
}
