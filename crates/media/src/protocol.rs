//! What `framewitness` and `framewitness-decoder` say to each other.
//!
//! The decoder process has four descriptors and nothing else:
//!
//! | descriptor | direction | carries |
//! |---|---|---|
//! | 3 | in | the file, read with `pread` |
//! | 4 | both | a memory file: the ring of pictures |
//! | 5 | out | [`Record`]s |
//! | 6 | in | [`Request`]s |
//!
//! Messages are a 32-bit little-endian length, at most [`MAX_MESSAGE`], and that many bytes of JSON.
//! The first request is [`Request::Begin`]; the process enters its jail before it answers
//! [`Record::Hello`], and answers before it reads a byte of the file.
//!
//! **A pass** ([`Task::Pass`]): `Opened` or `Unreadable`, then `Frame`s in presentation order mixed
//! with `Samples`, `Mark`s and `Trouble`, then `Stored` where the container hides samples, then `Essence`
//! with `Reading` before it now and then, then
//! the sound: `SoundStart`, `SoundChunk`s and `SoundEnd`, the last alone where none could be decoded,
//! none of them where the file has no sound; then `End`. Planes are hashed where they were decoded and
//! stay there; only the luma of a frame is handed over, where [`LumaOf`] says so. Before a luma
//! plane or a chunk of sound that does not fit a slot the process says `NeedRing` and waits for
//! [`Request::Ring`]. They go to slot 0, 1, … in turn; the process starts with one credit for each
//! slot, spends one for each of them and gets one back by [`Request::Credit`].
//!
//! A pass that goes on [from](Begin::from) an earlier pass's `Mark` reads the samples before it all the
//! same, by which it comes to the very same packets whatever the container, but decodes none of them.
//!
//! **Reading** ([`Task::Read`]): after `Opened`, one answer for each request; pictures lie in slot 0,
//! which [`Request::Ring`] has made large enough for the planes and for RGB behind them. Pictures for
//! watching come in the same way, reduced: [`Request::Reduce`].
//!
//! **Reading what is stored** ([`Task::ReadStored`]) is the same with edit lists ignored. **Listing**
//! ([`Task::List`]): `Samples` as a pass reads them, `Stored` where the container hides samples, `End`.
//!
//! **Listening** ([`Task::Sound`]): after `SoundStart`, each [`Request::Listen`] is answered by
//! `SoundChunk`s and `SoundEnd`; a file without sound that can be decoded gives `SoundEnd` at once.
//!
//! **Encoding** ([`Task::Encode`]) has no file. Each [`Request::Encode`] finds planes at the start of slot 0
//! and is answered by `Encoded`, with the coded picture behind them, or by `Unreadable`; [`Request::EncodeSound`]
//! likewise with samples. A coder that looks ahead answers without bytes at first, and gives the last on
//! [`Request::Finish`].
//!
//! **Exiftool** ([`Task::Exiftool`]): the process becomes perl with that script and prints its JSON to the
//! end of the pipe.
//!
//! **Content credentials** ([`Task::Credentials`]): one `Credentials`. `framewitness-credentials` is a
//! program of its own with the same descriptors, jail and first words.
//!
//! **Describing** ([`Task::Describe`]), asked of `framewitness-descriptor`: the file is a model.
//! [`Request::Model`] is answered by `ModelRead` or `OtherModel`; then each [`Request::Describe`] finds RGB24 at the start of
//! slot 0 and is answered by `Described`. `NotDescribed` in place of either says why not.
//!
//! The reader of records is `framewitness`, which believes none of them: lengths, sizes and offsets
//! are checked against its own limits before they are used.

mod describe;
mod encode;
mod mark;
mod sound;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::facts::{Credentials, Essence, Facts, Quantiser, Scanning};
use crate::field::Field;
use crate::findings::{Glance, Weave};
use crate::index::{FrameHash, PictureType};
use crate::time::{Rational, TrackNo};

pub use describe::{ChannelLayout, Channels, ModelForm};
pub use encode::{Encoded, EncoderForm, LossyForm, SoundEncoderForm};
pub use mark::Mark;
pub use sound::{SoundChunk, SoundEnd, SoundPiece, SoundStart};

/// Version of this protocol. Both sides must have the same.
pub const VERSION: u32 = 6;

/// Largest message in bytes.
pub const MAX_MESSAGE: usize = 4 << 20;

/// Descriptor of the file.
pub const INPUT_FD: i32 = 3;
/// Descriptor of the picture ring.
pub const RING_FD: i32 = 4;
/// Descriptor that records are written to.
pub const RECORD_FD: i32 = 5;
/// Descriptor that requests are read from.
pub const REQUEST_FD: i32 = 6;

