//! PDQ hashes of frames for others, and lists of hashes from others.

use std::ops::ControlFlow;

use media::index::FrameIndex;
use media::inspect::{Inspection, Progress, Watch, inspect};
use media::picture::Luma;
use media::time::{FrameNo, Pts, TimeBase};
use reuse::Prints;
use reuse::pdq::list::{self, Listed};
use reuse::pdq::{Hasher, Pdq};
use serde::Serialize;
use store::number::ItemNo;
use store::record::Item;
use utoipa::ToSchema;

use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::examine::{Listen, plane};
use crate::place::Place;
use crate::same::{Subject, name_of, open};
use crate::timeline::Timeline;

/// Most bits of 256 by which hashes of the same picture differ: what PDQ's authors advise.
pub const RADIUS: u32 = 31;

/// PDQ of every frame of one video, to the bit as Meta's code makes it of the same luma.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FrameHashes {
    /// File name.
    pub name: String,
    /// The item; absent for a file outside the case.
    pub item: Option<ItemNo>,
    /// Whether the decoder came to the end of the file.
    pub complete: bool,
    /// The presented frames, in order.
    pub frames: Vec<HashedFrame>,
}

/// A frame with its hash.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HashedFrame {
    /// Frame number.
    pub frame: u32,
    /// Its timestamp, where it has one.
    pub pts: Option<i64>,
    /// Seconds after the first frame.
    pub at_s: f64,
    /// 64 hexadecimal digits.
    pub hash: String,
    /// 0 (flat) to 100. Hashes of less than 50 say little.
    pub quality: u8,
}

/// Frames of an item in a row that are like a hash from a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HashHit {
    /// The item.
    pub item: ItemNo,
    /// Its file name.
    pub name: String,
    /// First and last frame of the row.
    pub frames: [u32; 2],
    /// The frame that is most like it.
    pub frame: u32,
    /// Seconds after the first frame at which that one appears.
    pub at_s: f64,
    /// Bits of 256 by which that one differs.
    pub distance: u32,
    /// The hash from the list.
    pub hash: String,
    /// What the list says of it.
    pub label: String,
}

/// Reads a list of hashes in a form of ThreatExchange's tools.
///
/// # Errors
/// A line is no hash.
pub fn read_list(text: &str) -> Result<Vec<Listed>> {
    list::read(text).map_err(|why| Error::usage(why.to_string()))
}

/// Decodes a video and hashes every frame. Nothing is recorded, and nothing of a file outside the case
/// is kept.
///
/// # Errors
/// The file cannot be read, the decoder cannot be jailed, or frames of an item came out otherwise than
/// its inspection says. Damaged media is not an error.
pub fn hashes(subject: &Subject<'_>, progress: Listen<'_>) -> Result<FrameHashes> {
    let (name, item, file, decoder) = match subject {
        Subject::Item(case, item) => {
            let file = case.original(item)?;
            (item.name.clone(), Some(item.number), file, case.decoder()?)
        }
        Subject::File(path, decoder) => (name_of(path), None, open(path)?, *decoder),
    };
    let mut watch = Hashing {
        hasher: Hasher::new(),
        hashes: Vec::new(),
        progress,
    };
    let inspection = inspect(decoder, file, &mut watch)?;
    if let Subject::Item(case, item) = subject {
        as_inspected(case, item, &inspection)?;
    }
    Ok(FrameHashes {
        name,
        item,
        complete: inspection.complete,
        frames: told(&inspection.frames, watch.hashes),
    })
}

/// Hashes are of the frames that the index of an inspected item lists, or they are not told.
fn as_inspected(case: &Case, item: &Item, inspection: &Inspection) -> Result<()> {
    if item.inspection.is_none() {
        return Ok(());
    }
    let kept = case.examined(item)?;
    let (kept, now) = (&kept.frames.frames, &inspection.frames.frames);
    let differs = kept.iter().zip(now).position(|(a, b)| a.hash != b.hash);
    let differs = differs.or((kept.len() != now.len()).then_some(kept.len().min(now.len())));
    differs.map_or(Ok(()), |no| {
        Err(Error::new(
            Kind::Failed,
            format!(
                "frame {no} of {} is not decoded as its inspection says",
                item.number
            ),
        )
        .hint("inspect it again with `framewitness inspect --again`"))
    })
}

fn told(frames: &FrameIndex, hashes: Vec<(FrameNo, Pdq)>) -> Vec<HashedFrame> {
    let timeline = Timeline::new(frames);
    let listed = |no: &FrameNo| frames.frames.get(no.0 as usize);
    hashes
        .into_iter()
        .filter_map(|(no, pdq)| {
            Some(HashedFrame {
                frame: no.0,
                pts: listed(&no)?.pts.map(|pts| pts.0),
                at_s: timeline.at(no),
                hash: pdq.to_string(),
                quality: pdq.quality,
            })
        })
        .collect()
}

