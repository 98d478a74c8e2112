//! Bundles, sound and damaged: `check.py`, the program and the tools of others come to the same verdicts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};
use workbench::publication::{DamageKind, check_bundle};
use workbench::witness::Trust;

use super::desk::*;
use crate::authority::Authority;
use crate::bench::Bench;

type Files = BTreeMap<String, Vec<u8>>;

const TAGS: &str = "tagmanifest-sha256.txt";
const MANIFEST: &str = "manifest-sha256.txt";
const ENTRIES: &str = "data/journal/entries.json";

/// A damage, what it must be called, and the bundle.
struct Case {
    name: String,
    kind: Option<&'static str>,
    files: Files,
}

#[test]
fn all_come_to_the_same_verdict_on_more_than_550_bundles() {
    let bench = recorded();
    stamped(
        &bench,
        &Authority::new("clock", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", 0),
    );
    promised(&bench);
    cosigned(&bench);
    let number = approved(&bench, &format!("{SELECTED} --pseudonym Cyril=Analyst-1"));
    bench.run(&format!("publish seal {number} --out bundle"));
    let sound = files(&bench.path("bundle"));
    let mut cases = altered(&sound);
    cases.extend(resigned(&bench, &sound));
    assert!(cases.len() >= 550, "{}", cases.len());
    let told = by_python(&bench, &cases);
    let valid = by_bagit(&bench, cases.len());
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    let mut apart: Vec<String> = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let folder = bench.path(&format!("cases/{at}"));
        let mut going = |_, _| std::ops::ControlFlow::Continue(());
        let checked = check_bundle(&folder, &[], &Trust::default(), &mut going);
        let ours: BTreeSet<[String; 2]> = match checked {
            Ok(checked) => { checked.damage.iter() }
                .map(|it| [word(it.kind), it.about.clone()])
                .collect(),
            Err(_) => panic!("{} cannot be read", case.name),
        };
        let (mut ours, mut theirs) = (ours, told[at].clone());
        if case.name.contains(" data/journal/witness-1") {
            // Not all bytes of a token are signed, and of a root OpenSSL looks at more than name and key: whether a
            // changed one passes is told by neither alike.
            for said in [&mut ours, &mut theirs] {
                said.retain(|it| it[0] != "stamp");
            }
        }
        if ours != theirs {
            apart.push(format!("{}: {ours:?}, and check.py {theirs:?}", case.name));
        }
        let kinds: Vec<&str> = ours.iter().map(|it| it[0].as_str()).collect();
        let as_meant = case
            .kind
            .map_or(kinds.is_empty(), |kind| kinds.contains(&kind));
        if !as_meant {
            apart.push(format!("{} is no {:?}: {ours:?}", case.name, case.kind));
        }
        let whole = by_others(&folder, case);
        if let Some(valid) = &valid {
            // A file beside the payload may be in any bag, and a bag need not have a manifest of such files.
            let expected = match &*case.name {
                "removed tagmanifest-sha256.txt" => true,
                name => whole && !name.starts_with("added data/"),
            };
            assert_eq!(valid[at], expected, "bagit.py, {}", case.name);
        }
        let class = case.name.split(' ').next().unwrap().to_owned();
        *classes.entry(class).or_default() += 1;
    }
    assert!(apart.is_empty(), "{}", apart.join("\n"));
    println!("{} bundles: {classes:?}", cases.len());
}

fn word(kind: DamageKind) -> String {
    let value = serde_json::to_value(kind).unwrap();
    value.as_str().unwrap().to_owned()
}

