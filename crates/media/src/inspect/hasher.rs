//! Hashes pictures on a thread of their own while the next ones are decoded.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use super::lanes::{LANES, Way};
use crate::index::FrameHash;

/// Pictures that may wait to be gathered.
const QUEUE: usize = 3;

/// Bytes that may be gathered before they are hashed together.
const GATHERED: usize = 128 << 20;

/// A picture's bytes: the planes, and perhaps a luma plane behind them.
pub(super) type Bytes = Arc<Vec<u8>>;

/// A thread that hashes.
pub(super) struct Hasher<'scope> {
    work: SyncSender<Planes>,
    used: Receiver<Bytes>,
    thread: ScopedJoinHandle<'scope, Vec<FrameHash>>,
}

/// The first `length` bytes of a picture.
struct Planes {
    bytes: Bytes,
    length: usize,
}

impl<'scope> Hasher<'scope> {
    pub(super) fn start(scope: &'scope Scope<'scope, '_>) -> Self {
        let (work, todo) = sync_channel(QUEUE);
        let (done, used) = channel();
        let thread = scope.spawn(move || hash_all(&todo, &done));
        Self { work, used, thread }
    }

    /// A buffer to fill: one that has been hashed, or a new one.
    pub(super) fn buffer(&self) -> Vec<u8> {
        self.used
            .try_iter()
            .find_map(|bytes| Arc::try_unwrap(bytes).ok())
            .unwrap_or_default()
    }

    /// Hashes the first `length` bytes. Waits while too many pictures are in line.
    pub(super) fn take(&self, bytes: Bytes, length: usize) {
        // The thread ends only when this sender is dropped.
        let _ = self.work.send(Planes { bytes, length });
    }

    /// The hashes of everything taken, in order.
    pub(super) fn finish(self) -> Vec<FrameHash> {
        drop(self.work);
        match self.thread.join() {
            Ok(hashes) => hashes,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

fn hash_all(todo: &Receiver<Planes>, done: &Sender<Bytes>) -> Vec<FrameHash> {
    let way = Way::here();
    let (mut hashes, mut gathered) = (Vec::new(), Vec::with_capacity(LANES));
    let mut flush = |gathered: &mut Vec<Planes>| {
        let planes: Vec<&[u8]> = gathered.iter().map(Planes::bytes).collect();
        hashes.extend(way.hash(&planes));
        for planes in gathered.drain(..) {
            // Nobody needs buffers any more after the last picture.
            let _ = done.send(planes.bytes);
        }
    };
    for planes in todo {
        let length = planes.length;
        if gathered
            .first()
            .is_some_and(|first: &Planes| first.length != length)
        {
            flush(&mut gathered);
        }
        gathered.push(planes);
        let full = gathered.len() == LANES || (gathered.len() + 1) * length > GATHERED;
        if full || way == Way::Single {
            flush(&mut gathered);
        }
    }
    flush(&mut gathered);
    hashes
}

impl Planes {
    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}
