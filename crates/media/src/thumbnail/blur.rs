//! A Gaussian blur in integers.

/// Half the width of the kernel; 3 standard deviations.
const REACH: usize = 9;

/// A Gaussian with sigma 3 px: weights of distance 0 to 9, which sum to 65,536 over the kernel.
const KERNEL: [u32; REACH + 1] = [8728, 8256, 6989, 5294, 3588, 2176, 1181, 574, 249, 97];

/// Blurs in place. Beyond the edge the edge pixel goes on, so that borders do not darken.
pub(super) fn blur(grey: &mut [u8], width: usize, height: usize) {
    let mut line = Vec::with_capacity(width.max(height));
    for y in 0..height {
        along(grey, y * width, 1, width, &mut line);
    }
    for x in 0..width {
        along(grey, x, width, height, &mut line);
    }
}

/// Blurs `count` pixels from `start`, `step` apart.
fn along(grey: &mut [u8], start: usize, step: usize, count: usize, line: &mut Vec<u8>) {
    line.clear();
    line.extend(grey[start..].iter().step_by(step).take(count));
    let last = count - 1;
    for at in 0..count {
        let mut sum = KERNEL[0] * u32::from(line[at]);
        for (distance, weight) in KERNEL.iter().enumerate().skip(1) {
            let before = line[at.saturating_sub(distance)];
            let after = line[(at + distance).min(last)];
            sum += weight * (u32::from(before) + u32::from(after));
        }
        grey[start + at * step] = ((sum + (1 << 15)) >> 16) as u8;
    }
}
