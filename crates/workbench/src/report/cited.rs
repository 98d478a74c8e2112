//! Which frames the record cites, by what, and where in the picture.

use std::collections::BTreeMap;

use media::time::FrameNo;
use store::Evidence;
use store::event::{Pin, Region};

use super::data::ReportData;
use super::messages::REPORT;
use crate::cited::Citing;

/// One reason why a frame is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Number of what cites it, such as `O2`.
    pub by: String,
    /// Its words.
    pub text: String,
    /// The area it points at; only where the frame is the first of its span.
    pub region: Option<Region>,
}

/// The frames that claims, observations, dates, places, matches and evidence cite: the first and the last of each
/// span. Frames beyond the index are left out.
pub fn cited_frames(data: &ReportData) -> BTreeMap<FrameNo, Vec<Citation>> {
    let words = &REPORT.figures;
    let mut cited = Cited {
        frames: BTreeMap::new(),
        data,
    };
    for claim in &data.claims {
        cited.pin(&claim.number.to_string(), &claim.made.text, &claim.made.pin);
    }
    for observation in &data.observations {
        cited.pin(
            &observation.number.to_string(),
            &observation.made.text,
            &observation.made.pin,
        );
    }
    for judged in &data.resemblances {
        let made = &judged.made;
        for side in [&made.one, &made.other] {
            cited.pin(&judged.number.to_string(), &made.subject, side);
        }
    }
    for date in &data.dates {
        let text = (words.dated)(&date.dated.from);
        cited.pin(&date.number.to_string(), &text, &date.dated.pin);
    }
    for place in &data.places {
        let text = (words.placed)(&place.placed.name);
        cited.pin(&place.number.to_string(), &text, &place.placed.pin);
    }
    for person in &data.people {
        for it in &person.appearances {
            cited.pin(
                &person.number.to_string(),
                &person.entered.description,
                &it.appears.pin,
            );
        }
    }
    cited.matches();
    cited.addressed();
    cited.frames
}

struct Cited<'a> {
    frames: BTreeMap<FrameNo, Vec<Citation>>,
    data: &'a ReportData,
}

impl Cited<'_> {
    fn pin(&mut self, by: &str, text: &str, pin: &Pin) {
        if let Some(span) = pin.span.as_ref().filter(|_| pin.item == self.data.item.id) {
            self.ends(by, text, [span.first.no, span.last.no], pin.region);
        }
    }

    fn matches(&mut self) {
        for reuse in &self.data.matches {
            let found = &reuse.record.found;
            let (span, other) = if found.query == self.data.item.id {
                (&found.query_span, &reuse.reference_name)
            } else {
                (&found.reference_span, &reuse.query_name)
            };
            let text = (REPORT.figures.shared_with)(other);
            self.ends(
                &reuse.record.number.to_string(),
                &text,
                [span.first.no, span.last.no],
                None,
            );
        }
    }

    /// Findings and frames of the item that are named as evidence.
    fn addressed(&mut self) {
        for it in citing(self.data).citations() {
            match it.address.parse() {
                Ok(Evidence::Frames(item, first, last)) if item == self.data.item.number => {
                    self.ends(&it.by, it.words, [first, last], None);
                }
                Ok(Evidence::Finding(item, number)) if item == self.data.item.number => {
                    let mut shown = self.data.shown_findings();
                    let finding = shown.find(|(at, _)| *at == number).map(|(_, it)| it);
                    if let Some((span, finding)) = finding.and_then(|one| one.span.zip(Some(one))) {
                        let frames = [span.first.0, span.last.0];
                        self.ends(it.address, &finding.summary, frames, None);
                    }
                }
                _ => {}
            }
        }
    }

    fn ends(&mut self, by: &str, text: &str, [first, last]: [u32; 2], region: Option<Region>) {
        self.cite(
            first,
            Citation {
                by: by.to_owned(),
                text: text.to_owned(),
                region,
            },
        );
        if last != first {
            self.cite(
                last,
                Citation {
                    by: by.to_owned(),
                    text: text.to_owned(),
                    region: None,
                },
            );
        }
    }

    fn cite(&mut self, no: u32, citation: Citation) {
        if !self.data.has_frame(FrameNo(no)) {
            return;
        }
        let reasons = self.frames.entry(FrameNo(no)).or_default();
        if !reasons.contains(&citation) {
            reasons.push(citation);
        }
    }
}

fn citing(data: &ReportData) -> Citing<'_> {
    Citing {
        observations: &data.observations,
        claims: &data.claims,
        hypotheses: &data.hypotheses,
        assessments: &data.assessments,
        reviews: data.media_reviews.iter().map(|it| &it.record).collect(),
        dates: &data.dates,
        places: &data.places,
    }
}
