//! Which records cite what.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use store::Evidence;
use store::event::Ground;
use store::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, MediaReview, Observation,
};
use store::search::Query;
use store::vocabulary::{Order, RecordKind};

use crate::case::Case;
use crate::error::Result;
use crate::view::ItemRecord;

/// One thing that a record cites.
pub(crate) struct Citation<'a> {
    /// Number of the record.
    pub(crate) by: String,
    /// Why it cites it, in its own words.
    pub(crate) words: &'a str,
    /// What it cites.
    pub(crate) address: &'a str,
    /// Whether it stands: it was not taken back, nor superseded.
    pub(crate) stands: bool,
}

/// Records that may cite something.
#[derive(Default)]
pub(crate) struct Citing<'a> {
    pub(crate) observations: &'a [Observation],
    pub(crate) claims: &'a [Claim],
    pub(crate) hypotheses: &'a [Hypothesis],
    pub(crate) assessments: &'a [Assessment],
    pub(crate) reviews: Vec<&'a MediaReview>,
    pub(crate) dates: &'a [ItemDate],
    pub(crate) places: &'a [ItemPlace],
}

impl<'a> Citing<'a> {
    /// The records of an item.
    pub(crate) fn of(record: &'a ItemRecord) -> Self {
        Self {
            observations: &record.observations,
            claims: &record.claims,
            hypotheses: &record.hypotheses,
            assessments: &record.assessments,
            reviews: record.media_reviews.iter().map(|it| &it.record).collect(),
            dates: &record.dates,
            places: &record.places,
        }
    }

    /// Everything that they cite, kind by kind.
    pub(crate) fn citations(&self) -> Vec<Citation<'a>> {
        let mut all = Citations(Vec::new());
        for seen in self.observations {
            let stands = seen.withdrawn.is_none();
            all.cites(&seen.number, &seen.made.text, &seen.made.cites, stands);
        }
        for claim in self.claims {
            let stands = claim.withdrawn.is_none();
            for it in &claim.history {
                let stands = stands && it.withdrawn.is_none();
                all.cites(&claim.number, &it.reason, &it.evidence, stands);
            }
            for it in &claim.ratings {
                let stands = stands && it.withdrawn.is_none();
                all.cites(&claim.number, &it.rated.reason, &it.rated.evidence, stands);
            }
        }
        for one in self.hypotheses {
            for link in &one.evidence {
                let stands = one.withdrawn.is_none() && link.withdrawn.is_none();
                let evidence = std::slice::from_ref(&link.evidence);
                all.cites(&one.number, &link.reason, evidence, stands);
            }
        }
        self.judged(&mut all);
        all.0
    }

    fn judged(&self, all: &mut Citations<'a>) {
        for it in self.assessments {
            let made = &it.made;
            let stands = it.superseded_by.is_none();
            all.cites(&it.number, &made.reasons, &made.evidence, stands);
        }
        for it in &self.reviews {
            let made = &it.made;
            all.cites(&it.number, &made.reasons, &made.evidence, it.stands());
        }
        for it in self.dates {
            let stands = it.withdrawn.is_none() && it.superseded_by.is_none();
            all.rests(&it.number, &it.dated.reason, &it.dated.grounds, stands);
        }
        for it in self.places {
            let stands = it.withdrawn.is_none() && it.superseded_by.is_none();
            all.rests(&it.number, &it.placed.reason, &it.placed.grounds, stands);
        }
    }
}

struct Citations<'a>(Vec<Citation<'a>>);

impl<'a> Citations<'a> {
    fn cites(&mut self, by: &dyn ToString, words: &'a str, what: &'a [String], stands: bool) {
        self.0.extend(what.iter().map(|address| Citation {
            by: by.to_string(),
            words,
            address,
            stands,
        }));
    }

    fn rests(&mut self, by: &dyn ToString, words: &'a str, on: &'a [Ground], stands: bool) {
        for ground in on {
            self.cites(by, words, ground.cites.as_slice(), stands);
        }
    }
}

/// What is cited in a case, by its address, and the numbers of the records that stand and cite it.
struct Cited(BTreeMap<String, Vec<String>>);

impl Cited {
    /// What the records that these queries find cite.
    fn of(case: &Case, queries: &[Query]) -> Result<Self> {
        let reviews: Vec<MediaReview> = found(case, RecordKind::MediaReview, queries)?;
        let citing = Citing {
            observations: &found(case, RecordKind::Observation, queries)?,
            claims: &found(case, RecordKind::Claim, queries)?,
            hypotheses: &found(case, RecordKind::Hypothesis, queries)?,
            assessments: &found(case, RecordKind::Assessment, queries)?,
            reviews: reviews.iter().collect(),
            dates: &found(case, RecordKind::Date, queries)?,
            places: &found(case, RecordKind::Place, queries)?,
        };
        let mut cited: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for it in citing.citations().into_iter().filter(|it| it.stands) {
            let known = cited.entry(it.address.to_owned()).or_default();
            if !known.contains(&it.by) {
                known.push(it.by);
            }
        }
        Ok(Self(cited))
    }
}

/// The records of a kind that these queries find, some of them perhaps twice.
fn found<R: DeserializeOwned>(case: &Case, kind: RecordKind, queries: &[Query]) -> Result<Vec<R>> {
    let mut records = Vec::new();
    for query in queries {
        let kinds = vec![kind];
        let order = Order::Oldest;
        records.extend(case.every(
            kind,
            &Query {
                kinds,
                order,
                ..query.clone()
            },
        )?);
    }
    Ok(records)
}

/// The numbers of what cites `address`.
pub(crate) fn by(case: &Case, address: &str) -> Result<Vec<String>> {
    let cites = vec![address.to_owned()];
    let query = Query {
        cites,
        ..Query::default()
    };
    let cited = Cited::of(case, &[query])?;
    Ok(cited.0.get(address).cloned().unwrap_or_default())
}

/// What is cited of `item`: it, its findings and frames, and the records of `record`.
pub(crate) fn within(
    case: &Case,
    item: &Item,
    record: &ItemRecord,
) -> Result<BTreeMap<String, Vec<String>>> {
    let numbers = record.numbers(item);
    let worded = |words: String| Query {
        words,
        ..Query::default()
    };
    let n = item.number.0;
    let findings_and_frames = [format!("\"F {n}\""), format!("\"{n} frame\"")];
    let mut queries: Vec<Query> = findings_and_frames.map(worded).into();
    queries.push(Query {
        cites: numbers.clone(),
        ..Query::default()
    });
    let ours = |address: &String| {
        let of = address.parse().ok().and_then(Evidence::item);
        of == Some(item.number) || numbers.contains(address)
    };
    let cited = Cited::of(case, &queries)?.0.into_iter();
    Ok(cited.filter(|(address, _)| ours(address)).collect())
}
