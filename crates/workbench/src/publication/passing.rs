//! Bytes on their way from one place to another, which somebody watches and may stop.

use std::io::{self, Read};
use std::ops::ControlFlow;

use crate::error::{Error, Kind, Result};

/// Lets `take` read `bytes`, telling `hear` how many have passed. Where that says to stop, nothing more passes, and
/// whatever came of it is that it was stopped.
pub(super) fn passing<T>(
    bytes: &mut dyn Read,
    hear: &mut dyn FnMut(u64) -> ControlFlow<()>,
    take: impl FnOnce(&mut dyn Read) -> Result<T>,
) -> Result<T> {
    let mut passing = Passing {
        bytes,
        hear,
        passed: 0,
        stopped: false,
    };
    let taken = take(&mut passing);
    match passing.stopped {
        true => Err(stopped()),
        false => taken,
    }
}

fn stopped() -> Error {
    Error::new(Kind::Failed, "it was stopped").hint("nothing was entered: do it again")
}

struct Passing<'a> {
    bytes: &'a mut dyn Read,
    hear: &'a mut dyn FnMut(u64) -> ControlFlow<()>,
    passed: u64,
    stopped: bool,
}

impl Read for Passing<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if (self.hear)(self.passed).is_break() {
            self.stopped = true;
            return Err(io::Error::other("it was stopped"));
        }
        let read = self.bytes.read(into)?;
        self.passed += read as u64;
        Ok(read)
    }
}
