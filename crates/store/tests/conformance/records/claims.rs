//! What claims are held to be worth, and how their words and times are written.

use store::event::*;
use store::vocabulary::Credibility;
use store::{Reason, Store};

use crate::sample::*;

/// The ratings of the first claim that stand.
fn standing(store: &dyn Store) -> Vec<(String, Credibility)> {
    let claim = store.claims().unwrap().remove(0);
    let ratings = claim.standing_ratings().into_iter();
    ratings
        .map(|it| (it.rated.assessor.clone(), it.rated.credibility))
        .collect()
}

pub(crate) fn a_claim_is_rated_and_the_rating_revised(store: &dyn Store) {
    use Credibility::{Confirmed, Doubtful, Improbable};
    opened(store);
    let seen = record(store, observation("no impact")).seq;
    record(store, Event::ClaimMade(claim("it is staged")));
    record(store, rated("Ben", 1, Doubtful, &[]));
    record(store, rated("Ada", 1, Confirmed, &[]));
    let revised = record(store, rated("Ben", 1, Improbable, &["O1"])).seq;
    let both = [("Ada".into(), Confirmed), ("Ben".into(), Improbable)];
    assert_eq!(standing(store), both);
    let cited = refused(store, undone(seen));
    assert!(cited.sentence.contains("C1 rests on it"), "{cited}");
    record(store, undone(revised));
    let both = [("Ada".into(), Confirmed), ("Ben".into(), Doubtful)];
    assert_eq!(standing(store), both);
    record(store, undone(seen));
    for (wrong, why) in [
        (rated("Ben", 1, Doubtful, &["C1"]), Reason::Invalid),
        (rated("Ben", 1, Doubtful, &["O1"]), Reason::Unknown),
        (rated("Ben", 2, Doubtful, &[]), Reason::Unknown),
        (rated(" ", 1, Doubtful, &[]), Reason::Invalid),
    ] {
        assert_eq!(reason(store, wrong), why);
    }
    let Event::ClaimRated(silent) = rated("Ben", 1, Doubtful, &[]) else {
        unreachable!("a rating")
    };
    let silent = ClaimRated {
        reason: " ".into(),
        ..silent
    };
    assert_eq!(reason(store, Event::ClaimRated(silent)), Reason::Invalid);
    assert_eq!(store.claims().unwrap()[0].ratings.len(), 3);
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn a_language_is_a_tag_and_a_time_may_be_a_minute(store: &dyn Store) {
    opened(store);
    let of = |language: &str, asserted: &str| {
        Event::ClaimMade(ClaimMade {
            language: Some(language.into()),
            asserted: Some(asserted.into()),
            ..claim("x")
        })
    };
    record(store, of("zh-Hant-TW", "2026-05-03T18:20Z"));
    record(store, of("uk", "2026-05-03T18:20+03:00"));
    for language in ["Ukrainian", "uk_UA", ""] {
        let refusal = refused(store, of(language, "2026"));
        assert_eq!(refusal.reason, Reason::Invalid);
        assert!(refusal.hint.contains("BCP 47"), "{refusal}");
    }
    for time in ["2026-05-03T18:20", "2026-05-03 18:20Z", "18:20"] {
        assert_eq!(reason(store, of("uk", time)), Reason::Invalid, "{time}");
    }
    let twice = store.items().unwrap().remove(1).acquisitions.remove(0);
    assert_eq!(
        twice.acquired.acquired.as_deref(),
        Some("2026-05-02T18:20Z")
    );
    let wrong = Acquired {
        acquired: Some("yesterday".into()),
        ..acquired(1)
    };
    assert_eq!(reason(store, Event::ItemAcquired(wrong)), Reason::Invalid);
}
