//! Exact frames: a few decoder processes kept standing, one for each track lately looked at.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use journal::ContentId;
use media::decoder;
use media::reader::{FrameReader, Surroundings, Wanted};
use media::still::Still;
use media::time::{FrameNo, TrackNo};
use store::record::Item;

use crate::case::{Case, lock};
use crate::error::{Error, Result};
use crate::place::Place;
use crate::standing::Standing;
use crate::timeline::Timeline;
use crate::tracks::Track;
use crate::view::{FramePage, FrameRow};

/// Decoder processes kept standing. Two for a side-by-side view, and as many again for another page.
const KEPT_READERS: usize = 4;

/// Bytes of decoded pictures kept for each of the items that are looked at: enough for 250 frames of
/// 1920 x 1080. Two, since items are compared.
const KEPT_LOOKED_AT: usize = 1 << 30;

/// Items that count as looked at.
const LOOKED_AT: usize = 2;

/// Bytes of decoded pictures kept for each of the others.
const KEPT_RESTING: usize = 64 << 20;

/// How long nobody must have moved before the frames around are decoded.
const REST: Duration = Duration::from_millis(200);

/// The standing decoder processes, by item and track.
pub(crate) type Stills = Standing<(ContentId, TrackNo), Desk, KEPT_READERS>;

/// A reader, and a thread that decodes around where someone rests.
pub(crate) struct Desk {
    reader: FrameReader,
    moves: Sender<Moved>,
}

/// What whoever looks at a track does.
enum Moved {
    /// Asks for a frame: until it is there, nothing is decoded around another.
    Off,
    /// Has it on the screen.
    To(FrameNo),
}

impl Case {
    /// Frame `no` of the examined track of `item`, exactly; see [`Track::still`].
    ///
    /// # Errors
    /// The item was not inspected, has no such frame, or the decoder cannot give that frame again.
    pub fn still(&self, item: &Item, no: FrameNo) -> Result<Arc<Still>> {
        self.track(item, None)?.still(no)
    }

    /// The frame of the examined track of `item` that `place` names.
    ///
    /// # Errors
    /// The item was not inspected, or has no such frame.
    pub fn find_frame(&self, item: &Item, place: Place) -> Result<FrameNo> {
        self.track(item, None)?.find(place)
    }

    /// `count` frames of the examined track of `item`, starting with frame `from`.
    ///
    /// # Errors
    /// The item was not inspected.
    pub fn frames(&self, item: &Item, from: u32, count: u32) -> Result<FramePage> {
        Ok(self.track(item, None)?.frames(from, count))
    }

    /// The listing that `ffmpeg -map 0 -c copy -f streamhash` prints.
    ///
    /// # Errors
    /// The item was not inspected, or not since streams are hashed.
    pub fn streamhash(&self, item: &Item) -> Result<String> {
        let facts = &self.examined(item)?.examination.facts;
        let hashed = |stream: &media::facts::Stream| stream.essence.is_some();
        if !facts.streams.is_empty() && !facts.streams.iter().any(hashed) {
            return Err(
                Error::missing(format!("the streams of {} were not hashed", item.number)).hint(
                    format!("run `framewitness inspect --again {}` first", item.number),
                ),
            );
        }
        Ok(media::listing::streamhash_listing(facts))
    }
}

