//! Publications that came in from others.

use store::event::*;
use store::number::{ItemNo, ReceivedNo};
use store::search::{Page, Query};
use store::vocabulary::{RecordKind, RemovalGround};
use store::{Holdings, Reason, Store};

use crate::sample::*;

fn file(path: &str, bytes: u8, item: Option<u8>) -> ReceivedFile {
    ReceivedFile {
        path: path.into(),
        bytes: id(bytes),
        size: 10,
        item: item.map(id),
    }
}

/// A bundle that shows item 1 of this case, and tells of one that is not in it.
fn bundle(manifest: u8) -> PublicationReceived {
    let item = |number: &str, item| TheirItem {
        their_number: number.into(),
        item,
        original: false,
    };
    PublicationReceived {
        manifest: id(manifest),
        title: "Harbour".into(),
        their_number: "B1".into(),
        sealed_by: Sealer {
            name: "Zoe".into(),
            fingerprint: "SHA256:abc".into(),
        },
        head: TheirHead {
            journal: "framewitness/00".into(),
            size: 40,
            root: id(8),
        },
        origin: Some("https://example.org/bundle".into()),
        note: None,
        proven: vec!["all files are those that SHA256:abc signed".into()],
        unproven: vec!["whose key it is".into()],
        tool: "framewitness 0.1".into(),
        files: vec![
            file("tagmanifest-sha256.txt", manifest, None),
            file("data/report-item-7.html", 41, Some(1)),
            file("data/report.html", 42, None),
        ],
        items: vec![item("#7", id(1)), item("#8", id(77))],
        words: vec![TheirWords {
            their_number: "C1".into(),
            text: "zebra crossing".into(),
        }],
    }
}

fn received(manifest: u8) -> Event {
    Event::PublicationReceived(bundle(manifest))
}

pub(crate) fn a_publication_of_others_comes_in_once(store: &dyn Store) {
    opened(store);
    let wrong = |change: &dyn Fn(&mut PublicationReceived)| {
        let mut made = bundle(40);
        change(&mut made);
        reason(store, Event::PublicationReceived(made))
    };
    assert_eq!(wrong(&|it| it.title.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.sealed_by.name.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.head.journal.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.words[0].text.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.files.clear()), Reason::Invalid);
    assert_eq!(wrong(&|it| it.manifest = id(39)), Reason::Invalid);
    assert_eq!(wrong(&|it| it.items[1].item = id(1)), Reason::Invalid);
    let again = |it: &mut PublicationReceived| it.files.push(it.files[0].clone());
    assert_eq!(wrong(&again), Reason::Invalid);
    for path in [
        "",
        "/etc/passwd",
        "../x",
        "data/../../x",
        "data//x",
        "./x",
        "a\\b",
        "data/",
    ] {
        assert_eq!(
            wrong(&|it| it.files[1].path = path.into()),
            Reason::Invalid,
            "{path}"
        );
    }
    let entry = record(store, received(40)).seq;
    assert_eq!(reason(store, received(40)), Reason::Conflict, "once");
    let kept = store.received().unwrap().remove(0);
    assert_eq!((kept.number, kept.origin.entry), (ReceivedNo(1), entry));
    assert_eq!(kept.received, bundle(40));
    assert!(
        refused(store, undone(entry))
            .hint
            .contains("stays as it came")
    );
    record(store, received(43));
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn what_others_publish_is_cited_and_found_as_theirs(store: &dyn Store) {
    opened(store);
    let cited = |evidence: &str| Event::EvidenceLinked {
        hypothesis: store::number::HypothesisNo(1),
        evidence: evidence.into(),
        bearing: store::vocabulary::Bearing::Consistent,
        reason: "theirs".into(),
    };
    record(
        store,
        Event::HypothesisStated {
            text: "older".into(),
            item: None,
        },
    );
    assert_eq!(reason(store, cited("U1")), Reason::Unknown);
    record(store, received(40));
    record(store, cited("U1"));
    let find = |query: Query| -> Vec<String> {
        let page = Page {
            after: None,
            limit: 9,
        };
        let hits = store.search(&query, page).unwrap().hits.into_iter();
        hits.map(|hit| hit.called).collect()
    };
    let worded = |words: &str| {
        find(Query {
            words: words.into(),
            ..Query::default()
        })
    };
    assert_eq!(worded("zebra"), ["U1"]);
    assert_eq!(worded("Zoe"), ["U1"]);
    let cites = |number: &str| {
        find(Query {
            cites: vec![number.into()],
            ..Query::default()
        })
    };
    assert_eq!(cites("C1"), [""; 0], "a number of theirs is none of ours");
    assert_eq!(cites("U1"), ["U1", "H1"]);
    record(store, Event::ItemAcquired(acquired(77)));
    let told = find(Query {
        kinds: vec![RecordKind::Item],
        with: vec!["received".into()],
        ..Query::default()
    });
    assert_eq!(told, ["#3", "#1"], "also of what came in later");
    let about = store.about(RecordKind::Received, &[id(1)]).unwrap();
    assert_eq!(about.len(), 1, "it tells of an item of this case");
    let made = store.made_by(
        RecordKind::Received,
        store.received().unwrap()[0].origin.entry,
    );
    assert_eq!(made.unwrap().unwrap()["number"], "U1");
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn what_shows_an_item_goes_with_it(store: &dyn Store) {
    opened(store);
    record(store, received(40));
    let mut holdings = Holdings::default();
    for recorded in store.entries(0, 100).unwrap() {
        holdings.take(recorded.entry.seq, &recorded.event().unwrap());
    }
    let kept = holdings.kept();
    assert!([40, 41, 42].iter().all(|it| kept.contains_key(&id(*it))));
    let item = store.item(ItemNo(1)).unwrap().unwrap();
    let removal = Event::ItemRemoved(ItemRemoved {
        item: item.id,
        size: item.size,
        blake3: item.acquisitions[0].acquired.blake3.clone(),
        ground: RemovalGround::Law,
        reason: "order 12".into(),
        derived: Vec::new(),
    });
    let seq = record(store, removal.clone()).seq;
    holdings.take(seq, &removal);
    let kept = holdings.kept();
    assert!(!kept.contains_key(&id(41)) && kept.contains_key(&id(42)));
    assert!(holdings.let_go(&kept).contains_key(&id(41)));
    let refusal = refused(store, received(44));
    assert!(refusal.sentence.contains("not taken again"), "{refusal:?}");
    assert_eq!(store.check().unwrap().problems, []);
}