/// Damage by somebody without a key.
fn altered(sound: &Files) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |name: String, kind, files: Files| cases.push(Case { name, kind, files });
    add("sound".into(), None, sound.clone());
    for path in sound.keys() {
        let signed = path == "tagmanifest-sha256.txt.sig" || path == TAGS;
        let length = sound[path].len();
        for part in 0..if signed { 24 } else { 12 } {
            let mut files = sound.clone();
            // Within its lines, where a changed byte cannot be a blank that nobody reads.
            let at = (length * part / 24 + 40).min(length - 2);
            let bytes = files.get_mut(path).unwrap();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let kind = if signed { "signature" } else { "changed" };
            let class = if signed { "sig-flipped" } else { "flipped" };
            add(format!("{class} {path} at {at}"), Some(kind), files);
        }
        let mut files = sound.clone();
        files.remove(path);
        if path != "bagit.txt" {
            add(format!("removed {path}"), Some("missing"), files);
        }
        let mut files = sound.clone();
        files.get_mut(path).unwrap().push(b'\n');
        let kind = if signed { None } else { Some("changed") };
        if kind.is_some() {
            add(format!("longer {path}"), kind, files);
        }
        let mut files = sound.clone();
        files.insert(format!("{path}.orig"), b"more".to_vec());
        add(format!("added {path}.orig"), Some("extra"), files);
        if path.starts_with("data/") {
            let mut files = sound.clone();
            files.get_mut(path).unwrap().truncate(length / 2);
            add(format!("cut {path}"), Some("changed"), files);
            let mut files = sound.clone();
            files.remove(path);
            listed(&mut files);
            add(format!("unlisted {path}"), Some("signature"), files);
        }
    }
    cases
}

/// Somebody who signs all of it anew, with a key of her own.
struct Eve<'a> {
    key: PathBuf,
    bench: &'a Bench,
    sound: &'a Files,
    slice: Value,
    cases: Vec<Case>,
}

/// Damage by her.
fn resigned(bench: &Bench, sound: &Files) -> Vec<Case> {
    let key = bench.path("eve");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"])
        .arg(&key)
        .status();
    assert!(made.unwrap().success());
    let mut eve = Eve {
        key,
        bench,
        sound,
        slice: parsed(sound, ENTRIES),
        cases: Vec::new(),
    };
    eve.put("by-another-key".into(), None, &[]);
    for at in 0..eve.slice["entries"].as_array().unwrap().len() {
        eve.entry(at);
    }
    eve.sliced("pseudonym-other".into(), "pseudonym", |it| {
        it["pseudonyms"][0]["name"] = "Analyst-2".into();
    });
    eve.witnesses();
    eve.cases
}

