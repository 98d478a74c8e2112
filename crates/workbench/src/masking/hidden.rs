//! What a figure hides: everybody who is protected, and whatever a mask lies on.

use std::collections::BTreeSet;

use media::display::DisplayGeometry;
use media::mask::{Area, Coverage};
use media::still::Still;
use media::time::Rational;
use store::event::Region;
use store::number::PersonNo;
use store::record::{Item, Mask, Person};

use super::laid::laid;

/// Bytes of a pixel of a still.
const PIXEL: usize = 3;

/// What was blackened in a figure, and why.
pub(crate) struct Hidden {
    /// Those who are protected and appear there.
    pub(crate) people: BTreeSet<PersonNo>,
    /// Whether a mask lies there.
    pub(crate) masked: bool,
}

/// Blackens in `still`, frame `no` of `item` as it is displayed, everybody of `people` who is protected, and
/// whatever one of `masks` lies on, by whatever method: what can be undone in a mask can be undone in a figure.
///
/// The box of an appearance is where somebody is in the first frame of its span. In its other frames, and where
/// there is no box, a mask that protects them and that somebody confirmed tells where they are. Where there is
/// none, nobody knows, and all of the picture is black.
pub(crate) fn hide(
    still: &mut Still,
    item: &Item,
    no: u32,
    people: &[Person],
    masks: &[Mask],
) -> Hidden {
    let laid = laid(masks, no);
    laid.iter().for_each(|mask| blacken(still, &mask.area));
    let mut hidden = BTreeSet::new();
    let standing = people.iter().filter(|it| it.withdrawn.is_none());
    for person in standing.filter(|it| !it.protection().is_empty()) {
        for place in places(person, item, no) {
            hidden.insert(person.number);
            match place {
                Some(Region {
                    x,
                    y,
                    width,
                    height,
                }) => blacken(still, &Area::Box([x, y, width, height])),
                None if covered(person, masks, no) => {}
                None => still.rgb.fill(0),
            }
        }
    }
    Hidden {
        people: hidden,
        masked: !laid.is_empty(),
    }
}

/// Whether some of frame `no` of `item` is seen beside `person`, and nothing tells where they are there but boxes of
/// appearances: no mask that protects them.
pub(crate) fn boxed(person: &Person, item: &Item, no: u32, masks: &[Mask]) -> bool {
    let mut places = places(person, item, no).peekable();
    places.peek().is_some()
        && places.all(|place| place.is_some())
        && !protecting(person, masks).any(|it| lies_on(it, no))
}

/// Where somebody is said to be on frame `no` of `item`: a box, or somewhere in it.
fn places(person: &Person, item: &Item, no: u32) -> impl Iterator<Item = Option<Region>> {
    let seen = { person.appearances.iter() }.filter(|it| it.withdrawn.is_none());
    let pins = seen.map(|it| &it.appears.pin);
    pins.filter(|pin| pin.item == item.id)
        .filter_map(move |pin| match &pin.span {
            None => Some(None),
            Some(span) if (span.first.no..=span.last.no).contains(&no) => {
                Some(pin.region.filter(|_| span.first.no == no))
            }
            Some(_) => None,
        })
}

/// Whether a confirmed mask that protects `person` lies on frame `no`.
fn covered(person: &Person, masks: &[Mask], no: u32) -> bool {
    let mut confirmed = protecting(person, masks).filter(|it| it.is_confirmed());
    confirmed.any(|it| lies_on(it, no))
}

fn protecting<'m>(person: &Person, masks: &'m [Mask]) -> impl Iterator<Item = &'m Mask> {
    let number = person.number;
    { masks.iter() }.filter(move |it| it.drawn.protects.contains(&number))
}

fn lies_on(mask: &Mask, no: u32) -> bool {
    let picture = mask.drawn.picture();
    picture.is_some_and(|it| it.tracked.at(no).is_some())
}

fn blacken(still: &mut Still, area: &Area) {
    let width = still.width as usize;
    let as_displayed = DisplayGeometry {
        width: still.width,
        height: still.height,
        sample_aspect: Rational { num: 1, den: 1 },
        rotation: 0,
        mirrored: false,
    };
    let covered = Coverage::of(area, &as_displayed);
    for y in covered.top..covered.top + covered.height {
        for x in covered.left..covered.left + covered.width {
            if covered.covers(x, y) {
                let at = (y * width + x) * PIXEL;
                still.rgb[at..at + PIXEL].fill(0);
            }
        }
    }
}
