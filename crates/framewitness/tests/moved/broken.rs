//! Exports that are not what was written, and cases that are not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::desk::Desk;

/// The kept file of the item's original.
fn original(desk: &Desk) -> (String, PathBuf) {
    let id = desk.json("case", "list")["id"].as_str().unwrap().to_owned();
    let hash = id.strip_prefix("sha256:").unwrap();
    let path = desk.path("case/blobs/sha256").join(&hash[..2]).join(hash);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    (id, path)
}

#[test]
fn a_missing_blob_is_named_and_the_rest_is_exported() {
    let desk = Desk::with_a_case("");
    let (id, path) = original(&desk);
    fs::remove_file(path).unwrap();
    let said = desk.fails(4, "case", "export case.tar");
    assert!(
        said.contains(&id) && said.contains("original \"clip.m4v\""),
        "{said}"
    );
    let said = desk.fails(4, "", "import case.tar other");
    assert!(said.contains(&id), "{said}");
    let said = desk.fails(3, "other", "verify");
    assert!(
        said.contains("it is missing"),
        "as where it came from: {said}"
    );
    desk.done("other", "add clip.m4v");
    desk.done("other", "verify");
}

#[test]
fn a_damaged_blob_is_not_exported() {
    let desk = Desk::with_a_case("");
    let (id, path) = original(&desk);
    let mut bytes = fs::read(&path).unwrap();
    bytes[1000] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let said = desk.fails(3, "case", "export case.tar");
    assert!(said.contains(id.strip_prefix("sha256:").unwrap()), "{said}");
    desk.fails(3, "case", "export folder");
    let left: Vec<_> = fs::read_dir(desk.path("")).unwrap().collect();
    let named = |name: &str| {
        left.iter()
            .any(|one| one.as_ref().unwrap().file_name() == name)
    };
    assert!(
        !named("case.tar") && !named("folder") && left.len() == 4,
        "{left:?}"
    );
}

/// Every flipped bit is noticed, or is in the filling between the files, which says nothing.
#[test]
fn a_flipped_bit_is_refused_and_nothing_is_made() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export case.tar");
    let sound = desk.read("case.tar");
    let mut refused = 0;
    for turn in 0..60 {
        let at = turn * sound.len() / 60 + turn * 37 % 512;
        let mut bytes = sound.clone();
        bytes[at.min(sound.len() - 1)] ^= 1 << (turn % 8);
        fs::write(desk.path("flipped.tar"), &bytes).unwrap();
        let (code, said) = desk.told("", "import flipped.tar other");
        match code {
            Some(3) => {
                refused += 1;
                assert!(!desk.path("other").exists(), "{said}");
            }
            Some(0) => {
                let place = sound[at..].iter().take(512).all(|byte| *byte == 0);
                assert!(place || sound[at] == 0, "byte {at}: {said}");
                desk.done("other", "export again.tar");
                assert!(
                    desk.read("again.tar") == sound,
                    "byte {at} changed something"
                );
                fs::remove_dir_all(desk.path("other")).unwrap();
            }
            _ => panic!("byte {at}: {said}"),
        }
    }
    assert!(refused > 50, "{refused} of 60");
}

#[test]
fn a_cut_archive_is_refused() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export case.tar");
    let sound = desk.read("case.tar");
    for share in [0, 1, 2, 5, 9] {
        fs::write(desk.path("cut.tar"), &sound[..sound.len() * share / 10]).unwrap();
        desk.fails(3, "", "import cut.tar other");
    }
    // Between two files, where an archive may end.
    let journal = sound
        .windows(31)
        .position(|w| w == b"framewitness-case/journal.jsonl")
        .unwrap();
    fs::write(desk.path("cut.tar"), &sound[..journal]).unwrap();
    let said = desk.fails(3, "", "import cut.tar other");
    assert!(said.contains("journal.jsonl is missing"), "{said}");
    assert!(!desk.path("other").exists());
}

