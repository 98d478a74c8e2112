//! What is claimed, seen, supposed and judged. Nothing here is ever overwritten: a change is a new entry.

use std::collections::BTreeMap;
use std::str::FromStr;

use media::time::FrameNo;
use store::event::{
    AssessmentMade, ClaimMade, ClaimRated, ClaimStatusChanged, Event, Pin, Region, Span,
};
use store::number::{AssessmentNo, ClaimNo, HypothesisNo, SourceNo};
pub use store::record::Actor as Signer;
use store::record::{Assessment, Claim, Hypothesis, Item, Observation};
use store::search::{Query, WHOLE_CASE};
use store::vocabulary::{Bearing, ClaimRelation, ClaimStatus, Confidence, Likelihood, RecordKind};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::timeline::Timeline;
use crate::view::ItemRecord;

/// Hypotheses whose assessments are asked for at a time.
const HYPOTHESES: usize = 50;

/// Where in an item, as a person says it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Where {
    /// First frame; the whole item when absent.
    pub first: Option<Place>,
    /// Last frame, included; the first one when absent.
    pub last: Option<Place>,
    /// Box in display pixels of the first frame.
    pub region: Option<Region>,
}

/// A claim to record.
#[derive(Clone, Debug)]
pub struct NewClaim {
    /// In the item or about it.
    pub relation: ClaimRelation,
    /// The words.
    pub text: String,
    /// Who makes it, in words.
    pub claimant: Option<String>,
    /// Who makes it, as a source of the case.
    pub source: Option<SourceNo>,
    /// Language of the words, BCP 47.
    pub language: Option<String>,
    /// When it was made.
    pub asserted: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// A judgement to record.
#[derive(Clone, Debug)]
pub struct NewAssessment {
    /// The hypothesis judged.
    pub hypothesis: HypothesisNo,
    /// Whose judgement it is.
    pub assessor: String,
    /// How likely.
    pub likelihood: Likelihood,
    /// How sure of the basis.
    pub confidence: Confidence,
    /// Why.
    pub reasons: String,
    /// Numbers of the evidence.
    pub evidence: Vec<String>,
    /// The assessment that it revises.
    pub supersedes: Option<AssessmentNo>,
}

impl Case {
    /// Records a claim in or about `item`.
    ///
    /// # Errors
    /// The place does not exist, the source is unknown, the words are empty, or the store fails. So for every
    /// verb below.
    pub fn claim(&self, item: &Item, at: Where, claim: NewClaim) -> Result<Claim> {
        let pin = self.pin(item, at)?;
        let NewClaim {
            relation,
            text,
            claimant,
            source,
            language,
            asserted,
            url,
        } = claim;
        let made = ClaimMade {
            relation,
            pin,
            claimant,
            source,
            text,
            language,
            asserted,
            url,
        };
        let entry = self.record(&Event::ClaimMade(made))?.seq;
        self.made_by(entry)
    }

    /// Changes the status of a claim; the earlier status stays in its history.
    ///
    /// # Errors
    /// There is neither reason nor evidence, something cited does not exist, or the store fails.
    pub fn set_status(
        &self,
        claim: ClaimNo,
        status: ClaimStatus,
        reason: String,
        evidence: Vec<String>,
    ) -> Result<Claim> {
        self.record(&Event::ClaimStatusChanged(ClaimStatusChanged {
            claim,
            status,
            reason,
            evidence,
        }))?;
        self.by_number(claim)
    }

    /// Records how credible somebody holds a claim to be; the same person's earlier rating is superseded.
    ///
    /// # Errors
    /// There is neither reason nor evidence, something cited does not exist, or the store fails.
    pub fn rate_claim(&self, rated: ClaimRated) -> Result<Claim> {
        let claim = rated.claim;
        self.record(&Event::ClaimRated(rated))?;
        self.by_number(claim)
    }

    /// Claims in and about `item`, or every claim of the case.
    ///
    /// # Errors
    /// The store fails.
    pub fn claims(&self, item: Option<&Item>) -> Result<Vec<Claim>> {
        match item {
            None => Ok(self.store.claims()?),
            Some(item) => {
                let mut claims: Vec<Claim> = self.about(RecordKind::Claim, item)?;
                claims.retain(|claim| claim.made.pin.item == item.id);
                Ok(claims)
            }
        }
    }

    /// What people saw in `item`, or in every item of the case.
    ///
    /// # Errors
    /// The store fails.
    pub fn observations(&self, item: Option<&Item>) -> Result<Vec<Observation>> {
        match item {
            None => Ok(self.store.observations()?),
            Some(item) => {
                let mut seen: Vec<Observation> = self.about(RecordKind::Observation, item)?;
                seen.retain(|one| one.made.pin.item == item.id);
                Ok(seen)
            }
        }
    }

    /// States a possible explanation of `item`, or of the whole case.
    ///
    /// # Errors
    /// The text is empty, or the store fails.
    pub fn suppose(&self, item: Option<&Item>, text: String) -> Result<Hypothesis> {
        let event = Event::HypothesisStated {
            text,
            item: item.map(|item| item.id),
        };
        let entry = self.record(&event)?.seq;
        self.made_by(entry)
    }

    /// Weighs a piece of evidence against a hypothesis.
    ///
    /// # Errors
    /// The hypothesis or the evidence does not exist, or the store fails.
    pub fn link(
        &self,
        hypothesis: HypothesisNo,
        evidence: String,
        bearing: Bearing,
        reason: String,
    ) -> Result<Hypothesis> {
        self.record(&Event::EvidenceLinked {
            hypothesis,
            evidence,
            bearing,
            reason,
        })?;
        self.by_number(hypothesis)
    }

