//! Keys as people handle them: protected by a passphrase, changed, revoked; checked with `ssh-keygen`.

#![allow(clippy::unwrap_used)]

mod program;

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const PASSPHRASE: &str = "correct horse";

/// A folder with keys and cases.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        desk.done("init one");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = program::command(self.0.path(), "Ada", line);
        if !line.contains("--case") && !line.starts_with("init") {
            command.env("FRAMEWITNESS_CASE", "one");
        }
        command
    }

    fn done(&self, line: &str) -> String {
        let (code, said) = program::told(self.command(line));
        assert_eq!(code, Some(0), "{line}: {said}");
        said
    }

    fn done_with(&self, line: &str, passphrase: &str) -> String {
        let mut command = self.command(line);
        command.env("FRAMEWITNESS_PASSPHRASE", passphrase);
        let (code, said) = program::told(command);
        assert_eq!(code, Some(0), "{line}: {said}");
        said
    }

    fn refused(&self, line: &str) -> String {
        let (code, said) = program::told(self.command(line));
        assert_eq!(code, Some(1), "{line}: {said}");
        said
    }

    /// The public key that `ssh-keygen` finds in a file under `passphrase`.
    fn as_openssh_reads_it(&self, file: &str, passphrase: &str) -> Option<String> {
        let output = Command::new("ssh-keygen")
            .args(["-y", "-P", passphrase, "-f"])
            .arg(self.path(file))
            .output()
            .unwrap();
        let key = String::from_utf8(output.stdout).unwrap();
        let words: Vec<&str> = key.split_whitespace().take(2).collect();
        output.status.success().then(|| words.join(" "))
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_protected_key_signs_after_its_passphrase_only() {
    let desk = Desk::new();
    let plain = json(&desk.done("key show --json"));
    desk.done_with("key protect", PASSPHRASE);
    let sealed = json(&desk.done("key show --json"));
    assert_eq!(
        (&sealed["protected"], &plain["protected"]),
        (&true.into(), &false.into())
    );
    assert_eq!(sealed["public_key"], plain["public_key"]);
    let read = desk.as_openssh_reads_it("home/keys/Ada.key", PASSPHRASE);
    assert_eq!(read.as_deref(), plain["public_key"].as_str());
    assert_eq!(desk.as_openssh_reads_it("home/keys/Ada.key", ""), None);

    // Reading asks for nothing; signing needs it, and a wrong one leaves the journal as it was.
    let before = desk.done("log");
    let said = desk.refused("hypothesis add staged");
    assert!(said.contains("nobody could be asked"), "{said}");
    let mut wrong = desk.command("hypothesis add staged");
    wrong.env("FRAMEWITNESS_PASSPHRASE", "wrong horse");
    let (code, said) = program::told(wrong);
    assert_eq!(code, Some(1));
    assert!(said.contains("does not open"), "{said}");
    assert_eq!(desk.done("log"), before);
    desk.done_with("hypothesis add staged", PASSPHRASE);
    std::fs::write(desk.path("secret"), format!("{PASSPHRASE}\n")).unwrap();
    let mut from_file = desk.command("hypothesis add genuine");
    from_file.env("FRAMEWITNESS_PASSPHRASE_FILE", desk.path("secret"));
    assert_eq!(program::told(from_file).0, Some(0));

    desk.done_with("key protect --remove", PASSPHRASE);
    desk.done("hypothesis add unclear");
    desk.done("verify");
}

#[test]
fn a_new_key_is_told_to_each_case() {
    let desk = Desk::new();
    desk.done("init two");
    desk.done_with("key protect", PASSPHRASE);
    let before = json(&desk.done("key show --json"));
    let kept = desk.path("one.checkpoint");
    std::fs::write(&kept, desk.done_with("log --checkpoint", PASSPHRASE)).unwrap();

    let rotated = json(&desk.done_with("key rotate --json --reason laptop", PASSPHRASE));
    let after = json(&desk.done("key show --json"));
    assert_eq!(rotated["fingerprint"], after["fingerprint"]);
    assert_ne!(before["fingerprint"], after["fingerprint"]);
    assert_eq!(
        after["protected"], true,
        "a new key is under the passphrase of the old one"
    );
    desk.done_with("hypothesis add staged", PASSPHRASE);

    // The other case goes on with the key that it knows, until it is told.
    desk.done_with("hypothesis add staged --case two", PASSPHRASE);
    let signer = json(&desk.done("key show --all --json --case two"));
    assert_eq!(signer["fingerprint"], before["fingerprint"]);
    desk.done_with("key rotate --case two", PASSPHRASE);
    let signer = json(&desk.done("key show --all --json --case two"));
    assert_eq!(signer["fingerprint"], after["fingerprint"]);
    assert_eq!(signer["former"][0]["fingerprint"], before["fingerprint"]);
    desk.done_with("hypothesis add genuine --case two", PASSPHRASE);
    for case in ["one", "two"] {
        desk.done(&format!("verify --case {case}"));
        desk.done(&format!("rebuild --case {case}"));
    }
    // What the old key signed holds.
    desk.done("verify --against one.checkpoint");
}

#[test]
fn a_revoked_key_signs_nothing_more() {
    let desk = Desk::new();
    desk.done("hypothesis add staged --actor Ben");
    let said = desk.done("key revoke Ben --reason stolen");
    assert!(said.contains("the key of Ben signs nothing more"), "{said}");
    let said = desk.refused("hypothesis add genuine --actor Ben");
    assert!(said.contains("was revoked by entry 4: stolen"), "{said}");
    desk.refused("key rotate --actor Ben");
    let said = desk.refused("key revoke Ben --reason again");
    assert!(said.contains("was revoked"), "{said}");
    desk.done("key revoke --reason leaving");
    desk.refused("hypothesis add genuine");
    desk.done("hypothesis add genuine --actor Cy");
    desk.done("verify");
    desk.done("rebuild");
}
