//! Masks of pictures and of sound.

use store::event::*;
use store::number::{MaskNo, PersonNo};
use store::vocabulary::{MaskMethod, MaskShape, PersonRole, RenderForm, SoundMethod};
use store::{Reason, Store};

use crate::sample::*;

/// A mask on frames 3 to 9 of item 2, for person 1.
fn drawn() -> MaskDrawn {
    let seen = tracking();
    MaskDrawn {
        item: id(2),
        cover: Cover::Picture(PictureCover {
            span: seen.pin.span.unwrap(),
            shape: MaskShape::Ellipse,
            tracked: seen.tracked.unwrap(),
            method: MaskMethod::Solid,
        }),
        protects: vec![PersonNo(1)],
        reason: "a child".into(),
        proposed_by: None,
        supersedes: None,
    }
}

fn entered(store: &dyn Store) -> u64 {
    opened(store);
    let entered = PersonEntered {
        description: "girl with a satchel".into(),
        roles: vec![PersonRole::Minor],
        note: None,
    };
    record(store, Event::PersonEntered(entered)).seq
}

fn confirmed(mask: u32) -> Event {
    let mask = MaskNo(mask);
    Event::MaskConfirmed(MaskConfirmed { mask, note: None })
}

#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
pub(crate) fn a_mask_is_drawn_on_frames_revised_and_confirmed(store: &dyn Store) {
    let person = entered(store);
    let first = record(store, Event::MaskDrawn(drawn())).seq;
    let wrong = |change: &dyn Fn(&mut MaskDrawn)| {
        let mut made = drawn();
        change(&mut made);
        reason(store, Event::MaskDrawn(made))
    };
    let picture = |made: &mut MaskDrawn, change: &dyn Fn(&mut PictureCover)| match &mut made.cover {
        Cover::Picture(picture) => change(picture),
        Cover::Sound(_) => panic!("of a picture"),
    };
    assert_eq!(wrong(&|it| it.reason.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.item = id(9)), Reason::Unknown);
    assert_eq!(
        wrong(&|it| it.protects = vec![PersonNo(7)]),
        Reason::Unknown
    );
    assert_eq!(wrong(&|it| it.protects.push(PersonNo(1))), Reason::Invalid);
    assert_eq!(
        wrong(&|it| it.supersedes = Some(MaskNo(4))),
        Reason::Unknown
    );
    assert_eq!(
        wrong(&|it| (it.item, it.supersedes) = (id(1), Some(MaskNo(1)))),
        Reason::Conflict
    );
    assert_eq!(
        wrong(&|it| picture(it, &|it| it.shape = MaskShape::Polygon)),
        Reason::Invalid
    );
    assert_eq!(
        wrong(&|it| picture(it, &|it| drop(it.tracked.keyframes.pop()))),
        Reason::Invalid
    );
    assert_eq!(
        wrong(&|it| picture(it, &|it| it.span = span(3, 120))),
        Reason::Unknown
    );
    record(store, confirmed(1));
    assert_eq!(
        reason(store, confirmed(1)),
        Reason::Conflict,
        "once is enough"
    );
    store.append(&ben(), AT, &confirmed(1)).unwrap();
    let mut later = drawn();
    later.supersedes = Some(MaskNo(1));
    let second = record(store, Event::MaskDrawn(later)).seq;
    let kept = store.masks().unwrap();
    assert_eq!(kept[0].superseded_by, Some(MaskNo(2)));
    assert!(!kept[0].stands() && kept[0].is_confirmed());
    assert!(kept[1].stands() && !kept[1].is_confirmed());
    // Nothing is added to what was revised, and what rests on it stays.
    assert_eq!(reason(store, confirmed(1)), Reason::Conflict);
    assert_eq!(reason(store, undone(first)), Reason::Conflict);
    assert_eq!(reason(store, undone(person)), Reason::Conflict);
    assert_eq!(reason(store, removed(2)), Reason::Conflict);
    record(store, undone(second));
    let kept = store.masks().unwrap();
    assert!(kept[0].stands() && !kept[1].stands());
    record(store, undone(first));
    record(store, undone(person));
}

pub(crate) fn a_mask_of_sound_is_of_samples(store: &dyn Store) {
    entered(store);
    let heard = |n: u8, from, to| {
        let span = SoundSpan {
            from,
            to,
            ..tracking().sound.unwrap()
        };
        let method = SoundMethod::Voice;
        Event::MaskDrawn(MaskDrawn {
            item: id(n),
            cover: Cover::Sound(SoundCover { span, method }),
            ..drawn()
        })
    };
    record(store, heard(2, 480, 960));
    assert_eq!(reason(store, heard(2, 960, 960)), Reason::Invalid);
    assert_eq!(
        reason(store, heard(1, 480, 960)),
        Reason::Conflict,
        "item 1 has no sound"
    );
    let kept = store.masks().unwrap();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].drawn.sound().is_some() && kept[0].drawn.picture().is_none());
}

pub(crate) fn a_rendering_is_of_masks_that_stand(store: &dyn Store) {
    entered(store);
    record(store, Event::MaskDrawn(drawn()));
    let made = MaskRendered {
        item: id(2),
        masks: vec![MaskNo(1)],
        list: id(50),
        video: id(51),
        size: 7,
        form: RenderForm::Lossless,
        frames: 100,
        tool: "framewitness 0.1".into(),
        versions: Default::default(),
        parameters: Default::default(),
        check: id(52),
        leaks: 0,
    };
    record(store, Event::MaskRendered(made.clone()));
    assert_eq!(store.renderings().unwrap()[0].rendered, made);
    let wrong = |change: &dyn Fn(&mut MaskRendered)| {
        let mut made = made.clone();
        change(&mut made);
        reason(store, Event::MaskRendered(made))
    };
    assert_eq!(wrong(&|it| it.masks.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.item = id(1)), Reason::Conflict);
    assert_eq!(wrong(&|it| it.masks[0] = MaskNo(2)), Reason::Unknown);
    let mut later = drawn();
    later.supersedes = Some(MaskNo(1));
    record(store, Event::MaskDrawn(later));
    assert_eq!(wrong(&|_| {}), Reason::Conflict, "it was revised");
}
