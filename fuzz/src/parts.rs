//! The reader of boxes and elements. It belongs to the decoder program, whose sources are taken in here
//! so that it can run without libav.

use std::cell::Cell;

use media::facts::{Facts, Part, Parts};
use media::protocol::{MAX_MESSAGE, Record, write_message};

use crate::memory::bounded;

#[path = "../../crates/media/src/bin/framewitness-decoder/parts/mod.rs"]
mod reader;
#[path = "../../crates/media/src/bin/framewitness-decoder/words.rs"]
pub(crate) mod words;

/// Parts that are listed at most.
const MOST: usize = 2048;

/// A file, behind one byte that says what it is taken for and whether more of it was promised.
pub fn parts(bytes: &[u8]) {
    let Some((&how, file)) = bytes.split_first() else {
        return;
    };
    let format = if how & 1 == 0 {
        "mov,mp4,m4a"
    } else {
        "matroska,webm"
    };
    let size = match how >> 1 & 3 {
        0 | 1 => file.len() as u64,
        // A file that shrank since its size was taken.
        2 => file.len() as u64 + 1000,
        _ => u64::MAX,
    };
    let asked = Cell::new(0);
    let read = |position: u64, into: &mut [u8]| {
        asked.set(asked.get() + into.len());
        let at = usize::try_from(position)
            .unwrap_or(usize::MAX)
            .min(file.len());
        let count = into.len().min(file.len() - at);
        into[..count].copy_from_slice(&file[at..at + count]);
        count
    };
    let looked_at = MOST << 20;
    let most = if size < 1 << 20 {
        (1 << 20) + 256 * size as usize
    } else {
        looked_at
    };
    let parts = bounded(most, || reader::walk(format, size, &read)).expect("a format taken apart");
    assert!(asked.get() <= most, "{} bytes read of {size}", asked.get());
    check(&parts, size);
    sendable(parts);
}

/// Parts lie side by side within what holds them; at the top they cover the file.
fn check(parts: &Parts, size: u64) {
    assert!(parts.listed.len() <= MOST);
    assert!(parts.left_out == 0 || parts.listed.len() == MOST);
    // Ends of the parts that the next one may lie in or behind, outermost first.
    let mut ends: Vec<(u64, u64)> = vec![(0, size)];
    for part in &parts.listed {
        let depth = usize::from(part.depth);
        assert!(depth < ends.len(), "{part:?} lies in nothing");
        ends.truncate(depth + 1);
        let (next, outer) = ends[depth];
        let end = part.offset.checked_add(part.size).expect("within the file");
        assert!(
            part.size > 0 && part.offset >= next && end <= outer,
            "{part:?}"
        );
        assert!(depth > 0 || part.offset == next, "{part:?} leaves a gap");
        ends[depth].0 = end;
        ends.push((part.offset, end));
        is_sane(part);
    }
    assert!(
        parts.left_out > 0 || ends[0].0 == size,
        "the end is missing"
    );
}

fn is_sane(part: &Part) {
    assert!(part.filled <= part.size);
    assert!(!part.kind.is_empty() || !part.known);
    if let Some(text) = &part.text {
        assert!((4..=200).contains(&text.len()), "{text:?}");
        assert!(
            text.chars()
                .all(|it| !it.is_control() || it.is_whitespace())
        );
    }
}

/// Whatever a file is made of, the decoder can say so.
fn sendable(parts: Parts) {
    let facts = Facts {
        parts: Some(parts),
        ..Facts::default()
    };
    let mut message = Vec::new();
    write_message(&mut message, &Record::Opened(Box::new(facts))).expect("it fits a message");
    assert!(message.len() <= 4 + MAX_MESSAGE);
}
