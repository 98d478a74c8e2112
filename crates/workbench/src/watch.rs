//! Watching an item: its frames in a row, reduced, for as long as somebody takes them.

mod pace;

use media::reader::WatchReader;
use media::time::{FrameNo, Pts};
use store::record::Item;

use crate::case::Case;
use crate::error::Result;
use crate::place::Place;
use crate::timeline::Timeline;

use pace::Pace;

/// Widest picture for watching in pixels.
pub const WIDEST: u32 = 3840;
/// Narrowest.
pub const NARROWEST: u32 = 64;

/// Most frames of a piece that is decoded forwards to be shown backwards. Its pictures are kept until
/// they are taken, some 100 kB each.
const PIECE: u32 = 250;

/// Which way footage is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it was presented.
    Forwards,
    /// From the later to the earlier.
    Backwards,
}

/// What somebody wants to watch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// The first frame.
    pub from: FrameNo,
    /// From there on or back.
    pub way: Way,
    /// Pixels in a row at most; taken as [`NARROWEST`] or [`WIDEST`] beyond those.
    pub width: u32,
    /// How many times the footage's own speed. Below 1 no frame is left out.
    pub speed: f64,
}

/// A reduced picture of a frame.
pub struct Picture {
    /// Which frame.
    pub no: FrameNo,
    /// Its timestamp in ticks, where the stream gives one.
    pub pts: Option<Pts>,
    /// The picture.
    pub jpeg: Vec<u8>,
}

/// What became of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was taken as it came.
    AtOnce,
    /// It was taken after a while: whoever watches has pictures enough.
    Later,
    /// Nobody watches any more.
    Never,
}

/// Where pictures go.
pub trait Screen {
    /// Seconds of a clock that never runs back.
    fn now(&self) -> f64;
    /// Whether nobody watches any more.
    fn gone(&self) -> bool;
    /// Takes a picture, and waits while there is no room for it.
    fn show(&mut self, picture: Picture) -> Taken;
}

/// A decoder process of its own, standing at the first frame. It ends with this value.
pub struct Watch {
    reader: WatchReader,
    /// Seconds from the first frame to each.
    at: Vec<f64>,
    asked: Asked,
}

impl Case {
    /// Starts to decode `item` where somebody wants to watch it.
    ///
    /// # Errors
    /// The item was not inspected, has no such frame, or the decoder cannot give that frame again.
    pub fn watch(&self, item: &Item, asked: Asked) -> Result<Watch> {
        self.find_frame(item, Place::Frame(asked.from.0))?;
        let examined = self.examined(item)?;
        let timeline = Timeline::new(&examined.frames);
        let frames = examined.frames.frames.iter();
        let mut watch = Watch {
            at: frames.map(|frame| timeline.at(frame.no)).collect(),
            reader: WatchReader::open(
                self.decoder()?,
                self.original(item)?,
                examined.examination.facts.clone(),
                examined.frames.clone(),
                asked.width.clamp(NARROWEST, WIDEST),
            )?,
            asked,
        };
        watch.reader.go(match asked.way {
            Way::Forwards => asked.from,
            Way::Backwards => watch.piece(asked.from),
        })?;
        Ok(watch)
    }
}

impl Watch {
    /// Gives `screen` one picture after the other, to the end or as long as it takes them. The first
    /// is that of the frame asked for; later ones are left out where decoding is slower than the clock.
    ///
    /// # Errors
    /// The decoder process ended.
    pub fn run(mut self, screen: &mut impl Screen) -> Result<()> {
        match self.asked.way {
            Way::Forwards => self.forwards(screen),
            Way::Backwards => self.backwards(screen),
        }
    }

    fn forwards(&mut self, screen: &mut impl Screen) -> Result<()> {
        let mut pace = Pace::new(self.asked.speed);
        let mut here = Some(self.asked.from);
        while let Some(no) = here.filter(|_| !screen.gone()) {
            let at = self.at(no);
            if !pace.leaves_out(at, screen.now()) {
                let taken = screen.show(self.picture()?);
                pace.shown(at, screen.now(), taken);
            }
            here = self.reader.advance()?;
        }
        Ok(())
    }

    fn backwards(&mut self, screen: &mut impl Screen) -> Result<()> {
        let mut pace = Pace::new(self.asked.speed);
        let mut last = self.asked.from;
        loop {
            let first = self.piece(last);
            let mut pictures = self.gather(
                first,
                last,
                pace.stride(self.at(last), screen.now()),
                screen,
            )?;
            while let Some(picture) = pictures.pop() {
                let at = self.at(picture.no);
                let taken = screen.show(picture);
                pace.shown(at, screen.now(), taken);
            }
            if first.0 == 0 || screen.gone() {
                return Ok(());
            }
            last = FrameNo(first.0 - 1);
            self.reader.go(self.piece(last))?;
        }
    }

    /// Pictures of the frames from where the process stands to `last`, each `stride`th before it.
    fn gather(
        &mut self,
        first: FrameNo,
        last: FrameNo,
        stride: u32,
        screen: &impl Screen,
    ) -> Result<Vec<Picture>> {
        let mut pictures = Vec::new();
        let mut here = Some(first);
        while let Some(no) = here.filter(|no| *no <= last && !screen.gone()) {
            if (last.0 - no.0).is_multiple_of(stride) {
                pictures.push(self.picture()?);
            }
            if no == last {
                break;
            }
            here = self.reader.advance()?;
        }
        Ok(pictures)
    }

    /// The first frame of the piece that ends with frame `last`.
    fn piece(&self, last: FrameNo) -> FrameNo {
        let earliest = FrameNo((last.0 + 1).saturating_sub(PIECE));
        self.reader.group_of(last).max(earliest)
    }

    fn picture(&mut self) -> Result<Picture> {
        let reduced = self.reader.picture()?;
        Ok(Picture {
            no: reduced.no,
            pts: reduced.pts,
            jpeg: reduced.jpeg(),
        })
    }

    fn at(&self, no: FrameNo) -> f64 {
        self.at.get(no.0 as usize).copied().unwrap_or_default()
    }
}