/// Archives that another program made, to reach beyond the case or to hide something.
#[test]
fn archives_of_strangers_are_refused() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export folder");
    desk.shell("mv folder framewitness-case && chmod -R u+w framewitness-case");
    let pack = "tar cf bad.tar framewitness-case/export.json framewitness-case/SHA256SUMS";
    for (what, line) in [
        (
            "a file beside",
            "echo x > framewitness-case/more && $PACK framewitness-case/more",
        ),
        (
            "a file above",
            "echo x > above && $PACK -P framewitness-case/../above",
        ),
        (
            "a link",
            "ln -sf /etc/passwd framewitness-case/link && $PACK framewitness-case/link",
        ),
        (
            "a file twice",
            "$PACK framewitness-case/journal.jsonl framewitness-case/journal.jsonl --hard-dereference",
        ),
        (
            "a file behind the journal",
            "$PACK framewitness-case/journal.jsonl framewitness-case/blobs",
        ),
        (
            "the list twice",
            "$PACK framewitness-case/SHA256SUMS framewitness-case/journal.jsonl",
        ),
        ("no list", "tar cf bad.tar framewitness-case/journal.jsonl"),
    ] {
        desk.shell(&line.replace("$PACK", pack));
        let said = desk.fails(3, "", "import bad.tar other");
        assert!(said.contains("not a sound export"), "{what}: {said}");
        assert!(!desk.path("other").exists(), "{what}");
    }
    fs::write(desk.path("bad.tar"), "no archive at all").unwrap();
    desk.fails(3, "", "import bad.tar other");
    desk.fails(4, "", "import nothing.tar other");
}

/// A sound export of another journal: every hash is right, and one entry is not signed.
#[test]
fn a_journal_that_was_written_anew_is_refused() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export folder");
    desk.shell(
        "chmod -R u+w folder && cd folder && sed -i '$d' journal.jsonl && sed -i '/journal.jsonl/d' SHA256SUMS \
         && sha256sum journal.jsonl >> SHA256SUMS",
    );
    let said = desk.fails(3, "", "import folder other");
    assert!(
        said.contains("its journal is not the one that it says"),
        "{said}"
    );
    assert!(!desk.path("other").exists());
}

/// The list of hashes of what is in `folder`, made anew.
const LISTED: &str = "cd folder && find . -type f ! -name SHA256SUMS -printf '%P\\n' | sort | xargs sha256sum > SHA256SUMS";

/// Every hash is right, and a blob is there that no entry names, or one is not there that an entry does.
#[test]
fn blobs_are_those_that_the_journal_names() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export sound");
    desk.shell("chmod -R u+w sound && printf x > x && sha256sum < x | cut -c1-64 > hash");
    let hash = String::from_utf8(desk.read("hash")).unwrap();
    let more = format!("blobs/sha256/{}/{}", &hash[..2], hash.trim());
    for line in [
        format!(
            "mkdir -p folder/blobs/sha256/{} && cp x folder/{more}",
            &hash[..2]
        ),
        "rm \"$(find folder/blobs -type f | head -1)\"".to_owned(),
    ] {
        desk.shell(&format!(
            "rm -rf folder && cp -r sound folder && {line} && {LISTED}"
        ));
        let said = desk.fails(3, "", "import folder other");
        assert!(said.contains("not those that its journal names"), "{said}");
        desk.shell("rm -rf framewitness-case && mv folder framewitness-case");
        desk.shell("cd framewitness-case && tar cf ../bad.tar --transform 's,^,framewitness-case/,' export.json SHA256SUMS blobs/*/*/* journal.jsonl");
        desk.fails(3, "", "import bad.tar other");
    }
    // Made so, a sound one is taken: it is not the archive that is refused.
    desk.shell("rm -rf folder && cp -r sound folder");
    desk.shell(LISTED);
    desk.done("", "import folder other");
}

#[test]
fn what_a_newer_version_wrote_is_not_called_damaged() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export folder");
    desk.shell("chmod -R u+w folder && touch folder/more && sed -i 's,export/1,export/2,' folder/export.json");
    desk.shell(LISTED);
    let said = desk.fails(5, "", "import folder other");
    assert!(said.contains("framewitness-export/2"), "{said}");
    assert!(!desk.path("other").exists());
}
