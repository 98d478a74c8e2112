//! Takes a container apart into the parts that its headers lay out, without understanding them.

mod boxes;
mod elements;
mod names;

use std::ops::Range;

use media::facts::{Part, Parts};

use crate::words::words;

/// Parts that are listed.
const MOST: usize = 2048;
/// Parts that are counted. A file of nothing but empty boxes would keep the reader busy for hours.
const COUNTED: u64 = 1 << 20;
/// Bytes of free space that are looked at.
const LOOKED_AT: u64 = 1 << 20;
/// Bytes of text that are kept.
const TEXT: usize = 200;

/// Fills a buffer from a byte of the file on; gives how many bytes there were.
pub(crate) type ReadAt<'a> = &'a dyn Fn(u64, &mut [u8]) -> usize;

/// The parts of a file of `size` bytes; `None` for formats that are not taken apart.
pub(crate) fn walk(format: &str, size: u64, read: ReadAt<'_>) -> Option<Parts> {
    let mut list = List {
        read,
        parts: Parts::default(),
    };
    if format.split(',').any(|name| name == "mp4") {
        boxes::walk(&mut list, 0..size, 0);
    } else if format.split(',').any(|name| name == "matroska") {
        elements::walk(&mut list, 0..size, 0);
    } else {
        return None;
    }
    Some(list.parts)
}

/// The parts so far, and the file they are read from.
struct List<'a> {
    read: ReadAt<'a>,
    parts: Parts,
}

impl List<'_> {
    fn add(&mut self, part: Part) {
        if self.is_full() {
            self.parts.left_out += 1;
        } else {
            self.parts.listed.push(part);
        }
    }

    /// Whether further parts are counted only.
    fn is_full(&self) -> bool {
        self.parts.listed.len() == MOST
    }

    /// Whether further parts are not even counted.
    fn is_closed(&self) -> bool {
        self.parts.left_out >= COUNTED
    }

    /// Bytes that are no part, at the end of one or of the file.
    fn rest(&mut self, bytes: Range<u64>, depth: u8) {
        let (filled, text) = self.content(&bytes);
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

    /// How many of some bytes are not zero, and the text they begin with. Nothing is read for a part
    /// that will not be listed.
    fn content(&self, bytes: &Range<u64>) -> (u64, Option<String>) {
        if self.is_full() {
            return (0, None);
        }
        let mut looked_at = vec![0; (bytes.end - bytes.start).min(LOOKED_AT) as usize];
        let read = self.read_at(bytes.start, &mut looked_at);
        looked_at.truncate(read);
        let filled = looked_at.iter().filter(|&&byte| byte != 0).count();
        (filled as u64, text(&looked_at))
    }

    fn read_at(&self, position: u64, into: &mut [u8]) -> usize {
        (self.read)(position, into)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_nothing_but_empty_boxes_comes_to_an_end() {
        let read = |position: u64, into: &mut [u8]| {
            for (byte, at) in into.iter_mut().zip(position..) {
                *byte = b"\0\0\0\x08free"[(at % 8) as usize];
            }
            into.len()
        };
        let parts = walk("mp4", 1 << 50, &read).expect("taken apart");
        assert_eq!(parts.listed.len(), MOST);
        assert_eq!(parts.left_out, COUNTED + 1);
    }
}