impl Eve<'_> {
    fn put(&mut self, name: String, kind: Option<&'static str>, changed: &[(&str, Vec<u8>)]) {
        let mut files = self.sound.clone();
        for (path, bytes) in changed {
            files.insert((*path).to_owned(), bytes.clone());
        }
        sign(&self.key, &mut files);
        self.cases.push(Case { name, kind, files });
    }

    fn sliced(&mut self, name: String, kind: &'static str, change: impl Fn(&mut Value)) {
        let mut slice = self.slice.clone();
        change(&mut slice);
        let bytes = serde_json::to_vec(&slice).unwrap();
        self.put(name, Some(kind), &[(ENTRIES, bytes)]);
    }

    fn entry(&mut self, at: usize) {
        let entry = self.slice["entries"][at].clone();
        let seq = entry["seq"].as_u64().unwrap();
        self.sliced(format!("entry-moved {seq}"), "entry", |it| {
            it["entries"][at]["seq"] = (seq + 1).into();
        });
        self.sliced(format!("entry-leaf {seq}"), "entry", |it| {
            it["entries"][at]["leaf"] = "0".repeat(64).into();
        });
        self.sliced(format!("entry-proof {seq}"), "entry", |it| {
            it["entries"][at]["nodes"].as_array_mut().unwrap().pop();
        });
        self.sliced(format!("entry-dropped {seq}"), "entry", |it| {
            it["entries"].as_array_mut().unwrap().remove(at);
        });
        self.sliced(format!("entry-author {seq}"), "entry", |it| {
            it["entries"][at]["actor"] = "Eve".into();
        });
        if let Some(envelope) = entry["envelope"].as_str() {
            let other = envelope.replacen("\"payload\":\"ey", "\"payload\":\"ez", 1);
            self.sliced(format!("entry-words {seq}"), "entry", |it| {
                it["entries"][at]["envelope"] = other.clone().into();
            });
        }
    }

    /// What witness `number` sent that is no time stamp.
    fn witness(&self, number: u32) -> String {
        let mut paths = self.sound.keys();
        let of = |path: &&String| path.starts_with(&format!("data/journal/witness-{number}."));
        paths.find(of).unwrap().clone()
    }

    fn witnesses(&mut self) {
        const ROOT: &str = "data/journal/witness-1-root.pem";
        const HEAD: &str = "data/journal/checkpoint.txt";
        let another = Authority::new(
            "another",
            "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
            0,
        );
        let root = pem(&another.root());
        self.put("root-other".into(), Some("stamp"), &[(ROOT, root.clone())]);
        let token = another.answer(&request(self.bench, b"another head"));
        let changed = [("data/journal/witness-1.tsr", token), (ROOT, root)];
        self.put("stamp-other".into(), Some("stamp"), &changed);
        for (number, name) in [(2, "promise"), (3, "cosignature")] {
            let path = self.witness(number);
            let other = String::from_utf8_lossy(&self.sound[HEAD]).replacen("\n", "\n1", 1);
            let bytes = match number {
                2 => proof(other.as_bytes()),
                _ => other.into_bytes(),
            };
            self.put(
                format!("{name}-other"),
                Some("stamp"),
                &[(path.as_str(), bytes)],
            );
            self.put(
                format!("{name}-other empty"),
                Some("stamp"),
                &[(path.as_str(), Vec::new())],
            );
        }
        for at in 21..29 {
            let mut note = self.sound[HEAD].clone();
            note[at] ^= 1;
            let name = format!("head-other at {at}");
            self.put(name, Some("checkpoint"), &[(HEAD, note)]);
        }
    }
}

