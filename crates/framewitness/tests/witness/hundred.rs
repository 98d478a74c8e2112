//! Every kind of change of a case of a hundred entries and its time stamps.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Desk, EC};
use crate::authority::Authority;

/// A case of a hundred entries with two time stamps.
fn hundred(desk: &Desk) -> Vec<PathBuf> {
    let authority = Authority::new("hundred", EC, 0);
    for n in 0..80 {
        desk.done("ada", &format!("hypothesis add number-{n}"));
    }
    let mut tokens = Vec::new();
    for n in 0..2 {
        desk.stamped(&authority, &format!("{n}.tsr"));
        let kept = desk.json("ada", &format!("witness add {n}.tsr --roots root.der"));
        let id = kept["proof"].as_str().unwrap().replace("sha256:", "");
        tokens.push(desk.path("ada/blobs/sha256").join(&id[..2]).join(id));
    }
    while desk.done("ada", "log --json").lines().count() < 100 {
        desk.done("ada", "hypothesis add another");
    }
    tokens
}

/// Changes the entries of a case behind the program's back, and leaves no trace in the layout.
fn rewrite(desk: &Desk, change: &str) {
    let script = format!(
        "import sqlite3\n\
         db = sqlite3.connect('ada/case.db', isolation_level=None)\n\
         rules = db.execute(\"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'\").fetchall()\n\
         [db.execute('DROP TRIGGER ' + name) for name, sql in rules]\n\
         row = lambda n: db.execute('SELECT envelope FROM entries WHERE seq = ?', [n]).fetchone()[0]\n\
         put = lambda n, e: db.execute('UPDATE entries SET envelope = ? WHERE seq = ?', [e, n])\n\
         {change}\n\
         [db.execute(sql) for name, sql in rules]\n"
    );
    let output = Command::new("python3")
        .args(["-c", &script])
        .current_dir(desk.0.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Puts the case back as it was.
fn restore(desk: &Desk) {
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(desk.path(&format!("ada/case.db{end}")));
    }
    fs::copy(desk.path("whole.db"), desk.path("ada/case.db")).unwrap();
}

/// Changes, and the first entry that each of them touches.
fn changes() -> Vec<(usize, String)> {
    let flip = |n: usize, at: usize| {
        (
            n,
            format!(
                "e = bytearray(row({n})); e[{at} % len(e)] ^= 1 << {n} % 8; put({n}, bytes(e))"
            ),
        )
    };
    let mut changes: Vec<(usize, String)> =
        (0..100).step_by(9).map(|n| flip(n, n * 7919)).collect();
    for n in [0, 17, 50, 98] {
        changes.push((
            n,
            format!("db.execute('DELETE FROM entries WHERE seq = {n}')"),
        ));
        changes.push((
            n,
            format!("a, b = row({n}), row({n} + 1); put({n}, b); put({n} + 1, a)"),
        ));
        changes.push((n, format!("put({n}, row({n})[:-{n} - 1])")));
    }
    changes
}

/// A token with a bit flipped, cut short, exchanged and gone.
fn other_bytes_are_named(desk: &Desk, token: &Path, tokens: &[PathBuf]) {
    let whole = fs::read(token).unwrap();
    let name = token.file_name().unwrap().to_str().unwrap();
    let other = fs::read(
        tokens
            .iter()
            .find(|other| other.as_path() != token)
            .unwrap(),
    )
    .unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 16;
    for instead in [
        Some(&flipped[..]),
        Some(&whole[..whole.len() - 1]),
        Some(&other[..]),
        None,
    ] {
        fs::remove_file(token).unwrap();
        if let Some(bytes) = instead {
            fs::write(token, bytes).unwrap();
        }
        for words in ["verify", "verify --quick"] {
            let said = desk.fails(3, "ada", words);
            assert!(said.contains(name), "{said}");
        }
        fs::write(token, &whole).unwrap();
    }
}

/// What a quick check does not take from a signed head: whose the entries after it are, and who signs.
fn a_last_entry_and_records_of_heads_are_looked_at_in_haste_too(desk: &Desk) {
    let said = desk.done("ada", "verify --quick");
    assert!(
        said.contains("a signed head vouches for entries 0 to") && said.contains("not tried"),
        "{said}"
    );
    let last = "import base64, json; e = json.loads(row(99)); s = bytearray(base64.b64decode(e['signatures'][0]['sig'])); \
                s[9] ^= 1; e['signatures'][0]['sig'] = base64.b64encode(s).decode(); \
                put(99, json.dumps(e, separators=(',', ':')).encode())";
    for (change, what) in [
        (last, "entry 99: the signature"),
        ("db.execute('DELETE FROM actors')", "actor 1: it is missing"),
        (
            "db.execute('DELETE FROM checkpoints WHERE number = 1')",
            "K1: it is missing",
        ),
    ] {
        rewrite(desk, change);
        let said = desk.fails(3, "ada", "verify --quick");
        assert!(said.contains(what), "{change}: {said}");
        restore(desk);
    }
}

#[test]
fn whatever_is_changed_in_a_case_of_a_hundred_entries_is_named() {
    let desk = Desk::new();
    let tokens = hundred(&desk);
    desk.done("ada", "verify");
    fs::copy(desk.path("ada/case.db"), desk.path("whole.db")).unwrap();
    for (place, change) in changes() {
        rewrite(&desk, &change);
        let said = desk.fails(3, "ada", "verify");
        assert!(
            said.contains(&format!("entry {place}:")),
            "{change}: {said}"
        );
        // What is changed under a signed head is told by the entry after it, which no longer follows.
        let said = desk.fails(3, "ada", "verify --quick");
        let named = [place, place + 1].map(|entry| said.contains(&format!("entry {entry}:")));
        assert!(named.contains(&true), "{change}: {said}");
        restore(&desk);
    }
    a_last_entry_and_records_of_heads_are_looked_at_in_haste_too(&desk);
    // Going by what entries say of their places, a look at the past would never end.
    let exchange = "a, b = row(98), row(99); put(98, b); put(99, a)";
    rewrite(&desk, exchange);
    desk.fails(4, "ada", "hypothesis list --as-of 2999-12");
    restore(&desk);
    // A journal cut short, its head with it, is sound by itself: heads that were signed tell.
    rewrite(&desk, "db.execute('DELETE FROM entries WHERE seq > 60')");
    let said = desk.fails(3, "ada", "verify");
    assert!(
        said.contains("tree head") && said.contains("record"),
        "{said}"
    );
    restore(&desk);

    for token in &tokens {
        other_bytes_are_named(&desk, token, &tokens);
    }
    desk.done("ada", "verify");
}
