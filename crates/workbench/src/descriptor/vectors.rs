//! Vectors of a video's frames: made by a model, and kept so that they need not be made again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use journal::ContentId;
use media::decoder::Decoder;
use media::facts::Facts;
use media::index::FrameIndex;
use media::reader::WatchReader;
use media::time::FrameNo;
use reuse::{METHOD, Prints, described_frames};
use store::record::Item;

use super::{Descriptor, picture};
use crate::case::{Case, lock};
use crate::error::{Error, Result};
use crate::scratch;

/// Vectors by number of frame.
pub(crate) type Vectors = BTreeMap<u32, Vec<f32>>;

/// Told how many frames of how many are described.
pub type Described<'a> = &'a mut dyn FnMut(u32, u32);

/// What the seal's key is made of, before the content id. No journal entry, checkpoint or work log begins
/// like this.
const SEALED: &str = "framewitness vectors\n";

/// Bytes of a seal.
const SEAL: usize = 32;

/// Largest file of kept vectors that is read.
const LARGEST: u64 = 1 << 30;

/// Footage that can be decoded.
pub(crate) struct Footage<'a> {
    pub(crate) file: File,
    pub(crate) facts: &'a Facts,
    pub(crate) frames: Arc<FrameIndex>,
    pub(crate) prints: &'a Prints,
}

impl Descriptor {
    /// The vectors of the frames by which videos are compared. Frames that do not come again as they were
    /// inspected have none.
    pub(crate) fn vectors(
        &self,
        decoder: &Decoder,
        footage: Footage<'_>,
        progress: Described<'_>,
    ) -> Result<Vectors> {
        let wanted = described_frames(footage.prints);
        let Some(&first) = wanted.first() else {
            return Ok(Vectors::new());
        };
        let mut describer = self.start(decoder)?;
        let input = &self.description.input;
        let Footage {
            file,
            facts,
            frames,
            ..
        } = footage;
        let mut reader = WatchReader::open(decoder, file, facts.clone(), frames, input.width)?;
        reader.go(FrameNo(first))?;
        let (mut vectors, mut here) = (Vectors::new(), Some(FrameNo(first)));
        for (at, no) in (0..).zip(&wanted) {
            while here.is_some_and(|here| here.0 < *no) {
                here = reader.advance()?;
            }
            match here {
                Some(FrameNo(here)) if here == *no => {
                    let picture = reader.picture_of(|size| picture::scaled(input, size))?;
                    let vector = describer.describe(&picture::taken(input, &picture));
                    vectors.insert(*no, vector.map_err(|why| self.failed(&why))?);
                }
                Some(_) => {}
                None => break,
            }
            progress(at + 1, wanted.len() as u32);
        }
        Ok(vectors)
    }
}

impl Case {
    /// The vectors of an item's frames by the case's descriptor: those kept from before, or made now.
    pub(crate) fn vectors(
        &self,
        descriptor: &Descriptor,
        item: &Item,
        prints: &Prints,
        progress: Described<'_>,
    ) -> Result<Arc<Vectors>> {
        let named = |error: Error| Error {
            message: format!("{} ({}): {}", item.number, item.name, error.message),
            ..error
        };
        let kept = Kept::of(self, descriptor, item)?;
        let at_hand = |vectors: Vectors| {
            let vectors = Arc::new(vectors);
            lock(&descriptor.at_hand).insert(kept.identity.clone(), vectors.clone());
            vectors
        };
        if let Some(vectors) = lock(&descriptor.at_hand).get(&kept.identity) {
            return Ok(vectors.clone());
        }
        if let Some(vectors) = kept.read() {
            return Ok(at_hand(vectors));
        }
        let examined = self.examined(item)?;
        let footage = Footage {
            file: self.original(item)?,
            facts: &examined.examination.facts,
            frames: examined.frames.clone(),
            prints,
        };
        let made = descriptor.vectors(self.decoder()?, footage, progress);
        let vectors = made.map_err(named)?;
        kept.write(&vectors);
        Ok(at_hand(vectors))
    }

    /// The same footage is looked for by this descriptor too, in all that is matched from now on.
    ///
    /// # Errors
    /// `folder` is no descriptor folder, or the model in it cannot be used; the hint says what to do.
    pub fn with_descriptor(mut self, folder: &Path) -> Result<Self> {
        self.descriptor = Some(Descriptor::open(folder, self.decoder()?)?);
        Ok(self)
    }

