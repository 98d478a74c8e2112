//! What a store answers.

use store::Store;
use store::number::ItemNo;
use store::search::{Found, Page, Query};
use store::vocabulary::{Order, RecordKind};

use crate::sample::id;

/// Searches of words and marks that histories hold, a page each.
fn searches(store: &dyn Store) -> Vec<Found> {
    let words = [
        "",
        "e*",
        "clip",
        "\"clip 1\"",
        "-é*",
        "bears -a*",
        "dusk",
        "\"it bears\" -\"clip 1\"",
    ];
    let mut queries: Vec<Query> = words
        .map(|words| Query {
            words: words.into(),
            ..Query::default()
        })
        .into();
    let with = |what: &str| Query {
        with: vec![what.into()],
        order: Order::Oldest,
        ..Query::default()
    };
    queries.extend(
        [
            "cut",
            "claim",
            "observation",
            "match",
            "withdrawn",
            "hypothesis",
        ]
        .map(with),
    );
    queries.push(Query {
        without: vec!["review".into()],
        ..Query::of(RecordKind::Match)
    });
    let page = Page {
        after: Some(20 << 12),
        limit: 5,
    };
    let ask = |query: &Query| store.search(query, page).unwrap();
    queries.iter().map(ask).collect()
}

/// Everything that the reads of a store answer.
pub(crate) fn answers(store: &dyn Store) -> String {
    format!(
        "{:?}",
        (
            (store.head().unwrap(), store.case().unwrap()),
            (store.actors().unwrap(), store.items().unwrap()),
            (store.sources().unwrap(), store.claims().unwrap()),
            (store.series().unwrap(), store.people().unwrap()),
            (
                (store.dates().unwrap(), store.places().unwrap()),
                (store.tags().unwrap(), store.notes().unwrap()),
            ),
            (store.observations().unwrap(), store.hypotheses().unwrap()),
            (store.assessments().unwrap(), store.matches().unwrap()),
            (
                store.watches().unwrap(),
                store.entries(0, 1000).unwrap().len()
            ),
            (store.checkpoints().unwrap(), store.cosigned().unwrap()),
            (store.views().unwrap(), searches(store)),
            store.item_by_id(&id(1)).unwrap(),
            (
                store.removals().unwrap(),
                store.removal(&id(1)).unwrap(),
                store.citing(ItemNo(1)).unwrap()
            ),
        )
    )
}
