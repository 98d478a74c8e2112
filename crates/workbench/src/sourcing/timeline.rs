//! What is known of sources, laid out in time.

use std::cmp::Ordering;
use std::collections::HashMap;

use jiff::Timestamp;
use journal::ContentId;
use store::event::Proof;
use store::number::{ItemNo, SourceNo};
use store::record::{Claim, Item, Origin, Series, Source, SourceObservation};

use crate::case::Case;
use crate::error::Result;
use crate::lineage::Window;
use crate::view::{SourceEvent, SourceEventKind, SourceTimeline};

impl Case {
    /// What is dated of source `only`, or of every source: its states and what shows them, its names and ties, the
    /// items of its series, the claims that it made. What was taken back is left out.
    ///
    /// # Errors
    /// There is no such source, or the store fails.
    pub fn source_timelines(&self, only: Option<SourceNo>) -> Result<Vec<SourceTimeline>> {
        let all = self.sources()?;
        let told = Told {
            names: all
                .iter()
                .map(|it| (it.number, it.named.name.clone()))
                .collect(),
            items: self.all()?.into_iter().map(|it| (it.id, it)).collect(),
            series: self.series(None)?,
            claims: self.claims(None)?,
        };
        let chosen = match only {
            Some(number) => vec![self.source(number)?],
            None => { all.into_iter() }
                .filter(|it| it.withdrawn.is_none())
                .collect(),
        };
        Ok(chosen.into_iter().map(|it| told.timeline(it)).collect())
    }
}

/// What sources are spoken of with.
struct Told {
    names: HashMap<SourceNo, String>,
    items: HashMap<ContentId, Item>,
    series: Vec<Series>,
    claims: Vec<Claim>,
}

impl Told {
    fn timeline(&self, mut source: Source) -> SourceTimeline {
        source.leave_out_withdrawn();
        let mut events = names(&source);
        events.extend(self.ties(&source));
        for seen in &source.observations {
            events.push(state(seen));
            events.extend(seen.proof.iter().map(|proof| self.shown(seen, proof)));
        }
        events.extend(self.released(source.number));
        events.extend(self.claimed(source.number));
        events.sort_by(|a, b| first(a).cmp(&first(b)).then_with(|| entered(a, b)));
        SourceTimeline {
            source: source.number,
            name: source.named.name,
            kind: source.named.kind,
            events,
        }
    }

    fn number(&self, item: &ContentId) -> Option<ItemNo> {
        self.items.get(item).map(|item| item.number)
    }

    fn name(&self, item: &ContentId) -> String {
        let known = self.items.get(item);
        known.map_or_else(|| item.to_string(), |item| item.name.clone())
    }

    fn ties(&self, source: &Source) -> impl Iterator<Item = SourceEvent> {
        source.ties.iter().map(|it| {
            let related = &it.related;
            let name = self.names.get(&related.to).map_or("", String::as_str);
            SourceEvent {
                from: related.from.clone(),
                until: related.until.clone(),
                stated: related.from.is_some(),
                record: Some(related.to.to_string()),
                ..event(
                    SourceEventKind::Tie,
                    &it.origin,
                    with_note(&format!("{} {name}", related.tie), related.note.as_deref()),
                )
            }
        })
    }

    /// What shows a state was there to be kept when that was seen.
    fn shown(&self, seen: &SourceObservation, proof: &Proof) -> SourceEvent {
        let (text, item) = match proof {
            Proof::Item { item } => (self.name(item), self.number(item)),
            Proof::Blob { name, .. } => (name.clone(), None),
            Proof::Url { url } => (url.clone(), None),
        };
        SourceEvent {
            kind: SourceEventKind::Capture,
            text,
            item,
            state: None,
            ..state(seen)
        }
    }

    /// Items of its series: when each came out, and when its bytes were obtained.
    fn released(&self, source: SourceNo) -> Vec<SourceEvent> {
        let its = |it: &&Series| it.withdrawn.is_none() && it.begun.source == Some(source);
        let placed = { self.series.iter().filter(its) }.flat_map(|series| {
            let standing = series.items.iter().filter(|it| it.withdrawn.is_none());
            standing.map(move |it| (series, it))
        });
        placed
            .flat_map(|(series, it)| {
                let placed = &it.placed;
                let item = self.items.get(&placed.item);
                let uploaded = || {
                    item?
                        .acquisitions
                        .iter()
                        .find_map(|it| it.acquired.uploaded.clone())
                };
                let from = placed.released.clone().or_else(uploaded);
                let came_out = SourceEvent {
                    stated: from.is_some(),
                    from,
                    item: self.number(&placed.item),
                    record: Some(series.number.to_string()),
                    ..event(
                        SourceEventKind::Item,
                        &it.origin,
                        with_note(&self.name(&placed.item), placed.label.as_deref()),
                    )
                };
                [Some(came_out), item.and_then(obtained)]
            })
            .flatten()
            .collect()
    }

    fn claimed(&self, source: SourceNo) -> impl Iterator<Item = SourceEvent> {
        let its = move |it: &&Claim| it.withdrawn.is_none() && it.made.source == Some(source);
        self.claims.iter().filter(its).map(|it| SourceEvent {
            from: it.made.asserted.clone(),
            stated: it.made.asserted.is_some(),
            item: self.number(&it.made.pin.item),
            record: Some(it.number.to_string()),
            ..event(SourceEventKind::Claim, &it.origin, it.made.text.clone())
        })
    }
}

fn names(source: &Source) -> Vec<SourceEvent> {
    { source.aliases.iter() }
        .map(|it| SourceEvent {
            from: it.aliased.from.clone(),
            until: it.aliased.until.clone(),
            stated: it.aliased.from.is_some(),
            ..event(
                SourceEventKind::Name,
                &it.origin,
                with_note(&it.aliased.name, it.aliased.note.as_deref()),
            )
        })
        .collect()
}

fn state(seen: &SourceObservation) -> SourceEvent {
    let words = [seen.name.as_deref(), seen.note.as_deref()];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    SourceEvent {
        from: Some(
            seen.observed
                .clone()
                .unwrap_or_else(|| seen.origin.at.clone()),
        ),
        stated: seen.observed.is_some(),
        state: Some(seen.state),
        ..event(SourceEventKind::State, &seen.origin, words.join(": "))
    }
}

/// When the case first got an item.
fn obtained(item: &Item) -> Option<SourceEvent> {
    let first = item.acquisitions.first()?;
    let stated = first.acquired.acquired.clone();
    Some(SourceEvent {
        stated: stated.is_some(),
        from: stated.or_else(|| Some(first.origin.at.clone())),
        item: Some(item.number),
        ..event(SourceEventKind::Capture, &first.origin, item.name.clone())
    })
}

fn event(kind: SourceEventKind, origin: &Origin, text: String) -> SourceEvent {
    SourceEvent {
        kind,
        from: None,
        until: None,
        stated: false,
        text,
        state: None,
        item: None,
        record: None,
        origin: origin.clone(),
    }
}

fn with_note(text: &str, note: Option<&str>) -> String {
    match note {
        Some(note) => format!("{text}: {note}"),
        None => text.to_owned(),
    }
}

/// Where an event lies in time: by its beginning, else by its end; nothing known comes last.
fn first(event: &SourceEvent) -> (bool, Option<Timestamp>) {
    let known = event.from.as_deref().or(event.until.as_deref());
    let from = known.and_then(Window::of).map(|window| window.from);
    (from.is_none(), from)
}

fn entered(a: &SourceEvent, b: &SourceEvent) -> Ordering {
    a.origin.entry.cmp(&b.origin.entry)
}
