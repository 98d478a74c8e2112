//! The sound of a clip, in step with its pictures.

use std::io::Write;
use std::ops::Range;

use super::clock::Clock;
use super::matroska::Matroska;
use super::{Clip, ClipError};
use crate::decoder::Error;
use crate::mask::Muffler;
use crate::sound::{SoundReader, Waveform};

/// Samples of a second over samples of a block.
const BLOCKS_A_SECOND: u32 = 10;

/// Samples that are still to be written.
pub(super) struct Sound<'a> {
    waveform: &'a Waveform,
    reader: SoundReader,
    left: Range<u64>,
    clock: &'a Clock,
    muffler: Option<Muffler>,
}

impl<'a> Sound<'a> {
    pub(super) fn new(
        clip: &Clip<'_>,
        waveform: &'a Waveform,
        samples: Range<u64>,
        clock: &'a Clock,
    ) -> Result<Self, Error> {
        let file = clip.file.try_clone().map_err(Error::io("open the file"))?;
        Ok(Self {
            waveform,
            reader: SoundReader::new(clip.decoder, file, waveform.form),
            left: samples,
            clock,
            muffler: clip.muffler(&waveform.form),
        })
    }

    /// Writes what begins before a time.
    pub(super) fn until<W: Write>(
        &mut self,
        at: u64,
        file: &mut Matroska<W>,
    ) -> Result<(), ClipError> {
        while !self.left.is_empty() && self.begins(self.left.start) < at {
            let block = self.left.start..self.block_end();
            let mut samples = self.reader.read(block.start, block.end)?;
            let whole = (block.end - block.start) * self.waveform.form.frame_bytes() as u64;
            if samples.len() as u64 != whole {
                return Err(Error::SoundNotReproduced.into());
            }
            if let Some(muffler) = &mut self.muffler {
                muffler.muffle(block.start, &mut samples);
            }
            file.sound(self.begins(block.start), &samples)?;
            self.left.start = block.end;
        }
        Ok(())
    }

    /// Where a block ends: soon, and where the stream states a time that counting does not lead to.
    fn block_end(&self) -> u64 {
        let form = &self.waveform.form;
        let length = (form.rate / BLOCKS_A_SECOND).max(1);
        let end = self.left.start + u64::from(length);
        let anchors = self.waveform.anchors.all();
        let next = anchors.partition_point(|anchor| anchor.sample <= self.left.start);
        let stated = anchors.get(next).map_or(u64::MAX, |anchor| anchor.sample);
        end.min(stated).min(self.left.end)
    }

    fn begins(&self, sample: u64) -> u64 {
        let counted = || i128::from(sample) * 1_000_000_000 / i128::from(self.waveform.form.rate);
        let at = self.waveform.nanoseconds(sample).unwrap_or_else(counted);
        self.clock.of_sound(at)
    }
}
