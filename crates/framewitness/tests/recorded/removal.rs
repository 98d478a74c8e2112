//! Erasing the bytes of an item, and what every other command says of it then.

use std::fs;
use std::path::PathBuf;

use crate::bench::{Bench, fixture};

const REMOVE: &str = "remove 1 --ground law --reason ordered";

/// Files that are kept under `sha256/`.
fn blobs(bench: &Bench) -> Vec<PathBuf> {
    let folders = fs::read_dir(bench.path("case/blobs/sha256")).unwrap();
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn what_is_removed_is_gone_but_for_its_tombstone() {
    let bench = Bench::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    bench.run("report 1 -o before.html");
    let before = bench.entries() - 1;
    // Both show the same pictures: fingerprints and thumbnails are of the other item too, and stay.
    let plan = bench.json("remove 1").remove(0);
    assert_eq!(
        (&plan["blobs"], plan["citing"].as_array().unwrap().len()),
        (&4.into(), 0)
    );
    let (code, told) = bench.refused(REMOVE);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("nothing of #1 was erased"), "{told}");
    let kept = blobs(&bench).len();
    let tombstone = bench.json(&format!("{REMOVE} --yes")).remove(0);
    assert_eq!(
        tombstone["derived"].as_array().unwrap().len(),
        3,
        "{tombstone}"
    );
    assert!(
        tombstone["derived"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["blake3"].is_string())
    );
    assert_eq!(blobs(&bench).len(), kept - 4);

    every_reader_says_so(&bench, before);
    bench.run("report 1 -o after.html");
    let report = fs::read_to_string(bench.path("after.html")).unwrap();
    assert!(report.contains("id=\"removed\"") && report.contains("ordered"));
    assert!(report.contains(tombstone["blake3"].as_str().unwrap()));
    let verified = bench.run("verify");
    assert!(
        verified.contains("with tombstone") && verified.contains("All as it was"),
        "{verified}"
    );
    assert_eq!(bench.json("verify")[0]["removed"][0]["number"], "#1");
    bench.run("rebuild");
}

fn every_reader_says_so(bench: &Bench, before: usize) {
    for reader in [
        "inspect 1",
        "frames 1",
        "frame 1 0 -o x.png",
        "span 1 --from 0 --to 2 -o x.mkv",
        "filmstrip 1 -o x.png",
        "sound 1",
        "waveform 1 -o x.dat",
        "match 1",
        "same 1 2",
        "hash 1",
        "observe 1 x --frame 0",
        "watch add 1",
    ] {
        for state in [String::new(), format!(" --as-of {before}")] {
            if !state.is_empty()
                && ["match", "observe", "watch"]
                    .iter()
                    .any(|it| reader.starts_with(it))
            {
                continue;
            }
            let (code, told) = bench.refused(&format!("{reader}{state}"));
            assert_eq!(code, 4, "{reader}{state}: {told}");
            assert!(told.contains("removed by Ada"), "{reader}{state}: {told}");
        }
    }
    let (code, told) = bench.refused(&format!("report 1 -o then.html --as-of {before}"));
    assert_eq!(code, 4, "{told}");
    assert!(bench.run("list").contains("removed (law)  rotated.mp4"));
    bench.run("match");
    bench.run("match --quick");
    bench.run("inspect --all");
}

#[test]
fn what_is_in_use_says_what_frees_it() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("observe 1 blood --frame 3");
    let entry = bench.entries() - 1;
    let (code, told) = bench.refused(&format!("{REMOVE} --yes"));
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("#1 is in use: O1 cite it"), "{told}");
    assert!(
        told.contains(&format!("`undo {entry} --reason …`")),
        "{told}"
    );
    bench.run(&format!("undo {entry} --reason freed"));
    bench.run(&format!("{REMOVE} --yes"));
    let last = bench.entries() - 1;
    let (code, told) = bench.refused(&format!("undo {last} --reason regretted"));
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("nothing brings them back"), "{told}");
}

#[test]
fn the_same_bytes_are_not_taken_again() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run(&format!("{REMOVE} --yes"));
    let kept = blobs(&bench);
    let (code, told) = bench.refused(&format!("add {}", fixture("odd/rotated.mp4").display()));
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("these bytes are not taken again: #1 was removed by Ada"),
        "{told}"
    );
    assert_eq!(blobs(&bench), kept, "nothing of them lies here");
}

#[test]
fn what_was_cut_off_is_gone_on_with_when_the_case_is_next_opened() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    let before = blobs(&bench);
    let copy: Vec<(PathBuf, Vec<u8>)> = before
        .iter()
        .map(|it| (it.clone(), fs::read(it).unwrap()))
        .collect();
    bench.run(&format!("{REMOVE} --yes"));
    assert!(blobs(&bench).is_empty());
    // As a program leaves it that is killed between the tombstone and the last file.
    for (path, bytes) in &copy {
        fs::write(path, bytes).unwrap();
    }
    let marks = bench.path("case/scratch/removed");
    let _ = fs::remove_file(marks);
    fs::create_dir_all(bench.path("case/scratch/index-0")).unwrap();
    let id = bench.json("list")[0]["id"]
        .as_str()
        .unwrap()
        .replace("sha256:", "");
    assert!(blobs(&bench).is_empty(), "opening erases");
    assert!(!bench.path("case/scratch/index-0").exists());
    assert!(!bench.path(&format!("case/scratch/{id}.pass")).exists());
}
