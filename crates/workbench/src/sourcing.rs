//! Who footage comes from: sources, what became of them, what they are worth, and the series that they
//! release.

use std::fs::File;
use std::path::Path;

use store::event::{
    Event, Proof, SeriesBegun, SeriesPlaced, SourceAliased, SourceGraded, SourceNamed,
    SourceObserved, SourceRelated,
};
use store::number::SourceNo;
use store::record::{Item, Series, Source};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::record::{made_by, numbered};

impl Case {
    /// Enters a source.
    ///
    /// # Errors
    /// The store refuses it (empty name, grade not `A` to `F`) or fails. So for every verb below.
    pub fn add_source(&self, source: SourceNamed) -> Result<Source> {
        let entry = self.record(&Event::SourceNamed(source))?.seq;
        made_by(self.store.sources()?, entry, |source| &source.origin)
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
    /// The file cannot be read, or there is no room for it.
    pub fn keep_proof(&self, path: &Path) -> Result<Proof> {
        self.writable()?;
        let doing = || format!("reading {}", path.display());
        let mut file = File::open(path).map_err(|error| Error::io(doing(), &error))?;
        let name = path
            .file_name()
            .ok_or_else(|| Error::usage(format!("{} is not a file", path.display())))?;
        let name = name.to_string_lossy().into_owned();
        let blob = self.blobs.put(&mut file, &mut |_| {})?.id;
        Ok(Proof::Blob { blob, name })
    }

    /// Every source.
    ///
    /// # Errors
    /// The store fails.
    pub fn sources(&self) -> Result<Vec<Source>> {
        Ok(self.store.sources()?)
    }

    fn source(&self, number: SourceNo) -> Result<Source> {
        numbered(self.sources()?, |kept| kept.number == number, number)
    }

    /// Enters a series of releases.
    ///
    /// # Errors
    /// The name is empty, there is no such source, or the store fails.
    pub fn begin_series(&self, begun: SeriesBegun) -> Result<Series> {
        let entry = self.record(&Event::SeriesBegun(begun))?.seq;
        made_by(self.store.series()?, entry, |series| &series.origin)
    }

    /// Gives an item its place in a series.
    ///
    /// # Errors
    /// There is no such series or item, the item is in it already, or the store fails.
    pub fn place_in_series(&self, placed: SeriesPlaced) -> Result<Series> {
        let number = placed.series;
        self.record(&Event::SeriesPlaced(placed))?;
        numbered(self.store.series()?, |kept| kept.number == number, number)
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
