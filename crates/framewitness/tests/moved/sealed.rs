//! Exports that only some can open, beside age itself.

use std::fs;
use std::process::Command;

use crate::desk::{Desk, told};

/// Makes a key with age's own program, and tells whom it is for; or nothing where there is no age.
fn key(desk: &Desk, name: &str) -> Option<String> {
    let made = Command::new("age-keygen")
        .args(["-o".as_ref(), desk.path(name).as_os_str()])
        .output();
    let Ok(made) = made else {
        println!("skipped: age is not installed (tools/setup test)");
        return None;
    };
    assert!(made.status.success());
    let text = fs::read_to_string(desk.path(name)).unwrap();
    let public = text
        .lines()
        .find_map(|line| line.strip_prefix("# public key: "));
    Some(public.unwrap().to_owned())
}

#[test]
fn whoever_has_a_key_opens_it_and_nobody_else() {
    let desk = Desk::with_a_case("");
    let (Some(ada), Some(_)) = (key(&desk, "ada.key"), key(&desk, "ben.key")) else {
        return;
    };
    desk.done("case", "export plain.tar");
    desk.done("case", &format!("export sealed.tar.age --age {ada}"));
    desk.shell("age -d -i ada.key -o opened.tar sealed.tar.age");
    assert!(desk.read("opened.tar") == desk.read("plain.tar"));
    desk.shell(&format!("age -r {ada} -o theirs.tar.age plain.tar"));
    for file in ["sealed.tar.age", "theirs.tar.age"] {
        desk.done("", &format!("import {file} {file}-case --identity ada.key"));
        desk.done(&format!("{file}-case"), "verify");
    }
    let said = desk.fails(1, "", "import sealed.tar.age other --identity ben.key");
    assert!(said.contains("this is not what opens it"), "{said}");
    assert!(!desk.path("other").exists());

    let sealed = desk.read("sealed.tar.age");
    for share in 0..20 {
        let mut bytes = sealed.clone();
        // From behind the header on, which says whom it is for.
        let at = 400 + (sealed.len() - 401) * share / 19;
        bytes[at] ^= 1;
        fs::write(desk.path("flipped.tar.age"), &bytes).unwrap();
        desk.fails(3, "", "import flipped.tar.age other --identity ada.key");
    }
    for cut in [sealed.len() / 2, sealed.len() - 1] {
        fs::write(desk.path("cut.tar.age"), &sealed[..cut]).unwrap();
        desk.fails(3, "", "import cut.tar.age other --identity ada.key");
    }
    // In the header: nobody can tell a changed one from one for somebody else.
    for at in (0..150).step_by(7) {
        let mut bytes = sealed.clone();
        bytes[at] ^= 1;
        fs::write(desk.path("flipped.tar.age"), &bytes).unwrap();
        let (code, said) = desk.told("", "import flipped.tar.age other --identity ada.key");
        assert!(
            matches!(code, Some(1 | 3 | 5)),
            "byte {at}: {code:?} {said}"
        );
    }
    assert!(!desk.path("other").exists());
}

#[test]
fn a_key_of_ssh_opens_it() {
    let desk = Desk::with_a_case("");
    desk.done("case", "export plain.tar");
    for (kind, name, words) in [
        ("ed25519", "plain", ""),
        ("ed25519", "guarded", "correct horse"),
        ("rsa", "old", ""),
    ] {
        desk.shell(&format!("ssh-keygen -q -t {kind} -N '{words}' -f {name}"));
        let sealed = format!("{name}.tar.age");
        desk.done("case", &format!("export {sealed} --age {name}.pub"));
        if words.is_empty() && key(&desk, &format!("{name}.other")).is_some() {
            desk.shell(&format!("age -d -i {name} -o opened.tar {sealed}"));
            assert!(desk.read("opened.tar") == desk.read("plain.tar"), "{name}");
        }
        let import = format!("import {sealed} {name}-case --identity {name}");
        if !words.is_empty() {
            let said = desk.fails(2, "", &import);
            assert!(said.contains("nobody could be asked"), "{said}");
        }
        for (given, code) in [("battery", 1), (words, 0)] {
            let mut command = desk.command("", &import);
            command.env("FRAMEWITNESS_IDENTITY_PASSPHRASE", given);
            match told(command) {
                (Some(0), _) if words.is_empty() => break,
                (found, said) => assert_eq!(found, Some(code), "{name}: {said}"),
            }
        }
        desk.done(&format!("{name}-case"), "verify");
    }
}

