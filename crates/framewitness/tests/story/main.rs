//! The whole story with the command line alone, in a namespace that has no network: nothing that
//! Framewitness does may need one.

#![allow(clippy::unwrap_used)]

mod bucket;
mod damage;
mod program;
#[path = "../../../store/tests/servers/s3.rs"]
mod s3;
#[path = "../../../store/tests/servers/postgres.rs"]
mod servers;

use std::collections::BTreeSet;
use std::net::UdpSocket;
use std::process::Command;

use serde_json::Value;

use crate::program::Story;

const INSIDE: &str = "FRAMEWITNESS_STORY_WITHOUT_NETWORK";
const PLACE: &str = "FRAMEWITNESS_STORY_PLACE";
const CLIPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/clips");
const REPOST: &str = "city-repost.mp4";
const ORIGINAL: &str = "cityCC0.mpg";
const CLAIMED: &str = "The towers tonight, filmed from our roof";
const SEEN: &str = "other towers from here on";

#[test]
fn the_story_needs_no_network() {
    if std::env::var_os(INSIDE).is_some() {
        return tell("");
    }
    without_network("the_story_needs_no_network", "");
}

/// The same on PostgreSQL, which is reached by a socket, with the blobs in a folder elsewhere.
#[test]
fn the_story_is_the_same_on_a_server() {
    if std::env::var_os(INSIDE).is_some() {
        return tell(&std::env::var(PLACE).unwrap());
    }
    let blobs = tempfile::tempdir().unwrap();
    let place = match servers::cluster() {
        Ok(cluster) => format!(
            "--database '{}' --blobs {}",
            cluster.case(),
            blobs.path().display()
        ),
        Err(why) => return println!("skipped: {why}"),
    };
    without_network("the_story_is_the_same_on_a_server", &place);
}

/// The same with the blobs in a bucket, which is reached by loopback, and no more than that.
#[test]
fn the_story_is_the_same_in_a_bucket() {
    if std::env::var_os(INSIDE).is_some() {
        bucket::loopback();
        return bucket::tell(s3::moto(), "");
    }
    if let Err(why) = s3::moto() {
        return println!("skipped: {why}");
    }
    without_network("the_story_is_the_same_in_a_bucket", "");
}

/// The same with neither journal nor blobs in the case's folder.
#[test]
fn the_story_is_the_same_on_a_server_and_in_a_bucket() {
    if std::env::var_os(INSIDE).is_some() {
        bucket::loopback();
        return bucket::tell(s3::s3s(), &std::env::var(PLACE).unwrap());
    }
    match (servers::cluster(), s3::s3s()) {
        (Ok(cluster), Ok(_)) => without_network(
            "the_story_is_the_same_on_a_server_and_in_a_bucket",
            &format!("--database '{}'", cluster.case()),
        ),
        (Err(why), _) | (_, Err(why)) => println!("skipped: {why}"),
    }
}

