//! A case is exported and imported between every two back ends, and is the same.

#![allow(clippy::unwrap_used)]

#[path = "../../../journal/tests/authority/mod.rs"]
mod authority;
mod broken;
mod desk;
mod sealed;
mod updated;

#[path = "../../../store/tests/servers/s3.rs"]
mod s3;
#[path = "../../../store/tests/servers/postgres.rs"]
mod servers;

use std::fs;

use desk::{Desk, sha256sum};

/// Options of `init` and `import` for every pairing that there is here, with what is missing said.
fn pairings() -> Vec<(&'static str, String)> {
    let server = || Ok(format!("--database {}", servers::cluster()?.case()));
    let bucket = |service: Result<&'static s3::Service, String>| {
        let service = service?;
        Ok(format!(
            "--blobs {} --endpoint {}",
            service.place(),
            service.endpoint()
        ))
    };
    let both = |one: Result<String, String>, other: Result<String, String>| {
        Ok::<_, String>(format!("{} {}", one?, other?))
    };
    let each = [
        ("a file and a folder", Ok(String::new())),
        ("a server and a folder", server()),
        ("a file and a bucket of moto", bucket(s3::moto())),
        ("a file and a bucket of s3s-fs", bucket(s3::s3s())),
        (
            "a server and a bucket of moto",
            both(server(), bucket(s3::moto())),
        ),
        (
            "a server and a bucket of s3s-fs",
            both(server(), bucket(s3::s3s())),
        ),
    ];
    let there = |(name, options): (_, Result<String, String>)| match options {
        Ok(options) => Some((name, options)),
        Err(why) => {
            println!("skipped: {name}: {why}");
            None
        }
    };
    each.into_iter().filter_map(there).collect()
}

/// Each pairing gets what the one before gave, and gives the same bytes: so each gets what any gives.
#[test]
fn a_case_is_the_same_wherever_it_is_moved() {
    let desk = Desk::with_a_rich_case("");
    desk.done("case", "export case.tar");
    let exported = desk.read("case.tar");
    let before = Shown::of(&desk, "case");
    let mut from = "case".to_owned();
    for (count, (name, options)) in pairings().into_iter().enumerate() {
        let to = format!("case-{count}");
        let said = desk.done("", format!("import {from}.tar {to} {options}").trim());
        assert!(said.contains("Made the case \"Moved\""), "{name}: {said}");
        fs::remove_dir_all(desk.path(&to).join("scratch")).ok();
        desk.done(&to, &format!("export {to}.tar"));
        let copies = desk.shell(&format!("find {to} -path '*/scratch/blobs/*' -type f"));
        assert_eq!(copies, "", "{name}: what is exported passes through");
        let again = desk.read(&format!("{to}.tar"));
        assert!(again == exported, "{name}: another archive");
        assert_eq!(Shown::of(&desk, &to), before, "{name}");
        desk.done(&to, "rebuild");
        desk.done(&to, "observe 1 later");
        let said = desk.done(&to, "verify");
        assert!(said.contains("All as it was"), "{name} goes on: {said}");
        from = to;
    }
}

/// What a case shows.
#[derive(Debug, PartialEq)]
struct Shown(Vec<String>);

impl Shown {
    fn of(desk: &Desk, case: &str) -> Self {
        let lines = [
            "log --envelopes",
            "verify --json",
            "witness list --json",
            "view list --json",
            "search market --json",
            "list --json",
            "checkpoint --key",
        ];
        let shown = Self(lines.map(|line| desk.done(case, line)).to_vec());
        assert!(shown.0[1].contains("\"ok\":true") && shown.0[1].contains("other.example/desk"));
        assert!(shown.0[3].contains("refuted"), "{}", shown.0[3]);
        let said = desk.fails(4, case, "frame 2 0 -o frame.png");
        assert!(said.contains("was removed by Ada"), "{said}");
        shown
    }
}

#[test]
fn other_programs_read_it() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export case.tar");
    desk.done("case", "export folder");
    desk.shell("tar xf case.tar");
    assert_eq!(desk.shell("diff -r framewitness-case folder"), "");
    for folder in ["framewitness-case", "folder"] {
        let checked = desk.shell(&format!("cd {folder} && sha256sum -c SHA256SUMS"));
        assert!(checked.lines().count() > 6 && checked.lines().all(|line| line.ends_with(": OK")));
    }
    assert_eq!(
        desk.read("folder/journal.jsonl"),
        desk.done("case", "log --envelopes").into_bytes()
    );
    let verifier = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../journal/tests/verify_journal.py"
    );
    let said = desk.shell(&format!("python3 {verifier} folder/journal.jsonl"));
    assert!(said.contains("\"faulty\": []"), "{said}");
    desk.done("", "import folder other");
    assert!(desk.done("other", "verify").contains("All as it was"));
}

#[test]
fn a_state_of_the_past_is_exported_as_it_stood() {
    let desk = Desk::with_a_case("");
    let head = desk.json("case", "verify")["head"].clone();
    desk.done("case", "export then.tar");
    desk.done("case", "observe 1 'later'");
    let last = head["size"].as_u64().unwrap() - 1;
    desk.done("case", &format!("export again.tar --as-of {last}"));
    assert!(desk.read("then.tar") == desk.read("again.tar"));
}

#[test]
fn what_is_there_already_is_left_alone() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export case.tar");
    let said = desk.fails(2, "", "import case.tar case");
    assert!(said.contains("is a case already"), "{said}");
    fs::create_dir(desk.path("mine")).unwrap();
    fs::write(desk.path("mine/notes"), "mine").unwrap();
    desk.fails(2, "", "import case.tar mine");
    desk.fails(2, "case", "export mine");
    assert_eq!(desk.read("mine/notes"), b"mine");
}

/// Killed anywhere on its way, an import is no case, and done again it is the whole.
#[test]
fn an_import_that_was_killed_is_done_again() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export case.tar");
    let mut cut = 0;
    for wait in 0..12 {
        let to = format!("killed-{wait}");
        let mut child = desk
            .command("", &format!("import case.tar {to}"))
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20 * wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let (code, said) = desk.told("", &format!("import case.tar {to}"));
        match code {
            Some(0) => cut += 1,
            Some(2) => assert!(said.contains("is a case already"), "{said}"),
            _ => panic!("{said}"),
        }
        assert!(desk.done(&to, "verify").contains("All as it was"));
    }
    assert!(cut > 0, "none was killed before its end");
}

#[test]
fn the_list_of_hashes_is_that_of_sha256sum() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export folder");
    let listed = String::from_utf8(desk.read("folder/SHA256SUMS")).unwrap();
    for line in listed.lines() {
        let (hash, name) = line.split_once("  ").unwrap();
        assert_eq!(sha256sum(&desk.path("folder").join(name)), hash);
    }
}
