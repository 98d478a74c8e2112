//! Observations of what moves, and of what is heard.

use store::event::*;
use store::{Reason, Store};

use crate::sample::*;

pub(crate) fn a_tracked_region_follows_its_span(store: &dyn Store) {
    opened(store);
    record(store, Event::ObservationMade(tracking()));
    let kept = store.observations().unwrap().remove(0);
    assert_eq!(kept.made, tracking());
    let x = |no| match kept.made.tracked.as_ref().unwrap().at(no) {
        Some(Shape::Box(region)) => region.x,
        other => panic!("{other:?} on frame {no}"),
    };
    assert_eq!([x(3), x(4), x(5), x(8), x(9)], [10, 15, 20, 5, 0]);
    let wrong = |change: &dyn Fn(&mut TrackedRegion)| {
        let mut made = tracking();
        change(made.tracked.as_mut().unwrap());
        reason(store, Event::ObservationMade(made))
    };
    let polygon = |corners: usize| Shape::Polygon(vec![[1, 1]; corners]);
    assert_eq!(wrong(&|it| it.keyframes.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| drop(it.keyframes.pop())), Reason::Invalid);
    assert_eq!(wrong(&|it| drop(it.keyframes.remove(0))), Reason::Invalid);
    assert_eq!(
        wrong(&|it| it.keyframes.insert(1, it.keyframes[1].clone())),
        Reason::Invalid
    );
    assert_eq!(
        wrong(&|it| it.keyframes[1].shape = polygon(4)),
        Reason::Invalid
    );
    assert_eq!(
        wrong(&|it| it
            .keyframes
            .iter_mut()
            .for_each(|one| one.shape = polygon(2))),
        Reason::Invalid
    );
    let mut nowhere = tracking();
    (nowhere.pin.span, nowhere.pin.region) = (None, None);
    assert_eq!(
        reason(store, Event::ObservationMade(nowhere)),
        Reason::Invalid
    );
}

pub(crate) fn a_span_of_sound_is_of_an_item_that_has_some(store: &dyn Store) {
    opened(store);
    let heard = |change: &dyn Fn(&mut ObservationMade)| {
        let mut made = tracking();
        change(&mut made);
        reason(store, Event::ObservationMade(made))
    };
    let sound = |it: &mut ObservationMade, from, to| {
        let sound = it.sound.as_mut().unwrap();
        (sound.from, sound.to) = (from, to);
    };
    assert_eq!(heard(&|it| sound(it, 960, 960)), Reason::Invalid);
    assert_eq!(
        heard(&|it| it.sound.as_mut().unwrap().rate = 0),
        Reason::Invalid
    );
    assert_eq!(
        heard(&|it| it.pin.item = id(1)),
        Reason::Conflict,
        "item 1 has no sound"
    );
}
