//! What an inspection says of content credentials where their reader is missing or does not work. That
//! it reads them is tested where it is built, in `workers/c2pa`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use media::decoder::{CREDENTIALS_PROGRAM, Decoder, Limits, PROGRAM};
use media::facts::Credentials;
use media::finding::FindingKind;
use media::inspect::{Inspection, inspect};

use super::clips::{Studio, fixture, open};

/// Inspects beside what `reader` makes of the place of the program that reads content credentials.
fn beside(reader: impl FnOnce(&Path)) -> Inspection {
    let studio = Studio::new();
    fs::copy(
        env!("CARGO_BIN_EXE_framewitness-decoder"),
        studio.path(PROGRAM),
    )
    .expect("copy");
    reader(&studio.path(CREDENTIALS_PROGRAM));
    let decoder = Decoder::new(studio.path(PROGRAM), Limits::default());
    inspect(&decoder, open(&fixture("clips/v2s.mov")), &mut ()).expect("inspect")
}

fn told(inspection: &Inspection) -> Vec<&str> {
    let kind = FindingKind::ContentCredentials;
    let findings = inspection.findings.iter().filter(|it| it.kind == kind);
    findings.map(|it| it.summary.as_str()).collect()
}

fn not_looked_for(inspection: &Inspection) -> &str {
    assert!(inspection.complete && told(inspection).is_empty());
    match &inspection.facts.credentials {
        Some(Credentials::NotLookedFor { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_reader_nobody_looked() {
    let inspection = beside(|_| ());
    assert_eq!(
        inspection.facts.credentials,
        Some(Credentials::NotInstalled)
    );
    assert!(inspection.complete && told(&inspection).is_empty());
}

#[test]
fn a_reader_that_does_not_start_did_not_look() {
    let inspection = beside(|place| {
        fs::write(place, "#!/bin/sh\nexit 3\n").expect("write");
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).expect("executable");
    });
    let reason = not_looked_for(&inspection);
    assert!(reason.contains("code 3"), "{reason}");
}

#[test]
fn a_reader_that_stops_is_told_of_and_ends_nothing() {
    // The decoder enters the jail as a reader would, and then will not do a reader's work.
    let decoder = env!("CARGO_BIN_EXE_framewitness-decoder");
    let inspection = beside(|place| {
        fs::copy(decoder, place).expect("copy");
    });
    let stopped = &inspection.facts.credentials;
    assert!(
        matches!(stopped, Some(Credentials::Stopped { reason }) if reason.contains("code 71")),
        "{stopped:?}"
    );
    assert!(inspection.complete && !inspection.frames.frames.is_empty());
    let [summary] = told(&inspection)[..] else {
        panic!("{:?}", told(&inspection));
    };
    assert!(summary.contains("is not known"), "{summary}");
}

#[test]
fn without_a_jail_no_reader_is_run() {
    let studio = Studio::new();
    let decoder = env!("CARGO_BIN_EXE_framewitness-decoder");
    for name in [PROGRAM, CREDENTIALS_PROGRAM] {
        fs::copy(decoder, studio.path(name)).expect("copy");
    }
    let decoder = Decoder::new(studio.path(PROGRAM), Limits::default()).without_jail();
    let clip = open(&fixture("clips/v2s.mov"));
    let inspection = inspect(&decoder, clip, &mut ()).expect("inspect");
    let reason = not_looked_for(&inspection);
    assert!(reason.contains("in its jail only"), "{reason}");
}
