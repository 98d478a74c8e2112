//! Publications: drafts, reviews, seals.

use std::collections::BTreeMap;

use journal::{Checkpoint, ContentId};
use store::event::*;
use store::number::{CheckpointNo, PublicationNo};
use store::record::Publication;
use store::search::{Page, Query};
use store::vocabulary::RecordKind;
use store::{Reason, Store};

use crate::sample::*;

fn drafted(selected: &[&str], supersedes: Option<u32>) -> PublicationDrafted {
    PublicationDrafted {
        title: "Market square".into(),
        question: None,
        summary: "The film is older than was said.".into(),
        editor: "Ada".into(),
        checkpoint: CheckpointNo(1),
        selected: selected.iter().map(ToString::to_string).collect(),
        mentioned: Vec::new(),
        pseudonyms: BTreeMap::new(),
        acquisitions: false,
        originals: false,
        masked: false,
        supersedes: supersedes.map(PublicationNo),
    }
}

fn draft(selected: &[&str], supersedes: Option<u32>) -> Event {
    Event::PublicationDrafted(drafted(selected, supersedes))
}

fn word(draft: ContentId, approved: bool) -> Event {
    Event::PublicationReviewed(PublicationReviewed {
        publication: PublicationNo(1),
        draft,
        approved,
        note: (!approved).then(|| "name nobody".into()),
    })
}

fn sealed(draft: ContentId) -> Event {
    Event::PublicationSealed(PublicationSealed {
        publication: PublicationNo(1),
        draft,
        manifest: id(9),
    })
}

fn withdrawn(number: u32) -> Event {
    Event::PublicationWithdrawn(PublicationWithdrawn {
        publication: PublicationNo(number),
        reason: "too early".into(),
    })
}

/// A case with a claim, an observation and a signed head.
fn signed(store: &dyn Store) {
    opened(store);
    record(store, Event::ClaimMade(claim("this morning")));
    record(store, observation("no impact"));
    let head = store.head().unwrap();
    let checkpoint = Checkpoint {
        origin: "market.example".into(),
        size: head.size,
        root: head.root.0,
    };
    record(
        store,
        Event::CheckpointSigned(CheckpointSigned {
            checkpoint: checkpoint.sign(&ada()).unwrap(),
        }),
    );
}

/// The publications that stand so, by a search for words in them.
fn found(store: &dyn Store, status: &str) -> Vec<String> {
    let query = Query {
        words: "market older".into(),
        kinds: vec![RecordKind::Publication],
        status: vec![status.into()],
        ..Query::default()
    };
    let page = Page {
        after: None,
        limit: 9,
    };
    let hits = store.search(&query, page).unwrap().hits.into_iter();
    hits.map(|hit| hit.called).collect()
}

fn publication(store: &dyn Store, number: usize) -> Publication {
    store.publications().unwrap()[number - 1].clone()
}

pub(crate) fn a_draft_selects_what_stands_and_is_revised(store: &dyn Store) {
    signed(store);
    let wrong = |change: &dyn Fn(&mut PublicationDrafted)| {
        let mut made = drafted(&["#1", "C1"], None);
        change(&mut made);
        reason(store, Event::PublicationDrafted(made))
    };
    assert_eq!(wrong(&|it| it.selected.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.selected.push("C1".into())), Reason::Invalid);
    assert_eq!(wrong(&|it| it.selected.push("C9".into())), Reason::Unknown);
    assert_eq!(wrong(&|it| it.selected.push("P1".into())), Reason::Invalid);
    assert_eq!(wrong(&|it| it.selected.push("x".into())), Reason::Invalid);
    assert_eq!(
        wrong(&|it| it.mentioned = vec!["C1".into()]),
        Reason::Invalid
    );
    assert_eq!(
        wrong(&|it| it.checkpoint = CheckpointNo(2)),
        Reason::Unknown
    );
    assert_eq!(wrong(&|it| it.summary.clear()), Reason::Invalid);
    let asked = |text: &str| Some(text.to_owned());
    assert_eq!(wrong(&|it| it.question = asked(" ")), Reason::Invalid);
    let known_as = |actor: &str, name: &str| BTreeMap::from([(actor.to_owned(), name.to_owned())]);
    assert_eq!(
        wrong(&|it| it.pseudonyms = known_as("Eve", "X")),
        Reason::Unknown
    );
    assert_eq!(
        wrong(&|it| it.pseudonyms = known_as("Ada", "Ada")),
        Reason::Conflict
    );
    record(store, draft(&["#1", "C1"], None));
    assert_eq!(
        reason(store, draft(&["#1"], Some(2))),
        Reason::Unknown,
        "nothing to revise"
    );
    record(store, draft(&["#1", "C1", "F:#1:1"], Some(1)));
    assert_eq!(
        publication(store, 1).superseded_by,
        Some(PublicationNo(2)),
        "the former draft stays"
    );
    assert_eq!(reason(store, draft(&["#1"], Some(1))), Reason::Conflict);
    assert_eq!(reason(store, withdrawn(1)), Reason::Conflict);
    let entry = publication(store, 2).origin.entry;
    assert!(refused(store, undone(entry)).hint.contains("withdraw"));
    record(store, withdrawn(2));
    assert_eq!(publication(store, 1).superseded_by, None, "it stands again");
    assert_eq!(reason(store, withdrawn(2)), Reason::Conflict);
    assert_ne!(publication(store, 1).digest, publication(store, 2).digest);
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn a_draft_is_read_by_somebody_else_and_sealed_once(store: &dyn Store) {
    signed(store);
    record(store, draft(&["#1", "O1"], None));
    let digest = publication(store, 1).digest;
    assert!(
        refused(store, sealed(digest))
            .sentence
            .contains("not reviewed")
    );
    assert_eq!(
        reason(store, word(id(7), true)),
        Reason::Conflict,
        "another draft was read"
    );
    record(store, word(digest, true));
    // Whoever works alone reads it alone; as soon as another signs, that is not enough.
    store
        .append(&ben(), AT, &observation("smoke").clone())
        .unwrap();
    assert_eq!(reason(store, sealed(digest)), Reason::Conflict);
    assert_eq!(reason(store, word(digest, true)), Reason::Conflict);
    store.append(&ben(), AT, &word(digest, false)).unwrap();
    assert_eq!(found(store, "held-back"), ["B1"]);
    let refusal = refused(store, sealed(digest));
    assert!(refusal.sentence.contains("Ben holds B1 back"));
    store.append(&ben(), AT, &word(digest, true)).unwrap();
    assert_eq!(reason(store, sealed(id(7))), Reason::Conflict);
    record(store, sealed(digest));
    assert_eq!(found(store, "sealed"), ["B1"]);
    assert_eq!(reason(store, sealed(digest)), Reason::Conflict);
    assert_eq!(reason(store, withdrawn(1)), Reason::Conflict);
    record(store, draft(&["#1"], Some(1)));
    assert_eq!(found(store, "draft"), ["B2"]);
    let made = store.made_by(RecordKind::Publication, publication(store, 2).origin.entry);
    assert_eq!(made.unwrap().unwrap()["number"], "B2");
    let first = publication(store, 1);
    assert_eq!(first.sealed.unwrap().sealed.manifest, id(9));
    assert_eq!(first.reviews.len(), 3);
    assert_eq!(store.check().unwrap().problems, []);
}
