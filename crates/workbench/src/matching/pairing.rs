//! Two sides of an alignment, each with its clock.

use std::sync::Arc;

use journal::ContentId;
use media::index::FrameIndex;
use media::time::FrameNo;
use reuse::{Alignment, Evidence, Part, Side};
use store::event::{Learned, MatchBasis, MatchFound, Span};
use store::record::{Item, Match};
use store::vocabulary::Shared;

use crate::case::{Case, Examined};
use crate::error::Result;
use crate::timeline::Timeline;
use crate::view::Found;

/// Whose footage is looked for.
pub(super) struct Query<'a> {
    pub(super) name: String,
    pub(super) item: Option<&'a Item>,
    pub(super) frames: &'a FrameIndex,
}

/// A query and a reference, each with its clock.
pub(super) struct Pairing<'a> {
    query: &'a Query<'a>,
    reference: &'a Item,
    reference_examined: Arc<Examined>,
}

impl<'a> Pairing<'a> {
    pub(super) fn new(case: &Case, query: &'a Query<'a>, reference: &'a Item) -> Result<Self> {
        Ok(Self {
            query,
            reference,
            reference_examined: case.examined(reference)?,
        })
    }

    /// What was found now, not recorded; by which descriptor, where one found it.
    pub(super) fn found(&self, alignment: &Alignment, learned: Option<&Learned>) -> Result<Found> {
        let (query, reference) = self.spans(alignment)?;
        let score = f64::from(alignment.score).clamp(0.0, 1.0);
        let found = self.lay(&query, &reference);
        Ok(Found {
            score,
            mirrored: alignment.mirrored,
            speed: alignment.speed,
            basis: Some(basis(alignment, learned)),
            ..found
        })
    }

    /// What is to be recorded; by which descriptor it was found, where one found it.
    pub(super) fn event(
        &self,
        query: &ContentId,
        alignment: &Alignment,
        learned: Option<&Learned>,
    ) -> Result<MatchFound> {
        let (query_span, reference_span) = self.spans(alignment)?;
        Ok(MatchFound {
            query: *query,
            query_span,
            reference: self.reference.id,
            reference_span,
            score_permille: permille(f64::from(alignment.score).clamp(0.0, 1.0)),
            mirrored: alignment.mirrored,
            speed_permille: permille(alignment.speed),
            tool: reuse::METHOD.to_owned(),
            basis: Some(basis(alignment, learned)),
        })
    }

    /// What the record says, seen from the query: a number never comes with other spans than its own.
    pub(super) fn recorded(&self, record: &Match) -> Found {
        let made = &record.found;
        let mut basis = made.basis.clone();
        let speed = f64::from(made.speed_permille) / 1000.0;
        let (found, speed) = if made.reference == self.reference.id {
            (self.lay(&made.query_span, &made.reference_span), speed)
        } else {
            basis = basis.as_ref().map(turned);
            let found = self.lay(&made.reference_span, &made.query_span);
            (found, 1.0 / speed)
        };
        Found {
            score: f64::from(made.score_permille) / 1000.0,
            mirrored: made.mirrored,
            speed,
            number: Some(record.number.to_string()),
            verdict: Some(record.verdict()),
            basis,
            ..found
        }
    }

    fn spans(&self, alignment: &Alignment) -> Result<(Span, Span)> {
        Ok((
            span(&Timeline::new(self.query.frames), &alignment.query)?,
            span(
                &Timeline::new(&self.reference_examined.frames),
                &alignment.reference_side,
            )?,
        ))
    }

    fn lay(&self, query: &Span, reference: &Span) -> Found {
        Found {
            query: self.query.name.clone(),
            reference: self.reference.name.clone(),
            query_span: Timeline::new(self.query.frames).seconds(query),
            reference_span: Timeline::new(&self.reference_examined.frames).seconds(reference),
            score: 0.0,
            query_frames: [query.first.no, query.last.no],
            reference_frames: [reference.first.no, reference.last.no],
            mirrored: false,
            speed: 1.0,
            query_item: self.query.item.map(|item| item.number),
            reference_item: self.reference.number,
            number: None,
            verdict: None,
            basis: None,
        }
    }
}

/// What an alignment rests on, as it is recorded.
fn basis(alignment: &Alignment, learned: Option<&Learned>) -> MatchBasis {
    let thousandths = |part: Part| {
        [part.x, part.y, part.width, part.height].map(|share| permille(f64::from(share)))
    };
    MatchBasis {
        shared: match alignment.evidence {
            Evidence::Picture => Shared::Picture,
            Evidence::Sound => Shared::Sound,
            Evidence::Both => Shared::Both,
            Evidence::Learned => Shared::Learned,
        },
        pairs: alignment
            .pairs
            .iter()
            .map(|pair| [pair.query, pair.reference])
            .collect(),
        in_query: alignment.alteration.map(|it| thousandths(it.in_query)),
        in_reference: alignment.alteration.map(|it| thousandths(it.in_reference)),
        learned: learned.cloned().map(Box::new),
    }
}

/// The same, seen from the other side.
fn turned(basis: &MatchBasis) -> MatchBasis {
    MatchBasis {
        pairs: basis.pairs.iter().map(|&[a, b]| [b, a]).collect(),
        in_query: basis.in_reference,
        in_reference: basis.in_query,
        shared: basis.shared,
        learned: basis.learned.clone(),
    }
}

fn span(timeline: &Timeline<'_>, side: &Side) -> Result<Span> {
    timeline.span(FrameNo(side.first), FrameNo(side.last))
}

/// Thousandths, rounded; factors beyond a thousandfold do not occur.
fn permille(value: f64) -> u32 {
    (value.clamp(0.0, 1000.0) * 1000.0).round() as u32
}
