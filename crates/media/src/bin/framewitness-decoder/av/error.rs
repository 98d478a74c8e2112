//! Error codes of libav.

use std::ffi::CStr;
use std::fmt;

use ffmpeg_the_third::ffi;

/// A negative return value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AvError(pub(crate) i32);

/// What asking for the next thing gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// There is one.
    Ready,
    /// None now; more input is needed.
    Starved,
    /// None ever again.
    Ended,
}

impl AvError {
    pub(crate) const EOF: Self = Self(ffi::AVERROR_EOF);
    pub(crate) const AGAIN: Self = Self(ffi::AVERROR(libc::EAGAIN));
    pub(crate) const NO_MEMORY: Self = Self(ffi::AVERROR(libc::ENOMEM));

    pub(crate) const UNSUPPORTED: Self = Self(ffi::AVERROR(libc::ENOTSUP));

    /// Turns a return value into a result.
    pub(crate) fn check(code: i32) -> Result<i32, Self> {
        if code < 0 { Err(Self(code)) } else { Ok(code) }
    }

    /// Sorts the two codes that are no errors from the rest.
    pub(crate) fn outcome(code: i32) -> Result<Outcome, Self> {
        match Self::check(code) {
            Ok(_) => Ok(Outcome::Ready),
            Err(Self::EOF) => Ok(Outcome::Ended),
            Err(Self::AGAIN) => Ok(Outcome::Starved),
            Err(error) => Err(error),
        }
    }
}

impl fmt::Display for AvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; ffi::AV_ERROR_MAX_STRING_SIZE];
        // SAFETY: the buffer's true length is given, and libav ends the text with a zero.
        let text = unsafe {
            ffi::av_strerror(self.0, text.as_mut_ptr(), text.len());
            CStr::from_ptr(text.as_ptr())
        };
        f.write_str(&text.to_string_lossy())
    }
}