/// What [`Hello::jail`] says of a layer that is not enforced.
pub const OFF: &str = "off";

/// What runs exiftool.
pub const PERL: &str = "/usr/bin/perl";

/// Exit code when a layer of the jail cannot be had.
pub const EXIT_JAIL: i32 = 70;
/// Exit code when the other side broke the protocol or went away.
pub const EXIT_PROTOCOL: i32 = 71;

/// From `framewitness` to the decoder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// What to do and within what limits. First and once.
    Begin(Begin),
    /// The ring now has this many slots of this many bytes; map it.
    Ring {
        /// Number of slots, at least 1.
        slots: u32,
        /// Bytes of a slot.
        slot_bytes: u64,
    },
    /// A slot is free again.
    Credit,
    /// Decode the next frame and describe it; answered by `Frame` without a picture, or `End`.
    Next,
    /// Put the planes of the frame described last into slot 0; answered by `Picture`.
    Fetch,
    /// Continue from the sync sample at or before this timestamp; answered by `Moved`.
    Seek {
        /// In ticks of the stream.
        ticks: i64,
    },
    /// Continue from the very start, as a pass would; answered by `Moved`.
    Restart,
    /// From the next sample on, decode only pictures that others are made from. Not answered. Ends by
    /// itself before the first sample that lies at this position of the file or behind it, or at none
    /// that is known; `None` ends it at once.
    Haste(Option<u64>),
    /// Decode these sound samples, by number from 0.
    Listen {
        /// The first.
        from: u64,
        /// The one after the last.
        to: u64,
    },
    /// Convert the planes at the start of slot 0 to RGB24 behind them; answered by `Converted`.
    Convert(PictureLayout),
    /// Put the rows of one field of the planes at the start of slot 0 behind them, and RGB24 made of
    /// these rows behind those; answered by `Field` or `Unreadable`.
    ConvertField {
        /// How the planes lie.
        layout: PictureLayout,
        /// Which of their fields.
        field: Field,
    },
    /// Put the frame described last into slot 0 as RGB24 of this size; answered by `Reduced`.
    Reduce {
        /// Pixels of a row, as stored.
        width: u32,
        /// Rows, as stored.
        height: u32,
    },
    /// Code the planes at the start of slot 0; answered by `Encoded` or `Unreadable`.
    Encode(EncoderForm),
    /// Code the samples at the start of slot 0, channels interleaved; answered likewise.
    EncodeSound {
        /// What they are.
        form: SoundEncoderForm,
        /// How many bytes.
        bytes: u64,
    },
    /// Give what is still to come, one at a time, when nothing more is coded; answered likewise, without bytes where
    /// that was all.
    Finish,
    /// Read the model, which is the file; answered by `ModelRead`, `OtherModel` or
    /// `NotDescribed`.
    Model(ModelForm),
    /// Run the model on the picture at the start of slot 0; answered by `Described` or `NotDescribed`.
    Describe,
}

/// First request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Begin {
    /// [`VERSION`] of the asking side.
    pub protocol: u32,
    /// Size of the file in bytes.
    pub size: u64,
    /// `RLIMIT_AS` in bytes.
    pub address_space: u64,
    /// `RLIMIT_CPU` in seconds.
    pub cpu_seconds: u64,
    /// Largest picture in pixels.
    pub max_pixels: u64,
    /// Decoding threads.
    pub threads: u32,
    /// Whether Landlock and seccomp are to be closed.
    pub jailed: bool,
    /// What to do.
    pub task: Task,
    /// The video track that is meant; when absent the first that is no attached picture, else the
    /// first. A pass over a track that was asked for leaves out what is not of it: the container's
    /// parts, sound, the essence of streams.
    #[serde(default)]
    pub track: Option<TrackNo>,
    /// Where a pass is to go on: nothing before this sample is decoded, only read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Mark>,
    /// The Perl script that [`Task::Exiftool`] runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<PathBuf>,
}

/// Frames of a pass of which the luma plane is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LumaOf {
    /// All.
    All,
    /// Those that thumbnails may be made of: [`crate::thumbnail::wanted`].
    Thumbnails,
}

