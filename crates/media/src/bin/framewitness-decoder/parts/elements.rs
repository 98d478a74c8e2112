//! Elements of Matroska and WebM (RFC 8794, RFC 9559), down to those in a segment.

use std::ops::Range;

use media::facts::Part;

use super::{List, names, number};

/// Elements within elements that are followed.
const DEEPEST: u8 = 2;

const VOID: u64 = 0xec;
const SEGMENT: u64 = 0x1853_8067;
const INFO: u64 = 0x1549_a966;
const MUXING_APP: u64 = 0x4d80;
const WRITING_APP: u64 = 0x5741;

/// An element header.
struct Header {
    id: u64,
    /// Bytes of the header.
    length: u64,
    /// Bytes of the content by its own word; `None` if it says that it does not know.
    stated: Option<u64>,
}

/// Lists the elements that lie one after the other in `bytes`.
pub(super) fn walk(list: &mut List<'_>, bytes: Range<u64>, depth: u8) {
    let mut at = bytes.start;
    while at < bytes.end {
        let room = bytes.end - at;
        let header = if list.is_closed() {
            None
        } else {
            header(list, at)
        };
        let header = header.filter(|header| header.length <= room);
        let Some(header) = header else {
            list.rest(at..bytes.end, depth);
            return;
        };
        // An element of unknown size reaches to the end of what it lies in: true of the segment,
        // and close enough for the clusters of a live recording.
        let stated = header
            .stated
            .map_or(room, |stated| stated.saturating_add(header.length));
        let size = stated.min(room);
        let payload = at + header.length..at + size;
        let part = part(list, &header, at, size, stated, depth);
        list.add(part);
        if depth < DEEPEST && matches!(header.id, SEGMENT | INFO) {
            walk(list, payload, depth + 1);
        }
        at += size;
    }
}

fn header(list: &List<'_>, at: u64) -> Option<Header> {
    let mut bytes = [0; 12];
    let read = list.read_at(at, &mut bytes);
    let bytes = &bytes[..read];
    let id_length = width(*bytes.first()?).filter(|&width| width <= 4)?;
    let id = number(bytes.get(..id_length)?);
    let size_length = width(*bytes.get(id_length)?)?;
    let end = id_length + size_length;
    let size = number(bytes.get(id_length..end)?);
    let mask = (1u64 << (7 * size_length)) - 1;
    let stated = (size & mask != mask).then_some(size & mask);
    Some(Header {
        id,
        length: end as u64,
        stated,
    })
}

/// Bytes of a number of variable size, by its first one.
fn width(first: u8) -> Option<usize> {
    (first != 0).then_some(first.leading_zeros() as usize + 1)
}

fn part(list: &List<'_>, header: &Header, at: u64, size: u64, stated: u64, depth: u8) -> Part {
    let payload = at + header.length..at + size;
    let (filled, text) = match header.id {
        VOID => list.content(&payload),
        MUXING_APP | WRITING_APP => (0, list.content(&payload).1),
        _ => (0, None),
    };
    let name = names::element(header.id);
    Part {
        depth,
        kind: name.map_or_else(|| format!("0x{:x}", header.id), str::to_owned),
        offset: at,
        size,
        beyond: stated - size,
        known: name.is_some(),
        filled,
        text,
        times: None,
    }
}
