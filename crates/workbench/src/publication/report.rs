//! The report of a publication: a cover, and what of each item was selected.

use std::collections::{BTreeMap, BTreeSet};

use media::time::FrameNo;
use store::number::ItemNo;
use store::record::{Hypothesis, Item, Publication, SignedCheckpoint};

use super::records::{Records, Selection};
use super::sealing::{Going, stopped};
use super::sharing::Clock;
use crate::case::Case;
use crate::error::Result;
use crate::report::{Cover, Part, REPORT, ReportData, cited_frames, render};
use crate::reporting::on_paper;
use crate::timeline::Timeline;
use crate::view::{Head, MatchView, MediaReviewView};

/// What reports are made from.
pub(super) struct Reporting<'a> {
    pub(super) then: &'a Case,
    pub(super) publication: &'a Publication,
    pub(super) selection: &'a Selection,
    pub(super) checkpoint: &'a SignedCheckpoint,
    /// As published.
    pub(super) records: &'a Records,
    pub(super) tool: &'a str,
}

/// The pages, figures and findings of a publication.
#[derive(Default)]
pub(super) struct Reported {
    /// By path within the payload.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) clocks: BTreeMap<ItemNo, Clock>,
}

impl Reporting<'_> {
    /// # Errors
    /// A frame cannot be given again, or `going` says to stop: it is asked before each figure.
    pub(super) fn report(&self, journal: &str, going: Going<'_>) -> Result<Reported> {
        let mut reported = Reported::default();
        let cover = Cover {
            m: &REPORT,
            publication: self.publication,
            checkpoint: self.checkpoint,
            items: &self.records.items,
            masked: self.masked()?,
            sources: &self.records.sources,
            whole: { &self.records.hypotheses }
                .iter()
                .filter(|it| it.item.is_none())
                .collect(),
            journal,
            tool: self.tool,
        };
        let cover = cover.written();
        reported
            .files
            .insert("report.html".to_owned(), cover.into_bytes());
        for item in &self.records.items {
            self.item(item, &mut reported, going)?;
        }
        let pdf = on_paper(&self.pages(&reported))?;
        reported.files.insert("report.pdf".to_owned(), pdf);
        Ok(reported)
    }

    /// The items whose masked copy is in the bundle: a draft may ask for copies that were never rendered.
    fn masked(&self) -> Result<BTreeSet<ItemNo>> {
        if !self.publication.drafted.masked {
            return Ok(BTreeSet::new());
        }
        let items = self.records.items.iter();
        let copied = items.filter_map(|item| match self.then.masked_rendering(item) {
            Ok(copy) => copy.map(|_| Ok(item.number)),
            Err(why) => Some(Err(why)),
        });
        copied.collect()
    }

    /// The pages in the order in which they are read, by their names.
    fn pages<'r>(&self, reported: &'r Reported) -> Vec<(&'r str, &'r str)> {
        let items = { self.records.items.iter() }.map(|item| page_of(item.number));
        let names = ["report.html".to_owned()].into_iter().chain(items);
        let page = |name: String| {
            let (name, bytes) = reported.files.get_key_value(&name)?;
            let html = std::str::from_utf8(bytes).ok()?;
            Some((name.as_str(), html))
        };
        names.filter_map(page).collect()
    }

    fn item(&self, item: &Item, reported: &mut Reported, going: Going<'_>) -> Result<()> {
        let mut data = self.data(item)?;
        if let Some(index) = &data.frames {
            let timeline = Timeline::new(index);
            let first = index.frames.iter().find_map(|frame| frame.pts);
            let clock = Clock {
                first: first.map_or(0, |pts| pts.0),
                frames: index.frames.len(),
                seconds: timeline.duration(),
            };
            reported.clocks.insert(item.number, clock);
        }
        // Whoever is protected now is masked, and whoever was at the checkpoint.
        let mut people = self.then.people(Some(item))?;
        people.extend(self.then.present_people(item)?);
        let masks = self.then.masks_to_show_under(item)?;
        for no in self.pictured(item, &data) {
            if going().is_break() {
                return Err(stopped());
            }
            let figure = self.then.figure(item, no, &people, &masks)?;
            let path = format!("figures/item-{}-frame-{}.png", item.number.0, no.0);
            reported.files.insert(path, figure.png.clone());
            data.figures.push(figure);
        }
        let path = page_of(item.number);
        reported.files.insert(path, render(&data).into_bytes());
        let findings = super::findings::listed(&data);
        if !findings.is_empty() {
            let path = format!("findings-item-{}.json", item.number.0);
            let listed = super::records::to_value(&findings)?;
            reported
                .files
                .insert(path, super::sharing::pretty(&listed)?);
        }
        Ok(())
    }

    /// The frames of which there are figures: whatever cites one, and those that were selected.
    pub(super) fn pictured(&self, item: &Item, data: &ReportData) -> BTreeSet<FrameNo> {
        let selected = self.selection.frames(item.number).into_iter().map(FrameNo);
        cited_frames(data).into_keys().chain(selected).collect()
    }

    pub(super) fn data(&self, item: &Item) -> Result<ReportData> {
        let examined = item.inspection.is_some().then(|| self.then.examined(item));
        let examined = examined.transpose()?;
        let records = self.records;
        let of = |pin: &store::event::Pin| pin.item == item.id;
        let about = |it: &&Hypothesis| it.item.is_none_or(|of| of == item.id);
        let facts = examined.as_ref().map(|kept| {
            let mut facts = kept.examination.facts.clone();
            if !self.publication.drafted.acquisitions {
                facts.tags.clear();
                facts.streams.iter_mut().for_each(|it| it.tags.clear());
            }
            facts
        });
        let hypotheses: Vec<Hypothesis> =
            records.hypotheses.iter().filter(about).cloned().collect();
        let judged = |number| hypotheses.iter().any(|it| it.number == number);
        let assessments = records.assessments.iter();
        let assessments = assessments.filter(|it| judged(it.made.hypothesis));
        Ok(ReportData {
            case: self.publication.drafted.title.clone(),
            as_of: self.checkpoint.origin.at.clone(),
            head: Head {
                size: self.checkpoint.size,
                root: self.checkpoint.root.to_string(),
            },
            tool: self.tool.to_owned(),
            part: Some(Part {
                publication: self.publication.number,
                findings: self.selection.findings(item.number),
            }),
            item: item.clone(),
            removal: None,
            facts,
            frames: examined.as_ref().map(|kept| kept.frames.clone()),
            findings: examined
                .map(|kept| kept.examination.findings.clone())
                .unwrap_or_default(),
            figures: Vec::new(),
            sources: records.sources.clone(),
            series: Vec::new(),
            claims: selected(&records.claims, |it| of(&it.made.pin)),
            observations: selected(&records.observations, |it| of(&it.made.pin)),
            people: Vec::new(),
            tags: Vec::new(),
            notes: Vec::new(),
            dates: selected(&records.dates, |it| of(&it.dated.pin)),
            places: selected(&records.places, |it| of(&it.placed.pin)),
            assessments: assessments.cloned().collect(),
            hypotheses,
            media_reviews: self.media_reviews(item),
            resemblances: selected(&records.resemblances, |it| {
                of(&it.made.one) || of(&it.made.other)
            }),
            matches: self.matches(item)?,
        })
    }

    fn media_reviews(&self, item: &Item) -> Vec<MediaReviewView> {
        let of = selected(&self.records.media_reviews, |it| it.made.item == item.id);
        let against = |one: &store::record::MediaReview| {
            let others = of
                .iter()
                .filter(|other| crate::reviewed::contradict(one, other));
            others.map(|other| other.number).collect()
        };
        let views = of.iter().map(|one| MediaReviewView {
            contradicts: against(one),
            record: one.clone(),
        });
        views.collect()
    }

    fn matches(&self, item: &Item) -> Result<Vec<MatchView>> {
        let all = self.records.matches.iter();
        let of_item = all.filter(|it| [it.found.query, it.found.reference].contains(&item.id));
        let mut views = Vec::new();
        for record in of_item {
            let mut view = self.then.match_view(record.clone())?;
            let name = |number: ItemNo| {
                let mut items = self.records.items.iter();
                items
                    .find(|it| it.number == number)
                    .map(|it| it.name.clone())
            };
            view.query_name = name(view.query_item).unwrap_or_default();
            view.reference_name = name(view.reference_item).unwrap_or_default();
            views.push(view);
        }
        Ok(views)
    }
}

fn page_of(item: ItemNo) -> String {
    format!("report-item-{}.html", item.0)
}

fn selected<R: Clone>(records: &[R], of: impl Fn(&&R) -> bool) -> Vec<R> {
    records.iter().filter(of).cloned().collect()
}
