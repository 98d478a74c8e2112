//! Verifying what came since a state that was verified before.

use std::fs;

use crate::bench::{Bench, fixture};

/// The bytes and the remarks of `verify` with these words.
fn verified(bench: &Bench, words: &str) -> (u64, String) {
    let mut answer = bench.json(format!("verify {words}").trim());
    let answer = answer.remove(0);
    (
        answer["bytes"].as_u64().unwrap(),
        answer["unproven"].to_string(),
    )
}

#[test]
fn what_was_read_before_need_not_be_read_again() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("checkpoint -o then");
    let before = bench.entries() - 1;
    let (all, said) = verified(&bench, "");
    assert!(!said.contains("not read"), "{said}");
    for state in ["then".to_owned(), (before - 1).to_string()] {
        let (read, said) = verified(&bench, &format!("--since {state}"));
        assert_eq!(read, 0, "{state}");
        assert!(said.contains("they are here, and were not read"), "{said}");
    }
    let clip = fixture("odd/anamorphic.mp4");
    bench.run(&format!("add {}", clip.display()));
    let (read, _) = verified(&bench, "--since then");
    assert_eq!(read, fs::metadata(clip).unwrap().len());
    assert_eq!(verified(&bench, "").0, all + read);
}

#[test]
fn a_blob_that_is_lost_is_found_and_one_that_is_changed_is_not() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("checkpoint -o then");
    let item = bench.json("list")[0]["id"].as_str().unwrap().to_owned();
    let hex = item.strip_prefix("sha256:").unwrap();
    let original = bench.path(&format!("case/blobs/sha256/{}/{hex}", &hex[..2]));
    let bytes = fs::read(&original).unwrap();
    let refused = |words: &str, code: i32, what: &str| {
        let (found, told) = bench.refused(words);
        assert!(
            found == code && told.contains(what),
            "{words}: {found} {told}"
        );
    };
    let mut changed = bytes.clone();
    changed[1000] ^= 1;
    fs::remove_file(&original).unwrap();
    refused("verify --since then", 3, "missing");
    fs::write(&original, &changed).unwrap();
    bench.run("verify --since then");
    let said = bench.json("verify --quick").remove(0)["unproven"].to_string();
    assert!(said.contains("neither was read"), "{said}");
    refused("verify", 3, hex);
    fs::write(&original, &bytes[1..]).unwrap();
    refused("verify --since then", 3, "bytes instead of");
    let (code, told) = bench.refused("verify --quick --since then");
    assert!(code == 2 && told.contains("cannot be used with"), "{told}");
    refused("verify --since 2020", 4, "there is no entry 2020");
}
