//! Whether anybody still waits for what was asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Shared by whoever asks for a frame and whoever decodes it: once it is given up, decoding towards the frame ends at
/// the next picture, with [`Cancelled`](crate::decoder::Error::Cancelled).
#[derive(Clone, Debug, Default)]
pub struct Wanted(Arc<AtomicBool>);

impl Wanted {
    /// Nobody waits any more.
    pub fn give_up(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether nobody waits any more.
    pub fn given_up(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
