//! Going on where an earlier pass was cut off.
//!
//! What that pass saw is recalled from its log; then a decoder process begins at a sync sample well
//! before the last frame logged, and has to give the last frames over again, hash for hash, before its
//! pictures count.

use std::collections::HashMap;

use super::kept::Frame;
use super::log::{Entry, Pieces};
use super::scene::Scene;
use super::watch::Memory;
use crate::facts::Facts;
use crate::findings::Weave;
use crate::index::FrameHash;
use crate::protocol::{FrameRecord, Mark};
use crate::time::{FrameNo, Pts};

/// Frames that must be the same over again: more than any decoder reorders or holds back.
const SAME: usize = 32;

/// Frames that are soon decoded again, so that nobody need hear why they were.
const SHORT: usize = 1000;

/// What was recalled from a log.
pub(super) struct Recalled {
    pub(super) facts: Facts,
    pub(super) frames: Vec<Frame>,
    pub(super) hashes: Vec<FrameHash>,
    pub(super) woven: Vec<Option<Weave>>,
    pub(super) scene: Option<Scene>,
    pub(super) marks: Vec<Mark>,
}

/// Why a log cannot be gone on with; `None` where it holds too little to be worth it.
pub(super) type Refused = Option<String>;

impl Recalled {
    /// Reads a log behind its header.
    pub(super) fn of(pieces: &mut Pieces, memory: &mut dyn Memory) -> Result<Self, Refused> {
        let mut recalled = Self {
            facts: Facts::default(),
            frames: Vec::new(),
            hashes: Vec::new(),
            woven: Vec::new(),
            scene: None,
            marks: Vec::new(),
        };
        while let Some(piece) = pieces.read() {
            let mut rest = piece.as_slice();
            while !rest.is_empty() {
                let unreadable = |_| "its log is of another form".to_owned();
                let entry = postcard::take_from_bytes(rest).map_err(unreadable)?;
                rest = entry.1;
                recalled.take(entry.0, memory)?;
            }
        }
        Ok(recalled)
    }

    fn take(&mut self, entry: Entry, memory: &mut dyn Memory) -> Result<(), Refused> {
        let contradicts = || Some("its log contradicts itself".to_owned());
        match entry {
            Entry::Void(why) => return Err(Some(why)),
            Entry::Mark(mark) => self.marks.push(mark),
            Entry::Facts(json) => {
                self.facts = serde_json::from_slice(&json).map_err(|_| contradicts())?;
                self.scene = self
                    .facts
                    .examined()
                    .map(|(it, video)| Scene::new(it, video));
            }
            Entry::Frame(logged) => {
                let scene = self.scene.as_mut().ok_or_else(contradicts)?;
                let frame = logged.frame(self.frames.last()).ok_or_else(contradicts)?;
                let no = u32::try_from(self.frames.len()).map_err(|_| contradicts())?;
                let (no, pts) = (FrameNo(no), frame.pts.map(Pts));
                let follows = scene.recall(no, &frame, &logged)
                    && memory.recall(no, pts, scene.time_base, &logged.note);
                if !follows {
                    return Err(contradicts());
                }
                self.frames.push(frame);
                self.hashes.push(logged.hash());
                self.woven.push(logged.woven);
            }
        }
        Ok(())
    }

    /// Where to begin, and what must be the same from there; `wanted` is the first frame whose picture
    /// is needed again.
    pub(super) fn overlap(&self, wanted: Option<FrameNo>) -> Result<(Mark, Overlap), Refused> {
        let end = self.frames.len();
        let Some(same) = end.checked_sub(SAME) else {
            return Err(None);
        };
        let first = wanted.map_or(same, |no| same.min(no.0 as usize));
        let mut places: HashMap<u32, usize> = (self.frames.iter().zip(0..))
            .filter_map(|(frame, at)| Some((frame.sample?, at)))
            .collect();
        if places.len() != end {
            return Err(Some(
                "several of its frames come from one sample".to_owned(),
            ));
        }
        let early = |mark: &&Mark| {
            let place = places.get(&mark.sample);
            mark.sample > 0 && place.is_some_and(|&at| at <= first)
        };
        let Some(mark) = self.marks.iter().rev().find(early) else {
            if end < SHORT {
                return Err(None);
            }
            let why = "no sync sample lies far enough before where it was cut off";
            return Err(Some(why.to_owned()));
        };
        let from = places.get(&mark.sample).copied().unwrap_or(first);
        places.retain(|_, &mut at| at >= from);
        let overlap = Overlap {
            places,
            next: first,
            position: self.frames[from].position.unwrap_or(0),
            begun: false,
            end,
        };
        Ok((mark.clone(), overlap))
    }
}

/// The frames that a process must give over again before its pictures count.
pub(super) struct Overlap {
    /// Which frame a sample became.
    places: HashMap<u32, usize>,
    /// The next frame that must be the same. What comes before it need not be: decoders begin with
    /// pictures whose references they have not seen.
    next: usize,
    /// Byte position of the sample that decoding begins at.
    position: u64,
    begun: bool,
    end: usize,
}

/// What a frame of the overlap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One that comes too early to count.
    Early,
    /// This one over again.
    Same(FrameNo),
    /// Not the one that was logged.
    Different,
}

impl Overlap {
    /// Judges the next frame of the process by the frames recalled.
    pub(super) fn judge(
        &mut self,
        record: &FrameRecord,
        hash: FrameHash,
        frames: &[Frame],
        hashes: &[FrameHash],
    ) -> Verdict {
        let place = record.sample.and_then(|sample| self.places.get(&sample));
        match place {
            Some(&at) if at == self.next => {
                let same = frames.get(at).is_some_and(|logged| is_same(logged, record))
                    && hashes.get(at) == Some(&hash);
                if !same {
                    return Verdict::Different;
                }
                self.next += 1;
                self.begun = true;
                Verdict::Same(FrameNo(at as u32))
            }
            Some(&at) if at > self.next => Verdict::Different,
            None if self.begun => Verdict::Different,
            _ => Verdict::Early,
        }
    }

    /// Byte position of the sample that decoding begins at.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// How much of the way to that sample is read, in millionths.
    pub(super) fn approached(&self, read: u64) -> u64 {
        let way = u128::from(self.position.max(1));
        (u128::from(read) * 1_000_000 / way).min(1_000_000) as u64
    }

    /// Whether a frame was the same already.
    pub(super) fn is_begun(&self) -> bool {
        self.begun
    }

    /// Whether all were the same.
    pub(super) fn is_over(&self) -> bool {
        self.next == self.end
    }
}

/// Whether a record is of the frame logged. A coder's note does not count: one that the container keeps
/// apart comes with whatever frame a process decodes first.
fn is_same(logged: &Frame, record: &FrameRecord) -> bool {
    let frame = Frame::after(Some(logged), record.clone());
    let noted = Frame {
        coder_note: logged.coder_note.clone(),
        ..frame
    };
    noted == *logged
}
