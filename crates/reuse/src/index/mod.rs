//! An index of prints on disk: which prints of an archive lie within so many bits of these?
//!
//! [`Index`] is exact: at any radius it finds all that a look at every print would find, in an order
//! that does not depend on how the archive came about. Changes are appended to a log and, once there
//! are many, written into segments that never change; segments are merged as they pile up. A change
//! that was acknowledged survives a kill or a power cut at any moment, and one that was not leaves no
//! trace. `docs/formats/index.md` specifies the files, `docs/scale.md` has figures.
//!
//! Files are handed in, as [`Files`]: this crate opens none. They are read at offsets into small
//! buffers, not mapped: a mapped file that is cut short kills the program, and mapping is unsafe code;
//! the tables are laid out such that a look-up is one contiguous read.

mod chunks;
mod entry;
mod error;
mod files;
mod kernel;
mod log;
mod manifest;
mod merge;
mod nominate;
mod segment;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use fearless_simd::Level;
use rayon::prelude::*;

use entry::Nearest;
pub use entry::{Answer, Bits, Entry, Hit, VideoId, entries};
pub use error::{Error, Result};
pub use files::{Files, Memory, ReadAt};
use log::{Change, Recent};
use manifest::Manifest;
pub use nominate::{Nominated, RADIUS, nominate};
use segment::Segment;

/// Whoever can say which prints are near: an index on disk, or one spread over many machines.
pub trait Candidates {
    /// Everything within `radius` bits of each of `queries`, the nearest `most` of it in full.
    ///
    /// Answers come in the order of the queries, and depend on the videos held alone.
    ///
    /// # Errors
    /// What the index is kept on cannot be read, or is not what was written.
    fn near(&self, queries: &[Bits], radius: u32, most: usize) -> Result<Vec<Answer>>;
}

/// When an index rearranges itself, and how it searches: its speed, never its answers.
#[derive(Clone, Copy, Debug)]
pub struct Tuning {
    /// Prints in the log from which on it is made a segment.
    pub seal: u32,
    /// Prints of a segment from which on it has tables.
    pub tables: u32,
    /// Prints of a segment at most, unless one video alone has more.
    pub most: u32,
    /// How a segment is searched.
    pub plan: Plan,
}

/// How to search a segment.
#[derive(Clone, Copy, Debug)]
pub enum Plan {
    /// Whichever of the others is expected to be quicker.
    Quicker,
    /// By its tables, where it has some.
    Tables,
    /// By reading all of it.
    All,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            seal: 1 << 16,
            tables: 1 << 15,
            most: 1 << 24,
            plan: Plan::Quicker,
        }
    }
}

/// An index of prints. One program at a time has it open.
pub struct Index {
    files: Box<dyn Files>,
    tuning: Tuning,
    level: Level,
    manifest: Manifest,
    segments: Vec<Segment>,
    recent: Recent,
    /// Bytes of the log that count.
    logged: u64,
    places: HashMap<VideoId, Place>,
    /// A change failed half way: what is in memory may not be what is on disk.
    stale: bool,
}

/// Where a video is.
#[derive(Clone, Copy, Debug)]
enum Place {
    Recent,
    /// Which segment of the list, which row.
    Segment(usize, u32),
}

impl Index {
    /// Opens the index that `files` hold, or makes an empty one.
    ///
    /// `recipe` names how prints are made ([`crate::METHOD`] for this crate's): prints made in another
    /// way are not comparable. What a writer left that was killed is cleared away.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Version`] and [`Error::Recipe`] ask for [`Index::make_anew`].
    pub fn open(files: Box<dyn Files>, recipe: &str, tuning: Tuning) -> Result<Self> {
        let names = files.names().map_err(Error::io("listing", "the folder"))?;
        let ours = |name: &&String| name.ends_with(".segment") || name.ends_with(".log");
        let manifest = match Manifest::read(&*files)? {
            Some(manifest) if manifest.recipe != recipe => {
                return Err(Error::Recipe(manifest.recipe));
            }
            Some(manifest) => manifest,
            None if names.iter().any(|name| ours(&name)) => {
                return Err(Error::damaged(manifest::FILE, "it is missing"));
            }
            None => Manifest::first(recipe, &*files)?,
        };
        for name in names.iter().filter(ours) {
            if !manifest.needs(name) {
                files.remove(name).map_err(Error::io("removing", name))?;
            }
        }
        let mut index = Self {
            segments: segments(&*files, &manifest)?,
            files,
            tuning,
            level: Level::new(),
            manifest,
            recent: Recent::default(),
            logged: 0,
            places: HashMap::new(),
            stale: false,
        };
        index.find_places()?;
        index.replay()?;
        Ok(index)
    }

    /// Clears the files of an index away, whatever they hold, and makes an empty one.
    ///
    /// # Errors
    /// Files cannot be removed or written.
    pub fn make_anew(files: Box<dyn Files>, recipe: &str, tuning: Tuning) -> Result<Self> {
        let names = files.names().map_err(Error::io("listing", "the folder"))?;
        for name in names {
            if name == manifest::FILE || name.ends_with(".segment") || name.ends_with(".log") {
                files.remove(&name).map_err(Error::io("removing", &name))?;
            }
        }
        Self::open(files, recipe, tuning)
    }

