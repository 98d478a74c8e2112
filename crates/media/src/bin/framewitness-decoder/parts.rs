//! Takes a container apart into the parts that its headers lay out, without understanding them.

mod boxes;
mod elements;
mod names;

use media::facts::{Part, Parts};

use crate::av::{read_at, words};

/// Parts that are listed.
const MOST: usize = 2048;
/// Bytes of free space that are looked at.
const LOOKED_AT: u64 = 1 << 20;
/// Characters of text that are kept.
const TEXT: usize = 200;

/// The parts of a file of `size` bytes; `None` for formats that are not taken apart.
pub(crate) fn walk(format: &str, size: u64) -> Option<Parts> {
    let mut list = List::default();
    if format.split(',').any(|name| name == "mp4") {
        boxes::walk(&mut list, 0..size, 0);
    } else if format.split(',').any(|name| name == "matroska") {
        elements::walk(&mut list, 0..size, 0);
    } else {
        return None;
    }
    Some(list.0)
}

/// The parts so far.
#[derive(Default)]
struct List(Parts);

impl List {
    fn add(&mut self, part: Part) {
        if self.0.listed.len() < MOST {
            self.0.listed.push(part);
        } else {
            self.0.left_out += 1;
        }
    }

    /// Bytes that are no part, at the end of one or of the file.
    fn rest(&mut self, bytes: std::ops::Range<u64>, depth: u8) {
        let (filled, text) = content(&bytes);
        self.add(Part {
            depth,
            kind: String::new(),
            offset: bytes.start,
            size: bytes.end - bytes.start,
            beyond: 0,
            known: false,
            filled,
            text,
            times: None,
        });
    }
}

/// How many of some bytes are not zero, and the text they begin with.
fn content(bytes: &std::ops::Range<u64>) -> (u64, Option<String>) {
    let mut looked_at = vec![0; (bytes.end - bytes.start).min(LOOKED_AT) as usize];
    let read = read_at(bytes.start, &mut looked_at);
    looked_at.truncate(read);
    let filled = looked_at.iter().filter(|&&byte| byte != 0).count();
    (filled as u64, text(&looked_at))
}

fn text(bytes: &[u8]) -> Option<String> {
    words(bytes.get(..TEXT).unwrap_or(bytes))
}

/// A big-endian number of up to eight bytes.
fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}