    /// Makes the vectors of an item that are not kept yet, so that matching need not wait for them. Nothing
    /// happens without a descriptor.
    ///
    /// # Errors
    /// The item was not inspected, its frames cannot be decoded, or the model fails on one of them.
    pub fn describe(&self, item: &Item, progress: Described<'_>) -> Result<()> {
        let Some(descriptor) = &self.descriptor else {
            return Ok(());
        };
        let prints = self.prints(item)?;
        self.vectors(descriptor, item, &prints, progress).map(drop)
    }
}

/// Where the vectors of one item lie, and what they are of. The folder of a case may have come from somebody
/// else, and what lies there goes into the record: the file is sealed with a key that only this actor can
/// make.
struct Kept<'a> {
    folder: &'a Path,
    path: PathBuf,
    identity: String,
    key: [u8; SEAL],
}

impl<'a> Kept<'a> {
    fn of(case: &'a Case, descriptor: &Descriptor, item: &Item) -> Result<Self> {
        let named = descriptor.named();
        let prints = item.inspection.as_ref().map(|it| it.inspected.prints);
        let identity = format!(
            "{} {} {} {} {} {METHOD}",
            item.id,
            prints.map_or_else(String::new, |id| id.to_string()),
            named.model,
            named.description,
            named.runtime,
        );
        let name = ContentId::of(identity.as_bytes()).hex();
        Ok(Self {
            folder: &case.scratch,
            path: case.scratch.join(format!("{name}.vectors")),
            key: scratch::secret(case.author(), SEALED, Some(&item.id))?,
            identity,
        })
    }

    /// What was kept; `None` where nothing was, or nothing that this actor made.
    fn read(&self) -> Option<Vectors> {
        let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK;
        let mut options = File::options();
        let mut file = options
            .read(true)
            .custom_flags(flags)
            .open(&self.path)
            .ok()?;
        let plain = file.metadata().ok()?;
        if !plain.is_file() || plain.len() > LARGEST {
            return None;
        }
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).ok()?;
        let (seal, body) = bytes.split_first_chunk::<SEAL>()?;
        (self.seal(body) == *seal).then(|| unpacked(body))?
    }

    /// Keeps them. Where that fails they are made again next time.
    fn write(&self, vectors: &Vectors) {
        let body = packed(vectors);
        let part = self.path.with_extension("part");
        let written = scratch::make(self.folder).and_then(|()| {
            // What a killed program left behind.
            let _ = fs::remove_file(&part);
            let mut options = File::options();
            let mut file = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&part)?;
            file.write_all(&self.seal(&body))?;
            file.write_all(&body)?;
            fs::rename(&part, &self.path)
        });
        if written.is_err() {
            let _ = fs::remove_file(&part);
        }
    }

    fn seal(&self, body: &[u8]) -> [u8; SEAL] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&(self.identity.len() as u64).to_le_bytes());
        hasher.update(self.identity.as_bytes()).update(body);
        hasher.finalize().into()
    }
}

/// Numbers in a vector, then each frame and its vector, in 32 bits each, little-endian.
fn packed(vectors: &Vectors) -> Vec<u8> {
    let dimensions = vectors.values().next().map_or(0, Vec::len) as u32;
    let mut bytes = dimensions.to_le_bytes().to_vec();
    for (no, vector) in vectors {
        bytes.extend(no.to_le_bytes());
        bytes.extend(vector.iter().flat_map(|number| number.to_le_bytes()));
    }
    bytes
}

fn unpacked(bytes: &[u8]) -> Option<Vectors> {
    let (dimensions, rest) = bytes.split_first_chunk::<4>()?;
    let dimensions = u32::from_le_bytes(*dimensions) as usize;
    let entries = rest.chunks_exact(4 + 4 * dimensions);
    let whole = entries.remainder().is_empty();
    let vectors = entries.map(|entry| {
        let (no, numbers) = entry.split_first_chunk::<4>()?;
        let numbers = numbers.as_chunks::<4>().0.iter();
        let vector = numbers.map(|number| f32::from_le_bytes(*number)).collect();
        Some((u32::from_le_bytes(*no), vector))
    });
    vectors.collect::<Option<Vectors>>().filter(|_| whole)
}
