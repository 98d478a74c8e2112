//! Times of entries are what clocks said, and need not rise.

#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use journal::HeldKey;
use store::{Folder, SqliteStore};
use workbench::{AsOf, Case, Kind, Parts};

/// A case whose entries after the registration state these times.
fn case(folder: &std::path::Path, times: &[&str]) -> Case {
    let clock = Arc::new(Mutex::new(Timestamp::UNIX_EPOCH));
    let told = Arc::clone(&clock);
    let case = Case::new(Parts {
        store: Box::new(SqliteStore::create(&folder.join("case.db")).unwrap()),
        blobs: Box::new(Folder::open(&folder.join("blobs")).unwrap()),
        author: Box::new(HeldKey::from_seed("Ada", &[1; 32])),
        decoder: Err(media::decoder::Error::NoDecoder {
            program: folder.join("none"),
        }),
        exiftool: None,
        clock: Box::new(move || *told.lock().unwrap()),
        scratch: folder.join("scratch"),
    });
    for (n, time) in times.iter().enumerate() {
        *clock.lock().unwrap() = time.parse().unwrap();
        if n == 0 {
            case.begin("Clocks").unwrap();
        } else {
            case.suppose(None, format!("number {n}")).unwrap();
        }
    }
    case
}

#[test]
fn a_time_means_the_last_entry_that_states_it_or_an_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    // Entries 0 and 1, 2, 3, 4: the clock of entry 2 was two hours ahead.
    let case = case(
        folder.path(),
        &[
            "2026-05-03T10:00:00Z",
            "2026-05-03T12:00:00Z",
            "2026-05-03T10:30:00Z",
            "2026-05-03T11:00:00Z",
        ],
    );
    let stood = |text: &str| {
        let then = case.as_of(&text.parse().unwrap()).unwrap();
        let stood = then.stood().unwrap();
        let hypotheses = then.hypotheses(None).unwrap().len();
        (stood.entry, stood.stated_later, hypotheses)
    };
    assert_eq!(stood("2026-05-03T10:00:00Z"), (1, 0, 0));
    assert_eq!(stood("2026-05-03T10:29:59.999Z"), (1, 0, 0));
    assert_eq!(stood("2026-05-03T10:45:00Z"), (3, 1, 2));
    assert_eq!(stood("2026-05-03T13:00:00+02:00"), (4, 1, 3));
    assert_eq!(stood("2026-05-03"), (4, 1, 3));
    assert_eq!(stood("2"), (2, 0, 1));
    let early = case.as_of(&"2026-05-02".parse().unwrap()).err().unwrap();
    assert_eq!(early.kind, Kind::Missing);
    assert_eq!(
        early.hint.unwrap(),
        "its first entry is of 2026-05-03T10:00:00.000Z"
    );
}

#[test]
fn an_earlier_state_of_an_earlier_state_is_no_later() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(
        folder.path(),
        &["2026-05-03T10:00:00Z", "2026-05-03T11:00:00Z"],
    );
    let then = case.as_of(&AsOf::Entry(1)).unwrap();
    assert_eq!(
        then.as_of(&AsOf::Entry(2)).err().unwrap().kind,
        Kind::Missing
    );
    assert_eq!(then.as_of(&AsOf::Entry(0)).unwrap().head().unwrap().size, 1);
    assert_eq!(
        then.suppose(None, "x".into()).unwrap_err().kind,
        Kind::Usage
    );
}
