//! What keeps a draft from being sealed, each with what resolves it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use store::Evidence;
use store::event::Proof;
use store::record::{MediaReview, Publication, SignedCheckpoint};
use utoipa::ToSchema;

use super::records::{Records, Selection};
use crate::case::Case;
use crate::error::Result;

/// One thing that keeps a draft from being sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Refusal {
    /// What it is about: an address of the selection, or the number of the publication.
    pub about: String,
    /// What is wrong.
    pub sentence: String,
    /// What to do.
    pub resolve: String,
    /// Where the page shows what is to be done there; absent where it is to draft anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The address that would have to be selected too, where that resolves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// Whether it is resolved as well by letting the number of `missing` stand, mentioned.
    pub mentionable: bool,
}

impl Refusal {
    fn missing(mut self, address: &impl ToString) -> Self {
        self.missing = Some(address.to_string());
        self
    }

    fn mentionable(mut self) -> Self {
        self.mentionable = true;
        self
    }
}

/// What a draft is judged by.
pub(super) struct Judged<'a> {
    pub(super) publication: &'a Publication,
    pub(super) selection: &'a Selection,
    pub(super) checkpoint: &'a SignedCheckpoint,
    /// What is published, as it stood at the checkpoint.
    pub(super) records: &'a Records,
    pub(super) then: &'a Case,
    pub(super) now: &'a Case,
}

/// Everything that keeps it from being sealed. Whoever adds a rule adds it here.
pub(super) fn refusals(judged: &Judged<'_>) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    found.extend(absent(judged)?);
    found.extend(dangling(judged)?);
    found.extend(contradictory(&judged.records.media_reviews));
    found.extend(named(judged)?);
    for one in &mut found {
        // What is not there any more has no place on the page.
        one.page = judged.now.page_at(&one.about).ok();
    }
    found.extend(super::protecting::unmasked(judged)?);
    found.extend(super::minors::unreviewed(judged)?);
    Ok(found)
}

pub(super) fn refusal(
    about: &(impl ToString + ?Sized),
    sentence: impl Into<String>,
    resolve: impl Into<String>,
) -> Refusal {
    Refusal {
        about: about.to_string(),
        sentence: sentence.into(),
        resolve: resolve.into(),
        page: None,
        missing: None,
        mentionable: false,
    }
}

/// What the case did not have at the checkpoint, or has no longer.
fn absent(judged: &Judged<'_>) -> Result<Vec<Refusal>> {
    let (then, now) = (
        judged.records.numbers(),
        Records::of(judged.now, judged.selection)?,
    );
    let checkpoint = judged.publication.drafted.checkpoint;
    let mut found = Vec::new();
    for one in judged.selection.addresses() {
        let whole = one.item().map_or(*one, Evidence::Item);
        if !then.contains(&whole) {
            let (sentence, resolve) = match judged.selection.holds(whole) {
                true => (
                    format!("{one} was not in the case at {checkpoint}"),
                    "draft it as of a later checkpoint, or leave it out".to_owned(),
                ),
                false => (
                    format!("{one} is of {whole}, which is not selected"),
                    format!("select {whole} too"),
                ),
            };
            let mut absent = refusal(one, sentence, resolve);
            if !judged.selection.holds(whole) {
                absent = absent.missing(&whole);
            }
            found.push(absent);
        }
    }
    for (number, record) in now.values()? {
        if record.get("withdrawn").is_some() {
            let resolve = "leave it out, and draft as of a later checkpoint";
            found.push(refusal(
                &number,
                format!("{number} was taken back"),
                resolve,
            ));
        }
        if record.get("removed").is_some() {
            let resolve = "leave it out: its bytes were erased, and nothing of it can be shown";
            found.push(refusal(&number, format!("{number} was removed"), resolve));
        }
    }
    let uninspected = judged
        .records
        .items
        .iter()
        .filter(|it| it.inspection.is_none());
    for item in uninspected.filter(|it| judged.selection.looked_into().contains(&it.number)) {
        let sentence = format!("{} was not inspected at {checkpoint}", item.number);
        let resolve = "draft it as of a later checkpoint";
        found.push(refusal(&item.number, sentence, resolve));
    }
    Ok(found)
}

/// What a selected record names and is neither selected nor may be mentioned.
fn dangling(judged: &Judged<'_>) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    for (by, named) in names(judged.records) {
        match named {
            Named::Address(address) if !judged.selection.may_name(&address) => {
                let sentence = format!("{by} names {address}, which is not published");
                let resolve = format!(
                    "select {address} too, leave {by} out, or let its number stand: --mention '{address}'"
                );
                found.push(
                    refusal(&by, sentence, resolve)
                        .missing(&address)
                        .mentionable(),
                );
            }
            Named::Item(id) if judged.records.item(&id).is_none() => {
                let number = { judged.now.store.item_by_id(&id)? }.map(|it| it.number.to_string());
                let item = number.clone().unwrap_or_else(|| id.to_string());
                let mut dangling = refusal(
                    &by,
                    format!("{by} is of an item that is not published, {item}"),
                    format!("select {item} too, or leave {by} out"),
                );
                dangling.missing = number;
                found.push(dangling);
            }
            _ => {}
        }
    }
    found.dedup();
    Ok(found)
}

enum Named {
    Address(String),
    Item(journal::ContentId),
}