    /// Adds videos with all their prints: when this returns, all of them are on the disk.
    ///
    /// # Errors
    /// [`Error::Present`] when one is there already, and then none was added. After any other error
    /// none, some or all of them may be there.
    pub fn add(&mut self, videos: &[(VideoId, &[Entry])]) -> Result<()> {
        let mut fresh = std::collections::HashSet::new();
        for (id, _) in videos {
            if self.places.contains_key(id) || !fresh.insert(*id) {
                return Err(Error::Present(*id));
            }
        }
        self.settle()?;
        let mut bytes = Vec::new();
        for (id, entries) in videos {
            let offset = self.logged + bytes.len() as u64;
            bytes.extend(log::record(offset, *id, Some(entries))?);
        }
        self.append(&bytes)?;
        for (id, entries) in videos {
            self.recent.add(*id, entries.to_vec());
            self.places.insert(*id, Place::Recent);
        }
        Ok(())
    }

    /// Takes a video out; whether it was there. Its prints leave the disk at the next merge.
    ///
    /// # Errors
    /// The log cannot be written.
    pub fn remove(&mut self, id: VideoId) -> Result<bool> {
        if !self.contains(id) {
            return Ok(false);
        }
        self.settle()?;
        let bytes = log::record(self.logged, id, None)?;
        self.append(&bytes)?;
        self.forget(id);
        Ok(true)
    }

    /// Whether a video is in the index.
    pub fn contains(&self, id: VideoId) -> bool {
        self.places.contains_key(&id)
    }

    /// All videos, by id.
    pub fn videos(&self) -> Vec<VideoId> {
        let mut ids: Vec<VideoId> = self.places.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// Number of prints.
    pub fn prints(&self) -> u64 {
        let sealed = self.segments.iter().map(|it| u64::from(it.weight().0));
        sealed.sum::<u64>() + self.recent.prints() as u64
    }

    /// Number of segments: how often a search begins anew.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The prints of a video as they were added; `None` when it is not there.
    ///
    /// # Errors
    /// The files cannot be read, or are not what was written.
    pub fn entries(&self, id: VideoId) -> Result<Option<Vec<Entry>>> {
        let mut entries = Vec::new();
        match self.places.get(&id) {
            None => return Ok(None),
            Some(Place::Segment(at, row)) => self.segments[*at].entries(*row, &mut entries)?,
            Some(Place::Recent) => entries.extend(self.recent.entries(id)),
        }
        Ok(Some(entries))
    }

    /// Appends to the log, or leaves it as it was.
    fn append(&mut self, bytes: &[u8]) -> Result<()> {
        if self.stale {
            return Err(Error::Stale);
        }
        let name = log::file_name(self.manifest.log);
        if let Err(error) = self.files.append(&name, bytes) {
            // Part of it may be there, and nothing may follow that.
            self.stale = self.files.cut(&name, self.logged).is_err();
            return Err(Error::io("writing", &name)(error));
        }
        self.logged += bytes.len() as u64;
        Ok(())
    }

    fn forget(&mut self, id: VideoId) -> bool {
        match self.places.remove(&id) {
            None => false,
            Some(Place::Recent) => self.recent.remove(id),
            Some(Place::Segment(at, row)) => self.segments[at].remove(row),
        }
    }

    fn find_places(&mut self) -> Result<()> {
        self.places.clear();
        for (at, segment) in self.segments.iter().enumerate() {
            for (row, video) in segment.living() {
                let place = Place::Segment(at, row);
                if self.places.insert(video.id, place).is_some() {
                    let name = segment::file_name(segment.number);
                    return Err(Error::damaged(&name, "a video that another file has too"));
                }
            }
        }
        for (id, _) in self.recent.videos() {
            self.places.insert(*id, Place::Recent);
        }
        Ok(())
    }

    /// Does what the log says, and cuts a torn end off.
    fn replay(&mut self) -> Result<()> {
        let name = log::file_name(self.manifest.log);
        let (changes, whole, length) = log::read(&*self.files, self.manifest.log)?;
        for change in changes {
            let sound = match change {
                Change::Remove(id) => self.forget(id),
                Change::Add(id, entries) => {
                    self.recent.add(id, entries);
                    self.places.insert(id, Place::Recent).is_none()
                }
            };
            if !sound {
                return Err(Error::damaged(&name, "its records contradict each other"));
            }
        }
        if whole < length {
            self.files
                .cut(&name, whole)
                .map_err(Error::io("cutting the torn end off", &name))?;
        }
        self.logged = whole;
        Ok(())
    }
}

impl Candidates for Index {
    fn near(&self, queries: &[Bits], radius: u32, most: usize) -> Result<Vec<Answer>> {
        let mut found: Vec<Nearest> = queries.iter().map(|_| Nearest::new(most)).collect();
        for segment in &self.segments {
            segment.look(self.tuning.plan, self.level, queries, radius, &mut found)?;
        }
        queries
            .par_iter()
            .zip(&mut found)
            .for_each(|(query, found)| self.recent.look(self.level, query, radius, found));
        Ok(found.into_iter().map(Nearest::answer).collect())
    }
}

fn segments(files: &dyn Files, manifest: &Manifest) -> Result<Vec<Segment>> {
    let open = |(number, dead): &(u64, Vec<u32>)| {
        let mut segment = Segment::open(files, *number)?;
        if dead.iter().all(|row| segment.remove(*row)) {
            Ok(segment)
        } else {
            Err(Error::damaged(
                manifest::FILE,
                "a video removed that is not there",
            ))
        }
    };
    manifest.segments.iter().map(open).collect()
}
