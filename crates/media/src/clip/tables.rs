//! The tables of an MP4 file that say what its samples are, where and when.

use super::boxes::{Bytes, full, plain};
use super::mp4::{Pictures, Sounds, Written};
use super::track::codes;
use crate::display::DisplayGeometry;

/// Numbers of the tracks.
const SHOWN: u32 = 1;
const HEARD: u32 = 2;

/// "und", that no language is stated, in five bits a letter.
const NO_LANGUAGE: u16 = 0x55C4;

/// Flags of a track: in use, and part of what is presented.
const IN_USE: u32 = 3;

/// A matrix that turns nothing.
const UPRIGHT: [i32; 9] = [1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30];

/// Where a track lies in the whole, in ticks of the clock of the whole.
pub(super) struct Edit {
    /// Ticks before it begins.
    pub(super) before: u64,
    /// Ticks of its own clock that are decoded and not presented.
    pub(super) skipped: u32,
    /// Ticks that it lasts.
    pub(super) lasts: u64,
}

pub(super) fn movie(moov: &mut Bytes, clock: u32, end: u64, next: u32) {
    full(moov, b"mvhd", 1, 0, |it| {
        it.u64(0).u64(0).u32(clock).u64(end);
        it.u32(1 << 16).u16(1 << 8).zeros(10);
        matrix(it, UPRIGHT);
        it.zeros(24).u32(next);
    });
}

pub(super) fn pictures(moov: &mut Bytes, shown: &Pictures<'_>, written: &Written, edit: &Edit) {
    plain(moov, b"trak", |trak| {
        let geometry =
            DisplayGeometry::from(shown.facts).with_stored_size(shown.width, shown.height);
        head(trak, SHOWN, edit, 0, shown.matrix(), geometry.squared());
        edits(trak, edit);
        plain(trak, b"mdia", |mdia| {
            media(mdia, shown.time_base.den, written, b"vide", "VideoHandler");
            plain(mdia, b"minf", |minf| {
                full(minf, b"vmhd", 0, 1, |it| {
                    it.zeros(8);
                });
                reference(minf);
                table(minf, written, |stsd| picture_entry(stsd, shown));
            });
        });
    });
}

pub(super) fn sounds(moov: &mut Bytes, heard: &Sounds, written: &Written, edit: &Edit) {
    plain(moov, b"trak", |trak| {
        head(trak, HEARD, edit, 1 << 8, UPRIGHT, (0, 0));
        edits(trak, edit);
        plain(trak, b"mdia", |mdia| {
            media(mdia, heard.rate, written, b"soun", "SoundHandler");
            plain(mdia, b"minf", |minf| {
                full(minf, b"smhd", 0, 0, |it| {
                    it.zeros(4);
                });
                reference(minf);
                table(minf, written, |stsd| sound_entry(stsd, heard));
            });
        });
    });
}

fn matrix(it: &mut Bytes, values: [i32; 9]) {
    for value in values {
        it.u32(value.cast_unsigned());
    }
}

fn head(
    trak: &mut Bytes,
    number: u32,
    edit: &Edit,
    volume: u16,
    turned: [i32; 9],
    (width, height): (u32, u32),
) {
    full(trak, b"tkhd", 1, IN_USE, |it| {
        it.u64(0)
            .u64(0)
            .u32(number)
            .u32(0)
            .u64(edit.before + edit.lasts);
        it.zeros(12).u16(volume).u16(0);
        matrix(it, turned);
        it.u32(width << 16).u32(height << 16);
    });
}

/// Only where the track begins later than the whole, or with samples that are of the coder.
fn edits(trak: &mut Bytes, edit: &Edit) {
    if edit.before == 0 && edit.skipped == 0 {
        return;
    }
    plain(trak, b"edts", |edts| {
        full(edts, b"elst", 1, 0, |it| {
            it.u32(if edit.before > 0 { 2 } else { 1 });
            if edit.before > 0 {
                it.u64(edit.before).u64(u64::MAX).u32(1 << 16);
            }
            it.u64(edit.lasts).u64(edit.skipped.into()).u32(1 << 16);
        });
    });
}

fn media(mdia: &mut Bytes, clock: u32, written: &Written, kind: &[u8; 4], name: &str) {
    let lasts: u64 = written.lasts.iter().map(|it| u64::from(*it)).sum();
    full(mdia, b"mdhd", 1, 0, |it| {
        it.u64(0)
            .u64(0)
            .u32(clock)
            .u64(lasts)
            .u16(NO_LANGUAGE)
            .u16(0);
    });
    full(mdia, b"hdlr", 0, 0, |it| {
        it.u32(0).put(kind).zeros(12).put(name.as_bytes()).u8(0);
    });
}

