//! A span of exact frames as one file that loses nothing: FFV1 and samples as they are, in Matroska.
//!
//! Planes are coded in their native pixel format, so that `ffmpeg -f framehash` of the clip prints the
//! hashes of the frame index. Times are nanoseconds: rounded to ticks of the time base that a tag
//! states, they are the very timestamps of the index.

mod boxes;
mod clock;
mod coder;
mod compressed;
mod ebml;
mod footage;
mod matroska;
mod mp4;
mod pictures;
mod sound;
mod tables;
mod track;

use std::fs::File;
use std::io::{self, Write};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use crate::decoder::{Decoder, Error};
use crate::facts::Facts;
use crate::index::{FrameEntry, FrameIndex};
use crate::mask::{Laid, Muffled, Muffler};
use crate::sound::{SoundForm, Waveform};
use crate::time::{FrameNo, TimeBase};

use clock::Clock;
use matroska::{Head, Matroska};
use pictures::Pictures;
use sound::Sound;
use track::{SoundTrack, VideoTrack};

pub use compressed::Compression;
pub use matroska::Patch;

/// What goes into a clip.
pub struct Clip<'a> {
    /// Starts the processes that decode and code.
    pub decoder: &'a Decoder,
    /// The file that was inspected.
    pub file: &'a File,
    /// To these facts.
    pub facts: &'a Facts,
    /// And these frames.
    pub frames: Arc<FrameIndex>,
    /// Which of them.
    pub span: Range<u32>,
    /// Sound beside them, and which samples of it.
    pub sound: Option<(&'a Waveform, Range<u64>)>,
    /// Names and values that the clip states beside its own.
    pub tags: Vec<(String, String)>,
    /// What must not be seen or heard in it.
    pub masks: Option<Masking<'a>>,
}

/// Masks that are laid on pictures and sound on their way into a clip.
pub struct Masking<'a> {
    /// The masks on each frame, one over the other.
    pub on: &'a dyn Fn(FrameNo) -> Vec<Laid>,
    /// Samples that must not be heard.
    pub sound: Vec<Muffled>,
}

/// Why a span cannot be one clip. Its frames can be had as stills all the same.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is nothing in it.
    #[error("no frame lies between frame {from} and frame {to}")]
    Empty {
        /// First frame.
        from: u32,
        /// Frame after the last.
        to: u32,
    },
    /// FFV1, or the coder at hand, cannot hold such planes.
    #[error(
        "a clip (FFV1) cannot hold pictures in {pixel_format} of this size without changing them"
    )]
    PixelFormat {
        /// Native pixel format.
        pixel_format: String,
    },
    /// Samples that masks cannot be laid on.
    #[error("no mask can be laid on pictures in {pixel_format}")]
    Masked {
        /// Native pixel format.
        pixel_format: String,
    },
    /// H.264 cannot hold such planes.
    #[error("H.264 cannot hold such pictures")]
    Compressed,
    /// AAC cannot hold such sound.
    #[error("AAC cannot hold sound of this rate or of so many channels")]
    CompressedSound,
    /// AAC cannot hold gaps.
    #[error("the sound has gaps, which AAC cannot hold")]
    Gap,
    /// The coder kept a picture to itself.
    #[error("the coder gave nothing for frame {no}")]
    Lost {
        /// The frame.
        no: FrameNo,
    },
    /// The coder failed: what it made of a picture is not that picture.
    #[error("a picture did not come back from the clip's coder (FFV1) as it was")]
    Altered,
    /// Size or pixel format change within it.
    #[error("size or pixel format change at frame {no}, and a clip has one of each")]
    Changes {
        /// First frame that differs.
        no: FrameNo,
    },
    /// A frame has no timestamp, or one before that of the frame before it.
    #[error("the timestamp of frame {no} is missing or runs back, and a clip needs each in order")]
    Timestamps {
        /// The frame.
        no: FrameNo,
    },
    /// Ticks that nanoseconds cannot tell apart, or beyond what they can count.
    #[error(
        "the timestamps of this video, in ticks of {time_base} s, cannot be told in nanoseconds"
    )]
    Clock {
        /// Seconds per tick.
        time_base: TimeBase,
    },
}

