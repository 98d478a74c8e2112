//! Which matches are on record already, so that none is recorded twice or told again after a reviewer
//! rejected it.

use store::event::{Event, MatchFound, Span};
use store::record::Match;
use store::vocabulary::{RecordKind, Verdict};

use crate::case::{Case, lock};
use crate::error::Result;

/// Two matches of the same pair are one when they share at least this part of the shorter, on both sides.
const SAME: f64 = 0.5;

/// A reviewer who rejected a match has seen at least this part of one that is to stay quiet with it.
const SEEN: f64 = 0.5;

impl Case {
    /// The record of a match: the one there is, found before from this side or the other, or a new one.
    pub(super) fn record_match(&self, made: MatchFound) -> Result<Match> {
        // Two threads that find the same footage from both sides record it once.
        let _alone = lock(&self.recording);
        let (kind, query) = (RecordKind::Match, [made.query]);
        if let Some(known) = known(self.about_all(kind, &query)?, &made) {
            return Ok(known);
        }
        let entry = self.record(&Event::MatchFound(made))?.seq;
        self.made_by(entry)
    }
}

/// The match on record that `made` is: one that stands before one that was rejected.
fn known(mut recorded: Vec<Match>, made: &MatchFound) -> Option<Match> {
    let rejected = |known: &Match| known.verdict() == Verdict::Rejected;
    recorded.retain(|known| match rejected(known) {
        false => same(&known.found, made) && says(&known.found, made),
        true => same(&known.found, made) && seen(&known.found, made),
    });
    let at = recorded.iter().position(|known| !rejected(known));
    (!recorded.is_empty()).then(|| recorded.swap_remove(at.unwrap_or(0)))
}

/// Whether two matches are of the same footage of the same two items, whichever of them was the query.
fn same(one: &MatchFound, other: &MatchFound) -> bool {
    one.mirrored == other.mirrored && both_sides(one, other, overlap)
}

/// Whether what stands on record says what was found now: what a learned descriptor found stands for what
/// the same one finds again, and for nothing else.
fn says(known: &MatchFound, made: &MatchFound) -> bool {
    let learned = |found: &MatchFound| found.basis.as_ref()?.learned.clone();
    let Some(known) = learned(known) else {
        return true;
    };
    learned(made).is_some_and(|made| made.model == known.model)
}

/// Whether two spans of an item are of the same footage.
pub(crate) fn overlap(a: &Span, b: &Span) -> bool {
    let frames = |span: &Span| [span.first.no, span.last.no];
    overlap_of(frames(a), frames(b))
}

/// The same of first and last frames.
pub(super) fn overlap_of(a: [u32; 2], b: [u32; 2]) -> bool {
    let length = |[first, last]: [u32; 2]| f64::from(last - first) + 1.0;
    let (start, end) = (a[0].max(b[0]), a[1].min(b[1]));
    // Negative where frames lie between them.
    let shared = f64::from(end) - f64::from(start) + 1.0;
    shared / length(a).min(length(b)) >= SAME
}

/// Whether whoever looked at `known` has seen enough of `made`: a find much longer than what was
/// rejected is a new one.
fn seen(known: &MatchFound, made: &MatchFound) -> bool {
    both_sides(known, made, |known, made| {
        shared(known, made) / length(made) >= SEEN
    })
}

/// Whether `hold` holds of the spans of both items.
fn both_sides(one: &MatchFound, other: &MatchFound, hold: impl Fn(&Span, &Span) -> bool) -> bool {
    let straight = one.query == other.query && one.reference == other.reference;
    let crossed = one.query == other.reference && one.reference == other.query;
    (straight
        && hold(&one.query_span, &other.query_span)
        && hold(&one.reference_span, &other.reference_span))
        || (crossed
            && hold(&one.query_span, &other.reference_span)
            && hold(&one.reference_span, &other.query_span))
}

/// Frames that lie in both spans of an item; negative where frames lie between them.
fn shared(a: &Span, b: &Span) -> f64 {
    let (start, end) = (a.first.no.max(b.first.no), a.last.no.min(b.last.no));
    f64::from(end) - f64::from(start) + 1.0
}

/// Frames of a span.
fn length(span: &Span) -> f64 {
    f64::from(span.last.no - span.first.no) + 1.0
}

#[cfg(test)]
mod tests {
    use journal::ContentId;
    use store::event::{FrameRef, Learned, MatchBasis};
    use store::number::MatchNo;
    use store::record::{Origin, Review};
    use store::vocabulary::Shared;

    use super::*;