/// What a decoder process is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// Decode the whole file once, and hand over the luma of these frames.
    Pass(LumaOf),
    /// Decode single frames on request.
    Read,
    /// Decode single pictures on request, edit lists ignored: those that are stored and not presented
    /// too.
    ReadStored,
    /// List the samples of the examined stream and decode nothing.
    List,
    /// Decode sound on request.
    Sound,
    /// Code planes or samples that are handed over; the file is not read.
    Encode,
    /// Become exiftool, [`Begin::script`], on the file. After `Hello` come no more records, but what it
    /// prints.
    Exiftool,
    /// Read content credentials; asked of `framewitness-credentials`, not of the decoder.
    Credentials,
    /// Run a model on pictures that are handed over; asked of `framewitness-descriptor`.
    Describe,
    /// Try to break out of the jail in one way, for tests.
    Probe(Probe),
}

/// A way out that must be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Probe {
    /// Open a file by path.
    Open,
    /// Make a network socket.
    Socket,
    /// Make a local socket.
    LocalSocket,
    /// Replace the program.
    Exec,
    /// Start a process.
    Fork,
    /// Map memory that is writable and executable.
    ExecutableMemory,
    /// Make mapped memory executable.
    ProtectExecutable,
    /// Signal another process.
    Kill,
    /// Trace the parent.
    Trace,
    /// Write to the file under examination.
    WriteInput,
    /// Change the size of the picture ring.
    ResizeRing,
    /// Use more memory than allowed.
    Memory,
    /// Use more processor time than allowed.
    Spin,
}

/// From the decoder to `framewitness`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Record {
    /// The jail is closed. First, unless `JailUnavailable`.
    Hello(Hello),
    /// A layer of the jail cannot be had; the process ends with [`EXIT_JAIL`].
    JailUnavailable {
        /// Which layer.
        layer: String,
        /// What the kernel said.
        reason: String,
    },
    /// The container was recognised.
    Opened(Box<Facts>),
    /// Nothing was recognised, or there is no video that can be decoded.
    Unreadable {
        /// What the demuxer or decoder said.
        reason: String,
    },
    /// A picture of this many bytes comes next and does not fit.
    NeedRing {
        /// Bytes needed in one slot.
        bytes: u64,
    },
    /// The next frame.
    Frame(FrameRecord),
    /// The next samples of the examined stream, in the order in which they were decoded.
    Samples(Vec<Sample>),
    /// A later pass can go on from here.
    Mark(Mark),
    /// The next samples of the examined stream as stored, edit lists ignored.
    Stored(Vec<Sample>),
    /// More of the file has been read, for what comes next.
    Reading {
        /// Bytes read so far.
        read: u64,
    },
    /// What the packets of each stream are, in the order of [`Facts::streams`]; fewer or none where
    /// the container could not be opened again.
    Essence(Vec<Essence>),
    /// The demuxer or decoder reported an error.
    Trouble(Trouble),
    /// Sound follows, in this form.
    SoundStart(SoundStart),
    /// The next sound.
    SoundChunk(SoundChunk),
    /// There is no more sound.
    SoundEnd(SoundEnd),
    /// Planes lie in slot 0.
    Picture(PictureLayout),
    /// RGB24 lies in slot 0 behind the planes.
    Converted(Conversion),
    /// The rows of a field lie in slot 0 behind the planes, and RGB24 of the same width and of so many
    /// rows.
    Field {
        /// Bytes of the rows, plane by plane and without padding.
        bytes: u64,
        /// Rows of RGB24.
        rows: u32,
        /// How they were converted.
        conversion: Conversion,
    },
    /// RGB24 of the size asked for lies in slot 0; or the picture could not be brought to it.
    Reduced {
        /// Whether it lies there.
        done: bool,
    },
    /// A coded picture lies in slot 0 behind the planes.
    Encoded(Encoded),
    /// What came of looking for content credentials.
    Credentials(Credentials),
    /// The model can be run.
    ModelRead,
    /// The file is another than the form says, and was not parsed.
    OtherModel {
        /// Its SHA-256.
        sha256: String,
    },
    /// What the model makes of the picture.
    Described {
        /// As many numbers as the form says.
        vector: Vec<f32>,
    },
    /// The model was not read, or did not take the picture.
    NotDescribed {
        /// In words.
        reason: String,
    },
    /// The reading position was changed, or could not be.
    Moved {
        /// Whether the demuxer could do it.
        done: bool,
    },
    /// Nothing more follows.
    End(End),
    /// Outcome of a [`Probe`] that did not end the process.
    Probed {
        /// Whether the way out was open.
        open: bool,
        /// Error number, 0 if none.
        errno: i32,
    },
}

