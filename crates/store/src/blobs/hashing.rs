//! Both hashes of bytes on their way, made side by side. SHA-256 takes the longest by far and has a
//! thread of its own; the one that reads makes BLAKE3 meanwhile.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use journal::ContentId;
use sha2::{Digest, Sha256};

/// Bytes that are read at once: few enough that caches still hold them when they are hashed.
const CHUNK: usize = 256 << 10;

/// Chunks that may wait for SHA-256.
const QUEUE: usize = 4;

/// What bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashed {
    /// SHA-256 of all of them.
    pub id: ContentId,
    /// BLAKE3 of all of them.
    pub blake3: blake3::Hash,
    /// Their number.
    pub size: u64,
}

/// Why hashing ended early.
#[derive(Debug)]
pub enum Ended<E> {
    /// The bytes cannot be read.
    Read(io::Error),
    /// Whoever looks on wants no more.
    Watcher(E),
}

/// Hashes everything that `bytes` gives, and shows each piece to `watch` in order, with the number of
/// bytes so far.
///
/// # Errors
/// That reading fails, or what `watch` says.
pub fn hash<E>(
    bytes: &mut dyn Read,
    mut watch: impl FnMut(&[u8], u64) -> Result<(), E>,
) -> Result<Hashed, Ended<E>> {
    std::thread::scope(|scope| {
        let (work, todo) = sync_channel(QUEUE);
        let sha256 = scope.spawn(move || sha256(&todo));
        let mut blake3 = blake3::Hasher::new();
        let mut size = 0;
        let mut chunks = Chunks::default();
        while let Some(chunk) = chunks.fill(bytes).map_err(Ended::Read)? {
            // The thread ends only when this sender is dropped.
            let _ = work.send(Arc::clone(&chunk));
            blake3.update(&chunk);
            size += chunk.len() as u64;
            watch(&chunk, size).map_err(Ended::Watcher)?;
            chunks.used.push_back(chunk);
        }
        drop(work);
        let id = match sha256.join() {
            Ok(id) => id,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        Ok(Hashed {
            id,
            blake3: blake3.finalize(),
            size,
        })
    })
}

fn sha256(chunks: &Receiver<Arc<Vec<u8>>>) -> ContentId {
    let mut hasher = Sha256::new();
    for chunk in chunks {
        hasher.update(&*chunk);
    }
    ContentId(hasher.finalize().into())
}

/// Buffers, used again when both sides are done with them.
#[derive(Default)]
struct Chunks {
    used: VecDeque<Arc<Vec<u8>>>,
}

impl Chunks {
    /// The next bytes; `None` at the end.
    fn fill(&mut self, bytes: &mut dyn Read) -> io::Result<Option<Arc<Vec<u8>>>> {
        let mut chunk = self.spare();
        chunk.resize(CHUNK, 0);
        loop {
            match bytes.read(&mut chunk) {
                Ok(0) => return Ok(None),
                Ok(read) => {
                    chunk.truncate(read);
                    return Ok(Some(Arc::new(chunk)));
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }

    fn spare(&mut self) -> Vec<u8> {
        match self.used.pop_front().map(Arc::try_unwrap) {
            Some(Ok(chunk)) => chunk,
            Some(Err(busy)) => {
                self.used.push_front(busy);
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives at most `piece` bytes at a time, and is interrupted now and then.
    struct Piecemeal<'a> {
        bytes: &'a [u8],
        piece: usize,
        turn: usize,
    }

    impl Read for Piecemeal<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.turn += 1;
            if self.turn.is_multiple_of(3) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let count = self.piece.min(buffer.len());
            self.bytes
                .take(count as u64)
                .read(buffer)
                .inspect(|read| self.bytes = &self.bytes[*read..])
        }
    }

    #[test]
    fn any_pieces_give_the_hashes_of_the_whole() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 9 * CHUNK + 77] {
            let bytes: Vec<u8> = (0..length).map(|at| (at * 7 + at / 251) as u8).collect();
            for piece in [1000, CHUNK, usize::MAX] {
                let mut seen = Vec::new();
                let mut from = Piecemeal {
                    bytes: &bytes,
                    piece,
                    turn: 0,
                };
                let hashed = hash::<()>(&mut from, |chunk, size| {
                    seen.extend_from_slice(chunk);
                    assert_eq!(size, seen.len() as u64);
                    Ok(())
                });
                let hashed = hashed.unwrap();
                assert_eq!(hashed.id, ContentId(Sha256::digest(&bytes).into()));
                assert_eq!(hashed.blake3, blake3::hash(&bytes));
                assert_eq!(hashed.size, length as u64);
                assert_eq!(seen, bytes);
            }
        }
    }

    #[test]
    fn a_watcher_that_fails_ends_it() {
        let mut bytes = io::repeat(1);
        let ended = hash(&mut bytes, |_, size| {
            if size > 1 << 20 {
                Err("enough")
            } else {
                Ok(())
            }
        });
        assert!(matches!(ended, Err(Ended::Watcher("enough"))));
    }
}
