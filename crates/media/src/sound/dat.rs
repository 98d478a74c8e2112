//! A waveform as the BBC's audiowaveform writes it, so that other programs can draw it.

use super::{PAIR, Waveform};

const VERSION: i32 = 2;
const SIXTEEN_BITS: u32 = 0;

/// Version 2 of audiowaveform's data format (`.dat`), 16 bits, `zoom` times 256 samples to a pair.
/// More than two channels are one, as in the waveform.
pub fn dat(waveform: &Waveform, zoom: u32) -> Vec<u8> {
    let zoom = zoom.clamp(1, 1 << 20);
    let peaks = &waveform.peaks;
    let (lanes, step) = (peaks.lanes.count(), zoom as usize);
    let count = peaks.len().div_ceil(step);
    let mut bytes = Vec::with_capacity(24 + count * lanes * 4);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(SIXTEEN_BITS.to_le_bytes());
    let header = [waveform.form.rate, PAIR * zoom, count as u32, lanes as u32];
    header
        .iter()
        .for_each(|number| bytes.extend(number.to_le_bytes()));
    for from in (0..peaks.len()).step_by(step) {
        for lane in 0..lanes {
            if let Some(peak) = peaks.outline(lane, from, from + step) {
                bytes.extend(peak.min.to_le_bytes());
                bytes.extend(peak.max.to_le_bytes());
            }
        }
    }
    bytes
}