/// Who answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// [`VERSION`] of the answering side.
    pub protocol: u32,
    /// Versions of the libraries and of the program.
    pub versions: BTreeMap<String, String>,
    /// Layers of the jail and how each is enforced; [`OFF`] where that was asked for.
    pub jail: BTreeMap<String, String>,
}

/// A decoded frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameRecord {
    /// Timestamp in ticks of the stream.
    pub pts: Option<i64>,
    /// What ffmpeg adds to that timestamp, in ticks.
    pub shift: i64,
    /// Duration in ticks by the container; 0 when unknown.
    pub duration: i64,
    /// Coding type.
    pub picture: PictureType,
    /// Marked as a sync sample.
    pub key: bool,
    /// The decoder reported damage.
    pub damaged: bool,
    /// Number of the sample it came from, in decoding order.
    pub sample: Option<u32>,
    /// Byte position of that sample.
    pub position: Option<u64>,
    /// Bytes of that sample.
    pub size: u32,
    /// How the planes are laid out.
    pub layout: PictureLayout,
    /// Bytes of the file read so far.
    pub read: u64,
    /// What was seen in the picture, in a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Box<Seen>>,
    /// Slot that holds an 8-bit luma plane of `layout.width * layout.height` bytes, in a pass and where
    /// it is wanted.
    pub slot: Option<u32>,
    /// What a coder wrote of itself beside this frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coder_note: Option<String>,
    /// How it was taken and is to be shown, by the stream.
    pub scanning: Scanning,
    /// How coarsely it is coded, by its own header, in a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantiser: Option<Quantiser>,
}

/// What a pass sees in a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Hash of the planes.
    pub hash: FrameHash,
    /// What the methods on pictures look at.
    pub glance: Glance,
    /// What rows tell beside the picture before; absent for the first, after a change of size, and for
    /// pictures smaller than a strip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub woven: Option<Weave>,
}

/// How planes lie in a slot, and what they mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureLayout {
    /// Stored width in pixels.
    pub width: u32,
    /// Stored height in pixels.
    pub height: u32,
    /// Pixel format by name.
    pub pixel_format: String,
    /// Bits of a sample.
    pub depth: u8,
    /// Bytes of the planes.
    pub bytes: u64,
    /// Width of a pixel over its height as written; 0/1 where unsaid.
    pub sample_aspect: Rational,
    /// Matrix coefficients by name.
    pub matrix: String,
    /// Range: `tv`, `pc` or `unknown`.
    pub range: String,
}

/// How a picture was converted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// Offset of the RGB24 bytes in slot 0.
    pub offset: u64,
    /// Matrix coefficients used.
    pub matrix: String,
    /// Range taken for the samples: `tv` or `pc`.
    pub range: String,
    /// What converted, with version and flags.
    pub converter: String,
}

/// A sample of the examined stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Presentation timestamp in ticks.
    pub pts: Option<i64>,
    /// Decoding timestamp in ticks.
    pub dts: Option<i64>,
    /// Byte position in the file.
    pub position: Option<u64>,
    /// Bytes.
    pub size: u32,
    /// Marked as sync sample.
    pub key: bool,
    /// Marked as not to be presented.
    pub hidden: bool,
}

/// Where an error was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Reading the container.
    Demux,
    /// Decoding pictures.
    Decode,
}

/// An error that the demuxer or decoder reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Who reported it.
    pub stage: Stage,
    /// Sample in decoding order.
    pub sample: Option<u32>,
    /// Byte position of that sample.
    pub position: Option<u64>,
    /// In the library's words.
    pub message: String,
}

/// Last record of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Bytes of the file read.
    pub read: u64,
    /// Whether everything was read; false when the demuxer gave up before the end.
    pub whole: bool,
}

/// Writes one message.
///
/// # Errors
/// When the other side is gone, or the message is larger than [`MAX_MESSAGE`].
pub fn write_message(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut bytes = vec![0; 4];
    serde_json::to_writer(&mut bytes, message)?;
    let length = bytes.len() - 4;
    if length > MAX_MESSAGE {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("a message of {length} bytes is over the limit of {MAX_MESSAGE}"),
        ));
    }
    bytes[..4].copy_from_slice(&(length as u32).to_le_bytes());
    to.write_all(&bytes)
}

/// Reads one message; `None` at the end of the stream, if it falls between two messages.
///
/// # Errors
/// When the stream ends within a message, or the bytes are no message of this protocol.
pub fn read_message<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    let mut filled = 0;
    while filled < 4 {
        match from.read(&mut length[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_MESSAGE {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("a message of {length} bytes is announced; the limit is {MAX_MESSAGE}"),
        ));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(io::Error::from)
}
