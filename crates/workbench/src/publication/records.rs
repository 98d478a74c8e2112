//! What was selected, as it stood at the checkpoint, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use journal::ContentId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Evidence;
use store::number::ItemNo;
use store::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, Match, MediaReview, Observation,
    Publication, ResemblanceRecord, Source,
};

use crate::case::Case;
use crate::error::{Error, Kind, Result};

/// Selected records without what was taken back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Records {
    pub(super) items: Vec<Item>,
    pub(super) claims: Vec<Claim>,
    pub(super) observations: Vec<Observation>,
    pub(super) hypotheses: Vec<Hypothesis>,
    pub(super) assessments: Vec<Assessment>,
    pub(super) matches: Vec<Match>,
    pub(super) media_reviews: Vec<MediaReview>,
    pub(super) resemblances: Vec<ResemblanceRecord>,
    pub(super) dates: Vec<ItemDate>,
    pub(super) places: Vec<ItemPlace>,
    pub(super) sources: Vec<Source>,
}

/// What was selected, by kind.
#[derive(Debug, Default)]
pub(super) struct Selection {
    addresses: BTreeSet<Evidence>,
    mentioned: BTreeSet<String>,
}

impl Selection {
    pub(super) fn of(publication: &Publication) -> Self {
        let drafted = &publication.drafted;
        let addresses = drafted.selected.iter();
        Self {
            addresses: addresses.filter_map(|it| it.parse().ok()).collect(),
            mentioned: drafted.mentioned.iter().cloned().collect(),
        }
    }

    pub(super) fn holds(&self, one: Evidence) -> bool {
        self.addresses.contains(&one)
    }

    /// Whether `address` may stand in what is published: it is there itself, or may be mentioned. Frames are
    /// there with their item, and a finding with its own address.
    pub(super) fn may_name(&self, address: &str) -> bool {
        let there = match address.parse() {
            Ok(Evidence::Frames(item, ..)) => self.holds(Evidence::Item(item)),
            Ok(one) => self.holds(one),
            Err(_) => false,
        };
        there || self.mentioned.contains(address)
    }

    /// Selected findings of an item, from 1.
    pub(super) fn findings(&self, item: ItemNo) -> BTreeSet<u32> {
        let each = self.addresses.iter();
        each.filter_map(|it| match it {
            Evidence::Finding(of, number) if *of == item => Some(*number),
            _ => None,
        })
        .collect()
    }

    /// Selected frames of an item: the first and the last of each span.
    pub(super) fn frames(&self, item: ItemNo) -> BTreeSet<u32> {
        let each = self.addresses.iter();
        each.filter_map(|it| match it {
            Evidence::Frames(of, first, last) if *of == item => Some([*first, *last]),
            _ => None,
        })
        .flatten()
        .collect()
    }

    /// Items that findings and frames are selected of.
    pub(super) fn looked_into(&self) -> BTreeSet<ItemNo> {
        let each = self.addresses.iter();
        each.filter_map(|it| match it {
            Evidence::Finding(..) | Evidence::Frames(..) => it.item(),
            _ => None,
        })
        .collect()
    }

    pub(super) fn addresses(&self) -> impl Iterator<Item = &Evidence> {
        self.addresses.iter()
    }
}

impl Records {
    /// The records that `selection` names, in the case as it stood.
    pub(super) fn of(then: &Case, selection: &Selection) -> Result<Self> {
        let mut records = Self::all(then)?;
        records.keep(selection);
        records.leave_out_withdrawn();
        Ok(records)
    }

    /// Every record of a kind that is published.
    pub(super) fn all(then: &Case) -> Result<Self> {
        let store = &then.store;
        Ok(Self {
            items: store.items()?,
            claims: store.claims()?,
            observations: store.observations()?,
            hypotheses: store.hypotheses()?,
            assessments: store.assessments()?,
            matches: store.matches()?,
            media_reviews: store.media_reviews()?,
            resemblances: store.resemblances()?,
            dates: store.dates()?,
            places: store.places()?,
            sources: store.sources()?,
        })
    }

    fn keep(&mut self, s: &Selection) {
        self.items.retain(|it| s.holds(Evidence::Item(it.number)));
        self.claims.retain(|it| s.holds(Evidence::Claim(it.number)));
        self.observations
            .retain(|it| s.holds(Evidence::Observation(it.number)));
        self.hypotheses
            .retain(|it| s.holds(Evidence::Hypothesis(it.number)));
        self.assessments
            .retain(|it| s.holds(Evidence::Assessment(it.number)));
        self.matches
            .retain(|it| s.holds(Evidence::Match(it.number)));
        self.media_reviews
            .retain(|it| s.holds(Evidence::MediaReview(it.number)));
        self.resemblances
            .retain(|it| s.holds(Evidence::Resemblance(it.number)));
        self.dates.retain(|it| s.holds(Evidence::Date(it.number)));
        self.places.retain(|it| s.holds(Evidence::Place(it.number)));
        self.sources
            .retain(|it| s.holds(Evidence::Source(it.number)));
    }

