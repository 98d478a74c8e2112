//! A Gaussian blur in integers.

/// Half the width of the kernel; 3 standard deviations.
const REACH: usize = 9;

/// A Gaussian with sigma 3 px: weights of distance 0 to 9, which sum to 65,536 over the kernel.
const KERNEL: [u32; REACH + 1] = [8728, 8256, 6989, 5294, 3588, 2176, 1181, 574, 249, 97];

/// Blurs in place. Beyond the edge the edge pixel goes on, so that borders do not darken.
pub(super) fn blur(grey: &mut [u8], width: usize, height: usize) {
    let mut line = Line::default();
    for y in 0..height {
        line.blur(grey, y * width, 1, width);
    }
    for x in 0..width {
        line.blur(grey, x, width, height);
    }
}

/// Room for one row or column.
#[derive(Default)]
struct Line {
    /// Its pixels, with [`REACH`] more at both ends.
    pixels: Vec<u32>,
    sums: Vec<u32>,
}

impl Line {
    /// Blurs `count` pixels from `start`, `step` apart.
    fn blur(&mut self, grey: &mut [u8], start: usize, step: usize, count: usize) {
        let along = || grey[start..].iter().step_by(step).take(count);
        let (Some(&first), Some(&last)) = (along().next(), along().next_back()) else {
            return;
        };
        self.pixels.clear();
        self.pixels.resize(REACH, first.into());
        self.pixels.extend(along().map(|&pixel| u32::from(pixel)));
        self.pixels.resize(count + 2 * REACH, last.into());
        self.sums.clear();
        self.sums.resize(count, 1 << 15);
        // Distances outside and pixels inside: so the compiler adds many pixels at once.
        for (distance, weight) in KERNEL.iter().enumerate() {
            let before = &self.pixels[REACH - distance..];
            let after = &self.pixels[REACH + distance..];
            let twice = u32::from(distance == 0);
            for ((sum, before), after) in self.sums.iter_mut().zip(before).zip(after) {
                *sum += (weight * (before + after)) >> twice;
            }
        }
        let blurred = grey[start..].iter_mut().step_by(step);
        for (pixel, sum) in blurred.zip(&self.sums) {
            *pixel = (sum >> 16) as u8;
        }
    }
}
