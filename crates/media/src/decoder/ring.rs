//! The picture ring: memory that the decoder process writes and this one copies out of.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd};
use std::ptr::{self, NonNull};

/// Slots of equal size in a memory file. Only pages that hold pictures take memory.
#[derive(Debug)]
pub(super) struct Ring {
    file: File,
    start: Option<NonNull<u8>>,
    slots: u32,
    slot_bytes: usize,
}

// SAFETY: the mapping belongs to this value alone; it is not tied to a thread.
unsafe impl Send for Ring {}

impl Ring {
    /// An empty ring.
    pub(super) fn new() -> io::Result<Self> {
        let flags = libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING;
        // SAFETY: a C string and plain flags; the descriptor is owned by nobody else. Sealed against
        // shrinking, the file can never be cut off under a mapping of it, which would kill us.
        let file = unsafe {
            let fd = libc::memfd_create(c"framewitness-pictures".as_ptr(), flags);
            if fd < 0 {
                return Err(io::Error::last_os_error());
            }
            File::from_raw_fd(fd)
        };
        // SAFETY: plain call on our descriptor.
        if unsafe { libc::fcntl(file.as_raw_fd(), libc::F_ADD_SEALS, libc::F_SEAL_SHRINK) } < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(Self {
            file,
            start: None,
            slots: 0,
            slot_bytes: 0,
        })
    }

    /// The memory file.
    pub(super) fn descriptor(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }

    /// Bytes of a slot; 0 before [`Ring::resize`].
    pub(super) fn slot_bytes(&self) -> usize {
        self.slot_bytes
    }

    /// Makes room for `slots` pictures of up to `slot_bytes` each. Contents are lost.
    pub(super) fn resize(&mut self, slots: u32, slot_bytes: usize) -> io::Result<()> {
        self.unmap();
        let length = slot_bytes
            .checked_mul(slots as usize)
            .ok_or(io::ErrorKind::OutOfMemory)?;
        if self.file.metadata()?.len() < length as u64 {
            self.file.set_len(length as u64)?;
        }
        // SAFETY: a fresh mapping of a file of at least that length that cannot shrink.
        let start = unsafe {
            libc::mmap(
                ptr::null_mut(),
                length,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED,
                self.file.as_raw_fd(),
                0,
            )
        };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        self.start = NonNull::new(start.cast());
        (self.slots, self.slot_bytes) = (slots, slot_bytes);
        Ok(())
    }

    /// Copies bytes of a slot into `into`, which is resized to `length`. `false` if they are not all
    /// within the slot. What is looked at afterwards is the copy: the process could change the slot
    /// between two looks.
    pub(super) fn copy(&self, slot: u32, offset: usize, length: usize, into: &mut Vec<u8>) -> bool {
        let Some(start) = self.place(slot, offset, length) else {
            return false;
        };
        into.clear();
        into.reserve_exact(length);
        // SAFETY: the source lies within the mapping, checked by `place`; the target has room for
        // `length` bytes, which are all written before its length says so.
        unsafe {
            ptr::copy_nonoverlapping(start.as_ptr(), into.as_mut_ptr(), length);
            into.set_len(length);
        }
        true
    }

    /// Writes the start of a slot. `false` if it does not fit.
    pub(super) fn fill(&mut self, slot: u32, bytes: &[u8]) -> bool {
        let Some(start) = self.place(slot, 0, bytes.len()) else {
            return false;
        };
        // SAFETY: within the mapping, checked by `place`.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), start.as_ptr(), bytes.len()) }
        true
    }

    fn place(&self, slot: u32, offset: usize, length: usize) -> Option<NonNull<u8>> {
        let end = offset.checked_add(length)?;
        if slot >= self.slots || end > self.slot_bytes {
            return None;
        }
        let start = self.start?;
        // SAFETY: slot and offset are within the mapping, checked above.
        Some(unsafe { start.add(slot as usize * self.slot_bytes + offset) })
    }

    fn unmap(&mut self) {
        if let Some(start) = self.start.take() {
            // SAFETY: exactly the mapping made by `resize`.
            unsafe {
                libc::munmap(start.as_ptr().cast(), self.slots as usize * self.slot_bytes);
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
