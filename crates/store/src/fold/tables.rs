//! The projections as the rules see them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::fold::matching::same_footage;
use crate::fold::{once, remark};
use crate::problem::Place;
use crate::record::{
    Actor, Assessment, Case, Claim, CosignedJournal, Hypothesis, Item, ItemDate, ItemPlace, Mask,
    Match, MediaReview, Note, Observation, Origin, Person, Publication, Received, Removal,
    Rendering, Request, ResemblanceRecord, SavedView, Series, SignedCheckpoint, Source, Tag, Watch,
};
use crate::search::Documents;
use crate::vocabulary::RecordKind;

/// The kinds of record, each in a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Cases,
    Actors,
    Items,
    Sources,
    Claims,
    Observations,
    Hypotheses,
    Assessments,
    Matches,
    Watches,
    Checkpoints,
    Cosigned,
    Series,
    Removals,
    MediaReviews,
    Resemblances,
    Views,
    Dates,
    Places,
    Tags,
    Notes,
    People,
    Requests,
    Masks,
    Publications,
    Renderings,
    Received,
}

impl Table {
    pub(crate) const ALL: [Self; 27] = [
        Self::Cases,
        Self::Actors,
        Self::Items,
        Self::Sources,
        Self::Claims,
        Self::Observations,
        Self::Hypotheses,
        Self::Assessments,
        Self::Matches,
        Self::Watches,
        Self::Checkpoints,
        Self::Cosigned,
        Self::Series,
        Self::Removals,
        Self::MediaReviews,
        Self::Resemblances,
        Self::Views,
        Self::Dates,
        Self::Places,
        Self::Tags,
        Self::Notes,
        Self::People,
        Self::Requests,
        Self::Masks,
        Self::Publications,
        Self::Renderings,
        Self::Received,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Actors => "actors",
            Self::Items => "items",
            Self::Sources => "sources",
            Self::Claims => "claims",
            Self::Observations => "observations",
            Self::Hypotheses => "hypotheses",
            Self::Assessments => "assessments",
            Self::Matches => "matches",
            Self::Watches => "watches",
            Self::Checkpoints => "checkpoints",
            Self::Cosigned => "cosigned",
            Self::Series => "series",
            Self::Removals => "removals",
            Self::MediaReviews => "media_reviews",
            Self::Resemblances => "resemblances",
            Self::Views => "views",
            Self::Dates => "dates",
            Self::Places => "places",
            Self::Tags => "tags",
            Self::Notes => "notes",
            Self::People => "people",
            Self::Requests => "requests",
            Self::Masks => "masks",
            Self::Publications => "publications",
            Self::Renderings => "renderings",
            Self::Received => "received",
        }
    }

    /// What a row of it is to a search; nothing for what is not searched.
    pub(crate) fn kind(self) -> Option<RecordKind> {
        Some(match self {
            Self::Cases => RecordKind::Case,
            Self::Actors => RecordKind::Actor,
            Self::Items => RecordKind::Item,
            Self::Sources => RecordKind::Source,
            Self::Claims => RecordKind::Claim,
            Self::Observations => RecordKind::Observation,
            Self::Hypotheses => RecordKind::Hypothesis,
            Self::Assessments => RecordKind::Assessment,
            Self::Matches => RecordKind::Match,
            Self::Watches => RecordKind::Watch,
            Self::Checkpoints => RecordKind::Checkpoint,
            Self::Cosigned => RecordKind::Cosigned,
            Self::Series => RecordKind::Series,
            Self::Removals => RecordKind::Removal,
            Self::MediaReviews => RecordKind::MediaReview,
            Self::Resemblances => RecordKind::Resemblance,
            Self::Views => RecordKind::View,
            Self::Dates => RecordKind::Date,
            Self::Places => RecordKind::Place,
            Self::Tags => RecordKind::Tag,
            Self::Notes => RecordKind::Note,
            Self::People => RecordKind::Person,
            Self::Masks => RecordKind::Mask,
            Self::Renderings => RecordKind::Rendering,
            Self::Received => RecordKind::Received,
            Self::Publications => RecordKind::Publication,
            Self::Requests => return None,
        })
    }

    /// The table of this kind of record.
    pub(crate) fn of_kind(kind: RecordKind) -> Self {
        let mut all = Self::ALL.into_iter();
        // Each kind is that of one table.
        all.find(|table| table.kind() == Some(kind))
            .unwrap_or(Self::Cases)
    }

    /// The table of a document with this id.
    pub(crate) fn of_id(id: u64) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|table| *table as u64 == id >> 6 & 63)
    }

    /// What people call row `number`.
    pub(crate) fn called(self, number: u32) -> String {
        let prefix = match self {
            Self::Cases => "case ",
            Self::Actors => "actor ",
            Self::Items => "#",
            Self::Sources => "S",
            Self::Claims => "C",
            Self::Observations => "O",
            Self::Hypotheses => "H",
            Self::Assessments => "A",
            Self::Matches => "M",
            Self::Watches => "W",
            Self::Checkpoints => "K",
            Self::Cosigned => "cosigned journal ",
            Self::Series => "G",
            Self::Removals => "removal of #",
            Self::MediaReviews => "V",
            Self::Resemblances => "R",
            Self::Views => "Q",
            Self::Dates => "D",
            Self::Places => "L",
            Self::Tags => "T",
            Self::Notes => "N",
            Self::People => "P",
            Self::Requests => "request ",
            Self::Masks => "X",
            Self::Publications => "B",
            Self::Renderings => "Y",
            Self::Received => "U",
        };
        format!("{prefix}{number}")
    }
}

