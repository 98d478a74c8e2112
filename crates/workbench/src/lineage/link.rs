//! Which of two items may come from the other, as far as times or extents say.

use std::collections::BTreeMap;

use store::number::ItemNo;

use super::Member;
use super::footage::by;
use crate::view::{Basis, Link, MatchView, SharedSpan};

/// An item lies in another when at least this part of its frames is shared.
const WITHIN: f64 = 0.9;

/// And the other has more when at most this part of its own is.
const MORE_AROUND: f64 = 0.8;

/// One link for each pair of items that have a match, in the order of `members`.
pub(super) fn links(members: &[Member], matches: &[MatchView]) -> Vec<Link> {
    let rank = |item: ItemNo| members.iter().position(|one| one.shown.number == item);
    let mut pairs: BTreeMap<(usize, usize), Vec<&MatchView>> = BTreeMap::new();
    for one in matches {
        // Both are members: they come from these very matches.
        if let (Some(query), Some(reference)) = (rank(one.query_item), rank(one.reference_item)) {
            let pair = (query.min(reference), query.max(reference));
            pairs.entry(pair).or_default().push(one);
        }
    }
    pairs
        .into_iter()
        .map(|((earlier, later), shared)| link(&members[earlier], &members[later], &shared))
        .collect()
}

/// What `one`, first in order, and `other` share.
fn link(one: &Member, other: &Member, matches: &[&MatchView]) -> Link {
    let within = [part(one, matches), part(other, matches)];
    let inside = |at: usize| within[at] >= WITHIN && within[1 - at] <= MORE_AROUND;
    let decided = match (one.told(), other.told()) {
        (Some(first), Some(second)) => first.window.is_before(second.window),
        _ => false,
    };
    let mut reasons = Vec::new();
    let (basis, from, to) = if decided {
        reasons.extend(earlier(one, other));
        reasons.extend(inside(0).then(|| against(one, other)));
        (Basis::Time, other, one)
    } else {
        reasons.push(undecided(one, other));
        match (inside(0), inside(1)) {
            (true, _) => (Basis::Extent, one, other),
            (_, true) => (Basis::Extent, other, one),
            _ => (Basis::Unknown, other, one),
        }
    };
    if inside(0) != inside(1) && (!decided || inside(1)) {
        let (small, large) = if inside(0) {
            (one, other)
        } else {
            (other, one)
        };
        reasons.push(format!(
            "{} contains more of the footage: nearly all of {} is in it.",
            large.shown.number, small.shown.number
        ));
    }
    if matches.iter().any(|view| view.record.found.mirrored) {
        let sides = "One of them is mirrored; which one, these pictures do not say.";
        reasons.push(sides.to_owned());
    }
    let spans = matches.iter().map(|view| shared(from, view)).collect();
    Link {
        from: from.shown.number,
        to: to.shown.number,
        basis,
        reasons,
        spans,
    }
}

/// The part of the frames of `member` that these matches cover.
fn part(member: &Member, matches: &[&MatchView]) -> f64 {
    let mut spans: Vec<[u32; 2]> = matches
        .iter()
        .map(|view| {
            let found = &view.record.found;
            let own = if view.query_item == member.shown.number {
                &found.query_span
            } else {
                &found.reference_span
            };
            [own.first.no, own.last.no]
        })
        .collect();
    spans.sort_unstable();
    let (mut covered, mut next) = (0, 0);
    for [first, last] in spans {
        let first = first.max(next);
        covered += (last + 1).saturating_sub(first);
        next = next.max(last + 1);
    }
    f64::from(covered) / f64::from(member.shown.frames.max(1))
}

fn earlier(one: &Member, other: &Member) -> Option<String> {
    let (first, second) = (one.told()?, other.told()?);
    Some(format!(
        "{} is known earlier: {}; {}: {}.",
        one.shown.number,
        by(first),
        other.shown.number,
        by(second)
    ))
}

/// What does not fit: the earlier one has nothing that the later one lacks.
fn against(one: &Member, other: &Member) -> String {
    format!(
        "Nearly all of {} is in {}, which has more: {0} alone cannot be all that {1} was made from.",
        one.shown.number, other.shown.number
    )
}

fn undecided(one: &Member, other: &Member) -> String {
    let untold: Vec<String> = [one, other]
        .into_iter()
        .filter(|member| member.told().is_none())
        .map(|member| member.shown.number.to_string())
        .collect();
    if untold.is_empty() {
        return format!(
            "Times do not decide: those of {} and {} overlap.",
            one.shown.number, other.shown.number
        );
    }
    format!(
        "Times do not decide: of {} nothing is known but when this case got it.",
        untold.join(" and ")
    )
}

fn shared(from: &Member, view: &MatchView) -> SharedSpan {
    let found = &view.record.found;
    let query = (
        [found.query_span.first.no, found.query_span.last.no],
        view.query_seconds,
    );
    let reference = (
        [found.reference_span.first.no, found.reference_span.last.no],
        view.reference_seconds,
    );
    let (from, to, speed) = if view.query_item == from.shown.number {
        (query, reference, view.speed)
    } else {
        (reference, query, 1.0 / view.speed)
    };
    SharedSpan {
        number: view.record.number,
        from_frames: from.0,
        from_seconds: from.1,
        to_frames: to.0,
        to_seconds: to.1,
        mirrored: found.mirrored,
        speed,
        score: view.score,
        verdict: view.verdict,
    }
}
