//! From the log into segments, and from many segments into few.

use super::error::{Error, Result};
use super::segment::{self, Segment, Source, write};
use super::{Index, log};

/// So many segments of like size become one.
const FAN: usize = 8;

/// Bytes of log for each print that it may hold, at which it is sealed too: removals have no prints.
const LOG_BYTES: u64 = 64;

impl Index {
    /// Merges everything into as few segments as can be, and drops what was removed. The same videos
    /// then make the same segments, in whatever order they were added.
    ///
    /// # Errors
    /// Files cannot be read or written, or are not what was written.
    pub fn compact(&mut self) -> Result<()> {
        self.seal()?;
        self.rewrite(&(0..self.segments.len()).collect::<Vec<_>>())
    }

    /// Makes a segment of a long log, and merges what has piled up.
    pub(super) fn settle(&mut self) -> Result<()> {
        let seal = self.tuning.seal;
        let long = self.logged >= u64::from(seal) * LOG_BYTES;
        if long || self.recent.prints() >= seal as usize {
            self.seal()?;
            while let Some(due) = self.due() {
                self.rewrite(&due)?;
            }
        }
        Ok(())
    }

    /// Segments that are to be merged now.
    fn due(&self) -> Option<Vec<usize>> {
        let weights: Vec<(u32, u32)> = self.segments.iter().map(Segment::weight).collect();
        if let Some(at) = weights.iter().position(|(living, dead)| dead > living) {
            return Some(vec![at]);
        }
        let size = |at: &usize| weights[*at].0;
        let tier = |at: &usize| (size(at) / self.tuning.seal.max(1)).max(1).ilog(FAN as u32);
        let mut tiers: Vec<Vec<usize>> = vec![Vec::new(); 12];
        (0..weights.len()).for_each(|at| tiers[tier(&at) as usize].push(at));
        for mut like in tiers.into_iter().filter(|tier| tier.len() >= FAN) {
            like.sort_by_key(size);
            let mut sum = 0_u64;
            let fits = |at: &usize| {
                sum += u64::from(size(at));
                sum <= u64::from(self.tuning.most)
            };
            let fitting: Vec<usize> = like.into_iter().take_while(fits).collect();
            if fitting.len() > 1 {
                return Some(fitting);
            }
        }
        None
    }

    /// Makes a segment of the log, and begins a new log.
    fn seal(&mut self) -> Result<()> {
        if self.logged == 0 {
            return Ok(());
        }
        let mut manifest = self.manifest.clone();
        let mut made = Vec::new();
        if !self.recent.videos().is_empty() {
            made.push(manifest.number());
            let sources = self.recent.videos().iter().map(|(id, entries)| Source {
                id: *id,
                count: entries.len() as u32,
                read: Box::new(|into| {
                    into.clone_from(entries);
                    Ok(())
                }),
            });
            self.write(made[0], sources.collect())?;
        }
        let old = log::file_name(manifest.log);
        manifest.log = manifest.number();
        self.turn(manifest, &made, &[])?;
        self.recent = log::Recent::default();
        self.logged = 0;
        self.find_places()?;
        self.clear(&old)
    }

    /// Writes the living videos of some segments anew, and drops those segments.
    fn rewrite(&mut self, which: &[usize]) -> Result<()> {
        let mut manifest = self.manifest.clone();
        let mut made = Vec::new();
        for sources in self.shares(which) {
            let number = manifest.number();
            self.write(number, sources)?;
            made.push(number);
        }
        let old: Vec<u64> = which.iter().map(|at| self.segments[*at].number).collect();
        self.turn(manifest, &made, &old)?;
        self.find_places()?;
        old.iter()
            .try_for_each(|number| self.clear(&segment::file_name(*number)))
    }

    /// The living videos of some segments by id, in shares of which each fits into one segment.
    fn shares(&self, which: &[usize]) -> Vec<Vec<Source<'_>>> {
        let segments = which.iter().map(|at| &self.segments[*at]);
        let mut sources: Vec<Source<'_>> = segments.flat_map(sources).collect();
        sources.sort_by_key(|source| source.id);
        let mut shares: Vec<Vec<Source<'_>>> = Vec::new();
        let mut room = 0;
        for source in sources {
            let count = u64::from(source.count);
            if shares.is_empty() || count > room {
                shares.push(Vec::new());
                room = u64::from(self.tuning.most);
            }
            room = room.saturating_sub(count);
            if let Some(share) = shares.last_mut() {
                share.push(source);
            }
        }
        shares
    }

    fn write(&self, number: u64, mut sources: Vec<Source<'_>>) -> Result<()> {
        let prints: u64 = sources.iter().map(|it| u64::from(it.count)).sum();
        let tables = prints >= u64::from(self.tuning.tables);
        write(&*self.files, number, &mut sources, tables)
    }

    /// Replaces the manifest: `made` segments come, `old` ones go. Only then anything is removed.
    fn turn(&mut self, mut manifest: super::Manifest, made: &[u64], old: &[u64]) -> Result<()> {
        if self.stale {
            return Err(Error::Stale);
        }
        let open = |number: &u64| Segment::open(&*self.files, *number);
        let made: Vec<Segment> = made.iter().map(open).collect::<Result<_>>()?;
        let stays = |segment: &&Segment| !old.contains(&segment.number);
        manifest.segments = (self.segments.iter().filter(stays))
            .chain(&made)
            .map(|segment| (segment.number, segment.dead().iter().copied().collect()))
            .collect();
        // If this fails, either may be on the disk.
        self.stale = true;
        manifest.write(&*self.files)?;
        self.stale = false;
        self.manifest = manifest;
        self.segments.retain(|segment| stays(&segment));
        self.segments.extend(made);
        Ok(())
    }

    fn clear(&self, name: &str) -> Result<()> {
        self.files.remove(name).map_err(Error::io("removing", name))
    }
}

/// The living videos of a segment.
fn sources(segment: &Segment) -> impl Iterator<Item = Source<'_>> {
    segment.living().map(move |(row, video)| Source {
        id: video.id,
        count: video.count,
        read: Box::new(move |into| segment.entries(row, into)),
    })
}