/// One row of a projection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Number in its table, from 1.
    pub(crate) number: u32,
    /// What else it is found by; unique but for matches.
    pub(crate) label: String,
    /// The entry that wrote it last.
    pub(crate) entry: u64,
    /// The record, JSON.
    pub(crate) record: String,
}

/// Where projections lie while the rules work on them.
pub(crate) trait Tables {
    /// Row `number`, if there is one.
    fn row(&self, table: Table, number: u32) -> Result<Option<Row>, Error>;
    /// Those rows of these numbers that there are, by number.
    fn some_rows(&self, table: Table, numbers: &[u32]) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::with_capacity(numbers.len());
        for number in numbers.iter().copied().collect::<BTreeSet<u32>>() {
            rows.extend(self.row(table, number)?);
        }
        Ok(rows)
    }
    /// The row with the smallest number of those with this label.
    fn labelled(&self, table: Table, label: &str) -> Result<Option<Row>, Error>;
    /// Every row, by number.
    fn rows(&self, table: Table) -> Result<Vec<Row>, Error>;
    /// Largest number in use; 0 when there is none.
    fn last(&self, table: Table) -> Result<u32, Error>;
    /// Puts a row in the place of the one with its number, if any.
    fn put(&mut self, table: Table, row: Row) -> Result<(), Error>;
}

/// A record that is kept as a row.
pub(crate) trait Kept: Serialize + DeserializeOwned {
    const TABLE: Table;
    fn number(&self) -> u32;
    fn label(&self) -> String {
        Self::TABLE.called(self.number())
    }
}

macro_rules! kept {
    ($($record:ty => $table:ident, |$r:ident| $number:expr $(, $label:expr)?;)+) => {
        $(impl Kept for $record {
            const TABLE: Table = Table::$table;
            fn number(&self) -> u32 {
                let $r = self;
                $number
            }
            $(fn label(&self) -> String {
                let $r = self;
                $label
            })?
        })+
    };
}

kept! {
    Case => Cases, |_case| 1;
    Actor => Actors, |a| a.number, a.origin.actor.clone();
    Item => Items, |i| i.number.0, i.id.to_string();
    Source => Sources, |s| s.number.0;
    Claim => Claims, |c| c.number.0;
    Observation => Observations, |o| o.number.0;
    Hypothesis => Hypotheses, |h| h.number.0;
    Assessment => Assessments, |a| a.number.0, assessment_label(a);
    Match => Matches, |m| m.number.0, same_footage(&m.found);
    Watch => Watches, |w| w.number.0;
    SignedCheckpoint => Checkpoints, |k| k.number.0;
    Removal => Removals, |r| r.number.0, r.removed.item.to_string();
    MediaReview => MediaReviews, |v| v.number.0, match v.stands() {
        true => super::media_review::label(&v.made),
        false => format!("past {}", v.number),
    };
    ResemblanceRecord => Resemblances, |r| r.number.0, match r.stands() {
        true => super::resemblance::label(&r.made),
        false => format!("past {}", r.number),
    };
    CosignedJournal => Cosigned, |j| j.number, j.journal.clone();
    Series => Series, |g| g.number.0;
    SavedView => Views, |v| v.number.0, view_label(v);
    ItemDate => Dates, |d| d.number.0;
    ItemPlace => Places, |l| l.number.0;
    Tag => Tags, |t| t.number.0, tag_label(t);
    Note => Notes, |n| n.number.0;
    Person => People, |p| p.number.0;
    Mask => Masks, |x| x.number.0;
    Publication => Publications, |b| b.number.0;
    Rendering => Renderings, |y| y.number.0;
    Received => Received, |u| u.number.0, u.received.manifest.to_string();
    Request => Requests, |r| r.number, once::label(&r.origin.actor, &r.key);
}