/// What each record names.
fn names(records: &Records) -> Vec<(String, Named)> {
    let mut all = Vec::new();
    let mut add = |by: &dyn std::fmt::Display, named: Named| all.push((by.to_string(), named));
    for it in &records.claims {
        add(&it.number, Named::Item(it.made.pin.item));
        if let Some(source) = it.made.source {
            add(&it.number, Named::Address(source.to_string()));
        }
        let changes = it.history.iter().flat_map(|it| &it.evidence);
        for address in changes.chain(it.ratings.iter().flat_map(|it| &it.rated.evidence)) {
            add(&it.number, Named::Address(address.clone()));
        }
    }
    for it in &records.observations {
        add(&it.number, Named::Item(it.made.pin.item));
        for address in &it.made.cites {
            add(&it.number, Named::Address(address.clone()));
        }
    }
    for it in &records.hypotheses {
        if let Some(item) = it.item {
            add(&it.number, Named::Item(item));
        }
        for link in &it.evidence {
            add(&it.number, Named::Address(link.evidence.clone()));
        }
    }
    for it in &records.matches {
        add(&it.number, Named::Item(it.found.query));
        add(&it.number, Named::Item(it.found.reference));
    }
    for it in &records.resemblances {
        add(&it.number, Named::Item(it.made.one.item));
        add(&it.number, Named::Item(it.made.other.item));
        for other in [it.made.supersedes, it.superseded_by].into_iter().flatten() {
            add(&it.number, Named::Address(other.to_string()));
        }
    }
    judgements(records, &mut add);
    all
}

/// Judgements, which are revised: without the later one, what is published would be what nobody holds.
fn judgements(records: &Records, add: &mut dyn FnMut(&dyn std::fmt::Display, Named)) {
    for it in &records.assessments {
        add(&it.number, Named::Address(it.made.hypothesis.to_string()));
        let revisions = [it.made.supersedes, it.superseded_by].into_iter().flatten();
        let revisions = revisions.map(|it| it.to_string());
        for address in it.made.evidence.iter().cloned().chain(revisions) {
            add(&it.number, Named::Address(address));
        }
    }
    for it in &records.media_reviews {
        add(&it.number, Named::Item(it.made.item));
        let revisions = [it.made.supersedes, it.superseded_by].into_iter().flatten();
        let revisions = revisions.map(|it| it.to_string());
        for address in it.made.evidence.iter().cloned().chain(revisions) {
            add(&it.number, Named::Address(address));
        }
    }
    for it in &records.dates {
        add(&it.number, Named::Item(it.dated.pin.item));
        let revisions = [it.dated.supersedes, it.superseded_by]
            .into_iter()
            .flatten();
        let grounds = it.dated.grounds.iter().filter_map(|it| it.cites.clone());
        for address in grounds.chain(revisions.map(|it| it.to_string())) {
            add(&it.number, Named::Address(address));
        }
    }
    for it in &records.places {
        add(&it.number, Named::Item(it.placed.pin.item));
        let revisions = [it.placed.supersedes, it.superseded_by]
            .into_iter()
            .flatten();
        let grounds = it.placed.grounds.iter().filter_map(|it| it.cites.clone());
        for address in grounds.chain(revisions.map(|it| it.to_string())) {
            add(&it.number, Named::Address(address));
        }
    }
    for it in &records.sources {
        for tie in &it.ties {
            add(&it.number, Named::Address(tie.related.to.to_string()));
        }
        for proof in it.observations.iter().flat_map(|it| &it.proof) {
            if let Proof::Item { item } = proof {
                add(&it.number, Named::Item(*item));
            }
        }
    }
}

/// Reviews that say of one item what cannot hold together. What is recorded now cannot; a journal of another
/// program may.
fn contradictory(reviews: &[MediaReview]) -> Vec<Refusal> {
    let clash = |it: &&MediaReview| {
        let codes = &it.made.codes;
        codes
            .iter()
            .any(|one| codes.iter().any(|other| one.contradicts(*other)))
    };
    let each = reviews.iter().filter(clash).map(|it| {
        let words: Vec<&str> = it.made.codes.iter().map(|code| code.word()).collect();
        let sentence = format!("{} says {} of one item", it.number, words.join(" and "));
        let resolve = format!("revise {} so that its codes hold together", it.number);
        refusal(&it.number, sentence, resolve)
    });
    each.collect()
}

/// Words that give away who goes by another name.
fn named(judged: &Judged<'_>) -> Result<Vec<Refusal>> {
    let drafted = &judged.publication.drafted;
    let mut found = Vec::new();
    let published = judged
        .records
        .as_published(judged.publication, judged.selection)?;
    let mut texts = published.values()?;
    let words = [&drafted.title, &drafted.summary].into_iter();
    let words: Vec<Value> = { words.chain(&drafted.question) }
        .map(|it| Value::from(it.clone()))
        .collect();
    texts.push((judged.publication.number.to_string(), words.into()));
    for (by, value) in texts {
        for (actor, name) in &drafted.pseudonyms {
            if says(&value, actor) {
                let sentence = format!("{by} names {actor}, who goes by {name}");
                let resolve = format!("leave {by} out, or publish {actor} by name");
                found.push(refusal(&by, sentence, resolve));
            }
        }
    }
    let sealer = judged.now.actor();
    if drafted.pseudonyms.contains_key(sealer) {
        let sentence = format!("{sealer} seals it and goes by another name in it");
        let resolve = "let somebody seal it who is named";
        found.push(refusal(&judged.publication.number, sentence, resolve));
    }
    Ok(found)
}

/// Whether a text somewhere in `value` has `name` as a word of its own.
pub(super) fn says(value: &Value, name: &str) -> bool {
    match value {
        Value::String(text) => text.match_indices(name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            ![before, after]
                .into_iter()
                .flatten()
                .any(char::is_alphanumeric)
        }),
        Value::Array(values) => values.iter().any(|it| says(it, name)),
        Value::Object(members) => members.values().any(|it| says(it, name)),
        _ => false,
    }
}

/// Several names at once.
pub(super) fn says_any(value: &Value, names: &BTreeMap<String, String>) -> bool {
    names.keys().any(|name| says(value, name))
}
