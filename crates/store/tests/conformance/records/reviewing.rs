//! Reviews of items, and judgements of resemblance.

use store::event::*;
use store::number::{MediaReviewNo, ResemblanceNo};
use store::vocabulary::{MediaCode, Resemblance};
use store::{Reason, Store};

use crate::sample::*;

fn review(reviewer: &str, codes: &[MediaCode], supersedes: Option<u32>) -> Event {
    Event::MediaReviewed(MediaReviewed {
        item: id(1),
        reviewer: reviewer.into(),
        codes: codes.to_vec(),
        context: Some("as posted on 3 May".into()),
        reasons: "the shadows".into(),
        evidence: Vec::new(),
        supersedes: supersedes.map(MediaReviewNo),
    })
}

pub(crate) fn codes_that_cannot_hold_together_are_refused(store: &dyn Store) {
    use MediaCode::*;
    opened(store);
    for altered in [EditedOrCropped, Staged, Transformed] {
        for codes in [[Original, altered], [altered, Original]] {
            let refusal = refused(store, review("Ada", &codes, None));
            assert_eq!(refusal.reason, Reason::Invalid);
            assert!(refusal.sentence.contains("contradict each other"));
        }
    }
    for codes in [&[][..], &[Staged, Staged]] {
        assert_eq!(reason(store, review("Ada", codes, None)), Reason::Invalid);
    }
    record(
        store,
        review("Ada", &[Staged, EditedOrCropped, SatireOrParody], None),
    );
    record(store, review("Ben", &[Original, Decontextualized], None));
    assert_eq!(
        store.media_reviews().unwrap().len(),
        2,
        "dissent stands side by side"
    );
}

pub(crate) fn a_reviewer_holds_one_review_of_an_item(store: &dyn Store) {
    use MediaCode::*;
    opened(store);
    record(store, review("Ada", &[Original], None));
    let refusal = refused(store, review("Ada", &[Staged], None));
    assert!(refusal.hint.contains("V1"), "{}", refusal.hint);
    assert_eq!(
        reason(store, review("Ben", &[Staged], Some(1))),
        Reason::Conflict
    );
    assert_eq!(
        reason(store, review("Ben", &[Staged], Some(9))),
        Reason::Unknown
    );
    record(store, review("Ada", &[Staged], Some(1)));
    let reviews = store.media_reviews().unwrap();
    assert_eq!(reviews[0].superseded_by, Some(MediaReviewNo(2)));
    assert_eq!(
        reason(store, review("Ada", &[Original], Some(1))),
        Reason::Conflict
    );
    let last = store.head().unwrap().size - 1;
    assert_eq!(
        reason(store, undone(last - 1)),
        Reason::Conflict,
        "it was revised"
    );
    record(store, undone(last));
    let reviews = store.media_reviews().unwrap();
    assert_eq!(
        reviews[0].superseded_by, None,
        "what was revised stands again"
    );
    assert!(reviews[1].withdrawn.is_some());
    record(store, review("Ada", &[Transformed], Some(1)));
    record(store, removed(1));
    assert_eq!(store.check().unwrap().problems, []);
}

fn judged(judge: &str, turned: bool, supersedes: Option<u32>) -> ResemblanceJudged {
    let side = |n, no, x| Pin {
        span: Some(span(no, no)),
        region: Some(Region {
            x,
            y: 1,
            width: 9,
            height: 9,
        }),
        ..pin(n)
    };
    let (one, other) = (side(1, 3, 5), side(2, 40, 6));
    let (one, other) = if turned { (other, one) } else { (one, other) };
    ResemblanceJudged {
        one,
        other,
        subject: "the boy in the doorway".into(),
        judge: judge.into(),
        degree: Resemblance::SlightlySame,
        features: vec!["left ear".into()],
        reasons: "the same notch".into(),
        limits: "40 pixels wide, from above".into(),
        supersedes: supersedes.map(ResemblanceNo),
    }
}

pub(crate) fn a_resemblance_is_judged_on_two_pinned_frames(store: &dyn Store) {
    opened(store);
    let wrong = |change: &dyn Fn(&mut ResemblanceJudged)| {
        let mut made = judged("Ada", false, None);
        change(&mut made);
        reason(store, Event::ResemblanceJudged(made))
    };
    assert_eq!(wrong(&|it| it.one.region = None), Reason::Invalid);
    assert_eq!(wrong(&|it| it.one.span = Some(span(3, 4))), Reason::Invalid);
    assert_eq!(wrong(&|it| it.other.span = None), Reason::Invalid);
    assert_eq!(wrong(&|it| it.other = it.one.clone()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.features.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.limits.clear()), Reason::Invalid);
    record(store, Event::ResemblanceJudged(judged("Ada", false, None)));
    let again = Event::ResemblanceJudged(judged("Ada", true, None));
    assert_eq!(
        reason(store, again),
        Reason::Conflict,
        "whichever is named first"
    );
    record(store, Event::ResemblanceJudged(judged("Ben", false, None)));
    record(
        store,
        Event::ResemblanceJudged(judged("Ada", true, Some(1))),
    );
    let kept = store.resemblances().unwrap();
    assert_eq!(kept[0].superseded_by, Some(ResemblanceNo(3)));
    let cited = || -> Vec<String> {
        let citing = store.citing(store::number::ItemNo(1)).unwrap();
        citing.into_iter().map(|it| it.number).collect()
    };
    assert_eq!(cited(), ["R2", "R3"]);
    let entry = kept[2].origin.entry;
    record(store, undone(entry));
    assert_eq!(cited(), ["R1", "R2"], "what was revised stands again");
    assert_eq!(store.check().unwrap().problems, []);
}