/// Manifests of what is there.
fn listed(files: &mut Files) {
    let of = |payload: bool, files: &Files| {
        let each = files
            .iter()
            .filter(|(path, _)| path.starts_with("data/") == payload && !path.starts_with(TAGS));
        each.map(|(path, bytes)| format!("{}  {path}\n", hex(bytes)))
            .collect::<String>()
    };
    let payload = of(true, files);
    let sizes: Vec<usize> = { &*files }
        .iter()
        .filter(|(path, _)| path.starts_with("data/"))
        .map(|(_, bytes)| bytes.len())
        .collect();
    let info = String::from_utf8(files["bag-info.txt"].clone()).unwrap();
    let (kept, _) = info.split_once("Payload-Oxum").unwrap();
    let (bytes, count) = (sizes.iter().sum::<usize>(), sizes.len());
    let info = format!("{kept}Payload-Oxum: {bytes}.{count}\n");
    files.insert("bag-info.txt".into(), info.into_bytes());
    files.insert(MANIFEST.into(), payload.into_bytes());
    let tags = of(false, files);
    files.insert(TAGS.into(), tags.into_bytes());
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn sign(key: &Path, files: &mut Files) {
    let public = fs::read_to_string(key.with_extension("pub")).unwrap();
    let signers = format!(
        "Eve namespaces=\"framewitness-publication\" {}\n",
        public.trim()
    );
    files.insert("allowed_signers".into(), signers.into_bytes());
    listed(files);
    let message = key.with_extension("message");
    fs::write(&message, &files[TAGS]).unwrap();
    let _ = fs::remove_file(key.with_extension("message.sig"));
    let signed = Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", "framewitness-publication", "-f"])
        .arg(key)
        .arg(&message)
        .output();
    assert!(signed.unwrap().status.success());
    let signature = fs::read(key.with_extension("message.sig")).unwrap();
    files.insert("tagmanifest-sha256.txt.sig".into(), signature);
}

/// What `check.py` says of all of them, in one process.
fn by_python(bench: &Bench, cases: &[Case]) -> Vec<BTreeSet<[String; 2]>> {
    for (at, case) in cases.iter().enumerate() {
        let folder = bench.path(&format!("cases/{at}"));
        lay(&folder, &case.files, &bench.path("bundle"));
    }
    let script = "import json, sys; sys.path.insert(0, sys.argv[1]); import check\n\
                  for n in range(int(sys.argv[3])): print(json.dumps(check.check(f'{sys.argv[2]}/{n}')[0]))";
    let output = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args(["-c", script])
        .arg(bench.path("bundle"))
        .arg(bench.path("cases"))
        .arg(cases.len().to_string())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What `sha256sum` and `ssh-keygen` say: a bag that is whole, which is given, and a signature that holds.
fn by_others(folder: &Path, case: &Case) -> bool {
    let null = Path::new("/dev/null");
    let sums = [TAGS, MANIFEST].map(|manifest| {
        let there = folder.join(manifest).exists();
        there
            && accepts(
                folder,
                &format!("sha256sum --check --quiet --strict {manifest}"),
                null,
            )
    });
    let whole = sums == [true, true];
    let signer = fs::read_to_string(folder.join("allowed_signers")).unwrap_or_default();
    let signer = signer.split(' ').next().unwrap_or_default().to_owned();
    let verify = format!(
        "ssh-keygen -Y verify -f allowed_signers -I {signer} -n framewitness-publication -s tagmanifest-sha256.txt.sig"
    );
    let tags = folder.join(TAGS);
    let signed = tags.exists() && accepts(folder, &verify, &tags);
    let class = case.name.split(' ').next().unwrap();
    let said = [whole, signed];
    let expected = match class {
        "sound" | "by-another-key" => [true, true],
        // Nothing that is listed has changed: a bag's own tool finds it, or the journal's proofs do.
        "added" => [true, true],
        "unlisted" | "sig-flipped" => [true, false],
        "removed" if case.name.ends_with(".txt.sig") => [true, false],
        _ if class.contains("-other") || class.starts_with("entry-") => [true, true],
        _ => [false, signed],
    };
    if class == "sig-flipped" {
        assert!(!signed, "{}: {said:?}", case.name);
    } else {
        assert_eq!(said, expected, "{}", case.name);
    }
    whole
}

/// Whether each is a valid bag to `bagit.py`, in one process; `None` where `tools/bagit` has not put it here.
fn by_bagit(bench: &Bench, many: usize) -> Option<Vec<bool>> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/bagit/bin/python");
    if !python.exists() {
        println!("skipped: bagit.py is not in .tools; tools/bagit puts it there");
        return None;
    }
    let script = "import bagit, logging, sys\nlogging.disable()\nfor n in range(int(sys.argv[2])):\n\
                  \x20   try: bagit.Bag(f'{sys.argv[1]}/{n}').validate(); print(True)\n\
                  \x20   except bagit.BagError: print(False)";
    let output = Command::new(python)
        .args(["-c", script])
        .arg(bench.path("cases"))
        .arg(many.to_string())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let said = String::from_utf8(output.stdout).unwrap();
    Some(said.lines().map(|line| line == "True").collect())
}

/// A request for a time stamp on `data`.
fn request(bench: &Bench, data: &[u8]) -> Vec<u8> {
    let (file, asked) = (bench.path("data"), bench.path("asked.tsq"));
    fs::write(&file, data).unwrap();
    let mut openssl = Command::new("openssl");
    openssl.args(["ts", "-query", "-sha256", "-cert", "-data"]);
    let output = openssl.arg(file).arg("-out").arg(&asked).output();
    assert!(output.unwrap().status.success());
    fs::read(asked).unwrap()
}

fn pem(der: &[u8]) -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let lines = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        {
            let text = STANDARD.encode(der);
            let lines: Vec<&str> = (0..text.len())
                .step_by(64)
                .map(|at| &text[at..(at + 64).min(text.len())])
                .collect();
            lines.join("\n")
        }
    );
    lines.into_bytes()
}
