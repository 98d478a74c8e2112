//! What is told of files that carry manifests.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use media::facts::{Credentials, Outcome};
use serde_json::{Value, json};

use super::desk::{Desk, codes, found, told};
use super::manifest::{builder, recorded, signed, signed_by};

#[test]
fn a_signed_video_tells_who_signed_and_what_was_done() {
    let desk = Desk::new();
    let inspection = desk.inspect("signed.mp4", &signed("video/mp4", &desk.clip()));
    assert_eq!(inspection.frames.frames.len(), 5);
    assert_eq!(inspection.versions["c2pa"], c2pa::VERSION);
    let manifests = found(&inspection);
    assert_eq!(manifests.reader, format!("c2pa {}", c2pa::VERSION));
    assert!(
        codes(manifests, Outcome::Failure).is_empty(),
        "{manifests:?}"
    );
    let held = codes(manifests, Outcome::Success);
    for code in ["claimSignature.validated", "assertion.bmffHash.match"] {
        assert!(held.contains(&code), "{held:?}");
    }
    let manifest = &manifests.manifests[0];
    assert_eq!(manifests.active.as_ref(), Some(&manifest.label));
    assert_eq!(manifest.generators[0], "Test Camera 7.1");
    let signer = manifest.signer.as_ref().expect("a signature");
    assert_eq!(signer.name.as_deref(), Some("desk.invalid"));
    assert!(signer.algorithm.is_some() && signer.serial.is_some());
    assert_eq!(manifest.actions[0].action, "c2pa.created");
    assert_eq!(manifest.actions[0].software.as_deref(), Some("Test Camera"));
    let [summary] = told(&inspection)[..] else {
        panic!("{:?}", told(&inspection));
    };
    assert!(
        summary.contains("“desk.invalid”") && summary.contains("claimSignature.validated"),
        "{summary}"
    );
    assert!(!summary.contains("failed"), "{summary}");
}

#[test]
fn a_changed_byte_of_the_media_is_named_by_its_code() {
    let desk = Desk::new();
    let mut bytes = signed("video/mp4", &desk.clip());
    let media = bytes.windows(4).position(|it| it == b"mdat").expect("mdat");
    bytes[media + 700] ^= 1;
    let inspection = desk.inspect("changed.mp4", &bytes);
    let manifests = found(&inspection);
    assert_eq!(
        codes(manifests, Outcome::Failure),
        ["assertion.bmffHash.mismatch"]
    );
    // The signature is still that of the claim.
    assert!(codes(manifests, Outcome::Success).contains(&"claimSignature.validated"));
    let told = told(&inspection)[0];
    assert!(
        told.contains("checks of them failed: assertion.bmffHash.mismatch."),
        "{told}"
    );
}

#[test]
fn a_signed_picture_is_read_and_a_plain_one_has_none() {
    let desk = Desk::new();
    let picture = desk.shoot("plain.jpg", "-frames:v 1");
    let inspection = desk.inspect("signed.jpg", &signed("image/jpeg", &picture));
    assert!(codes(found(&inspection), Outcome::Failure).is_empty());
    for (name, bytes) in [("plain.jpg", picture), ("plain.mp4", desk.clip())] {
        let inspection = desk.inspect(name, &bytes);
        assert_eq!(
            inspection.facts.credentials,
            Some(Credentials::Absent),
            "{name}"
        );
        assert!(told(&inspection).is_empty());
    }
}

#[test]
fn what_a_file_was_made_from_is_told_behind_what_it_is() {
    let desk = Desk::new();
    let source = signed("video/mp4", &desk.clip());
    let edited = json!({
        "title": "edited",
        "claim_generator_info": [{"name": "Test Editor"}],
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [{"action": "c2pa.edited"}]}}],
    });
    let mut builder = builder(edited);
    let parent = json!({"title": "the recording", "relationship": "parentOf"}).to_string();
    builder
        .add_ingredient_from_stream(parent, "video/mp4", &mut Cursor::new(&source))
        .expect("an ingredient");
    let inspection = desk.inspect("edited.mp4", &signed_by(builder, "video/mp4", &source));
    let manifests = found(&inspection);
    let [edited, before] = &manifests.manifests[..] else {
        panic!("{manifests:?}");
    };
    // The standard wants the first action to be that of creating or opening.
    assert_eq!(
        codes(manifests, Outcome::Failure),
        ["assertion.action.malformed"]
    );
    assert!(codes(manifests, Outcome::Success).contains(&"ingredient.manifest.validated"));
    assert_eq!(edited.title.as_deref(), Some("edited"));
    let from = &edited.ingredients[0];
    assert_eq!(from.title.as_deref(), Some("the recording"));
    assert_eq!(from.manifest.as_ref(), Some(&before.label));
    assert_eq!(before.generators[0], "Test Camera 7.1");
}

#[test]
fn manifests_elsewhere_are_not_asked_for() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let address = format!("http://{}/far.c2pa", listener.local_addr().expect("one"));
    let desk = Desk::new();
    let mut builder = builder(recorded());
    builder.set_remote_url(&address).set_no_embed(true);
    let picture = desk.shoot("plain.jpg", "-frames:v 1");
    let inspection = desk.inspect("far.jpg", &signed_by(builder, "image/jpeg", &picture));
    assert_eq!(
        inspection.facts.credentials,
        Some(Credentials::Elsewhere {
            address: address.clone()
        })
    );
    assert!(told(&inspection)[0].contains(&address));
    let asked = listener.accept().map(drop).map_err(|error| error.kind());
    assert_eq!(asked, Err(std::io::ErrorKind::WouldBlock));
}

/// A picture that Adobe's service signed, from the tests of the library.
fn of_adobe() -> Vec<u8> {
    // What is of no use here may not have been fetched.
    let here = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--offline", "--format-version", "1"])
        .args([
            "--manifest-path",
            concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
        ])
        .args(["--filter-platform", &here])
        .output()
        .expect("cargo");
    let packages: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let mut packages = packages["packages"].as_array().expect("packages").iter();
    let library = packages.find(|it| it["name"] == "c2pa").expect("c2pa");
    let folder = Path::new(library["manifest_path"].as_str().expect("a path")).parent();
    let picture = folder
        .expect("a folder")
        .join("src/identity/tests/fixtures/claim_aggregation/adobe_connected_identities.jpg");
    fs::read(picture).expect("a picture")
}

#[test]
fn what_needs_more_than_the_file_neither_failed_nor_held() {
    let desk = Desk::new();
    let inspection = desk.inspect("adobe.jpg", &of_adobe());
    let manifests = found(&inspection);
    let signer = manifests.manifests[0].signer.as_ref().expect("a signature");
    assert_eq!(signer.issuer.as_deref(), Some("Adobe Inc."));
    assert_eq!(signer.time.as_deref(), Some("2025-04-09T22:46:13+00:00"));
    // The library calls the one trusted, without a list, and says that the other failed.
    assert_eq!(
        codes(manifests, Outcome::NotMade),
        ["cawg.ica.did_unavailable", "timeStamp.trusted"]
    );
    assert!(
        codes(manifests, Outcome::Failure).is_empty(),
        "{manifests:?}"
    );
    assert!(codes(manifests, Outcome::Success).contains(&"timeStamp.validated"));
    let told = told(&inspection)[0];
    assert!(!told.contains("failed"), "{told}");
    assert!(told.contains("Not checked"), "{told}");
}