    fn leave_out_withdrawn(&mut self) {
        for claim in &mut self.claims {
            claim.history.retain(|one| one.withdrawn.is_none());
            claim.ratings.retain(|one| one.withdrawn.is_none());
        }
        for hypothesis in &mut self.hypotheses {
            hypothesis.evidence.retain(|one| one.withdrawn.is_none());
        }
        self.sources
            .iter_mut()
            .for_each(Source::leave_out_withdrawn);
    }

    /// The number of a selected item.
    pub(super) fn item(&self, id: &ContentId) -> Option<ItemNo> {
        let mut items = self.items.iter();
        items.find(|it| it.id == *id).map(|it| it.number)
    }

    /// The addresses of all that is here.
    pub(super) fn numbers(&self) -> BTreeSet<Evidence> {
        let mut all: BTreeSet<Evidence> = BTreeSet::new();
        all.extend(self.items.iter().map(|it| Evidence::Item(it.number)));
        all.extend(self.claims.iter().map(|it| Evidence::Claim(it.number)));
        all.extend(
            { &self.observations }
                .iter()
                .map(|it| Evidence::Observation(it.number)),
        );
        all.extend(
            { &self.hypotheses }
                .iter()
                .map(|it| Evidence::Hypothesis(it.number)),
        );
        all.extend(
            { &self.assessments }
                .iter()
                .map(|it| Evidence::Assessment(it.number)),
        );
        all.extend(self.matches.iter().map(|it| Evidence::Match(it.number)));
        all.extend(
            { &self.media_reviews }
                .iter()
                .map(|it| Evidence::MediaReview(it.number)),
        );
        all.extend(
            { &self.resemblances }
                .iter()
                .map(|it| Evidence::Resemblance(it.number)),
        );
        all.extend(self.dates.iter().map(|it| Evidence::Date(it.number)));
        all.extend(self.places.iter().map(|it| Evidence::Place(it.number)));
        all.extend(self.sources.iter().map(|it| Evidence::Source(it.number)));
        all
    }

    /// Each record as JSON, with the number that people call it by.
    pub(super) fn values(&self) -> Result<Vec<(String, Value)>> {
        let Value::Object(kinds) = to_value(self)? else {
            return Ok(Vec::new());
        };
        let rows = kinds.into_iter().flat_map(|(_, rows)| match rows {
            Value::Array(rows) => rows,
            _ => Vec::new(),
        });
        Ok(rows
            .map(|row| (row["number"].as_str().unwrap_or_default().to_owned(), row))
            .collect())
    }

    /// The entries that made what is here.
    pub(super) fn entries(&self) -> Result<BTreeSet<u64>> {
        let mut entries = BTreeSet::new();
        collect(&to_value(self)?, &mut entries);
        Ok(entries)
    }

    /// The same without what is not to leave: names that actors go by otherwise, how items were obtained, and
    /// what of an inspection was not selected.
    pub(super) fn as_published(
        &self,
        publication: &Publication,
        selection: &Selection,
    ) -> Result<Self> {
        let mut value = to_value(self)?;
        rename(&mut value, &publication.drafted.pseudonyms);
        let mut published: Self = serde_json::from_value(value)
            .map_err(|why| Error::new(Kind::Failed, why.to_string()))?;
        for item in &mut published.items {
            narrow(item, publication.drafted.acquisitions, selection);
        }
        Ok(published)
    }
}

fn narrow(item: &mut Item, acquisitions: bool, selection: &Selection) {
    item.searched.clear();
    for content in &mut item.content {
        content.note = None;
    }
    if !acquisitions {
        item.name = format!("item {}", item.number);
        for it in &mut item.acquisitions {
            it.acquired.name.clone_from(&item.name);
            it.acquired.origin = None;
            it.acquired.modified = None;
            it.acquired.uploaded = None;
            it.acquired.acquired = None;
            it.acquired.note = None;
        }
    }
    let findings = selection.findings(item.number);
    if let Some(kept) = &mut item.inspection
        && findings.len() < kept.inspected.finding_count as usize
    {
        kept.inspected.found.clear();
        kept.inspected.finding_count = u32::try_from(findings.len()).unwrap_or(u32::MAX);
    }
}

pub(super) fn to_value(what: &impl Serialize) -> Result<Value> {
    serde_json::to_value(what).map_err(|why| Error::new(Kind::Failed, why.to_string()))
}

/// Puts other names in the place of actors' own, wherever a value is such a name.
pub(super) fn rename(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(other) = names.get(text) {
                text.clone_from(other);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|it| rename(it, names)),
        Value::Object(members) => members.values_mut().for_each(|it| rename(it, names)),
        _ => {}
    }
}

/// Sequence numbers of entries: a record, and each part of one that has an entry of its own, says who
/// recorded it, when, and by which entry.
fn collect(value: &Value, entries: &mut BTreeSet<u64>) {
    match value {
        Value::Array(values) => values.iter().for_each(|it| collect(it, entries)),
        Value::Object(members) => {
            if members.contains_key("actor") && members.contains_key("at") {
                entries.extend(members.get("entry").and_then(Value::as_u64));
            }
            members.values().for_each(|it| collect(it, entries));
        }
        _ => {}
    }
}