impl Track<'_> {
    /// Frame `no`, exactly: its planes have the hash of the frame index.
    ///
    /// # Errors
    /// There is no such frame, or the decoder cannot give it again.
    pub fn still(&self, no: FrameNo) -> Result<Arc<Still>> {
        self.find(Place::Frame(no.0))?;
        self.with_reader(|reader| reader.still(no))
    }

    /// The same track, whose frames are decoded as long as they are wanted; then
    /// [`Cancelled`](decoder::Error::Cancelled) is their error.
    #[must_use]
    pub fn while_wanted(mut self, wanted: &Wanted) -> Self {
        self.wanted = wanted.clone();
        self
    }

    /// Asks the standing decoder process of the track; one that fails is not kept.
    pub(crate) fn with_reader<T>(
        &self,
        ask: impl FnOnce(&mut FrameReader) -> std::result::Result<T, decoder::Error>,
    ) -> Result<T> {
        let desk = self.desk()?;
        let told = lock(&desk).answer(&self.wanted, ask);
        if told
            .as_ref()
            .is_err_and(|why| !matches!(why, decoder::Error::Cancelled))
        {
            self.case.stills.forget(&self.key());
        }
        Ok(told?)
    }

    /// The frame that `place` names.
    ///
    /// # Errors
    /// There is no such frame.
    pub fn find(&self, place: Place) -> Result<FrameNo> {
        Timeline::new(&self.examined.frames).find(place)
    }

    /// `count` frames of the index, starting with frame `from`.
    pub fn frames(&self, from: u32, count: u32) -> FramePage {
        let timeline = Timeline::new(&self.examined.frames);
        let frames = &self.examined.frames.frames;
        let start = (from as usize).min(frames.len());
        let end = start.saturating_add(count as usize).min(frames.len());
        let quantisers = self.quantisers();
        let row = |frame: &media::index::FrameEntry| FrameRow {
            no: frame.no.0,
            pts: frame.pts.map(|pts| pts.0),
            at_s: timeline.at(frame.no),
            duration_s: timeline.until(frame.no) - timeline.at(frame.no),
            picture: frame.picture,
            key: frame.key,
            damaged: frame.damaged,
            sample: frame.sample.map(|sample| sample.0),
            position: frame.position,
            size: frame.size,
            quantiser: quantisers.and_then(|all| all.of_frame(frame.no)),
            hash: frame.hash.hex(),
        };
        FramePage {
            total: crate::examine::count(frames.len()),
            time_base: self.examined.frames.time_base,
            frames: frames[start..end].iter().map(row).collect(),
        }
    }

    /// The listing that `ffmpeg -f framehash` prints of the track.
    pub fn framehash(&self) -> String {
        let examination = &self.examined.examination;
        media::listing::framehash_listing(
            &examination.facts,
            &self.examined.frames,
            &examination.versions,
        )
    }

    /// Has the frames around `no` decoded, at low priority and after a moment of rest, so that stepping
    /// and scrubbing near it need not wait.
    ///
    /// # Errors
    /// There is no decoder.
    pub fn look_around(&self, no: FrameNo) -> Result<()> {
        let desk = self.desk()?;
        // The thread ends with the desk.
        let _ = lock(&desk).moves.send(Moved::To(no));
        Ok(())
    }

    fn key(&self) -> (ContentId, TrackNo) {
        (self.item.id, self.no.unwrap_or(TrackNo(0)))
    }

    fn desk(&self) -> Result<Arc<Mutex<Desk>>> {
        let case = self.case;
        let desk = case.stills.of(self.key(), || {
            Ok(Desk::new(FrameReader::open(
                case.decoder()?,
                case.original(self.item)?,
                self.examined.examination.facts.clone(),
                self.examined.frames.clone(),
            )?))
        })?;
        case.stills.each_idle(|rank, desk| {
            desk.reader.keep(if rank < LOOKED_AT {
                KEPT_LOOKED_AT
            } else {
                KEPT_RESTING
            });
        });
        Ok(desk)
    }
}

impl Desk {
    fn new(reader: FrameReader) -> Self {
        let (moves, moved) = channel();
        let around = reader.surroundings();
        std::thread::spawn(move || look_around(around, &moved));
        Self { reader, moves }
    }

    /// Asks the reader, which has the processors to itself meanwhile.
    fn answer<T>(
        &mut self,
        wanted: &Wanted,
        ask: impl FnOnce(&mut FrameReader) -> std::result::Result<T, decoder::Error>,
    ) -> std::result::Result<T, decoder::Error> {
        // Others may have been before.
        if wanted.given_up() {
            return Err(decoder::Error::Cancelled);
        }
        // The thread ends with the desk.
        let _ = self.moves.send(Moved::Off);
        self.reader.decode_while(wanted.clone());
        ask(&mut self.reader)
    }
}

/// Decodes around each place where someone comes to rest, until the desk is gone.
fn look_around(mut around: Surroundings, moves: &Receiver<Moved>) {
    let mut next = moves.recv().ok();
    while let Some(place) = rest(next.take(), moves) {
        let mut gone = false;
        // What fails here is decoded, and told, when someone asks for it.
        let _ = around.fill(place, &mut || {
            match moves.try_recv() {
                Ok(moved) => next = Some(moved),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => gone = true,
            }
            next.is_none() && !gone
        });
        if !gone && next.is_none() {
            next = moves.recv().ok();
        }
    }
}

/// Where someone stays for a moment after `moved`; `None` when the desk is gone.
fn rest(mut moved: Option<Moved>, moves: &Receiver<Moved>) -> Option<FrameNo> {
    loop {
        moved = match moved? {
            Moved::Off => moves.recv().ok(),
            Moved::To(place) => match moves.recv_timeout(REST) {
                Ok(moved) => Some(moved),
                Err(RecvTimeoutError::Timeout) => return Some(place),
                Err(RecvTimeoutError::Disconnected) => return None,
            },
        };
    }
}
