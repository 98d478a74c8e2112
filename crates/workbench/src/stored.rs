//! What a file holds of its examined stream, whether it is presented or not.

use media::still::Still;
use media::stored::{StoredSample, samples};
use media::time::SampleNo;
use store::record::Item;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::examine::count;
use crate::view::{StoredPage, StoredRow};

impl Case {
    /// `many` of the stored samples of `item`, starting with sample `from`. The container is read
    /// again; nothing is decoded.
    ///
    /// # Errors
    /// The item was not inspected, or the decoder cannot be jailed.
    pub fn stored(&self, item: &Item, from: u32, many: u32) -> Result<StoredPage> {
        let samples = self.stored_samples(item)?;
        let start = (from as usize).min(samples.len());
        let end = start.saturating_add(many as usize).min(samples.len());
        Ok(StoredPage {
            total: count(samples.len()),
            hidden: count(samples.iter().filter(|sample| sample.hidden).count()),
            time_base: self.examined(item)?.frames.time_base,
            samples: samples[start..end].iter().map(row).collect(),
        })
    }

    /// The picture of stored sample `no` of `item`, presented or not, and its timestamp as stored. The
    /// stream is decoded from its start with edit lists ignored.
    ///
    /// # Errors
    /// The item was not inspected, has no such sample, or no picture comes of it.
    pub fn stored_still(&self, item: &Item, no: SampleNo) -> Result<(Still, Option<i64>)> {
        let samples = self.stored_samples(item)?;
        let sample = samples.get(no.0 as usize).ok_or_else(|| {
            Error::missing(format!("{} has no stored sample {}", item.number, no.0)).hint(format!(
                "samples go from 0 to {}; `framewitness frames {} --stored` lists them",
                samples.len().saturating_sub(1),
                item.number
            ))
        })?;
        let examined = self.examined(item)?;
        let still = media::reader::stored_still(
            self.decoder()?,
            &self.blobs.open(&item.id)?,
            &examined.examination.facts,
            sample,
        )?;
        Ok((still, sample.pts.map(|pts| pts.0)))
    }

    fn stored_samples(&self, item: &Item) -> Result<Vec<StoredSample>> {
        let examined = self.examined(item)?;
        let file = self.blobs.open(&item.id)?;
        Ok(samples(self.decoder()?, &file, &examined.frames)?)
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
