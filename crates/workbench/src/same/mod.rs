//! Whether two files are the same, and if not, how far down: bytes, packets, frames, looks.

mod align;
mod answer;
mod band;
mod judge;
mod look;
mod parts;
mod straight;
mod streams;
#[cfg(test)]
mod tests;
mod words;

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use journal::ContentId;
use media::decoder::Decoder;
use media::facts::Facts;
use media::index::FrameIndex;
use reuse::Prints;
use sha2::{Digest, Sha256};
use store::record::Item;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::examine::{Listen, count, examine};

pub use answer::{Answer, Compared, Difference, Footage, Pace, Part, PartKind, Party, StreamPair};

/// One of the two files.
pub enum Subject<'a> {
    /// An item of a case. What its inspection left is used; without one it is examined now, and
    /// nothing of that is kept.
    Item(&'a Case, Box<Item>),
    /// A file outside any case. It is examined, and nothing of it is kept.
    File(&'a Path, &'a Decoder),
}

/// A file and what it holds.
struct Side {
    party: Party,
    facts: Facts,
    frames: Arc<FrameIndex>,
    prints: Prints,
}

/// Compares two files; `progress` hears of each that must be examined. Neither the case nor the files
/// are changed.
///
/// # Errors
/// A file cannot be read, the decoder cannot be jailed, or kept bytes are not what they were. Damaged
/// media is not an error.
pub fn same(a: &Subject<'_>, b: &Subject<'_>, progress: Listen<'_>) -> Result<Compared> {
    let (first, second) = (a.party()?, b.party()?);
    if first.id == second.id {
        return Ok(judge::same_bytes(first, second));
    }
    let (first, second) = (a.side(first, progress)?, b.side(second, progress)?);
    Ok(judge::contents(&first, &second))
}

impl Subject<'_> {
    fn party(&self) -> Result<Party> {
        let (name, item, id) = match self {
            Self::Item(case, item) => {
                case.at_hand(item)?;
                (item.name.clone(), Some(item.number), item.id)
            }
            Self::File(path, _) => (name_of(path), None, id_of(path)?),
        };
        Ok(Party {
            name,
            item,
            id: id.to_string(),
            frames: None,
            complete: true,
        })
    }

    fn side(&self, mut party: Party, progress: Listen<'_>) -> Result<Side> {
        let (facts, frames, prints, complete) = match self {
            Self::Item(case, item) => match kept(case, item)? {
                Some(kept) => kept,
                None => fresh(case.examine(case.original(item)?, progress)?),
            },
            Self::File(path, decoder) => fresh(examine(decoder, open(path)?, None, progress)?),
        };
        party.frames = Some(count(frames.frames.len()));
        party.complete = complete;
        Ok(Side {
            party,
            facts,
            frames,
            prints,
        })
    }
}

type Contents = (Facts, Arc<FrameIndex>, Prints, bool);

/// What the newest inspection of an item left, if that hashed its streams.
fn kept(case: &Case, item: &Item) -> Result<Option<Contents>> {
    let Some(inspection) = &item.inspection else {
        return Ok(None);
    };
    let examined = case.examined(item)?;
    let facts = &examined.examination.facts;
    if facts.streams.iter().any(|stream| stream.essence.is_none()) {
        return Ok(None);
    }
    Ok(Some((
        facts.clone(),
        examined.frames.clone(),
        case.prints(item)?,
        inspection.inspected.complete,
    )))
}

fn fresh(examined: crate::examine::Examined) -> Contents {
    let inspection = examined.inspection;
    (
        inspection.facts,
        Arc::new(inspection.frames),
        examined.prints,
        inspection.complete,
    )
}

pub(crate) fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| Error::io(format!("reading {}", path.display()), &error))
}

/// The name that a path ends in.
pub(crate) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// SHA-256 of a file's bytes.
fn id_of(path: &Path) -> Result<ContentId> {
    let mut file = open(path)?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; 1 << 20];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(ContentId(hasher.finalize().into())),
            Ok(read) => hasher.update(&chunk[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::io(format!("reading {}", path.display()), &error)),
        }
    }
}
