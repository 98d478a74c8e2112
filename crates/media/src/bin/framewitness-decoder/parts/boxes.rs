//! Boxes of MP4 and QuickTime (ISO/IEC 14496-12, 4.2).

use std::ops::Range;

use media::facts::Part;

use super::{List, names, number};

/// Boxes within boxes that are followed.
const DEEPEST: u8 = 8;

/// A box header.
struct Header {
    kind: [u8; 4],
    /// Bytes of the header.
    length: u64,
    /// Bytes of the box by its own word.
    stated: u64,
}

/// Lists the boxes that lie one after the other in `bytes`.
pub(super) fn walk(list: &mut List<'_>, bytes: Range<u64>, depth: u8) {
    let mut at = bytes.start;
    while at < bytes.end {
        let room = bytes.end - at;
        let header = if list.is_closed() {
            None
        } else {
            header(list, at, room)
        };
        let Some(header) = header else {
            list.rest(at..bytes.end, depth);
            return;
        };
        let size = header.stated.min(room);
        let payload = at + header.length..at + size;
        let part = part(list, &header, at, size, depth);
        list.add(part);
        if depth < DEEPEST && names::holds_boxes(header.kind) {
            let skipped = preface(list, header.kind, &payload);
            walk(list, payload.start + skipped..payload.end, depth + 1);
        }
        at += size;
    }
}

/// The header at `at`; `None` if no box can begin there.
fn header(list: &List<'_>, at: u64, room: u64) -> Option<Header> {
    let mut bytes = [0; 16];
    let read = list.read_at(at, &mut bytes);
    let kind = [bytes[4], bytes[5], bytes[6], bytes[7]];
    let sane = |&byte: &u8| (b' '..=b'~').contains(&byte) || byte == 0xa9;
    if read < 8 || room < 8 || !kind.iter().all(sane) {
        return None;
    }
    let (length, stated) = match number(&bytes[..4]) {
        0 => (8, room),
        1 if read == 16 => (16, number(&bytes[8..])),
        stated => (8, stated),
    };
    (stated >= length && room >= length).then_some(Header {
        kind,
        length,
        stated,
    })
}

fn part(list: &List<'_>, header: &Header, at: u64, size: u64, depth: u8) -> Part {
    let free = matches!(&header.kind, b"free" | b"skip" | b"wide");
    let payload = at + header.length..at + size;
    let (filled, text) = if free {
        list.content(&payload)
    } else {
        (0, None)
    };
    Part {
        depth,
        kind: header.kind.iter().map(|&byte| char::from(byte)).collect(),
        offset: at,
        size,
        beyond: header.stated - size,
        known: names::known_box(header.kind),
        filled,
        text,
        times: times(list, header.kind, payload.start),
    }
}

/// Bytes before the boxes within a box: version and flags of `meta`, which QuickTime leaves out.
fn preface(list: &List<'_>, kind: [u8; 4], payload: &Range<u64>) -> u64 {
    let mut bytes = [0; 8];
    let read = list.read_at(payload.start, &mut bytes);
    let bare = &bytes[4..] == b"hdlr";
    if &kind == b"meta" && read == 8 && !bare && payload.end - payload.start >= 4 {
        4
    } else {
        0
    }
}

/// Seconds since 1904 at which a header says that its matter was made and changed.
fn times(list: &List<'_>, kind: [u8; 4], payload: u64) -> Option<[u64; 2]> {
    if !matches!(&kind, b"mvhd" | b"tkhd" | b"mdhd") {
        return None;
    }
    let mut bytes = [0; 20];
    let read = list.read_at(payload, &mut bytes);
    match bytes[0] {
        0 if read >= 12 => Some([number(&bytes[4..8]), number(&bytes[8..12])]),
        1 if read == 20 => Some([number(&bytes[4..12]), number(&bytes[12..20])]),
        _ => None,
    }
}
