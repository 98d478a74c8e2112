//! Damage of every kind, made at many places: always an inspection within limits, never an error.

use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use media::decoder::Limits;
use media::inspect::{Inspection, inspect};

use super::clips::{Studio, with};

/// What one pass may take; a hundred times what the slowest takes.
const WALL: Duration = Duration::from_secs(60);

/// Containers that hold frames in quite different ways, and how to make each.
const CONTAINERS: [(&str, &str); 6] = [
    (
        "faststart.mp4",
        "-c:v libx264 -g 8 -bf 2 -movflags +faststart",
    ),
    (
        "fragments.mp4",
        "-c:v libx264 -g 8 -bf 2 -movflags +frag_keyframe+empty_moov",
    ),
    ("clip.mkv", "-c:v libx264 -g 8 -bf 2"),
    ("clip.ts", "-c:v mpeg2video -g 8 -bf 2"),
    ("clip.avi", "-c:v mpeg4 -g 8"),
    (
        "clip.webm",
        "-c:v libvpx -g 8 -deadline realtime -cpu-used 8",
    ),
];

/// Containers whose head tells how much there is, so that nothing can be missing unsaid.
const TELLING: [&str; 2] = ["faststart.mp4", "clip.avi"];

fn shoot(studio: &Studio, (name, how): (&str, &str)) -> Vec<u8> {
    let clip = studio.shoot(
        name,
        &format!("-f lavfi -i testsrc2=s=96x64:r=25:d=1 {how}"),
    );
    std::fs::read(clip).expect("read")
}

/// Inspects what `made` makes of the numbers below `count`, on two threads. A pass that hangs reaches
/// the limit on time, and fails the test.
fn each(
    count: usize,
    made: &(dyn Fn(usize) -> Vec<u8> + Sync),
    check: &(dyn Fn(usize, &Inspection) + Sync),
) {
    let limits = Limits {
        threads: 1,
        wall: WALL,
        ..Limits::default()
    };
    let (decoder, next, studio) = (with(limits), AtomicUsize::new(0), Studio::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let path = studio.write(&format!("{at}"), &made(at));
                    let start = Instant::now();
                    let found = inspect(&decoder, open(&path), &mut ());
                    let found = found.unwrap_or_else(|why| panic!("damage {at}: {why}"));
                    assert!(start.elapsed() < WALL, "damage {at} took as long as it may");
                    check(at, &found);
                    std::fs::remove_file(path).expect("remove");
                }
            });
        }
    });
}

fn open(path: &Path) -> File {
    File::open(path).expect("open")
}

fn hashes(found: &Inspection) -> Vec<String> {
    let frames = found.frames.frames.iter();
    frames.map(|frame| frame.hash.hex()).collect()
}

fn whole(bytes: &[u8]) -> Vec<String> {
    let studio = Studio::new();
    hashes(
        &inspect(
            &with(Limits::default()),
            open(&studio.write("whole", bytes)),
            &mut (),
        )
        .expect("inspect"),
    )
}