    /// Records a judgement, or a revision of one.
    ///
    /// # Errors
    /// Something cited does not exist, the revised assessment is another's or was revised already, or
    /// the store fails.
    pub fn assess(&self, new: NewAssessment) -> Result<Assessment> {
        let NewAssessment {
            hypothesis,
            assessor,
            likelihood,
            confidence,
            reasons,
            evidence,
            supersedes,
        } = new;
        let made = AssessmentMade {
            hypothesis,
            assessor,
            likelihood,
            confidence,
            reasons,
            evidence,
            supersedes,
        };
        let entry = self.record(&Event::AssessmentMade(made))?.seq;
        self.made_by(entry)
    }

    /// Explanations of `item` and of the whole case, or every one.
    ///
    /// # Errors
    /// The store fails.
    pub fn hypotheses(&self, item: Option<&Item>) -> Result<Vec<Hypothesis>> {
        let Some(item) = item else {
            return Ok(self.store.hypotheses()?);
        };
        let mut hypotheses: Vec<Hypothesis> = self.about(RecordKind::Hypothesis, item)?;
        hypotheses.retain(|one| one.item == Some(item.id));
        hypotheses.extend(self.hypotheses_of_the_case()?);
        hypotheses.sort_by_key(|one| one.number);
        Ok(hypotheses)
    }

    /// Explanations of the whole case, and of no single item.
    ///
    /// # Errors
    /// The store fails.
    pub fn hypotheses_of_the_case(&self) -> Result<Vec<Hypothesis>> {
        let kind = RecordKind::Hypothesis;
        let of_the_case = Query {
            with: vec![WHOLE_CASE.to_owned()],
            ..Query::of(kind)
        };
        self.every(kind, &of_the_case)
    }

    /// Judgements of `hypotheses`, superseded ones included, in the order they were made.
    ///
    /// # Errors
    /// The store fails.
    pub fn assessments(&self, hypotheses: &[Hypothesis]) -> Result<Vec<Assessment>> {
        let kind = RecordKind::Assessment;
        let mut assessments: Vec<Assessment> = Vec::new();
        for some in hypotheses.chunks(HYPOTHESES) {
            let cites = some.iter().map(|one| one.number.to_string()).collect();
            let citing = Query {
                cites,
                ..Query::of(kind)
            };
            let judged =
                |made: &Assessment| some.iter().any(|one| one.number == made.made.hypothesis);
            let found: Vec<Assessment> = self.every(kind, &citing)?;
            assessments.extend(found.into_iter().filter(judged));
        }
        assessments.sort_by_key(|made| made.number);
        Ok(assessments)
    }

    /// Everything recorded of `item`.
    ///
    /// # Errors
    /// The store fails.
    pub fn item_record(&self, item: &Item) -> Result<ItemRecord> {
        let hypotheses = self.hypotheses(Some(item))?;
        let record = ItemRecord {
            claims: self.claims(Some(item))?,
            observations: self.observations(Some(item))?,
            assessments: self.assessments(&hypotheses)?,
            media_reviews: self.media_reviews(Some(item))?,
            resemblances: self.resemblances(Some(item))?,
            dates: self.dates(Some(item))?,
            places: self.places(Some(item))?,
            hypotheses,
            people: self.people(Some(item))?,
            tags: Vec::new(),
            notes: Vec::new(),
            cited: BTreeMap::new(),
        };
        self.remarked(item, record)
    }

    pub(crate) fn pin(&self, item: &Item, at: Where) -> Result<Pin> {
        let span = self.stretch(item, at.first, at.last)?;
        if at.region.is_some() && span.is_none() {
            return Err(
                Error::usage("a region needs a frame").hint("name the frame that the region is on")
            );
        }
        Ok(Pin {
            item: item.id,
            span,
            region: at.region,
        })
    }

    /// The frames from `first` to `last`, or that one; nothing for the whole item.
    pub(crate) fn stretch(
        &self,
        item: &Item,
        first: Option<Place>,
        last: Option<Place>,
    ) -> Result<Option<Span>> {
        match (first, last) {
            (None, None) => Ok(None),
            (None, Some(_)) => {
                Err(Error::usage("a last frame needs a first one").hint("name the first frame too"))
            }
            (Some(first), last) => self.span(item, first, last.unwrap_or(first)).map(Some),
        }
    }

    fn span(&self, item: &Item, first: Place, last: Place) -> Result<Span> {
        let examined = self.examined(item)?;
        let timeline = Timeline::new(&examined.frames);
        let (first, last): (FrameNo, FrameNo) = (timeline.find(first)?, timeline.find(last)?);
        timeline.span(first, last)
    }
}

/// `x,y,width,height` in display pixels.
///
/// # Errors
/// It is not four whole numbers, or the box is empty.
pub fn region(text: &str) -> Result<Region> {
    let numbers: Vec<u32> = text
        .split(',')
        .map_while(|part| u32::from_str(part.trim()).ok())
        .collect();
    match numbers.as_slice() {
        [x, y, width, height] if *width > 0 && *height > 0 && text.split(',').count() == 4 => {
            Ok(Region {
                x: *x,
                y: *y,
                width: *width,
                height: *height,
            })
        }
        _ => Err(Error::usage(format!("{text:?} is not a region"))
            .hint("write x,y,width,height in pixels, such as 120,80,64,48")),
    }
}
