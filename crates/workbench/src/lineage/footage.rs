//! Pieces of footage that several items show, and where each is known earliest.

use std::collections::BTreeMap;

use store::event::Span;
use store::number::{ItemNo, MatchNo};

use super::Member;
use super::sets::Sets;
use crate::matching::overlap;
use crate::view::{Appearance, Footage, MatchView};

/// One side of a match.
struct Side<'a> {
    item: ItemNo,
    span: &'a Span,
    seconds: [f64; 2],
    number: MatchNo,
}

/// The pieces of footage in `matches`, in the order in which they appear in the first of `members`.
/// Spans of one item are the same piece where they overlap as much as matches must to be the same.
pub(super) fn footage(members: &[Member], matches: &[MatchView]) -> Vec<Footage> {
    let sides: Vec<Side<'_>> = matches.iter().flat_map(sides).collect();
    let mut sets = Sets::new(sides.len());
    for (at, one) in sides.iter().enumerate() {
        // Both sides of a match are neighbours here.
        sets.join(at, at | 1);
        for (other_at, other) in sides.iter().enumerate().take(at) {
            if one.item == other.item && overlap(one.span, other.span) {
                sets.join(at, other_at);
            }
        }
    }
    let mut pieces: BTreeMap<usize, Vec<&Side<'_>>> = BTreeMap::new();
    for (at, side) in sides.iter().enumerate() {
        pieces.entry(sets.of(at)).or_default().push(side);
    }
    let mut footage: Vec<Footage> = pieces.values().map(|piece| told(members, piece)).collect();
    let place = |one: &Footage| {
        let first = one.appearances.first();
        let rank = |item| {
            members
                .iter()
                .position(|member| member.shown.number == item)
        };
        first.map(|first| (rank(first.item), first.frames[0]))
    };
    footage.sort_by_key(place);
    footage
}

fn sides(view: &MatchView) -> [Side<'_>; 2] {
    let (found, number) = (&view.record.found, view.record.number);
    [
        Side {
            item: view.query_item,
            span: &found.query_span,
            seconds: view.query_seconds,
            number,
        },
        Side {
            item: view.reference_item,
            span: &found.reference_span,
            seconds: view.reference_seconds,
            number,
        },
    ]
}

fn told(members: &[Member], piece: &[&Side<'_>]) -> Footage {
    let mut appearances = Vec::new();
    let mut shown = Vec::new();
    for member in members {
        let own = piece.iter().filter(|side| side.item == member.shown.number);
        let places = places(own.copied().collect());
        if !places.is_empty() {
            shown.push(member);
        }
        appearances.extend(places);
    }
    let (earliest, why) = earliest(&shown);
    Footage {
        appearances,
        earliest,
        why,
    }
}

/// Where one item shows the footage: spans that overlap are one place.
fn places(mut sides: Vec<&Side<'_>>) -> Vec<Appearance> {
    sides.sort_by_key(|side| side.span.first.no);
    let mut places: Vec<Appearance> = Vec::new();
    for side in sides {
        let (first, last) = (side.span.first.no, side.span.last.no);
        match places.last_mut().filter(|place| first <= place.frames[1]) {
            Some(place) => {
                place.frames[1] = place.frames[1].max(last);
                place.seconds[1] = place.seconds[1].max(side.seconds[1]);
                place.matches.push(side.number);
            }
            None => places.push(Appearance {
                item: side.item,
                frames: [first, last],
                seconds: side.seconds,
                matches: vec![side.number],
            }),
        }
    }
    places
}

/// The item in which the footage is known earliest, and why.
fn earliest(shown: &[&Member]) -> (Vec<ItemNo>, String) {
    let timed: Vec<_> = shown
        .iter()
        .filter_map(|member| Some((member, member.told()?)))
        .collect();
    let first: Vec<_> = timed
        .iter()
        .filter(|(_, best)| {
            let earlier = |other: &super::Best| other.window.is_before(best.window);
            !timed.iter().any(|(_, other)| earlier(other))
        })
        .collect();
    let untimed = shown.iter().filter(|member| member.told().is_none());
    let untimed: Vec<ItemNo> = untimed.map(|member| member.shown.number).collect();
    let numbers: Vec<ItemNo> = first
        .iter()
        .map(|(member, _)| member.shown.number)
        .collect();
    let mut why = match first.as_slice() {
        [] => String::new(),
        [(member, best)] => format!(
            "{} is the earliest known: {}.",
            member.shown.number,
            by(best)
        ),
        _ => format!("Times do not decide between {}.", listed(&numbers)),
    };
    if !untimed.is_empty() {
        let space = if why.is_empty() { "" } else { " " };
        why.push_str(&format!(
            "{space}Of {} nothing is known but when this case got it.",
            listed(&untimed)
        ));
    }
    (numbers, why)
}

/// `uploaded 2019-05-03, stated by Ada when it was added`.
pub(super) fn by(best: &super::Best) -> String {
    format!("{} {}, {}", best.kind, best.known.at, best.known.says)
}

fn listed(numbers: &[ItemNo]) -> String {
    let names: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}
