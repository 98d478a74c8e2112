//! What keeps a draft from leaving, and what resolves it.

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::desk::*;
use crate::bench::Bench;

#[test]
fn what_is_named_and_not_published_is_told_with_what_resolves_it() {
    let bench = recorded();
    let number = approved(&bench, "#1 C1 H1 A1 --title x --summary y --mention C2");
    let refused = |number: &str| bench.refused(&format!("publish seal {number} --out bundle"));
    let (code, told) = refused(&number);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("which is not published; and"), "{told}");
    let shown = bench.run(&format!("publish show {number}"));
    for line in [
        "C1 names O1, which is not published: select O1 too, leave C1 out, or let its number stand: --mention 'O1'",
        "C1 names S1, which is not published",
        "A1 names O1, which is not published",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    // An item is selected with what is of it, or neither; a number alone may stand.
    let number = approved(&bench, "C1 S1 --title x --summary y");
    let (_, told) = refused(&number);
    let sentence = "C1 is of an item that is not published, #1";
    assert!(told.contains(sentence), "{told}");
    assert!(told.contains("select #1 too, or leave C1 out"), "{told}");
    let shown = bench.json(&format!("publish show {number}"));
    let refusals = shown[0]["refusals"].as_array().unwrap();
    let resolved = |sentence: &str| {
        let told = |it: &&Value| it["sentence"].as_str().unwrap().starts_with(sentence);
        let one = refusals.iter().find(told).unwrap();
        (one["missing"].clone(), one["mentionable"].clone())
    };
    assert_eq!(resolved(sentence), ("#1".into(), false.into()));
    assert_eq!(resolved("C1 names O1"), ("O1".into(), true.into()));
    let number = approved(&bench, "F:#1:1 --title x --summary y");
    let (_, told) = refused(&number);
    assert!(
        told.contains("F:#1:1 is of #1, which is not selected"),
        "{told}"
    );

    // As of a state in which it was not there.
    bench.run("claim add 1 later");
    let number = approved(&bench, "#1 C3 --title x --summary y --checkpoint K1");
    let (_, told) = refused(&number);
    assert!(told.contains("C3 was not in the case at K1"), "{told}");
    let number = approved(&bench, "#1 C3 --title x --summary y");
    let entry = bench
        .json("log")
        .iter()
        .rfind(|it| it["kind"] == "claim.made")
        .unwrap()["seq"]
        .clone();
    bench.run(&format!("undo {entry} --reason mistaken"));
    let (_, told) = refused(&number);
    assert!(told.contains("C3 was taken back"), "{told}");
    assert!(!bench.path("bundle").exists());
}

#[test]
fn who_must_not_be_known_keeps_it_from_leaving() {
    let bench = recorded();
    say(&bench, "Ada", &["observe 1 --frame 5", "as Cyril says"]);
    let refused = |arguments: &str| {
        let number = approved(&bench, arguments);
        bench
            .refused(&format!("publish seal {number} --out bundle"))
            .1
    };
    let told = refused("#1 O3 --title x --summary y --pseudonym Cyril=Analyst");
    assert!(
        told.contains("O3 names Cyril, who goes by Analyst"),
        "{told}"
    );
    let told = refused("#1 --title x --summary y --pseudonym Ada=Analyst");
    assert!(told.contains("let somebody seal it who is named"), "{told}");
    let told = refused("#1 --title x --summary y --question Cyril? --pseudonym Cyril=Analyst");
    assert!(told.contains("names Cyril, who goes by Analyst"), "{told}");
    let told = refused("#1 --title x --summary y --originals");
    assert!(told.contains("#1 shows P1, who is protected"), "{told}");
    bench.run("publish draft #1 --title x --summary y");
    let (code, told) = bench.refused("publish seal B5 --out bundle");
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("B5 was not reviewed"), "{told}");
}

/// Drafts, has approved and tries to seal; the number, and what was said.
fn sealed(bench: &Bench, arguments: &str, code: i32) -> (String, String) {
    let drafted = format!("#1 --title x --summary y {arguments}");
    let number = approved(bench, drafted.trim());
    let output = bench.output("Ada", &format!("publish seal {number} --out {number}"));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{told}");
    (number, told)
}