/// That the samples lie in this very file.
fn reference(minf: &mut Bytes) {
    plain(minf, b"dinf", |dinf| {
        full(dinf, b"dref", 0, 0, |it| {
            it.u32(1);
            full(it, b"url ", 0, 1, |_| {});
        });
    });
}

fn table(minf: &mut Bytes, written: &Written, entry: impl FnOnce(&mut Bytes)) {
    plain(minf, b"stbl", |stbl| {
        full(stbl, b"stsd", 0, 0, |it| {
            it.u32(1);
            entry(it);
        });
        let runs = runs(written.lasts.iter().copied());
        full(stbl, b"stts", 0, 0, |it| {
            it.u32(runs.len() as u32);
            for (count, lasts) in runs {
                it.u32(count).u32(lasts);
            }
        });
        if !written.keys.is_empty() {
            full(stbl, b"stss", 0, 0, |it| {
                it.u32(written.keys.len() as u32);
                for key in &written.keys {
                    it.u32(*key);
                }
            });
        }
        let chunks = runs_from(&written.chunks);
        full(stbl, b"stsc", 0, 0, |it| {
            it.u32(chunks.len() as u32);
            for (first, samples) in chunks {
                it.u32(first).u32(samples).u32(1);
            }
        });
        full(stbl, b"stsz", 0, 0, |it| {
            it.u32(0).u32(written.sizes.len() as u32);
            for size in &written.sizes {
                it.u32(*size);
            }
        });
        full(stbl, b"co64", 0, 0, |it| {
            it.u32(written.chunks.len() as u32);
            for (at, _) in &written.chunks {
                it.u64(*at);
            }
        });
    });
}

/// Runs of the same value, with their lengths.
fn runs(values: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for value in values {
        match runs.last_mut().filter(|(_, known)| *known == value) {
            Some((count, _)) => *count += 1,
            None => runs.push((1, value)),
        }
    }
    runs
}

/// The first chunk, counted from 1, of each run of chunks of as many samples.
fn runs_from(chunks: &[(u64, u32)]) -> Vec<(u32, u32)> {
    let mut first = 1;
    let runs = runs(chunks.iter().map(|(_, samples)| *samples)).into_iter();
    runs.map(|(count, samples)| {
        let at = first;
        first += count;
        (at, samples)
    })
    .collect()
}

fn picture_entry(stsd: &mut Bytes, shown: &Pictures<'_>) {
    plain(stsd, b"avc1", |it| {
        it.zeros(6).u16(1).zeros(16);
        it.u16(shown.width as u16).u16(shown.height as u16);
        it.u32(72 << 16)
            .u32(72 << 16)
            .u32(0)
            .u16(1)
            .zeros(32)
            .u16(24)
            .u16(u16::MAX);
        plain(it, b"avcC", |it| {
            it.put(&shown.header);
        });
        let facts = shown.facts;
        let [primaries, transfer, matrix] = codes(facts).map(|code| code.unwrap_or(2));
        plain(it, b"colr", |it| {
            it.put(b"nclx").u16(primaries).u16(transfer).u16(matrix);
            it.u8(if facts.color_range == "pc" { 1 << 7 } else { 0 });
        });
        let geometry = DisplayGeometry::from(facts).with_stored_size(shown.width, shown.height);
        let aspect = geometry.applied_aspect();
        if aspect.num != aspect.den {
            plain(it, b"pasp", |it| {
                it.u32(aspect.num.unsigned_abs())
                    .u32(aspect.den.unsigned_abs());
            });
        }
    });
}

fn sound_entry(stsd: &mut Bytes, heard: &Sounds) {
    plain(stsd, b"mp4a", |it| {
        it.zeros(6).u16(1).zeros(8);
        it.u16(heard.channels as u16).u16(16).u32(0);
        // A higher rate does not fit; the header states it.
        it.u32(u16::try_from(heard.rate).map_or(0, |rate| u32::from(rate) << 16));
        full(it, b"esds", 0, 0, |it| {
            let config = heard.header.len() as u8;
            // ES_Descriptor, DecoderConfigDescriptor (AAC, audio stream), DecoderSpecificInfo, SLConfigDescriptor.
            it.u8(3).u8(23 + config).u16(HEARD as u16).u8(0);
            it.u8(4).u8(15 + config).u8(0x40).u8(0x15).zeros(11);
            it.u8(5).u8(config).put(&heard.header);
            it.u8(6).u8(1).u8(2);
        });
    });
}
