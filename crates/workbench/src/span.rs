//! A span of exact frames that leaves the case: as stills, or as one clip that loses nothing.

use std::io::Write;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use media::clip::{Clip, ClipError, Patch};
use media::reader::FrameReader;
use media::still::Still;
use media::time::FrameNo;
use media::view::{View, Viewed};
use store::record::Item;

use crate::case::{Case, Examined};
use crate::error::{Error, Kind, Result};
use crate::examine::{TOOL, count};
use crate::place::Place;
use crate::sound::beside;
use crate::timeline::Timeline;
use crate::view::{SavedFrame, SavedSound, SavedSpan};

/// Stills that are ready and not yet written.
const READY: usize = 2;

/// Files that stills are saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveAs {
    /// PNG, as one frame is saved.
    Png,
    /// Lossless WebP, of the same pixels.
    Webp,
}

/// A still ready to be kept.
pub struct SavedAs<'a> {
    /// Name of its file.
    pub name: &'a str,
    /// The file.
    pub bytes: &'a [u8],
    /// How many were made, this one included.
    pub done: u32,
}

impl SaveAs {
    fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }

    fn file(self, still: &Still, view: &View, viewed: &Viewed) -> Result<Vec<u8>> {
        match self {
            Self::Png => Ok(still.png_of(view, viewed)),
            Self::Webp => still.webp_of(view, viewed).map_err(|why| {
                Error::new(Kind::Unsupported, why.to_string()).hint("save it as PNG")
            }),
        }
    }
}

impl Case {
    /// The frames from `from` up to `to`, which is not among them: from the first and to the last where
    /// nothing is said. A time as the end leaves out what appears then or later.
    ///
    /// # Errors
    /// The item was not inspected, there is no such place, or no frame lies between.
    pub fn span_of(
        &self,
        item: &Item,
        from: Option<Place>,
        to: Option<Place>,
    ) -> Result<Range<u32>> {
        let examined = self.examined(item)?;
        let timeline = Timeline::new(&examined.frames);
        let total = count(examined.frames.frames.len());
        let start = match from {
            Some(place) => timeline.find(place)?.0,
            None => 0,
        };
        let end = match to {
            None => total,
            Some(Place::Frame(no)) if no == total => total,
            Some(Place::Seconds(at)) => timeline.appeared_before(at),
            Some(place) => timeline.find(place)?.0,
        };
        if start < end {
            return Ok(start..end);
        }
        Err(Error::usage(format!(
            "no frame lies between frame {start} and frame {end}"
        ))
        .hint("the end of a span is the place after its last frame"))
    }

    /// Seconds `[start, end)` of a span, after the first frame.
    ///
    /// # Errors
    /// The item was not inspected, or has no such frames.
    pub fn span_seconds(&self, item: &Item, span: &Range<u32>) -> Result<[f64; 2]> {
        let examined = self.examined(item)?;
        let timeline = Timeline::new(&examined.frames);
        let first = timeline.find(Place::Frame(span.start))?;
        let last = timeline.find(Place::Frame(span.end.saturating_sub(1)))?;
        Ok([timeline.at(first), timeline.until(last)])
    }