struct Hashing<'a> {
    hasher: Hasher,
    hashes: Vec<(FrameNo, Pdq)>,
    progress: Listen<'a>,
}

impl Watch for Hashing<'_> {
    fn frame(&mut self, no: FrameNo, _: Option<Pts>, _: TimeBase, luma: Luma<'_>) {
        // A pass that begins once more shows the same frames again.
        if self.hashes.last().is_none_or(|(last, _)| *last < no) {
            self.hashes.push((no, self.hasher.hash(plane(luma))));
        }
    }

    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        (self.progress)(progress)
    }
}

impl FrameHashes {
    /// The frame that `place` names.
    ///
    /// # Errors
    /// There is no such frame, or it could not be decoded.
    pub fn at(&self, place: Place) -> Result<&HashedFrame> {
        let found = match place {
            Place::Frame(no) => self.frames.iter().find(|frame| frame.frame == no),
            Place::Pts(ticks) => self.frames.iter().find(|frame| frame.pts == Some(ticks)),
            Place::Seconds(at) => self.frames.iter().rfind(|frame| frame.at_s <= at),
        };
        let Some(last) = self.frames.last() else {
            let why = format!("{} has no picture that could be decoded", self.name);
            return Err(Error::missing(why));
        };
        found.ok_or_else(|| {
            Error::missing(format!("{} has no frame at {place:?}", self.name)).hint(format!(
                "frames go from 0 to {}, time from 0s to {:.3}s",
                last.frame, last.at_s
            ))
        })
    }

    /// Frames each at least `seconds` after the one before.
    pub fn every(&self, seconds: f64) -> impl Iterator<Item = &HashedFrame> {
        let mut last = f64::NEG_INFINITY;
        self.frames.iter().filter(move |frame| {
            // Times are rounded to microseconds.
            let due = frame.at_s - last >= seconds - 1e-6;
            if due {
                last = frame.at_s;
            }
            due
        })
    }
}

impl Case {
    /// Where frames of `items` are like a hash of the list, within `radius` bits: frames in a row are
    /// one hit. Compares with the fingerprints that inspections kept.
    ///
    /// # Errors
    /// An item was not inspected, or kept bytes are not what they were.
    pub fn find_hashes(
        &self,
        list: &[Listed],
        items: &[Item],
        radius: u32,
    ) -> Result<Vec<HashHit>> {
        let mut hits = Vec::new();
        for item in items {
            let (prints, examined) = (self.prints(item)?, self.examined(item)?);
            let timeline = Timeline::new(&examined.frames);
            let mut found: Vec<HashHit> = list
                .iter()
                .flat_map(|listed| rows(&prints, listed, radius))
                .map(|row| row.hit(item, &timeline))
                .collect();
            found.sort_by_key(|hit| (hit.frames, hit.distance));
            hits.append(&mut found);
        }
        Ok(hits)
    }

    /// The fingerprints of whole frames that inspections of `items` kept, as a list of hashes: each
    /// labelled with item, name and frame, or all with `label`.
    ///
    /// # Errors
    /// As [`Case::find_hashes`].
    pub fn export_hashes(&self, items: &[Item], label: Option<&str>) -> Result<Vec<Listed>> {
        let mut list = Vec::new();
        for item in items {
            let own = |no: u32| format!("{} {} frame {no}", item.number, item.name);
            let label = |no: u32| label.map_or_else(|| own(no), str::to_owned);
            let prints = self.prints(item)?;
            list.extend(prints.whole().map(|(no, pdq)| Listed {
                pdq,
                label: label(no),
            }));
        }
        Ok(list)
    }
}

/// Frames in a row that are like a listed hash.
struct Row<'a> {
    listed: &'a Listed,
    first: u32,
    last: u32,
    /// Distance and number of the one most like it.
    nearest: (u32, u32),
}

impl Row<'_> {
    fn hit(&self, item: &Item, timeline: &Timeline<'_>) -> HashHit {
        let (distance, frame) = self.nearest;
        HashHit {
            item: item.number,
            name: item.name.clone(),
            frames: [self.first, self.last],
            frame,
            at_s: timeline.at(FrameNo(frame)),
            distance,
            hash: self.listed.pdq.to_string(),
            label: self.listed.label.clone(),
        }
    }
}

fn rows<'a>(prints: &Prints, listed: &'a Listed, radius: u32) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for (no, print) in prints.whole() {
        let distance = print.distance(&listed.pdq);
        if distance > radius {
            continue;
        }
        match rows.last_mut().filter(|row| row.last + 1 == no) {
            Some(row) => {
                row.last = no;
                row.nearest = row.nearest.min((distance, no));
            }
            None => rows.push(Row {
                listed,
                first: no,
                last: no,
                nearest: (distance, no),
            }),
        }
    }
    rows
}