/// Runs the named test again in a namespace of its own, where loopback is all there is and is down.
fn without_network(test: &str, place: &str) {
    let works = |flags: &str| {
        Command::new("unshare")
            .args([flags, "true"])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    let flags = ["-n", "-rn"]
        .into_iter()
        .find(|flags| works(flags))
        .expect("unshare makes no network namespace here: neither as root nor as a user namespace");
    let status = Command::new("unshare")
        .arg(flags)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(INSIDE, "1")
        .env(PLACE, place)
        .env("AWS_ACCESS_KEY_ID", s3::KEY)
        .env("AWS_SECRET_ACCESS_KEY", s3::SECRET)
        .status()
        .unwrap();
    assert!(status.success(), "the story failed: see above");
}

/// Tells it of a case made with the options `place`.
fn tell(place: &str) {
    let folder = tempfile::tempdir().unwrap();
    let story = Story::in_folder(folder.path());
    tell_of(&story, place);
    if place.is_empty() {
        damage::to_a_blob(&story);
        damage::to_an_entry(&story);
    } else {
        assert!(!story.case().join("blobs").exists());
        join(&story);
    }
}

fn tell_of(story: &Story, place: &str) {
    // Connecting a datagram socket sends nothing; it only asks for a way there.
    let way_out = UdpSocket::bind("0.0.0.0:0").and_then(|socket| socket.connect("192.0.2.1:9"));
    assert!(way_out.is_err(), "this namespace has a network");
    preserve(story, place);
    examine(story);
    find_reuse(story);
    record(story);
    revise(story);
    publish(story);
    verify(story);
}

/// Somebody else works on the case from a folder of their own, with a copy of one file.
fn join(story: &Story) {
    let (case, colleague) = (
        story.folder().join("case"),
        story.folder().join("colleague"),
    );
    assert!(!case.join("case.db").exists());
    std::fs::create_dir(&colleague).unwrap();
    std::fs::copy(case.join("case.toml"), colleague.join("case.toml")).unwrap();
    let seen = story.one("--case ../colleague --actor Ben observe 1 'seen by another'");
    assert_eq!(seen["number"], "O2");
    assert_eq!(story.one("verify")["ok"], true);
    let again = story.run("init ../another --database postgres://u:secret@localhost/d");
    assert_eq!(
        again.status.code(),
        Some(2),
        "a password would be written down"
    );
    assert!(!story.folder().join("another/case.toml").exists());
}

fn preserve(story: &Story, place: &str) {
    story.output(&format!("init case --name Towers {place}"));
    let added = story.json(&format!("add '{CLIPS}'"));
    assert_eq!(added.len(), 8);
    assert!(added.iter().all(|item| item["new"] == true));

    let again = story.one(&format!(
        "add '{CLIPS}/{REPOST}' --note 'handed over a second time'"
    ));
    let first = added.iter().find(|item| item["name"] == REPOST).unwrap();
    assert_eq!(again["item"], first["item"]);
    assert_eq!(again["id"], first["id"]);
    assert_eq!(again["new"], false);
    assert_eq!(again["acquisitions"], 2);
    assert_eq!(story.json("list").len(), 8, "the same bytes are one item");
}

fn examine(story: &Story) {
    for item in story.json("inspect --all") {
        let name = item["name"].as_str().unwrap();
        assert!(item["frames"].as_u64() > Some(0), "{item}");
        let ours = story.output(&format!("frames {name} --framehash"));
        assert_eq!(ours, framehash(name), "{name}: not ffmpeg's listing");
    }

    // The still has the size that is displayed, and its frame the hash that is listed.
    let still = story.one(&format!("frame {REPOST} 76 -o ../76.png"));
    assert_eq!(still["width"], 640);
    assert_eq!(still["height"], 360);
    let png = std::fs::read(story.folder().join("76.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let listed = story.one(&format!("frames {REPOST} --from 76 --count 1"));
    assert_eq!(still["hash"], listed["hash"]);
    assert_eq!(still["pts"], listed["pts"]);
}

/// What ffmpeg itself says of a clip.
fn framehash(name: &str) -> String {
    let clip = format!("{CLIPS}/{name}");
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-noautorotate", "-i", &clip])
        .args(["-map", "0:v:0", "-fps_mode", "passthrough"])
        .args(["-f", "framehash", "-hash", "sha256", "-"])
        .output()
        .expect("ffmpeg is needed to compare with");
    String::from_utf8(output.stdout).unwrap()
}

fn find_reuse(story: &Story) {
    let found = story.json(&format!("match {REPOST}"));
    assert!(!found.is_empty());
    for one in &found {
        assert_eq!(one["reference"], ORIGINAL, "shared footage, and no other");
    }
    // The repost holds frames 25 to 174 of 25 a second: seconds 1 to 7.
    let ends = |end: usize| {
        found
            .iter()
            .map(move |one| one["reference_span"][end].as_f64().unwrap())
    };
    let from = ends(0).fold(f64::MAX, f64::min);
    let to = ends(1).fold(0.0, f64::max);
    assert!((from - 1.0).abs() < 0.5, "from {from}: {found:?}");
    assert!((to - 7.0).abs() < 0.5, "to {to}: {found:?}");

    let found = story.json("match");
    let pairs: BTreeSet<_> = found
        .iter()
        .map(|one| pair(&one["query"], &one["reference"]))
        .collect();
    let shared = [
        [REPOST, ORIGINAL],
        ["v2.m4v", "v2s.mov"],
        ["movie-hello.mpeg", "movie-hello.ogg"],
    ];
    let shared = shared.map(|[one, other]| pair(&one.into(), &other.into()));
    assert_eq!(pairs, BTreeSet::from(shared));
}

/// Two names, whichever came first.
fn pair(one: &Value, other: &Value) -> BTreeSet<String> {
    [one, other].map(Value::to_string).into()
}

fn record(story: &Story) {
    story.output("source add @rooftop_71 --url https://example.org/@rooftop_71 --grade F");
    let source = story.one("source state S1 deleted --at 2026-05-03");
    assert_eq!(source["observations"][0]["state"], "deleted");

    let claim = story.one(&format!(
        "claim add {REPOST} '{CLAIMED}' --source S1 --asserted 2026-05-01"
    ));
    assert_eq!(claim["number"], "C1");
    assert_eq!(claim["status"], "unverified");

    let unfounded = story.run("claim status C1 contradicted");
    assert_eq!(
        unfounded.status.code(),
        Some(2),
        "neither reason nor evidence"
    );
    let claim = story.one("claim status C1 contradicted --reason 'older footage' --evidence M1");
    assert_eq!(claim["status"], "contradicted");

    let seen = story.one(&format!("observe {REPOST} '{SEEN}' --frame 75 --to 77"));
    assert_eq!(seen["number"], "O1");

    story.output(&format!(
        "hypothesis add 'The post is older footage' --item {REPOST}"
    ));
    let weighed = story.one("hypothesis link H1 M1 CC --reason 'to the frame'");
    assert_eq!(weighed["evidence"][0]["bearing"], "CC");
}

/// Two experts differ; one of them comes round.
fn revise(story: &Story) {
    let assess = |words: &str| {
        story.one(&format!(
            "assess H1 --confidence low --reasons 'as seen' {words}"
        ))
    };
    assess("--by 'Dr Lind' --likelihood unlikely --evidence O1");
    assess("--by 'Dr Mbeki' --likelihood almost-certain --evidence M1");
    let revised = assess("--by 'Dr Lind' --likelihood very-likely --evidence M1 O1 --revises A1");
    assert_eq!(revised["number"], "A3");

    let held = story.one(&format!("hypothesis list {REPOST}"));
    let held = held["assessments"].as_array().unwrap();
    let likelihoods: Vec<&Value> = held.iter().map(|one| &one["likelihood"]).collect();
    assert_eq!(
        likelihoods,
        ["unlikely", "almost-certain", "very-likely"],
        "nothing is overwritten"
    );
    assert_eq!(held[0]["superseded_by"], "A3");
    assert!(held[1]["superseded_by"].is_null(), "dissent stands");
}

fn publish(story: &Story) {
    story.output(&format!("report {REPOST} -o ../report.html"));
    let report = std::fs::read_to_string(story.folder().join("report.html")).unwrap();
    for said in [
        CLAIMED,
        "contradicted",
        "Dr Lind",
        "Dr Mbeki",
        SEEN,
        ORIGINAL,
    ] {
        assert!(report.contains(said), "the report does not say {said:?}");
    }
    assert!(
        !report.contains("src=\"http"),
        "the report fetches something"
    );
}

fn verify(story: &Story) {
    let entries = story.json("log").len();
    assert!(entries > 25, "{entries} entries");
    let verified = story.one("verify");
    assert_eq!(verified["ok"], true, "{verified}");
    assert_eq!(verified["entries"], entries);
    story.output("rebuild");
}