/// Why a clip was not written.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// It cannot be, and nothing was written.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Decoding or coding failed.
    #[error(transparent)]
    Decoder(#[from] Error),
    /// The place it is written to took no more.
    #[error("writing the clip: {0}")]
    Output(#[from] io::Error),
}

impl Clip<'_> {
    /// Writes the clip from front to back; `progress` hears how many frames are done. The patches that
    /// come back say its length and where things are in it; a file without them plays as well.
    ///
    /// # Errors
    /// [`Refused`] before a byte is written; a frame cannot be decoded again to its recorded hash;
    /// sound does not come as before; the output fails.
    pub fn write<W: Write>(
        &self,
        out: W,
        progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
    ) -> Result<(W, [Patch; 2]), ClipError> {
        let frames = self.frames()?;
        let clock = Clock::of(self.frames.time_base, frames)?;
        let mut sound = self
            .sound
            .as_ref()
            .map(|(form, samples)| Sound::new(self, form, samples.clone(), &clock))
            .transpose()?;
        let (mut pictures, header) = Pictures::start(self, frames)?;
        let mut file = self.begin(out, &pictures, &header, &clock, frames)?;
        for (done, frame) in (1..).zip(frames) {
            let coded = pictures.next()?;
            let at = clock.at(frame);
            if let Some(sound) = &mut sound {
                sound.until(at, &mut file)?;
            }
            file.picture(at, clock.lasts(frame), &coded)?;
            if progress(done).is_break() {
                return Err(Error::Cancelled.into());
            }
        }
        if let Some(sound) = &mut sound {
            sound.until(u64::MAX, &mut file)?;
        }
        Ok(file.finish()?)
    }

    /// What muffles sound of this form; `None` where all may be heard.
    fn muffler(&self, form: &SoundForm) -> Option<Muffler> {
        let masks = self.masks.as_ref()?;
        Some(Muffler::new(*form, masks.sound.clone()))
    }

    /// The frames of the span, if a clip can hold them one after the other.
    fn frames(&self) -> Result<&[FrameEntry], Refused> {
        let Range { start, end } = self.span;
        let frames = self.frames.frames.get(start as usize..end as usize);
        let frames = frames.filter(|frames| !frames.is_empty());
        let frames = frames.ok_or(Refused::Empty {
            from: start,
            to: end,
        })?;
        let layouts = self.facts.presentation.iter().flat_map(|it| &it.layouts);
        let within = start + 1..end;
        let change = layouts
            .map(|layout| layout.first)
            .find(|no| within.contains(&no.0));
        change.map_or(Ok(frames), |no| Err(Refused::Changes { no }))
    }

    fn begin<W: Write>(
        &self,
        out: W,
        pictures: &Pictures<'_>,
        header: &[u8],
        clock: &Clock,
        frames: &[FrameEntry],
    ) -> Result<Matroska<W>, ClipError> {
        let mut tags = self.tags.clone();
        tags.extend(clock.tags());
        tags.push(("FIRST_FRAME".to_owned(), self.span.start.to_string()));
        tags.push(("FRAME_COUNT".to_owned(), frames.len().to_string()));
        let end = frames
            .last()
            .map_or(0, |last| clock.at(last) + clock.lasts(last).unwrap_or(0));
        let head = Head {
            video: VideoTrack {
                facts: pictures.footage.facts,
                layout: pictures.layout(),
                header,
                frame_lasts: clock.even(frames),
            },
            sound: self
                .sound
                .as_ref()
                .map(|(sound, _)| SoundTrack { form: &sound.form }),
            end,
            tags: &tags,
        };
        Ok(Matroska::begin(out, &head)?)
    }
}
