use std::io;
use std::path::PathBuf;

use super::gone::Gone;
use crate::field::FieldNo;
use crate::time::{FrameNo, SampleNo};

/// What went wrong that is not the media's fault. Damaged media gives findings instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The decoder program is not there.
    #[error(
        "there is no decoder at {program}: install framewitness-decoder beside framewitness, or set \
         FRAMEWITNESS_DECODER to its path"
    )]
    NoDecoder {
        /// Where it was looked for.
        program: PathBuf,
    },
    /// The decoder program did not come up.
    #[error(
        "the decoder did not start ({reason}): check that FFmpeg's shared libraries are installed by \
         running `ldd` on framewitness-decoder"
    )]
    NotStarted {
        /// What was seen of it.
        reason: String,
    },
    /// The decoder program is of another version.
    #[error(
        "the decoder speaks protocol {theirs}, this program {ours}: install both from the same build"
    )]
    ProtocolMismatch {
        /// Our version.
        ours: u32,
        /// The decoder's version.
        theirs: u32,
    },
    /// The kernel does not enforce a layer of the jail. Nothing is decoded without it.
    #[error(
        "the decoder's jail cannot be closed: {layer}: {reason}. {}",
        advice(layer)
    )]
    JailUnavailable {
        /// Which layer: `landlock`, `seccomp`, `limits`, `process` or `single thread`.
        layer: String,
        /// What the kernel said.
        reason: String,
    },
    /// The file handed in could be written through the same descriptor.
    #[error("the file is open for writing: open it read-only, so that nothing can change evidence")]
    Writable,
    /// Not a regular file.
    #[error("this is not a regular file: copy it to a file first")]
    NotAFile,
    /// The system refused something.
    #[error("could not {what}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The watcher asked to stop.
    #[error("stopped as asked; run it again to start over")]
    Cancelled,
    /// There is no such frame.
    #[error("there is no frame {no}: this video has {count}, numbered from 0")]
    NoSuchFrame {
        /// The frame asked for.
        no: FrameNo,
        /// Number of frames in the index.
        count: usize,
    },
    /// The frame has no such field.
    #[error("there is no field {no}: the picture has one row, or is not made of planes of rows")]
    NoSuchField {
        /// The field asked for.
        no: FieldNo,
    },
    /// The frame could not be decoded again to the pixels that the index records.
    #[error(
        "frame {no} does not decode to the pixels recorded in the frame index: inspect the item again \
         with this decoder, and compare the versions recorded with both"
    )]
    NotReproduced {
        /// The frame asked for.
        no: FrameNo,
    },
    /// Sound came otherwise than when the file was inspected.
    #[error(
        "the sound does not decode to as many samples as before: inspect the item again with this \
         decoder, and compare the versions recorded with both"
    )]
    SoundNotReproduced,
    /// A stored sample from which no picture of its own came.
    #[error("the decoder makes no picture of stored sample {}: it holds none of its own, or is damaged", no.0)]
    NoPicture {
        /// The sample asked for.
        no: SampleNo,
    },
    /// More sound was asked for than is read at once.
    #[error("this is more sound than is read at once ({} MB): ask for less", most >> 20)]
    TooLong {
        /// Most bytes of samples.
        most: u64,
    },
    /// The decoder process ended while it was needed.
    #[error("the decoder stopped: {reason}. Try again; if it repeats, raise its limits")]
    Stopped {
        /// How it ended.
        reason: String,
    },
}

impl Error {
    pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, source }
    }
}

impl From<Gone> for Error {
    fn from(gone: Gone) -> Self {
        Self::Stopped {
            reason: gone.to_string(),
        }
    }
}

fn advice(layer: &str) -> &'static str {
    match layer {
        "landlock" => {
            "Landlock needs Linux 5.13 or newer with CONFIG_SECURITY_LANDLOCK and `landlock` in the \
             `lsm=` boot parameter; a container's seccomp profile must allow it"
        }
        "seccomp" => {
            "The kernel needs CONFIG_SECCOMP_FILTER, on x86-64 or 64-bit ARM; a container must allow it"
        }
        "single thread" => {
            "A preloaded library starts threads before the jail closes; remove it from the system's \
             preload list"
        }
        _ => "Ask whoever runs this machine to lift the restriction",
    }
}
