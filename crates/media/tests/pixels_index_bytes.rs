//! The byte form of the frame index: frozen fixture, round trip, hostile bytes.

use media::index::{FrameEntry, FrameHash, FrameIndex, PictureType};
use media::index_bytes::BadIndex;
use media::time::{FrameNo, Pts, SampleNo, TimeBase};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const V1: &[u8] = include_bytes!("data/frame-index-v1.bin");
const V1_SHA256: &str = "c3a373dfa0c0915c52ac792a65e43fdc0237cf49473b8ea8f5f84c7152a26692";

fn entry(no: u32) -> FrameEntry {
    FrameEntry {
        no: FrameNo(no),
        pts: Some(Pts(1001 * i64::from(no))),
        duration: 1001,
        picture: PictureType::I,
        key: false,
        damaged: false,
        sample: Some(SampleNo(no)),
        position: Some(48),
        size: 5210,
        width: 1920,
        height: 1080,
        hash: FrameHash(Sha256::digest(format!("frame {no}")).into()),
    }
}

fn version_one() -> FrameIndex {
    let frames = vec![
        FrameEntry {
            key: true,
            ..entry(0)
        },
        FrameEntry {
            picture: PictureType::B,
            sample: Some(SampleNo(2)),
            position: Some(9001),
            size: 310,
            ..entry(1)
        },
        FrameEntry {
            pts: Some(Pts(-500)),
            duration: 0,
            picture: PictureType::P,
            damaged: true,
            sample: Some(SampleNo(1)),
            position: Some(5258),
            size: 900,
            ..entry(2)
        },
        FrameEntry {
            pts: None,
            duration: 0,
            picture: PictureType::Other,
            sample: None,
            position: None,
            size: 0,
            width: 640,
            height: 360,
            ..entry(3)
        },
    ];
    FrameIndex {
        time_base: TimeBase {
            num: 1,
            den: 30_000,
        },
        frames,
    }
}

#[test]
fn frozen_fixture_is_untouched_and_reads_as_ever() {
    assert_eq!(FrameHash(Sha256::digest(V1).into()).hex(), V1_SHA256);
    assert_eq!(FrameIndex::from_bytes(V1), Ok(version_one()));
}

#[test]
fn writing_gives_the_frozen_bytes() {
    assert_eq!(version_one().to_bytes(), V1);
}

#[test]
fn says_what_is_wrong() {
    let changed = |at: usize, to: u8| {
        let mut bytes = V1.to_vec();
        bytes[at] = to;
        FrameIndex::from_bytes(&bytes)
    };
    assert_eq!(FrameIndex::from_bytes(b"FWFRAME"), Err(BadIndex::Magic));
    assert_eq!(changed(0, b'X'), Err(BadIndex::Magic));
    assert_eq!(changed(8, 2), Err(BadIndex::Version(2)));
    assert_eq!(changed(10, 77), Err(BadIndex::Header), "record size");
    assert_eq!(changed(12, 0), Err(BadIndex::Header), "time base of zero");
    assert_eq!(
        FrameIndex::from_bytes(&V1[..V1.len() - 1]),
        Err(BadIndex::Length {
            frames: 4,
            expected: 328,
            got: 327
        })
    );
    let record = |frame: usize, at: usize| 24 + 76 * frame + at;
    assert_eq!(
        changed(record(1, 40), b'Q'),
        Err(BadIndex::Record(FrameNo(1))),
        "picture type"
    );
    assert_eq!(
        changed(record(2, 41), 0xff),
        Err(BadIndex::Record(FrameNo(2))),
        "unknown flag"
    );
    assert_eq!(
        changed(record(0, 42), 1),
        Err(BadIndex::Record(FrameNo(0))),
        "padding"
    );
    assert_eq!(
        changed(record(3, 0), 1),
        Err(BadIndex::Record(FrameNo(3))),
        "absent timestamp"
    );
}

#[test]
fn a_header_that_promises_four_billion_frames_allocates_nothing() {
    let mut bytes = V1[..24].to_vec();
    bytes[20..24].fill(0xff);
    assert!(matches!(
        FrameIndex::from_bytes(&bytes),
        Err(BadIndex::Length {
            frames: u32::MAX,
            ..
        })
    ));
}

prop_compose! {
    fn frames()(
        raw in prop::collection::vec(
            (any::<Option<i64>>(), any::<i64>(), any::<Option<u32>>(), any::<Option<u64>>(),
             any::<[u32; 3]>(), any::<[bool; 2]>(), 0..4usize, any::<[u8; 32]>()),
            0..20,
        )
    ) -> Vec<FrameEntry> {
        use PictureType::{B, I, Other, P};
        raw.into_iter().zip(0..).map(|(raw, no)| FrameEntry {
            no: FrameNo(no),
            pts: raw.0.map(Pts),
            duration: raw.1,
            picture: [I, P, B, Other][raw.6],
            key: raw.5[0],
            damaged: raw.5[1],
            sample: raw.2.map(SampleNo),
            position: raw.3,
            size: raw.4[0],
            width: raw.4[1],
            height: raw.4[2],
            hash: FrameHash(raw.7),
        }).collect()
    }
}

proptest! {
    #[test]
    fn every_index_comes_back(frames in frames(), num in 1u32.., den in 1u32..) {
        let index = FrameIndex { time_base: TimeBase { num, den }, frames };
        prop_assert_eq!(FrameIndex::from_bytes(&index.to_bytes()), Ok(index));
    }

    #[test]
    fn what_reads_is_what_was_written(
        at in 0..V1.len(), to: u8, keep in 0..=V1.len(), tail in prop::collection::vec(any::<u8>(), 0..100)
    ) {
        let mut bytes = V1.to_vec();
        bytes[at] = to;
        bytes.truncate(keep);
        bytes.extend(tail);
        if let Ok(index) = FrameIndex::from_bytes(&bytes) {
            prop_assert_eq!(index.to_bytes(), bytes);
        }
    }

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(FrameIndex::from_bytes(&bytes).is_err());
    }
}
