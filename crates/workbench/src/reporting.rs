//! Writing a report: gathers what the record holds of an item and keeps what was written.

use std::collections::BTreeSet;

use journal::ContentId;
use media::still::Still;
use media::time::FrameNo;
use store::event::Event;
use store::number::SourceNo;
use store::record::{Item, Mask, Match, Person, Series, Source};
use store::vocabulary::Verdict;

use crate::as_of::AsOf;
use crate::case::Case;
use crate::cited::Citing;
use crate::error::{Error, Kind, Result};
use crate::examine::TOOL;
use crate::masking::hide;
use crate::matching::Rejected;
use crate::report::{Figure, ReportData, cited_frames, render};
use crate::view::ItemRecord;

/// A report that was written and kept.
pub struct Written {
    /// Content id of its bytes, which the journal names.
    pub id: ContentId,
    /// The document.
    pub html: String,
}

impl Written {
    /// The same on paper: a PDF (PDF/A-2a, PDF/UA-1) laid out of these very bytes, so that it says nothing else. It has the
    /// same bytes whenever it is laid out by the same version of the program.
    ///
    /// # Errors
    /// The document cannot be laid out, which is a fault of the program.
    pub fn pdf(&self) -> Result<Vec<u8>> {
        on_paper(&[("report.html", &self.html)])
    }
}

/// One PDF of documents that link to each other by these names.
pub(crate) fn on_paper(documents: &[(&str, &str)]) -> Result<Vec<u8>> {
    let documents: Vec<paper::Document<'_>> = { documents.iter() }
        .map(|&(name, html)| paper::Document { name, html })
        .collect();
    let faulty = |why: paper::Error| {
        let hint = "the HTML says the same; please tell the makers of the program";
        Error::new(Kind::Failed, format!("the PDF was not made: {why}")).hint(hint)
    };
    paper::print(&documents).map_err(faulty)
}

impl Case {
    /// Writes the report on `item` as the record stands, keeps it, and enters that in the journal. Where
    /// the case is shown as it stood, the report is written and nothing is kept or entered.
    ///
    /// Its bytes depend on the journal alone, and not on entries at its end that say no more than that a
    /// report was written: so they are the same when it is written again, and as of its own entry.
    ///
    /// # Errors
    /// A cited frame cannot be given again, the decoder cannot be jailed, or the store fails.
    pub fn report(&self, item: &Item) -> Result<Written> {
        let (size, basis) = (self.store.head()?.size, self.reported_until()?);
        let html = if basis + 1 < size {
            self.as_of(&AsOf::Entry(basis))?.report_html(item)?
        } else {
            self.report_html(item)?
        };
        if self.writable().is_err() {
            let id = ContentId::of(html.as_bytes());
            return Ok(Written { id, html });
        }
        let id = self.blobs.put_bytes(html.as_bytes())?.id;
        self.record(&Event::ReportWritten {
            item: item.id,
            report: id,
            removed: item.removed.is_some(),
        })?;
        Ok(Written { id, html })
    }

    fn report_html(&self, item: &Item) -> Result<String> {
        let mut data = self.report_data(item)?;
        let cited: Vec<FrameNo> = cited_frames(&data).into_keys().collect();
        let masks = self.masks_to_show_under(item)?;
        for no in cited {
            data.figures
                .push(self.figure(item, no, &data.people, &masks)?);
        }
        Ok(render(&data))
    }

    /// The newest entry that a report has something to say of: not that one was written, nor the key of
    /// somebody whose first entry that was.
    fn reported_until(&self) -> Result<u64> {
        let mut size = self.store.head()?.size;
        while let Some(newest) = self.store.entry(size.saturating_sub(1))? {
            match newest.entry.kind.as_str() {
                "report.written" | "actor.registered" if size > 1 => size -= 1,
                _ => break,
            }
        }
        Ok(size.saturating_sub(1))
    }

    fn report_data(&self, item: &Item) -> Result<ReportData> {
        let head = self.store.head()?;
        let newest = self.store.entries(head.size.saturating_sub(1), 1)?;
        let readable = item.inspection.is_some() && item.removed.is_none();
        let examined = readable.then(|| self.examined(item)).transpose()?;
        let mut record = self.item_record(item)?;
        record.leave_out_withdrawn();
        let mut series = self.series(Some(item))?;
        series.retain(|one| one.withdrawn.is_none());
        for one in &mut series {
            one.items.retain(|it| it.withdrawn.is_none());
        }
        let mut matches = self.matches(Some(item), Rejected::Told)?;
        matches.retain(|one| one.verdict != Verdict::Rejected || cites(&record, &one.record));
        Ok(ReportData {
            case: self.name()?,
            as_of: newest
                .first()
                .map(|recorded| recorded.entry.at.clone())
                .unwrap_or_default(),
            head: self.head()?,
            tool: TOOL.to_owned(),
            part: None,
            item: item.clone(),
            removal: self.store.removal(&item.id)?,
            facts: examined.as_ref().map(|kept| kept.examination.facts.clone()),
            frames: examined.as_ref().map(|kept| kept.frames.clone()),
            findings: examined
                .map(|kept| kept.examination.findings.clone())
                .unwrap_or_default(),
            figures: Vec::new(),
            sources: self.sources_of(&record, &series)?,
            series,
            claims: record.claims,
            observations: record.observations,
            people: record.people,
            tags: record.tags,
            notes: record.notes,
            dates: record.dates,
            places: record.places,
            hypotheses: record.hypotheses,
            assessments: record.assessments,
            media_reviews: record.media_reviews,
            resemblances: record.resemblances,
            matches,
        })
    }

    /// The sources that claims or series name or that serve as evidence, and those that these have to do with, as they stand.
    fn sources_of(&self, record: &ItemRecord, series: &[Series]) -> Result<Vec<Source>> {
        let mut sources = self.sources()?;
        sources.retain(|source| source.withdrawn.is_none());
        sources.iter_mut().for_each(Source::leave_out_withdrawn);
        let claimed = record.claims.iter().filter_map(|it| it.made.source);
        let released = series.iter().filter_map(|it| it.begun.source);
        let citations = Citing::of(record).citations();
        let cited = citations.iter().filter_map(|it| it.address.parse().ok());
        let mut named: BTreeSet<SourceNo> = claimed.chain(released).chain(cited).collect();
        loop {
            let known = named.len();
            let reached = sources.iter().filter(|it| named.contains(&it.number));
            let ties: Vec<_> = reached.flat_map(|it| &it.ties).collect();
            named.extend(ties.iter().map(|it| it.related.to));
            if named.len() == known {
                break;
            }
        }
        sources.retain(|source| named.contains(&source.number));
        Ok(sources)
    }

    /// Frame `no` as a report shows it: under every one of `masks`, and without anybody of `people` who is protected.
    pub(crate) fn figure(
        &self,
        item: &Item,
        no: FrameNo,
        people: &[Person],
        masks: &[Mask],
    ) -> Result<Figure> {
        let mut still = Still::clone(&*self.still(item, no)?);
        let hidden = hide(&mut still, item, no.0, people, masks);
        Ok(Figure {
            no,
            width: still.width,
            height: still.height,
            pixel_hash: still.pixel_hash(),
            applied: crate::applied(&still.applied),
            masked: hidden.people,
            covered: hidden.masked,
            png: still.png(),
        })
    }
}

/// Whether somebody rests on `found` in what is recorded of an item.
fn cites(record: &ItemRecord, found: &Match) -> bool {
    let number = found.number.to_string();
    let citations = Citing::of(record).citations();
    { citations.iter() }.any(|it| it.address == number)
}
