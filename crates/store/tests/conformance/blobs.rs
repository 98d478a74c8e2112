//! The suite of blobs.

use std::io::{self, Read};

use journal::ContentId;
use store::{Blobs, Error, Place};

pub(crate) fn bytes_come_back_under_their_hash(blobs: &dyn Blobs) {
    for bytes in [&b""[..], b"evidence", &vec![7; 3 << 20]] {
        let stored = blobs.put_bytes(bytes).unwrap();
        assert_eq!(stored.id, ContentId::of(bytes));
        assert_eq!(stored.size, bytes.len() as u64);
        assert_eq!(stored.blake3, blake3::hash(bytes).to_hex().to_string());
        assert!(stored.fresh && blobs.contains(&stored.id).unwrap());
        let mut back = Vec::new();
        blobs
            .open(&stored.id)
            .unwrap()
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, bytes);
        let mut streamed = Vec::new();
        let mut stream = blobs.stream(&stored.id).unwrap();
        stream.read_to_end(&mut streamed).unwrap();
        drop(stream);
        assert_eq!(streamed, bytes);
        assert_eq!(blobs.check(&stored.id, Some(stored.size)).unwrap(), None);
        let problem = blobs
            .check(&stored.id, Some(stored.size + 1))
            .unwrap()
            .unwrap();
        assert_eq!(problem.place, Place::Blob(stored.id));
    }
    let mut ids = [&b""[..], b"evidence", &vec![7; 3 << 20]].map(ContentId::of);
    ids.sort();
    assert_eq!(blobs.ids().unwrap(), ids);
}

pub(crate) fn the_same_bytes_are_kept_once(blobs: &dyn Blobs) {
    let first = blobs.put_bytes(b"evidence").unwrap();
    let second = blobs.put_bytes(b"evidence").unwrap();
    assert!(first.fresh && !second.fresh);
    assert_eq!(first.id, second.id);
    assert_eq!(blobs.ids().unwrap(), [first.id]);
}

pub(crate) fn a_broken_input_leaves_nothing(blobs: &dyn Blobs) {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable was pulled"))
        }
    }
    let mut input = (&[7; 2 << 20][..]).chain(Broken);
    let error = blobs.put(&mut input, &mut |_| {}).unwrap_err();
    assert!(
        error.to_string().contains("the cable was pulled"),
        "{error}"
    );
    assert_eq!(blobs.ids().unwrap(), []);
}

pub(crate) fn progress_counts_to_the_end(blobs: &dyn Blobs) {
    let bytes = vec![3; (5 << 20) + 1];
    let mut seen = Vec::new();
    blobs.put(&mut &bytes[..], &mut |n| seen.push(n)).unwrap();
    assert!(seen.is_sorted() && seen.len() >= 5, "{seen:?}");
    assert_eq!(seen.last(), Some(&(bytes.len() as u64)));
}

pub(crate) fn what_is_missing_is_named(blobs: &dyn Blobs) {
    let id = ContentId::of(b"never kept");
    assert!(!blobs.contains(&id).unwrap());
    assert!(matches!(blobs.open(&id), Err(Error::NoBlob(missing)) if missing == id));
    let problem = blobs.check(&id, None).unwrap().unwrap();
    assert_eq!(problem.to_string(), format!("blob {id}: it is missing"));
}
