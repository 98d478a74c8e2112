//! Prints of moving pictures in an index.

#![allow(clippy::unwrap_used)]

mod scene;

use reuse::METHOD;
use reuse::index::{Candidates, Index, Memory, Tuning, VideoId, entries};
use reuse::pdq::Pdq;
use scene::Scene;

#[test]
fn a_part_of_a_video_leads_to_it_and_its_mirror_nowhere() {
    let scenes: Vec<_> = (1..4)
        .map(|seed| Scene::new(seed).prints(0.0..6.0))
        .collect();
    let files = Box::new(Memory::default());
    let mut index = Index::open(files, METHOD, Tuning::default()).unwrap();
    for (prints, number) in scenes.iter().zip(0..) {
        let entries = entries(prints);
        assert!(entries.iter().any(|entry| entry.view > 0), "views too");
        assert!(entries.iter().all(|entry| entry.quality >= 10));
        index.add(&[(VideoId([number; 32]), &entries)]).unwrap();
    }
    let part = entries(&Scene::new(2).prints(2.0..4.0));
    let whole = part.iter().filter(|entry| entry.view == 0);
    let queries: Vec<_> = whole.map(|entry| entry.bits).collect();
    assert!(!queries.is_empty());
    for answer in index.near(&queries, 31, 3).unwrap() {
        assert_eq!(answer.hits[0].video, VideoId([1; 32]));
    }
    let mirrored = queries.iter().map(|bits| {
        let print = Pdq {
            bits: *bits,
            quality: 100,
        };
        print.mirrored().bits
    });
    for answer in index.near(&mirrored.collect::<Vec<_>>(), 31, 3).unwrap() {
        assert_eq!(answer.hits, []);
    }
}
