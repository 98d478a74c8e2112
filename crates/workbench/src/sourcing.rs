//! Who footage comes from: sources, what became of them, what they are worth, and the series that they
//! release.

mod timeline;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use journal::ContentId;
use store::event::{
    Event, Proof, SeriesBegun, SeriesPlaced, SourceAliased, SourceGraded, SourceNamed,
    SourceObserved, SourceRelated,
};
use store::number::SourceNo;
use store::record::{Item, Series, Source};

use crate::case::Case;
use crate::error::{Error, Kind, Result};

impl Case {
    /// Enters a source.
    ///
    /// # Errors
    /// The store refuses it (empty name, grade not `A` to `F`) or fails. So for every verb below.
    pub fn add_source(&self, source: SourceNamed) -> Result<Source> {
        let entry = self.record(&Event::SourceNamed(source))?.seq;
        self.made_by(entry)
    }

    /// Records the state of a source at a time, with what shows it.
    ///
    /// # Errors
    /// There is no such source or proof, or the store fails.
    pub fn observe_source(&self, seen: SourceObserved) -> Result<Source> {
        let number = seen.source;
        self.record(&Event::SourceObserved(seen))?;
        self.source(number)
    }

    /// Records another name of a source, with the time that it was used.
    ///
    /// # Errors
    /// There is no such source, the times are out of order, or the store fails.
    pub fn alias_source(&self, aliased: SourceAliased) -> Result<Source> {
        let number = aliased.source;
        self.record(&Event::SourceAliased(aliased))?;
        self.source(number)
    }

    /// Records what a source has to do with another.
    ///
    /// # Errors
    /// One of the two does not exist, or the store fails.
    pub fn relate_source(&self, related: SourceRelated) -> Result<Source> {
        let number = related.source;
        self.record(&Event::SourceRelated(related))?;
        self.source(number)
    }

    /// Records how reliable somebody holds a source to be; the same person's earlier grade is superseded.
    ///
    /// # Errors
    /// There is no such source, no reason is given, or the store fails.
    pub fn grade_source(&self, graded: SourceGraded) -> Result<Source> {
        let number = graded.source;
        self.record(&Event::SourceGraded(graded))?;
        self.source(number)
    }

    /// Keeps the file at `path`, such as a saved page, as proof.
    ///
    /// # Errors
    /// The file cannot be read, is of an item that was removed, or there is no room for it.
    pub fn keep_proof(&self, path: &Path) -> Result<Proof> {
        let doing = || format!("reading {}", path.display());
        let mut file = File::open(path).map_err(|error| Error::io(doing(), &error))?;
        let name = path
            .file_name()
            .ok_or_else(|| Error::usage(format!("{} is not a file", path.display())))?;
        self.keep_proof_bytes(name.to_string_lossy().into_owned(), &mut file)
    }

    /// Keeps what `bytes` gives as proof, as a file called `name`. It is proof once a state names it.
    ///
    /// # Errors
    /// The name is empty or holds a folder, the bytes cannot be read or are of an item that was removed, or there
    /// is no room for them.
    pub fn keep_proof_bytes(&self, name: String, bytes: &mut dyn Read) -> Result<Proof> {
        self.writable()?;
        if name.trim().is_empty() || name.contains('/') {
            return Err(Error::usage(format!("{name:?} is no name of a file"))
                .hint("give the name alone, such as profile.html"));
        }
        let blob = self.blobs.put(bytes, &mut |_| {})?.id;
        if let Some(removal) = self.store.removal(&blob)? {
            // They are not to lie here again.
            self.finish_removals()?;
            let number = removal.number;
            let sentence = format!("these are the bytes of {number}, which was removed");
            return Err(Error::new(Kind::Conflict, sentence).hint("prove it by something else"));
        }
        Ok(Proof::Blob { blob, name })
    }

    /// A proof that was kept, to be named by a state.
    ///
    /// # Errors
    /// No such bytes are kept here.
    pub fn kept_proof(&self, id: &str, name: String) -> Result<Proof> {
        let blob: Option<ContentId> = id.parse().ok();
        match blob {
            Some(blob) if self.blobs.contains(&blob)? => Ok(Proof::Blob { blob, name }),
            _ => Err(Error::missing(format!("{id:?} is not kept here"))
                .hint("keep the file as proof first")),
        }
    }

    /// The file called `named`, or of that content id, that shows a state of source `number`: its name and its
    /// bytes.
    ///
    /// # Errors
    /// There is no such source, or no such proof of it; or the bytes are not what they were.
    pub fn proof_file(&self, number: SourceNo, named: &str) -> Result<(String, Vec<u8>)> {
        let source = self.source(number)?;
        let proofs = source.observations.iter().flat_map(|seen| &seen.proof);
        let files = proofs.filter_map(|proof| match proof {
            Proof::Blob { blob, name } => Some((*blob, name)),
            _ => None,
        });
        let is = |(blob, name): &(ContentId, &String)| *name == named || blob.to_string() == named;
        let (blob, name) = { files }.find(is).ok_or_else(|| {
            Error::missing(format!("no file {named:?} shows a state of {number}"))
                .hint("`framewitness source list` shows the proofs of each state")
        })?;
        Ok((name.clone(), self.read(blob)?))
    }

    /// Every source.
    ///
    /// # Errors
    /// The store fails.
    pub fn sources(&self) -> Result<Vec<Source>> {
        Ok(self.store.sources()?)
    }

    fn source(&self, number: SourceNo) -> Result<Source> {
        self.by_number(number)
    }

    /// Enters a series of releases.
    ///
    /// # Errors
    /// The name is empty, there is no such source, or the store fails.
    pub fn begin_series(&self, begun: SeriesBegun) -> Result<Series> {
        let entry = self.record(&Event::SeriesBegun(begun))?.seq;
        self.made_by(entry)
    }

    /// Gives an item its place in a series.
    ///
    /// # Errors
    /// There is no such series or item, the item is in it already, or the store fails.
    pub fn place_in_series(&self, placed: SeriesPlaced) -> Result<Series> {
        let number = placed.series;
        self.record(&Event::SeriesPlaced(placed))?;
        self.by_number(number)
    }

    /// Series that `item` is in, or every one.
    ///
    /// # Errors
    /// The store fails.
    pub fn series(&self, item: Option<&Item>) -> Result<Vec<Series>> {
        let mut series = self.store.series()?;
        let holds = |one: &Series, item: &Item| {
            { one.items.iter() }.any(|it| it.placed.item == item.id && it.withdrawn.is_none())
        };
        series.retain(|one| item.is_none_or(|item| holds(one, item)));
        Ok(series)
    }
}