    fn span(first: u32, last: u32) -> Span {
        let frame = |no| FrameRef {
            no,
            pts: None,
            hash: String::new(),
        };
        Span {
            time_base: [1, 25],
            start: i64::from(first),
            end: i64::from(last) + 1,
            first: frame(first),
            last: frame(last),
        }
    }

    fn found(query: (u8, u32, u32), reference: (u8, u32, u32)) -> MatchFound {
        MatchFound {
            query: ContentId([query.0; 32]),
            query_span: span(query.1, query.2),
            reference: ContentId([reference.0; 32]),
            reference_span: span(reference.1, reference.2),
            score_permille: 900,
            mirrored: false,
            speed_permille: 1000,
            tool: "a method".to_owned(),
            basis: None,
        }
    }

    fn recorded(number: u32, found: MatchFound, verdict: Option<Verdict>) -> Match {
        let origin = Origin {
            entry: u64::from(number),
            at: String::new(),
            actor: "Ada".to_owned(),
        };
        let review = |verdict| Review {
            origin: origin.clone(),
            verdict,
            note: None,
        };
        Match {
            number: MatchNo(number),
            origin: origin.clone(),
            found,
            reviews: verdict.map(review).into_iter().collect(),
        }
    }

    fn number(recorded: &[Match], made: &MatchFound) -> Option<u32> {
        known(recorded.to_vec(), made).map(|known| known.number.0)
    }

    #[test]
    fn a_match_is_known_from_either_side_where_half_of_the_shorter_is_shared() {
        let kept = [recorded(1, found((1, 0, 99), (2, 100, 199)), None)];
        assert_eq!(number(&kept, &found((1, 50, 149), (2, 150, 249))), Some(1));
        assert_eq!(number(&kept, &found((2, 100, 199), (1, 0, 99))), Some(1));
        assert_eq!(number(&kept, &found((1, 51, 150), (2, 151, 250))), None);
        // The query is the same, the reference is elsewhere: the footage is in there twice.
        assert_eq!(number(&kept, &found((1, 0, 99), (2, 300, 399))), None);
        let mirrored = MatchFound {
            mirrored: true,
            ..found((1, 0, 99), (2, 100, 199))
        };
        assert_eq!(number(&kept, &mirrored), None);
    }

    #[test]
    fn a_rejected_match_keeps_quiet_what_the_reviewer_has_seen_and_no_more() {
        let kept = [recorded(
            1,
            found((1, 0, 99), (2, 100, 199)),
            Some(Verdict::Rejected),
        )];
        assert_eq!(number(&kept, &found((1, 10, 89), (2, 110, 189))), Some(1));
        assert_eq!(number(&kept, &found((2, 100, 299), (1, 0, 199))), Some(1));
        assert_eq!(number(&kept, &found((1, 0, 200), (2, 100, 300))), None);
        assert_eq!(number(&kept, &found((1, 400, 499), (2, 500, 599))), None);
    }

    #[test]
    fn of_two_that_it_may_be_the_one_that_stands_is_told() {
        let kept = [
            recorded(1, found((1, 0, 99), (2, 100, 199)), Some(Verdict::Rejected)),
            recorded(2, found((1, 40, 139), (2, 140, 239)), None),
        ];
        assert_eq!(number(&kept, &found((1, 20, 119), (2, 120, 219))), Some(2));
        assert_eq!(number(&kept, &found((1, 0, 60), (2, 100, 160))), Some(1));
    }

    #[test]
    fn what_a_descriptor_found_stands_for_what_the_same_one_finds_and_a_reviewers_word_for_all() {
        let by = |model: &[u8], found: MatchFound| MatchFound {
            basis: Some(MatchBasis {
                shared: Shared::Learned,
                pairs: Vec::new(),
                in_query: None,
                in_reference: None,
                learned: Some(Box::new(Learned {
                    name: "one".to_owned(),
                    version: "1".to_owned(),
                    model: ContentId::of(model),
                    description: ContentId::of(b""),
                    runtime: String::new(),
                })),
            }),
            ..found
        };
        let footage = || found((1, 0, 99), (2, 100, 199));
        let kept = |verdict| [recorded(1, by(b"a", footage()), verdict)];
        assert_eq!(number(&kept(None), &by(b"a", footage())), Some(1));
        assert_eq!(number(&kept(None), &by(b"b", footage())), None);
        assert_eq!(number(&kept(None), &footage()), None);
        let ordinary = [recorded(2, footage(), None)];
        assert_eq!(number(&ordinary, &by(b"a", footage())), Some(2));
        let rejected = kept(Some(Verdict::Rejected));
        assert_eq!(number(&rejected, &footage()), Some(1));
    }
}
