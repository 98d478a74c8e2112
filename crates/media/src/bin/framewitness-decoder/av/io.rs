//! Reading through the inherited descriptor: libav never sees a path or a protocol.

use std::ffi::{c_int, c_void};
use std::ptr::NonNull;

use ffmpeg_the_third::ffi;
use media::protocol::INPUT_FD;

use super::AvError;

/// Bytes that libav asks for at once.
const BUFFER: usize = 64 * 1024;

/// A seekable view of the input descriptor.
pub(crate) struct FileIo {
    context: NonNull<ffi::AVIOContext>,
    // Owned here, lent to libav as the callbacks' opaque pointer.
    cursor: NonNull<Cursor>,
}

struct Cursor {
    position: i64,
    size: i64,
    reached: i64,
}

impl FileIo {
    /// A view from byte 0 of a file of `size` bytes.
    pub(crate) fn new(size: u64) -> Result<Self, AvError> {
        let cursor = Box::new(Cursor {
            position: 0,
            size: i64::try_from(size).unwrap_or(i64::MAX),
            reached: 0,
        });
        let cursor = NonNull::from(Box::leak(cursor));
        // SAFETY: the buffer comes from libav's allocator, as it must, and `cursor` lives until the
        // context is freed in `drop`.
        let context = unsafe {
            ffi::avio_alloc_context(
                ffi::av_malloc(BUFFER).cast(),
                BUFFER as c_int,
                0,
                cursor.as_ptr().cast(),
                Some(read),
                None,
                Some(seek),
            )
        };
        match NonNull::new(context) {
            Some(context) => Ok(Self { context, cursor }),
            None => {
                // SAFETY: leaked above and lent to nobody.
                drop(unsafe { Box::from_raw(cursor.as_ptr()) });
                Err(AvError::NO_MEMORY)
            }
        }
    }

    /// For `AVFormatContext::pb`; valid as long as `self`.
    pub(crate) fn context(&self) -> *mut ffi::AVIOContext {
        self.context.as_ptr()
    }

    /// Furthest byte read so far.
    pub(crate) fn reached(&self) -> u64 {
        // SAFETY: libav calls back only within calls on this thread, so nobody writes now.
        unsafe { self.cursor.as_ref() }.reached.unsigned_abs()
    }
}

impl Drop for FileIo {
    fn drop(&mut self) {
        let mut context = self.context.as_ptr();
        // SAFETY: both were made in `new`; libav may have replaced the buffer by one of its own
        // allocator, which is why it is freed through the context.
        unsafe {
            ffi::av_freep((&raw mut (*context).buffer).cast());
            ffi::avio_context_free(&raw mut context);
            drop(Box::from_raw(self.cursor.as_ptr()));
        }
    }
}

/// Fills `into` from a byte of the file on; gives how many bytes there were.
pub(crate) fn read_at(position: u64, into: &mut [u8]) -> usize {
    let mut filled = 0;
    while filled < into.len() {
        let rest = &mut into[filled..];
        let Ok(at) = i64::try_from(position.saturating_add(filled as u64)) else {
            break;
        };
        // SAFETY: the descriptor is ours, and `rest` has room for its length.
        let count = unsafe { libc::pread(INPUT_FD, rest.as_mut_ptr().cast(), rest.len(), at) };
        match usize::try_from(count) {
            Ok(0) | Err(_) => break,
            Ok(count) => filled += count,
        }
    }
    filled
}

unsafe extern "C" fn read(opaque: *mut c_void, buffer: *mut u8, length: c_int) -> c_int {
    // SAFETY: `opaque` is the cursor of `FileIo::new`, and libav's buffer holds `length` bytes.
    unsafe {
        let cursor = &mut *opaque.cast::<Cursor>();
        let length = usize::try_from(length).unwrap_or(0);
        let count = loop {
            let count = libc::pread(INPUT_FD, buffer.cast(), length, cursor.position);
            if count >= 0 || *libc::__errno_location() != libc::EINTR {
                break count;
            }
        };
        match count {
            0 => ffi::AVERROR_EOF,
            1.. => {
                cursor.position += count as i64;
                cursor.reached = cursor.reached.max(cursor.position);
                count as c_int
            }
            _ => ffi::AVERROR(*libc::__errno_location()),
        }
    }
}

unsafe extern "C" fn seek(opaque: *mut c_void, offset: i64, whence: c_int) -> i64 {
    // SAFETY: `opaque` is the cursor of `FileIo::new`.
    let cursor = unsafe { &mut *opaque.cast::<Cursor>() };
    if whence & ffi::AVSEEK_SIZE != 0 {
        return cursor.size;
    }
    let base = match whence & !ffi::AVSEEK_FORCE {
        libc::SEEK_SET => 0,
        libc::SEEK_CUR => cursor.position,
        libc::SEEK_END => cursor.size,
        _ => return i64::from(ffi::AVERROR(libc::EINVAL)),
    };
    match base.checked_add(offset) {
        Some(position) if position >= 0 => {
            cursor.position = position;
            position
        }
        _ => i64::from(ffi::AVERROR(libc::EINVAL)),
    }
}
