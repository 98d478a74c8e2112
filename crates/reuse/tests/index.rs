//! Prints of moving pictures in an index.

#![allow(clippy::unwrap_used)]

mod scene;

use reuse::METHOD;
use std::collections::BTreeMap;

use reuse::index::{Candidates, Index, Memory, RADIUS, Tuning, VideoId, entries, nominate};
use reuse::pdq::Pdq;
use reuse::{Prints, find};
use scene::{Scene, WIDTH, prints, warped};

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

fn indexed(videos: &[Prints]) -> Index {
    let files = Box::new(Memory::default());
    let mut index = Index::open(files, METHOD, Tuning::default()).unwrap();
    for (prints, number) in videos.iter().zip(0..) {
        index
            .add(&[(VideoId([number; 32]), &entries(prints))])
            .unwrap();
    }
    index
}

#[test]
fn a_query_nominates_the_video_it_was_cut_from_mirrored_or_not_and_no_other() {
    let videos: Vec<_> = (1..6)
        .map(|seed| Scene::new(seed).prints(0.0..8.0))
        .collect();
    let index = indexed(&videos);
    let cut = Scene::new(3).pictures(2.0..6.0);
    let across = WIDTH as f32 - 1.0;
    let turned: Vec<_> = cut
        .iter()
        .map(|picture| warped(picture, |x, y| (across - x, y)))
        .collect();
    for query in [prints(&cut), prints(&turned)] {
        let nominated = nominate(&index, &query).unwrap();
        let [(video, distance)] = nominated.videos.into_iter().collect::<Vec<_>>()[..] else {
            panic!("one video alone");
        };
        assert_eq!((video, nominated.crowded), (VideoId([2; 32]), 0));
        assert!(distance <= RADIUS, "{distance}");
        assert_eq!(find(&query, &[&videos[2]]).len(), 1, "and it is found");
    }
    let stranger = Scene::new(9).prints(0.0..4.0);
    assert_eq!(nominate(&index, &stranger).unwrap().videos, BTreeMap::new());
}

#[test]
fn a_picture_that_the_archive_is_full_of_is_told() {
    let title = Scene::new(4).prints(0.0..0.5);
    let prints = entries(&title);
    let files = Box::new(Memory::default());
    let mut index = Index::open(files, METHOD, Tuning::default()).unwrap();
    let ids = (0..1100_u16).map(|number| {
        let mut id = [0; 32];
        id[..2].copy_from_slice(&number.to_be_bytes());
        (VideoId(id), prints.as_slice())
    });
    index.add(&ids.collect::<Vec<_>>()).unwrap();
    assert!(nominate(&index, &title).unwrap().crowded > 0);
}
