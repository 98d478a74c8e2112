//! The picture ring: memory shared with the parent.
#![allow(unsafe_code)]

use std::io;
use std::ptr::{self, NonNull};

use media::protocol::RING_FD;

/// Slots of equal size in shared memory.
#[derive(Debug, Default)]
pub(crate) struct Ring {
    start: Option<NonNull<u8>>,
    slots: u32,
    slot_bytes: usize,
}

impl Ring {
    /// Maps the memory file anew after the parent has sized it.
    pub(crate) fn map(&mut self, slots: u32, slot_bytes: u64) -> io::Result<()> {
        self.unmap();
        let slot_bytes = usize::try_from(slot_bytes).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let length = slot_bytes
            .checked_mul(slots as usize)
            .ok_or(io::ErrorKind::OutOfMemory)?;
        // SAFETY: a fresh shared mapping of a descriptor that the parent placed there; the parent
        // sized the file before it asked, and sealed it against shrinking.
        let start = unsafe {
            libc::mmap(
                ptr::null_mut(),
                length,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED,
                RING_FD,
                0,
            )
        };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        self.start = NonNull::new(start.cast());
        self.slots = slots;
        self.slot_bytes = slot_bytes;
        Ok(())
    }

    /// Number of slots; 0 before the first mapping.
    pub(crate) fn slots(&self) -> u32 {
        self.slots
    }

    /// Bytes of a slot; 0 before the first mapping.
    pub(crate) fn slot_bytes(&self) -> usize {
        self.slot_bytes
    }

    /// The bytes of a slot; none if there is no such slot. The parent touches them only while this process waits for it.
    pub(crate) fn slot(&mut self, slot: u32) -> &mut [u8] {
        let Some(start) = self.start.filter(|_| slot < self.slots) else {
            return &mut [];
        };
        // SAFETY: within the mapping made above, which lives as long as `self` is not remapped.
        unsafe {
            let start = start.as_ptr().add(slot as usize * self.slot_bytes);
            std::slice::from_raw_parts_mut(start, self.slot_bytes)
        }
    }

    fn unmap(&mut self) {
        if let Some(start) = self.start.take() {
            // SAFETY: exactly the mapping made above; no slice of it outlives a call.
            unsafe {
                libc::munmap(start.as_ptr().cast(), self.slot_bytes * self.slots as usize);
            }
        }
        (self.slots, self.slot_bytes) = (0, 0);
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        self.unmap();
    }
}