/// A sequence that looks random and is the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn of(seed: usize) -> Self {
        Self((seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[test]
fn truncation_at_every_percent_gives_the_beginning_and_says_so() {
    let studio = Studio::new();
    for container in CONTAINERS {
        let bytes = shoot(&studio, container);
        let whole = whole(&bytes);
        assert_eq!(whole.len(), 25);
        // Each percent where the head tells where frames lie, and where nothing does.
        let each_percent = ["faststart.mp4", "clip.ts"].contains(&container.0);
        let step = if each_percent { 1 } else { 5 };
        let cut = |at: usize| bytes[..bytes.len() * at * step / 100].to_vec();
        each(100 / step, &cut, &|at, found| {
            let percent = at * step;
            let kept = hashes(found);
            let same = kept.iter().zip(&whole).take_while(|(a, b)| a == b).count();
            // The last picture may be cut through, and pictures that refer to it.
            assert!(
                same + 3 >= kept.len(),
                "{} at {percent} %: {same} of {}",
                container.0,
                kept.len()
            );
            assert!(kept.len() <= whole.len());
            let said = !found.findings.is_empty();
            assert!(
                kept.len() == whole.len() || said || !TELLING.contains(&container.0),
                "{} at {percent} %: {} frames and no finding",
                container.0,
                kept.len()
            );
        });
    }
}

#[test]
fn flipped_bits_are_survived_anywhere() {
    let studio = Studio::new();
    for container in CONTAINERS {
        let bytes = shoot(&studio, container);
        let flipped = |at: usize| {
            let mut bytes = bytes.clone();
            let mut chance = Chance::of(at);
            // The head, where structure is, as often as the rest.
            let head = bytes.len().min(2048);
            for _ in 0..=at % 8 {
                let end = if at.is_multiple_of(2) {
                    head
                } else {
                    bytes.len()
                };
                bytes[chance.below(end)] ^= 1 << chance.below(8);
            }
            bytes
        };
        each(50, &flipped, &|_, _| {});
    }
}

#[test]
fn blocks_that_are_swapped_repeated_or_lost_are_survived() {
    let studio = Studio::new();
    for container in CONTAINERS {
        let bytes = shoot(&studio, container);
        let moved = |at: usize| {
            let mut chance = Chance::of(at);
            // Packets of a transport stream are 188 bytes: there these are whole packets.
            let size = 188 * (1 + chance.below(4));
            let mut blocks: Vec<&[u8]> = bytes.chunks(size).collect();
            let (one, other) = (chance.below(blocks.len()), chance.below(blocks.len()));
            match at % 3 {
                0 => blocks.swap(one, other),
                1 => blocks.insert(one, blocks[other]),
                _ => drop(blocks.remove(one)),
            }
            blocks.concat()
        };
        each(30, &moved, &|_, _| {});
    }
}

/// Writes `lie` over the big-endian field that lies `offset` bytes behind each box name.
fn lie(bytes: &[u8], name: &[u8; 4], offset: usize, lie: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at: Vec<usize> = (4..bytes.len() - 4)
        .filter(|&at| bytes[at..at + 4] == *name)
        .collect();
    assert!(
        !at.is_empty(),
        "there is no {}",
        String::from_utf8_lossy(name)
    );
    for at in at {
        let field = at + offset;
        if let Some(field) = bytes.get_mut(field..field + lie.len()) {
            field.copy_from_slice(lie);
        }
    }
    bytes
}

#[test]
fn lies_in_the_header_cost_nothing_but_a_finding() {
    let studio = Studio::new();
    let bytes = shoot(&studio, CONTAINERS[0]);
    let whole = whole(&bytes);
    let huge = [0x7f, 0xff, 0xff, 0xff];
    // Box, bytes from its name to the field (ISO/IEC 14496-12), value, whether the pictures survive.
    let lies: [(&[u8; 4], usize, &[u8], bool); 12] = [
        (b"mvhd", 20, &huge, true),      // duration of the movie
        (b"mdhd", 20, &huge, true),      // duration of the track
        (b"mdhd", 16, &[0; 4], false),   // no time scale at all
        (b"mdhd", 16, &huge, true),      // a time scale of two thousand million
        (b"tkhd", 80, &huge, true),      // width as displayed
        (b"avc1", 28, &[0xff; 4], true), // width and height as stored; the stream knows better
        (b"stsz", 12, &huge, false),     // number of samples
        (b"stco", 8, &huge, false),      // number of chunks
        (b"stts", 8, &huge, false),      // number of runs of durations
        (b"stts", 16, &huge, false),     // each sample lasts for years
        (b"ctts", 8, &huge, false),      // number of runs of offsets
        (b"stsc", 8, &huge, false),      // number of runs of samples per chunk
    ];
    each(
        lies.len(),
        &|at| lie(&bytes, lies[at].0, lies[at].1, lies[at].2),
        &|at, found| {
            let name = String::from_utf8_lossy(lies[at].0);
            let kept = hashes(found);
            assert!(
                kept.iter().all(|hash| whole.contains(hash)),
                "{name}, lie {at}: other pictures"
            );
            if lies[at].3 {
                assert_eq!(
                    kept.len(),
                    whole.len(),
                    "{name}, lie {at}: {:?}",
                    found.findings
                );
            } else {
                assert!(
                    kept.len() == whole.len() || !found.findings.is_empty(),
                    "{name}, lie {at}: {} frames and no finding",
                    kept.len()
                );
            }
        },
    );
}

#[test]
fn pictures_larger_than_allowed_are_not_decoded() {
    let studio = Studio::new();
    // 65,535 x 65,535 in a header of a few bytes: QOI and PNG both promise it.
    let mut picture = studio.shoot("small.png", "-f lavfi -i testsrc2=s=64x64 -frames:v 1");
    let mut bytes = std::fs::read(&picture).expect("read");
    bytes[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    picture = studio.write("giant.png", &bytes);
    let found = inspect(&with(Limits::default()), open(&picture), &mut ()).expect("inspect");
    assert!(found.frames.frames.is_empty());
    assert!(!found.findings.is_empty());
}