    /// Hands every frame of a span to `keep` as a file, seen through `view`, each checked against the
    /// frame index, in order. What comes back lists them.
    ///
    /// # Errors
    /// As [`Case::viewed`], for the first frame that fails; whatever `keep` fails with.
    pub fn save_stills(
        &self,
        item: &Item,
        span: Range<u32>,
        view: &View,
        form: SaveAs,
        keep: &mut dyn FnMut(SavedAs<'_>) -> Result<()>,
    ) -> Result<SavedSpan> {
        let examined = self.examined(item)?;
        let mut saved = self.saved(item, &examined, &span);
        saved.view = view.to_string();
        let digits = saved.to.to_string().len().max(6);
        let reader = self.reader_of_its_own(item, &examined, view)?;
        let total = count(examined.frames.frames.len());
        std::thread::scope(|scope| {
            let (give, ready) = sync_channel(READY);
            scope.spawn(move || look(reader, span, total, view, &give));
            for ((done, frame), seen) in (1..).zip(&mut saved.frames).zip(ready) {
                let (still, viewed) = seen?;
                let name = format!("frame-{:0digits$}.{}", frame.frame, form.ending());
                let bytes = form.file(&still, view, &viewed)?;
                keep(SavedAs {
                    name: &name,
                    bytes: &bytes,
                    done,
                })?;
                frame.file = Some(name);
                frame.pixel_hash = Some(viewed.pixel_hash().hex());
                saved.applied.get_or_insert_with(|| still.applied.clone());
            }
            Ok(saved)
        })
    }

    /// Writes a span as one clip from front to back, with the sound beside it; `progress` hears how many
    /// frames are done. The patches make a file that can be gone back in quicker to jump in.
    ///
    /// # Errors
    /// A clip cannot hold the span, a frame does not decode to its recorded hash, or `out` fails.
    pub fn save_clip<W: Write>(
        &self,
        item: &Item,
        span: Range<u32>,
        out: W,
        progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
    ) -> Result<(W, [Patch; 2], SavedSpan)> {
        let examined = self.examined(item)?;
        let saved = self.span_listing(item, &span)?;
        let sound = beside(&examined, &span);
        let mut tags = vec![
            ("ITEM".to_owned(), item.id.to_string()),
            ("ORIGINAL_NAME".to_owned(), item.name.clone()),
        ];
        if let Some(sound) = &saved.sound {
            tags.push(("FIRST_SOUND_SAMPLE".to_owned(), sound.from.to_string()));
        }
        let clip = Clip {
            decoder: self.decoder()?,
            file: &self.original(item)?,
            facts: &examined.examination.facts,
            frames: Arc::clone(&examined.frames),
            span,
            sound,
            tags,
            masks: None,
        };
        let (out, patches) = clip.write(out, progress)?;
        Ok((out, patches, saved))
    }

    /// What the clip of a span holds.
    ///
    /// # Errors
    /// The item was not inspected, or has no such frames.
    pub fn span_listing(&self, item: &Item, span: &Range<u32>) -> Result<SavedSpan> {
        self.span_seconds(item, span)?;
        let examined = self.examined(item)?;
        let mut saved = self.saved(item, &examined, span);
        saved.sound = beside(&examined, span).map(|(sound, samples)| SavedSound {
            from: samples.start,
            to: samples.end,
            form: sound.form,
        });
        Ok(saved)
    }

    /// What a span holds, before anything is made of it.
    fn saved(&self, item: &Item, examined: &Examined, span: &Range<u32>) -> SavedSpan {
        let timeline = Timeline::new(&examined.frames);
        let frames = &examined.frames.frames[span.start as usize..span.end as usize];
        SavedSpan {
            item: item.number,
            id: item.id.to_string(),
            name: item.name.clone(),
            tool: TOOL.to_owned(),
            from: span.start,
            to: span.end,
            time_base: examined.frames.time_base,
            view: String::new(),
            applied: None,
            sound: None,
            frames: frames
                .iter()
                .map(|frame| SavedFrame {
                    frame: frame.no.0,
                    pts: frame.pts.map(|pts| pts.0),
                    at_s: timeline.at(frame.no),
                    hash: frame.hash.hex(),
                    file: None,
                    pixel_hash: None,
                })
                .collect(),
        }
    }

    /// A process for this span alone: the standing ones serve whoever steps through frames meanwhile.
    fn reader_of_its_own(
        &self,
        item: &Item,
        examined: &Examined,
        view: &View,
    ) -> Result<FrameReader> {
        // A view may look at frames around each.
        let open = if view.is_exact() {
            FrameReader::onward
        } else {
            FrameReader::open
        };
        Ok(open(
            self.decoder()?,
            self.original(item)?,
            examined.examination.facts.clone(),
            Arc::clone(&examined.frames),
        )?)
    }
}

/// Looks at each frame of a span until one fails or nobody listens any more.
fn look(
    mut reader: FrameReader,
    span: Range<u32>,
    total: u32,
    view: &View,
    give: &SyncSender<Result<(Arc<Still>, Viewed)>>,
) {
    for no in span {
        let seen = reader
            .still(FrameNo(no))
            .map_err(Error::from)
            .and_then(|still| {
                let viewed = view.show(&still, total, |other| {
                    reader.still(other).map_err(Error::from)
                })?;
                Ok((still, viewed))
            });
        let failed = seen.is_err();
        if give.send(seen).is_err() || failed {
            return;
        }
    }
}

impl From<ClipError> for Error {
    fn from(error: ClipError) -> Self {
        match error {
            ClipError::Refused(why) => Self::new(Kind::Unsupported, why.to_string())
                .hint("save its frames as PNG: that holds every picture as it is shown"),
            ClipError::Decoder(error) => error.into(),
            ClipError::Output(error) => Self::io("writing the clip", &error),
        }
    }
}