#[test]
fn a_masked_copy_leaves_when_nothing_is_owed() {
    let bench = recorded();
    let sealed = |arguments: &str, code: i32| sealed(&bench, arguments, code);
    let mask = "mask draw 1 --frame 7 --region 0,0,20,20 --protects P1 --reason zq-reason";
    bench.run(mask);
    let told = sealed("", 1).1;
    assert!(
        told.contains("nobody has confirmed X2, a mask of #1"),
        "{told}"
    );
    bench.run("mask confirm X2");
    bench.run_as("Ben", "mask confirm X2");
    sealed("", 0);
    assert!(
        sealed("--masked", 1)
            .1
            .contains("#1 had no copy with the masks that stood at K")
    );
    bench.run("mask render 1");
    let (number, _) = sealed("--masked", 0);

    let told = fs::read(bench.path(&format!("{number}/data/masked/item-1.json"))).unwrap();
    let said: Value = serde_json::from_slice(&told).unwrap();
    let copy = fs::read(bench.path(&format!("{number}/data/masked/item-1.mp4"))).unwrap();
    let hash = format!("sha256:{}", hex::encode(Sha256::digest(copy)));
    assert_eq!(
        (&said["copy"], &said["original"]),
        (&hash.into(), &bench.json("list")[0]["id"])
    );
    assert_eq!(said["masks"][0]["span"]["first"]["no"], 7);
    assert_eq!(
        (&said["check"]["masked_frames"], &said["check"]["leaks"]),
        (&1.into(), &Value::Array(Vec::new()))
    );
    assert!(
        !String::from_utf8(told).unwrap().contains("zq-"),
        "why it is masked stays in the case"
    );
    bench.run(&format!("verify {number}"));

    bench.run("mask draw 1 --frame 9 --region 0,0,20,20 --reason other");
    bench.run("mask confirm X3");
    let (_, told) = sealed("--masked", 1);
    assert!(
        told.contains("#1 had no copy with the masks that stood at K"),
        "{told}"
    );
}

#[test]
fn of_a_minor_nobody_decides_alone() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("person add satchel --role minor");
    bench.run("person appears P1 1 --frame 7 --region 0,0,20,20");
    bench.run("publish draft #1 #1#frame=7 --title x --summary y");
    bench.run("publish draft #1 #1#frame=9 --title x --summary y");
    let refused = |number: &str| {
        let shown = bench.json(&format!("publish show {number}")).remove(0);
        let refusals = shown["refusals"].as_array().unwrap().clone();
        let text = |it: &Value| {
            let said = format!("{}: {}", it["sentence"], it["resolve"]);
            (said.replace('"', ""), it["page"].clone())
        };
        refusals.iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(refused("B1"), [], "nobody else works here");
    bench.run_as("Ben", "tag add 1 harbour");
    let boxed = "a figure shows frame 7 of #1, on which nobody but who entered it says where P1, a minor, is: draw a \
                 mask there that protects P1, and let somebody else confirm it: `framewitness mask draw #1 --frame 7 \
                 --region … --protects P1`";
    let page = |page: &str| Value::from(page);
    let masks = page("#/items/1?panel=masks");
    assert_eq!(refused("B1"), [(boxed.to_owned(), masks.clone())]);
    assert_eq!(refused("B2"), [], "no figure shows the minor");

    bench.run("mask draw 1 --frame 7 --region 0,0,20,20 --protects P1 --reason x");
    bench.run("mask confirm X1");
    let alone = "nobody but Ada, who drew it, has confirmed X1, which hides P1, a minor: let somebody else look at it on \
                 every frame: `framewitness mask confirm X1 --actor NAME`";
    assert_eq!(refused("B2"), [(alone.to_owned(), masks.clone())]);
    bench.run_as("Ben", "publish review B1 --approve");
    let (code, told) = bench.refused("publish seal B1 --out bundle");
    assert!(
        code == 1 && told.contains("which hides P1, a minor"),
        "{told}"
    );
    bench.run_as("Ben", "mask confirm X1");
    assert_eq!(refused("B1"), []);

    bench.run("person protect P1 --reason grown");
    let grown = refused("B1").remove(0);
    assert!({ grown.0 }.starts_with(
        "only Ada says that P1, who was said to be a minor, needs no protection as one: let"
    ),);
    assert_eq!(grown.1, page("#/items/1?panel=record"));
    bench.run_as("Ben", "person protect P1 --as witness --reason seen");
    assert_eq!(refused("B1"), [], "both say so");
    bench.run("person appears P1 1 --frame 9 --role minor");
    bench.run_as("Ben", "person protect P1 --reason grown");
    assert_eq!(
        refused("B1").len(),
        1,
        "what was said before that does not count"
    );
}

#[test]
fn a_figure_is_black_where_a_mask_lies_and_nowhere_else() {
    let bench = recorded();
    bench.run("mask draw 1 --frame 9 --region 0,0,20,20 --method blur --reason x");
    bench.run("mask confirm X2");
    let (number, _) = sealed(&bench, "#1#frame=9", 0);
    let figure = fs::File::open(bench.path(&format!("{number}/data/figures/item-1-frame-9.png")));
    let mut figure = png::Decoder::new(std::io::BufReader::new(figure.unwrap()))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; figure.output_buffer_size().unwrap()];
    let width = figure.next_frame(&mut pixels).unwrap().width as usize;
    let black = |x: usize, y: usize| pixels[(y * width + x) * 3..][..3] == [0; 3];
    assert!((0..20).all(|y| (0..20).all(|x| black(x, y))));
    assert!(!(0..20).all(|y| black(20, y)));
    let page =
        fs::read_to_string(bench.path(&format!("{number}/data/report-item-1.html"))).unwrap();
    assert!(page.contains("Parts of it are blackened, for protection."));
}