/// Unique while it stands, so that one assessor holds one judgement of a hypothesis at a time.
fn assessment_label(assessment: &Assessment) -> String {
    match assessment.superseded_by {
        None => format!(
            "{} {}",
            assessment.made.hypothesis, assessment.made.assessor
        ),
        Some(_) => format!("superseded {}", assessment.number),
    }
}

/// Unique while it is kept, so that a name is one view.
fn view_label(view: &SavedView) -> String {
    match view.removed {
        None => format!("name {}", view.name),
        Some(_) => format!("removed {}", view.number),
    }
}

/// Unique while it stands, so that nothing has the same tag twice.
fn tag_label(tag: &Tag) -> String {
    match tag.withdrawn {
        None => remark::label(&tag.added.on, &tag.added.tag),
        Some(_) => format!("removed {}", tag.number),
    }
}

/// Reads record `number`.
pub(crate) fn get<R: Kept>(t: &dyn Tables, number: u32) -> Result<Option<R>, Error> {
    t.row(R::TABLE, number)?.as_ref().map(read).transpose()
}

/// Reads the record labelled so.
pub(crate) fn find<R: Kept>(t: &dyn Tables, label: &str) -> Result<Option<R>, Error> {
    t.labelled(R::TABLE, label)?.as_ref().map(read).transpose()
}

/// Reads every record, by number.
pub(crate) fn all<R: Kept>(t: &dyn Tables) -> Result<Vec<R>, Error> {
    t.rows(R::TABLE)?.iter().map(read).collect()
}

/// The number after the last one given.
pub(super) fn next(t: &dyn Tables, table: Table) -> Result<u32, Error> {
    Ok(t.last(table)? + 1)
}

/// Writes a record on behalf of the entry `origin`.
pub(super) fn put<R: Kept>(t: &mut dyn Tables, origin: &Origin, record: &R) -> Result<(), Error> {
    let number = record.number();
    let json = serde_json::to_string(record).map_err(|e| unreadable(R::TABLE, number, &e))?;
    let row = Row {
        number,
        label: record.label(),
        entry: origin.entry,
        record: json,
    };
    t.put(R::TABLE, row)
}

fn read<R: Kept>(row: &Row) -> Result<R, Error> {
    serde_json::from_str(&row.record).map_err(|e| unreadable(R::TABLE, row.number, &e))
}

fn unreadable(table: Table, number: u32, error: &serde_json::Error) -> Error {
    Error::damaged(Place::Record(table.called(number)), error.to_string())
}

/// Projections in memory.
#[derive(Default)]
pub(crate) struct Memory {
    rows: BTreeMap<(Table, u32), Row>,
    labels: BTreeMap<(Table, String), Vec<u32>>,
    /// What is searched of them, where somebody asked.
    pub(crate) documents: OnceLock<Documents>,
}

impl Memory {
    /// Number of rows in all tables.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Every row of a table, by number.
    pub(crate) fn every(&self, table: Table) -> impl Iterator<Item = &Row> {
        let range = (table, 0)..=(table, u32::MAX);
        self.rows.range(range).map(|(_, row)| row)
    }
}

impl Tables for Memory {
    fn row(&self, table: Table, number: u32) -> Result<Option<Row>, Error> {
        Ok(self.rows.get(&(table, number)).cloned())
    }

    fn labelled(&self, table: Table, label: &str) -> Result<Option<Row>, Error> {
        let numbers = self.labels.get(&(table, label.to_owned()));
        let first = numbers.and_then(|numbers| numbers.iter().min());
        first.map_or(Ok(None), |number| self.row(table, *number))
    }

    fn rows(&self, table: Table) -> Result<Vec<Row>, Error> {
        Ok(self.every(table).cloned().collect())
    }

    fn last(&self, table: Table) -> Result<u32, Error> {
        let last = self.rows.range((table, 0)..=(table, u32::MAX)).next_back();
        Ok(last.map_or(0, |((_, number), _)| *number))
    }

    fn put(&mut self, table: Table, row: Row) -> Result<(), Error> {
        self.documents.take();
        let (number, label) = (row.number, row.label.clone());
        if let Some(old) = self.rows.insert((table, number), row)
            && let Some(numbers) = self.labels.get_mut(&(table, old.label))
        {
            numbers.retain(|n| *n != number);
        }
        self.labels.entry((table, label)).or_default().push(number);
        Ok(())
    }
}
