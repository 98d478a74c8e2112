//! The bodies that docs/formats/journal.md shows are those that are written.

#![allow(clippy::unwrap_used)]

use store::event::{Event, MatchReviewed};
use store::number::MatchNo;
use store::vocabulary::Verdict;

const JOURNAL: &str = include_str!("../../../docs/formats/journal.md");

/// The JSON under the heading of `kind`.
fn documented(kind: &str) -> serde_json::Value {
    let (_, section) = JOURNAL.split_once(&format!("### `{kind}`")).unwrap();
    let (_, example) = section.split_once("```json\n").unwrap();
    serde_json::from_str(example.split_once("\n```").unwrap().0).unwrap()
}

fn shows(event: &Event) {
    let (kind, body) = event.to_entry().unwrap();
    assert_eq!(documented(&kind), body, "{kind}");
    assert_eq!(&Event::from_entry(&kind, &body).unwrap(), event);
}

#[test]
fn a_review_is_written_as_documented() {
    shows(&Event::MatchReviewed(MatchReviewed {
        number: MatchNo(1),
        verdict: Verdict::Rejected,
        note: Some("another market, the stalls stand differently".into()),
    }));
}
