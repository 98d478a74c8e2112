//! Beginning once more: where an earlier pass was cut off, or from the start.

use super::super::Resumed;
use super::super::effort::Effort;
use super::super::resume::{Recalled, Refused, Verdict};
use super::super::watch::Stage as Doing;
use super::{Again, Listener, Pass, Stop, bounded, luma};
use crate::decoder::Session;
use crate::index::FrameHash;
use crate::protocol::{FrameRecord, Mark, Sample};
use crate::time::FrameNo;

impl Listener<'_> {
    /// What damage asks for, if for anything.
    pub(super) fn meet_damage(&self) -> Option<Again> {
        match &self.overlap {
            // A decoder that begins amid a stream may miss what its first pictures refer to.
            Some(overlap) if !overlap.is_begun() => None,
            Some(_) => Some(Again::Afresh("there is damage in it".to_owned())),
            None if self.single => None,
            // From the start, as a pass that was never cut off would have it.
            None if matches!(self.pass.resumed, Resumed::At(_)) => {
                Some(Again::Afresh("there is damage in it".to_owned()))
            }
            None => Some(Again::Single),
        }
    }

    /// Takes up what an earlier pass left.
    pub(super) fn go_on(&mut self, earlier: Result<Recalled, Refused>) -> Result<Mark, Refused> {
        let recalled = earlier?;
        let wanted = self.watch.memory().and_then(|memory| memory.wanted());
        let (mark, overlap) = recalled.overlap(wanted)?;
        self.effort = Effort::new(&recalled.facts, Some(overlap.position()));
        self.seen = recalled.frames.len();
        self.pass.facts = recalled.facts;
        self.pass.frames = recalled.frames;
        self.pass.hashes = recalled.hashes;
        self.pass.woven = recalled.woven;
        self.scene = recalled.scene;
        self.overlap = Some(overlap);
        Ok(mark)
    }

    /// Forgets what was heard, but not what was seen.
    pub(super) fn begin_again(&mut self) {
        self.log.void("there is damage in it");
        self.single = true;
        self.pass = Pass {
            resumed: std::mem::take(&mut self.pass.resumed),
            ..Pass::default()
        };
        self.pass.facts.size = self.size;
    }

    /// Forgets everything, also what was recalled.
    pub(super) fn begin_afresh(&mut self, why: Refused) {
        self.log.clear();
        if let Some(memory) = self.watch.memory() {
            memory.forget();
        }
        self.seen = 0;
        self.scene = None;
        self.overlap = None;
        self.pass = Pass {
            resumed: why.map_or(Resumed::No, Resumed::Refused),
            ..Pass::default()
        };
        self.pass.facts.size = self.size;
    }

    pub(super) fn samples(
        &mut self,
        session: &mut Session,
        samples: Vec<Sample>,
    ) -> Result<(), Stop> {
        let read = samples.last().and_then(|sample| sample.position);
        bounded(session, &mut self.pass.samples, samples, self.limits)?;
        match &self.overlap {
            Some(overlap) if !overlap.is_begun() => {
                let within = overlap.approached(read.unwrap_or(0));
                self.tell(Doing::Approach, within)
            }
            _ => Ok(()),
        }
    }

    /// What follows the pictures has come: by now they must have been the same over again.
    pub(super) fn end_pictures(&mut self) -> Result<(), Stop> {
        if self.overlap.is_some() {
            return Err(different());
        }
        Ok(())
    }

    /// A frame that an earlier pass has seen.
    pub(super) fn over_again(&mut self, frame: &FrameRecord, hash: FrameHash) -> Result<(), Stop> {
        let Some(overlap) = &mut self.overlap else {
            return Ok(());
        };
        match overlap.judge(frame, hash, &self.pass.frames, &self.pass.hashes) {
            Verdict::Different => return Err(different()),
            Verdict::Early => {}
            Verdict::Same(no) => {
                if let Some(memory) = self.watch.memory().filter(|_| frame.slot.is_some()) {
                    memory.again(no, luma(&self.luma, &frame.layout));
                }
            }
        }
        if overlap.is_over() {
            self.overlap = None;
            let next = u32::try_from(self.pass.frames.len()).unwrap_or(u32::MAX);
            self.pass.resumed = Resumed::At(FrameNo(next));
        }
        let within = self.effort.within(Some(0), None);
        self.tell(Doing::Pictures, within)
    }
}

/// The process that was to go on gives something else.
pub(super) fn different() -> Stop {
    Stop::Afresh("decoding from amid the file gives other pictures".to_owned())
}
