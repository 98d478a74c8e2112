//! The files of an index of prints, harmed at will, with checksums that fit.

use std::sync::LazyLock;

use reuse::index::{Bits, Candidates, Entry, Files, Hit, Index, Memory, Plan, Tuning, VideoId};

use crate::memory::bounded;

const RECIPE: &str = "checks/1";

/// Small enough that a few videos make segments with tables and without, and a log.
const SMALL: Tuning = Tuning {
    seal: 40,
    tables: 100,
    most: 200,
    plan: Plan::Quicker,
};

/// A place of the file, its new byte, and which file.
const EDIT: usize = 6;

/// Sealed parts of a segment.
const PART: usize = 16 << 10;

static SOUND: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(sound);

/// Edits of the files of a small index, then whatever reads them.
pub fn index(bytes: &[u8]) {
    let mut files = SOUND.clone();
    for edit in bytes.chunks_exact(EDIT) {
        let which = usize::from(edit[0]) % files.len();
        let content = &mut files[which].1;
        let at = u32::from_le_bytes([edit[1], edit[2], edit[3], edit[4]]) as usize % content.len();
        content[at] = edit[5];
    }
    let folder = Memory::default();
    for ((name, content), (_, whole)) in files.iter_mut().zip(SOUND.iter()) {
        seal(name, content, whole);
        folder
            .write(name, &mut |out| out.write_all(content))
            .expect("memory takes it");
    }
    bounded(64 << 20, || {
        let Ok(mut index) = Index::open(Box::new(folder), RECIPE, SMALL) else {
            return;
        };
        let queries: [Bits; 2] = [[0; 4], bits(7, 3)];
        for radius in [0, 31, 90] {
            if let Ok(answers) = index.near(&queries, radius, 50) {
                let near = |hit: &Hit| hit.distance <= radius;
                assert!(answers.iter().flat_map(|answer| &answer.hits).all(near));
            }
        }
        // Whatever it says, it must say it.
        let _ = index.compact();
    });
}

/// The files of an index of videos, of which one was removed.
fn sound() -> Vec<(String, Vec<u8>)> {
    let folder = Memory::default();
    let mut index = Index::open(Box::new(folder.clone()), RECIPE, SMALL).expect("an empty folder");
    for video in 0..24u64 {
        let entries: Vec<Entry> = (0..9)
            .map(|frame| Entry {
                frame,
                view: (frame % 5) as u8,
                quality: 80,
                bits: bits(video, u64::from(frame)),
            })
            .collect();
        index
            .add(&[(id(video), &entries)])
            .expect("memory takes it");
    }
    index.remove(id(3)).expect("memory takes it");
    drop(index);
    let names = folder.names().expect("memory has names");
    let content = |name: &String| {
        let file = folder.open(name).expect("a file by its name");
        let mut content = vec![0; file.length().expect("a length") as usize];
        file.read_at(0, &mut content).expect("all of it");
        (name.clone(), content)
    };
    names.iter().map(content).collect()
}

fn id(video: u64) -> VideoId {
    let mut id = [0; 32];
    id[..8].copy_from_slice(&video.to_be_bytes());
    VideoId(id)
}

/// Some bits, alike within a video.
fn bits(video: u64, frame: u64) -> Bits {
    std::array::from_fn(|word| {
        let scene = (video * 4 + word as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        scene ^ (1 << (frame % 64))
    })
}

/// Makes checksums fit what they are of, as far as the sound file's layout tells.
fn seal(name: &str, content: &mut [u8], whole: &[u8]) {
    if name == "manifest" {
        let body = content.len() - 4;
        put(content, body, crc(&[&content[..body]]));
    } else if name.ends_with(".log") {
        let mut at = 0;
        while let Some(head) = whole.get(at..at + 20) {
            let length = u32::from_le_bytes([head[12], head[13], head[14], head[15]]) as usize;
            let end = at + 20 + length;
            let sum = crc(&[&content[at..at + 16], &content[at + 20..end]]);
            put(content, at + 16, sum);
            at = end;
        }
    } else if name.ends_with(".segment") {
        let sealed = |sums: usize| (content.len() - 4 - 4 * sums).div_ceil(PART) == sums;
        let sums = (1..=content.len() / 4).find(|&sums| sealed(sums));
        let sums = sums.expect("the segment is whole");
        let body = content.len() - 4 - 4 * sums;
        for part in 0..sums {
            let end = ((part + 1) * PART).min(body);
            let sum = crc(&[&content[part * PART..end]]);
            put(content, body + 4 * part, sum);
        }
        let last = content.len() - 4;
        put(content, last, crc(&[&content[body..last]]));
    }
}

fn put(content: &mut [u8], at: usize, sum: u32) {
    content[at..at + 4].copy_from_slice(&sum.to_le_bytes());
}

fn crc(parts: &[&[u8]]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    parts.iter().for_each(|part| sum.update(part));
    sum.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Otherwise every edit would be refused by its checksum, and nothing behind it looked at.
    #[test]
    fn sealing_a_sound_file_changes_nothing() {
        for (name, whole) in SOUND.iter() {
            let mut content = whole.clone();
            seal(name, &mut content, whole);
            assert!(content == *whole, "{name}");
        }
        assert!(SOUND.iter().any(|(name, _)| name.ends_with(".segment")));
        assert!(SOUND.iter().any(|(name, _)| name.ends_with(".log")));
    }
}
