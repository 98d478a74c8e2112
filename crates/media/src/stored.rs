//! The stored timeline: every sample that the file holds of the examined stream, presented or not.

use std::collections::HashMap;
use std::fs::File;

use crate::decoder::{Decoder, Error, Heard, Session};
use crate::facts::Facts;
use crate::index::FrameIndex;
use crate::inspect::join::Stored;
use crate::protocol::{Record, Sample, Task};
use crate::time::{FrameNo, Pts, SampleNo};

/// One stored sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSample {
    /// Its number in the container's decode order.
    pub no: SampleNo,
    /// Presentation timestamp as stored, in ticks of the stream; edit lists move what is presented.
    pub pts: Option<Pts>,
    /// Decoding timestamp as stored, in ticks.
    pub dts: Option<i64>,
    /// Byte position in the file.
    pub position: Option<u64>,
    /// Bytes.
    pub size: u32,
    /// Whether the container marks it as a sync sample.
    pub key: bool,
    /// The frames that it is presented as; more than one where an edit list repeats it.
    pub frames: Vec<FrameNo>,
    /// Whether the container hides it: an edit list leaves it out, or it is marked as not to be
    /// presented. A sample that is neither hidden nor presented holds no picture of its own, or a
    /// damaged one.
    pub hidden: bool,
}

/// The samples of the examined stream of a file that was inspected to `facts` and `index`, in decode
/// order. Only the container is read; nothing is decoded. Empty where nothing is recognised.
///
/// # Errors
/// The file cannot be read, or the decoder process cannot be started or ends early.
pub fn samples(
    decoder: &Decoder,
    file: &File,
    facts: &Facts,
    index: &FrameIndex,
) -> Result<Vec<StoredSample>, Error> {
    let metadata = file.metadata().map_err(Error::io("look at the file"))?;
    let Some(track) = facts.track() else {
        return Ok(Vec::new());
    };
    let decoder = &decoder.on(track);
    let mut session = Session::start(decoder, file, metadata.len(), Task::List, 1)?;
    let (mut read, mut stored) = (Vec::new(), Vec::new());
    loop {
        let (list, more) = match session.hear() {
            Heard::Record(Record::Samples(samples)) => (&mut read, samples),
            Heard::Record(Record::Stored(samples)) => (&mut stored, samples),
            Heard::Record(Record::End(_)) => break,
            Heard::Record(_) => return Err(session.nonsense("an unexpected record").into()),
            Heard::Gone(gone) => return Err(gone.into()),
        };
        if list.len() + more.len() > decoder.limits().max_frames as usize {
            return Err(session.nonsense("more samples than allowed").into());
        }
        list.extend(more);
    }
    Ok(laid_out(&read, &stored, index))
}

fn laid_out(read: &[Sample], stored: &[Sample], index: &FrameIndex) -> Vec<StoredSample> {
    let (samples, hidden) = Stored::of_index(read, stored, index);
    let mut frames: HashMap<u32, Vec<FrameNo>> = HashMap::new();
    for frame in &index.frames {
        if let Some(sample) = frame.sample {
            frames.entry(sample.0).or_default().push(frame.no);
        }
    }
    samples
        .iter()
        .zip(0..)
        .map(|(sample, no)| StoredSample {
            no: SampleNo(no),
            pts: sample.pts.map(Pts),
            dts: sample.dts,
            position: sample.position,
            size: sample.size,
            key: sample.key,
            frames: frames.remove(&no).unwrap_or_default(),
            // In order, since they are numbered.
            hidden: hidden.binary_search(&no).is_ok(),
        })
        .collect()
}