/// In letters, as it goes by mail; and a key that is encrypted itself.
#[test]
fn what_age_writes_otherwise_is_opened_too() {
    let desk = Desk::with_a_case("");
    let Some(ada) = key(&desk, "ada.key") else {
        return;
    };
    desk.done("case", "export plain.tar");
    desk.shell(&format!("age -a -r {ada} -o letters.tar.age plain.tar"));
    desk.done("", "import letters.tar.age letters --identity ada.key");
    desk.done("letters", "verify");
    typed(&desk, "age -p -o ada.key.age ada.key", 2);
    let mut command = desk.command("", "import letters.tar.age again --identity ada.key.age");
    command.env("FRAMEWITNESS_IDENTITY_PASSPHRASE", WORDS);
    let (code, said) = told(command);
    assert_eq!(code, Some(0), "{said}");
}

const WORDS: &str = "correct horse";

/// Runs a program of age's on a terminal, and types the passphrase so many times.
fn typed(desk: &Desk, line: &str, times: usize) {
    let script = format!(
        "import os, pty, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp('sh', ['sh', '-c', {line:?}])
for _ in range({times}):
    while b'assphrase' not in os.read(terminal, 1024): pass
    time.sleep(0.3)
    os.write(terminal, b'{WORDS}\\n')
try:
    while os.read(terminal, 1024): pass
except OSError: pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))"
    );
    let mut python = Command::new("python3");
    python.args(["-c", &script]).current_dir(desk.path(""));
    let (code, said) = told(python);
    assert_eq!(code, Some(0), "{line}: {said}");
}

#[test]
fn whoever_knows_the_passphrase_opens_it_and_nobody_else() {
    let desk = Desk::with_a_case("");
    let with = |line: &str, words: &str| {
        let mut command = desk.command("case", line);
        told(match words {
            "" => command,
            _ => {
                command.env("FRAMEWITNESS_EXPORT_PASSPHRASE", words);
                command
            }
        })
    };
    let (code, said) = with("export sealed.tar.age --passphrase", WORDS);
    assert_eq!(code, Some(0), "{said}");
    if key(&desk, "any.key").is_some() {
        desk.done("case", "export plain.tar");
        typed(&desk, "age -d -o opened.tar sealed.tar.age", 1);
        assert!(desk.read("opened.tar") == desk.read("plain.tar"));
        typed(&desk, "age -p -o theirs.tar.age plain.tar", 2);
        let (code, said) = with("import theirs.tar.age theirs", WORDS);
        assert_eq!(code, Some(0), "{said}");
    }
    assert!(
        desk.read("sealed.tar.age")
            .starts_with(b"age-encryption.org/v1\n-> scrypt")
    );
    let (code, said) = with("import sealed.tar.age other", "battery staple");
    assert_eq!(code, Some(1), "{said}");
    let (code, said) = with("import sealed.tar.age other", "");
    assert_eq!(code, Some(2), "nobody is there to ask: {said}");
    assert!(!desk.path("other").exists());
    let (code, said) = with("import sealed.tar.age other", WORDS);
    assert_eq!(code, Some(0), "{said}");
    desk.done("other", "verify");
}

#[test]
fn a_name_promises_what_is_in_it() {
    let desk = Desk::with_a_case("");
    for line in [
        "export case.tar --passphrase",
        "export case.tar.age",
        "export case.tar.age --age age1nobody",
        "export folder --age age1nobody",
        "export case.tar.age --age AGE-SECRET-KEY-1QQQ",
        "export case.tar.age --age first.html",
    ] {
        let mut command = desk.command("case", line);
        command.env("FRAMEWITNESS_EXPORT_PASSPHRASE", "x");
        let (code, said) = told(command);
        assert_eq!(code, Some(2), "{line}: {said}");
    }
    assert!(!desk.path("case.tar.age").exists() && !desk.path("folder").exists());
}
