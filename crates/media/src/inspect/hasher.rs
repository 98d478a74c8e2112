//! Hashes pictures on a thread of their own while the next ones are decoded.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use crate::index::FrameHash;

/// Pictures that may wait to be hashed.
const QUEUE: usize = 3;

/// A picture's bytes: the planes, and perhaps a luma plane behind them.
pub(super) type Bytes = Arc<Vec<u8>>;

/// A thread that hashes.
pub(super) struct Hasher<'scope> {
    work: SyncSender<(Bytes, usize)>,
    used: Receiver<Bytes>,
    thread: ScopedJoinHandle<'scope, Vec<FrameHash>>,
}

impl<'scope> Hasher<'scope> {
    pub(super) fn start(scope: &'scope Scope<'scope, '_>) -> Self {
        let (work, todo) = sync_channel::<(Bytes, usize)>(QUEUE);
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
        let _ = self.work.send((bytes, length));
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

fn hash_all(todo: &Receiver<(Bytes, usize)>, done: &Sender<Bytes>) -> Vec<FrameHash> {
    let mut hashes = Vec::new();
    for (bytes, length) in todo {
        hashes.push(FrameHash::of(&bytes[..length]));
        // Nobody needs buffers any more after the last picture.
        let _ = done.send(bytes);
    }
    hashes
}
