//! The bodies that docs/formats/journal.md shows are those that are written.

#![allow(clippy::unwrap_used)]

use journal::ContentId;
use store::event::{
    EntryUndone, Event, FoundAgain, MatchReviewed, WatchBegun, WatchEnded, WatchSearched,
};
use store::number::{MatchNo, WatchNo};
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

#[test]
fn an_undoing_is_written_as_documented() {
    shows(&Event::EntryUndone(EntryUndone {
        entry: 41,
        reason: "pinned to the wrong frame".into(),
    }));
}

#[test]
fn a_watch_is_written_as_documented() {
    shows(&Event::WatchBegun(WatchBegun {
        item: ContentId([1; 32]),
        span: None,
        note: Some("shown again every war".into()),
    }));
    shows(&Event::WatchSearched(WatchSearched {
        watches: vec![WatchNo(1)],
        items: vec![ContentId([2; 32])],
        tool: "framewitness-reuse/2".into(),
        found: vec![FoundAgain {
            watch: WatchNo(1),
            found: MatchNo(1),
        }],
    }));
    shows(&Event::WatchEnded(WatchEnded {
        watch: WatchNo(1),
        note: None,
    }));
}
