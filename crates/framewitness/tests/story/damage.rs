//! One flipped bit is noticed, and what it broke is named.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::program::Story;
use crate::{CLAIMED, REPOST};

/// Flips one bit in a kept video: verification names it by its id.
pub fn to_a_blob(story: &Story) {
    let items = story.json("list");
    let item = items.iter().find(|item| item["name"] == REPOST).unwrap();
    let id = item["id"].as_str().unwrap();
    let hash = id.strip_prefix("sha256:").unwrap();
    let blob = story
        .case()
        .join("blobs/sha256")
        .join(&hash[..2])
        .join(hash);
    let middle = std::fs::read(&blob).unwrap().len() / 2;
    let said = verify_with_flipped(story, &blob, middle).expect("a changed video is noticed");
    assert!(said.contains(id), "{said}");
    story.output("verify");
}

/// Flips one bit of the claim's words: in the signed entry, where they lie as base64, and in the
/// table made from it. Both are noticed; the entry is called by its number.
pub fn to_an_entry(story: &Story) {
    let entries = story.json("log");
    let says = |entry: &&Value| entry["body"].to_string().contains(CLAIMED);
    let seq = &entries.iter().find(says).unwrap()["seq"];
    let database = story.case().join("case.db");
    let bytes = std::fs::read(&database).unwrap();

    let texts = encoded(CLAIMED);
    let signed = places(&bytes, |window| {
        texts.iter().any(|text| window.starts_with(text))
    });
    assert_eq!(signed.len(), 1, "the words are in one entry");
    let said =
        verify_with_flipped(story, &database, signed[0]).expect("a changed entry is noticed");
    assert!(said.contains(&format!("entry {seq}:")), "{said}");

    // SQLite leaves old copies of a changed row in its pages: of those nobody needs to know.
    let projected = places(&bytes, |window| window.starts_with(CLAIMED.as_bytes()));
    let said: Vec<String> = projected
        .iter()
        .filter_map(|place| verify_with_flipped(story, &database, *place))
        .collect();
    assert!(
        said.iter().any(|said| said.contains("record C1:")),
        "{said:?}"
    );
    story.output("verify");
}

/// Where in `bytes` something begins that `found` knows.
fn places(bytes: &[u8], found: impl Fn(&[u8]) -> bool) -> Vec<usize> {
    (0..bytes.len()).filter(|at| found(&bytes[*at..])).collect()
}

/// The three base64 texts that words can have within longer ones, by where they begin in a group of
/// three bytes; without the groups at the ends, which they share with their neighbours.
fn encoded(words: &str) -> [Vec<u8>; 3] {
    [0, 1, 2].map(|skip| {
        let whole = &words.as_bytes()[skip..];
        let groups = &whole[..whole.len() / 3 * 3];
        BASE64_STANDARD.encode(groups).into_bytes()
    })
}

/// What verification says while one bit of a file is flipped; nothing if it notices nothing.
fn verify_with_flipped(story: &Story, file: &Path, at: usize) -> Option<String> {
    flip(file, at);
    let output = story.run("verify");
    flip(file, at);
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    match output.status.code() {
        Some(0) => None,
        Some(3) => Some(said),
        other => panic!("exit code {other:?}: {said}"),
    }
}

/// Flips the lowest bit of one byte of a file, write-protected or not.
fn flip(file: &Path, at: usize) {
    let permissions = std::fs::metadata(file).unwrap().permissions();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    bytes[at] ^= 1;
    std::fs::write(file, bytes).unwrap();
    std::fs::set_permissions(file, permissions).unwrap();
}
