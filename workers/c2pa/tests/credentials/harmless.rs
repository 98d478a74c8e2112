//! What damaged, endless and unknown files cannot do, and what is not in the program.

use std::fs;
use std::path::Path;

use media::decoder::{CREDENTIALS_PROGRAM, Decoder, Limits, PROGRAM};
use media::facts::{Credentials, Outcome};
use serde_json::json;

use super::desk::{Desk, codes, found};
use super::manifest::{builder, signed, signed_by};

#[test]
fn damaged_manifests_and_other_files_do_no_harm() {
    let desk = Desk::new();
    let picture = desk.shoot("plain.jpg", "-frames:v 1");
    let bytes = signed("image/jpeg", &picture);
    let manifest = bytes
        .windows(4)
        .position(|it| it == b"jumb")
        .expect("a manifest");
    let mut noticed = 0;
    for step in 0..24 {
        let mut damaged = bytes.clone();
        damaged[manifest + step * 37] ^= 0x55;
        match desk.inspect("damaged.jpg", &damaged).facts.credentials {
            Some(Credentials::Found(it)) => {
                noticed += usize::from(!codes(&it, Outcome::Failure).is_empty());
            }
            Some(Credentials::Unreadable { .. }) => noticed += 1,
            Some(Credentials::Absent | Credentials::NotLookedFor { .. }) => {}
            other => panic!("byte {step}: {other:?}"),
        }
    }
    // Not all of a manifest is under its own hashes.
    assert!(noticed >= 12, "{noticed} of 24 changes were noticed");
    let inspection = desk.inspect("words.txt", b"words");
    assert!(matches!(
        inspection.facts.credentials,
        Some(Credentials::NotLookedFor { .. })
    ));
}

#[test]
fn endless_manifests_are_cut_and_what_is_left_out_is_counted() {
    let desk = Desk::new();
    let many: Vec<_> = (0..500)
        .map(|no| json!({"action": "c2pa.edited", "reason": format!("{no}"), "softwareAgent": "x".repeat(5000)}))
        .collect();
    let endless = json!({
        "claim_generator_info": [{"name": "y".repeat(5000)}],
        "assertions": [{"label": "c2pa.actions", "data": {"actions": many}}],
    });
    let clip = desk.clip();
    let inspection = desk.inspect(
        "endless.mp4",
        &signed_by(builder(endless), "video/mp4", &clip),
    );
    let manifests = found(&inspection);
    let manifest = &manifests.manifests[0];
    assert_eq!(manifest.actions.len(), 64, "{manifests:?}");
    assert!(manifests.left_out >= 500 - 64);
    assert_eq!(manifest.generators[0].chars().count(), 400);
    let software = manifest.actions[0].software.as_ref().expect("software");
    assert_eq!(software.chars().count(), 400);
}

#[test]
fn the_reader_is_in_the_jail_of_the_decoder() {
    let desk = Desk::new();
    let jail = |program| {
        let started = Decoder::new(desk.path(program), Limits::default());
        started.jail().expect("a jail")
    };
    let layers = jail(CREDENTIALS_PROGRAM);
    assert_eq!(layers.len(), 4, "{layers:?}");
    assert_eq!(layers, jail(PROGRAM));
}

#[test]
fn the_reader_has_no_code_that_signs() {
    // Names of functions stand in both programs; this one signs.
    let signs = |program: &Path| {
        let bytes = fs::read(program).expect("a program");
        let name = b"ephemeral_signer";
        bytes.windows(name.len()).any(|it| it == name)
    };
    assert!(signs(&std::env::current_exe().expect("this program")));
    let reader = env!("CARGO_BIN_EXE_framewitness-credentials");
    assert!(!signs(Path::new(reader)));
}
