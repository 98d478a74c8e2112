//! Envelopes, a line each: as bytes, and from them.

use std::io::{self, BufRead, BufReader, Read};

/// Bytes that an envelope may have. None of this version comes near.
const MOST: u64 = 64 << 20;

/// Envelopes, and bytes of them, that are looked at together.
const PAGE: usize = 500;
const PAGE_BYTES: usize = 8 << 20;

/// What an iterator of envelopes gives, as a reader.
pub(super) struct Lines<I> {
    envelopes: I,
    line: io::Cursor<Vec<u8>>,
}

impl<I: Iterator<Item = io::Result<Vec<u8>>>> Lines<I> {
    pub fn new(envelopes: I) -> Self {
        Self {
            envelopes,
            line: io::Cursor::default(),
        }
    }
}

impl<I: Iterator<Item = io::Result<Vec<u8>>>> Read for Lines<I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.line.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            match self.envelopes.next() {
                Some(envelope) => {
                    let mut line = envelope?;
                    line.push(b'\n');
                    self.line = io::Cursor::new(line);
                }
                None => return Ok(0),
            }
        }
    }
}

/// The envelopes that `bytes` gives. A last line without its end is an error.
pub(super) fn envelopes(bytes: impl Read) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    let mut bytes = BufReader::new(bytes);
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        match bytes.by_ref().take(MOST).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) if line.pop() == Some(b'\n') => Some(Ok(line)),
            Ok(_) => Some(Err(io::Error::other("a line without end"))),
            Err(why) => Some(Err(why)),
        }
    })
}

/// Envelopes by the page. After a failure there are no more.
pub(super) struct Pages<I>(pub I);

impl<I: Iterator<Item = io::Result<Vec<u8>>>> Iterator for Pages<I> {
    type Item = io::Result<Vec<Vec<u8>>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut page, mut bytes) = (Vec::new(), 0);
        while page.len() < PAGE && bytes < PAGE_BYTES {
            match self.0.next() {
                Some(Ok(envelope)) => {
                    bytes += envelope.len();
                    page.push(envelope);
                }
                Some(Err(why)) => return Some(Err(why)),
                None => break,
            }
        }
        (!page.is_empty()).then_some(Ok(page))
    }
}
