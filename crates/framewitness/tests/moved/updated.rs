//! A case that is kept elsewhere is brought up to a later export of it.

use std::fs;

use crate::desk::Desk;

#[test]
fn what_is_new_is_added() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export early.tar");
    desk.done("", "import early.tar kept");
    desk.done("case", "observe 1 later");
    desk.done("case", "report 1 -o later.html");
    desk.done("case", "export late.tar");
    let said = desk.fails(2, "", "import late.tar kept");
    assert!(said.contains("is a case already"), "{said}");

    let told = desk.json("", "import late.tar kept --update");
    assert_eq!(
        (&told["new_entries"], &told["new_blobs"]),
        (&2.into(), &1.into())
    );
    let (journal, kept) = ("log --envelopes", desk.done("kept", "log --envelopes"));
    assert_eq!(kept, desk.done("case", journal));
    assert!(desk.done("kept", "verify").contains("All as it was"));
    desk.done("kept", "rebuild");
    desk.done("kept", "export again.tar");
    assert!(desk.read("again.tar") == desk.read("late.tar"));

    let told = desk.json("", "import late.tar kept --update");
    assert_eq!(
        (&told["new_entries"], &told["new_blobs"]),
        (&0.into(), &0.into())
    );
    let said = desk.fails(1, "", "import early.tar kept --update");
    assert!(said.contains("it is older, or of another case"), "{said}");
    desk.fails(2, "", "import late.tar kept --update --blobs elsewhere");
    desk.fails(4, "", "import late.tar nowhere --update");
    assert_eq!(desk.done("kept", journal), kept);
}

#[test]
fn a_case_that_went_its_own_way_is_left_alone() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export early.tar");
    desk.done("", "import early.tar kept");
    desk.done("kept", "observe 1 here");
    desk.done("case", "observe 1 there");
    desk.done("case", "report 1 -o later.html");
    desk.done("case", "export late.tar");
    let before = desk.done("kept", "log --envelopes");
    let blobs = desk.shell("find kept/blobs -type f | sort");
    let said = desk.fails(1, "", "import late.tar kept --update");
    assert!(said.contains("of another case"), "{said}");
    assert_eq!(desk.done("kept", "log --envelopes"), before);
    assert_eq!(desk.shell("find kept/blobs -type f | sort"), blobs);
}

/// A copy that was made before the removal loses the bytes too.
#[test]
fn what_was_removed_meanwhile_is_erased() {
    let desk = Desk::with_a_case("");
    desk.done("case", "undo 5 --reason mistake");
    desk.done("case", "undo 4 --reason mistake");
    desk.done("case", "export early.tar");
    desk.done("", "import early.tar kept");
    desk.done("case", "remove 1 --ground law --reason ordered --yes");
    desk.done("case", "export late.tar");
    desk.done("", "import late.tar kept --update");
    let left = "cd $CASE/blobs/sha256 && find . -type f | sort";
    let left = |case: &str| desk.shell(&left.replace("$CASE", case));
    assert_eq!(left("kept"), left("case"));
    assert!(desk.done("kept", "verify").contains("All as it was"));
}

/// What a disk lost comes back from the export.
#[test]
fn a_blob_that_was_lost_comes_back() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export case.tar");
    let id = desk.json("case", "list")["id"].as_str().unwrap().to_owned();
    let hash = id.strip_prefix("sha256:").unwrap();
    fs::remove_file(desk.path("case/blobs/sha256").join(&hash[..2]).join(hash)).unwrap();
    desk.fails(3, "case", "verify");
    let told = desk.json("", "import case.tar case --update");
    assert_eq!(
        (&told["new_entries"], &told["new_blobs"]),
        (&0.into(), &1.into())
    );
    desk.done("case", "verify");
}
