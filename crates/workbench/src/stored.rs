//! What a file holds of a video track, whether it is presented or not.

use std::sync::{Arc, Mutex};

use journal::ContentId;
use media::reader::StoredReader;
use media::still::Still;
use media::stored::StoredSample;
use media::time::{SampleNo, TrackNo};

use crate::case::lock;
use crate::error::{Error, Result};
use crate::examine::count;
use crate::standing::Standing;
use crate::tracks::Track;
use crate::view::{StoredPage, StoredRow, StoredSummary};

/// Decoder processes kept standing: one to look at, one for another page.
const KEPT_READERS: usize = 2;

/// The standing decoder processes, by item and track.
pub(crate) type StoredPictures = Standing<(ContentId, TrackNo), StoredReader, KEPT_READERS>;

/// Which stored samples are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// Every one.
    All,
    /// Those that no frame comes of.
    NotPresented,
}

impl Track<'_> {
    /// `many` of the stored samples, those of them that `which` says, from the one in place `from` on.
    /// The container is read again; nothing is decoded.
    ///
    /// # Errors
    /// The decoder cannot be jailed.
    pub fn stored(&self, which: Samples, from: u32, many: u32) -> Result<StoredPage> {
        let Some(reader) = self.stored_reader()? else {
            return Ok(self.page(&[], &[]));
        };
        let reader = lock(&reader);
        let all = reader.samples();
        let listed: Vec<&StoredSample> = match which {
            Samples::All => all.iter().collect(),
            Samples::NotPresented => all.iter().filter(|it| it.frames.is_empty()).collect(),
        };
        let start = (from as usize).min(listed.len());
        let end = start.saturating_add(many as usize).min(listed.len());
        Ok(self.page(all, &listed[start..end]))
    }

    /// The picture of stored sample `no`, presented or not, and its timestamp as stored. The stream is
    /// decoded from its start with edit lists ignored.
    ///
    /// # Errors
    /// There is no such sample, or no picture comes of it.
    pub fn stored_still(&self, no: SampleNo) -> Result<(Still, Option<i64>)> {
        let missing = |samples: usize| {
            let number = self.item.number;
            Error::missing(format!("{number} has no stored sample {}", no.0)).hint(format!(
                "samples go from 0 to {}; `framewitness frames {number} --stored` lists them",
                samples.saturating_sub(1),
            ))
        };
        let reader = self.stored_reader()?.ok_or_else(|| missing(0))?;
        let mut reader = lock(&reader);
        let samples = reader.samples();
        let sample = samples.get(no.0 as usize);
        let pts = sample.ok_or_else(|| missing(samples.len()))?.pts;
        Ok((reader.still(no)?, pts.map(|pts| pts.0)))
    }

    /// How many samples are stored, and how many of them no frame comes of.
    pub(crate) fn stored_summary(&self) -> StoredSummary {
        let frames = &self.examined.frames.frames;
        let mut shown: Vec<_> = frames.iter().filter_map(|frame| frame.sample).collect();
        shown.sort_unstable();
        shown.dedup();
        let samples = self.examined.examination.stored_samples;
        StoredSummary {
            samples,
            not_presented: samples.saturating_sub(count(shown.len())),
        }
    }

    fn page(&self, all: &[StoredSample], listed: &[&StoredSample]) -> StoredPage {
        StoredPage {
            total: count(all.len()),
            hidden: count(all.iter().filter(|sample| sample.hidden).count()),
            time_base: self.examined.frames.time_base,
            samples: listed.iter().map(|sample| row(sample)).collect(),
        }
    }

    /// `None` where the item has no video.
    fn stored_reader(&self) -> Result<Option<Arc<Mutex<StoredReader>>>> {
        let Some(no) = self.no else {
            return Ok(None);
        };
        let case = self.case;
        let reader = case.stored.of((self.item.id, no), || {
            Ok(StoredReader::open(
                case.decoder()?,
                case.original(self.item)?,
                &self.examined.examination.facts,
                &self.examined.frames,
            )?)
        })?;
        Ok(Some(reader))
    }
}

fn row(sample: &StoredSample) -> StoredRow {
    StoredRow {
        sample: sample.no.0,
        pts: sample.pts.map(|pts| pts.0),
        dts: sample.dts,
        position: sample.position,
        size: sample.size,
        key: sample.key,
        frames: sample.frames.iter().map(|no| no.0).collect(),
        hidden: sample.hidden,
    }
}
