//! An object as a plain reader.

use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;

use futures_core::Stream;
use object_store::GetResult;
use tokio::runtime::Runtime;

type Pieces<P> = Pin<Box<dyn Stream<Item = object_store::Result<P>> + Send>>;

/// Reads an object as it arrives.
pub(super) struct Reading<'a, P> {
    runtime: &'a Runtime,
    pieces: Pieces<P>,
    piece: Option<P>,
    at: usize,
    /// Why it ended early.
    pub(super) failed: Option<object_store::Error>,
}

/// The bytes of `object`.
pub(super) fn reading(
    runtime: &Runtime,
    object: GetResult,
) -> Reading<'_, impl AsRef<[u8]> + use<>> {
    Reading {
        runtime,
        pieces: object.into_stream(),
        piece: None,
        at: 0,
        failed: None,
    }
}

impl<P: AsRef<[u8]>> Read for Reading<'_, P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let rest = self.piece.as_ref().map_or(&[][..], P::as_ref);
            let rest = &rest[self.at.min(rest.len())..];
            if !rest.is_empty() {
                let count = rest.len().min(buffer.len());
                buffer[..count].copy_from_slice(&rest[..count]);
                self.at += count;
                return Ok(count);
            }
            let next = poll_fn(|context| self.pieces.as_mut().poll_next(context));
            match self.runtime.block_on(next) {
                None => return Ok(0),
                Some(Ok(piece)) => (self.piece, self.at) = (Some(piece), 0),
                Some(Err(why)) => {
                    let told = io::Error::other(why.to_string());
                    self.failed = Some(why);
                    return Err(told);
                }
            }
        }
    }
}
