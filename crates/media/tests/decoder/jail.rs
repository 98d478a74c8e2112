//! The jail holds, tried from inside.

use std::fs::{File, OpenOptions};

use media::decoder::{Attempt, Decoder, Error, Limits};
use media::inspect::inspect;
use media::protocol::Probe;

use super::clips::{Studio, decoder, fixture, with};

fn attempt(way: Probe) -> Attempt {
    let file = File::open(fixture("clips/v2s.mov")).expect("open");
    decoder().attempt(&file, way).expect("the decoder starts")
}

#[test]
fn every_layer_is_enforced_here() {
    let layers = decoder().jail().expect("jail");
    let names: Vec<_> = layers.keys().map(String::as_str).collect();
    assert_eq!(names, ["landlock", "limits", "process", "seccomp"]);
}

#[test]
fn paths_and_sockets_are_refused() {
    for way in [Probe::Open, Probe::Socket, Probe::LocalSocket] {
        assert_eq!(attempt(way), Attempt::Refused(libc::EACCES), "{way:?}");
    }
}

#[test]
fn what_no_decoder_needs_kills() {
    for way in [
        Probe::Exec,
        Probe::Fork,
        Probe::ExecutableMemory,
        Probe::ProtectExecutable,
        Probe::Kill,
        Probe::Trace,
        Probe::WriteInput,
        Probe::ResizeRing,
    ] {
        assert_eq!(attempt(way), Attempt::Killed(libc::SIGSYS), "{way:?}");
    }
}

#[test]
fn memory_and_processor_time_are_bounded() {
    assert_eq!(attempt(Probe::Memory), Attempt::Refused(libc::ENOMEM));
    let short = with(Limits {
        cpu_seconds: 1,
        ..Limits::default()
    });
    let file = File::open(fixture("clips/v2s.mov")).expect("open");
    let killed = short.attempt(&file, Probe::Spin).expect("it starts");
    assert!(
        matches!(killed, Attempt::Killed(libc::SIGXCPU | libc::SIGKILL)),
        "{killed:?}"
    );
}

#[test]
fn a_file_open_for_writing_is_refused() {
    let studio = Studio::new();
    let path = studio.write("evidence", b"evidence");
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(path)
        .expect("open");
    assert!(matches!(
        inspect(&decoder(), file, &mut ()),
        Err(Error::Writable)
    ));
}

#[test]
fn a_decoder_that_is_missing_or_another_program_is_an_error() {
    let file = || File::open(fixture("clips/v2s.mov")).expect("open");
    let nowhere = Decoder::new("/nonexistent/decoder".into(), Limits::default());
    assert!(matches!(
        inspect(&nowhere, file(), &mut ()),
        Err(Error::NoDecoder { .. })
    ));
    let other = Decoder::new("/bin/true".into(), Limits::default());
    assert!(matches!(
        inspect(&other, file(), &mut ()),
        Err(Error::NotStarted { .. })
    ));
}

#[test]
fn without_the_jail_the_same_is_read_and_the_inspection_says_so() {
    let path = fixture("clips/v2s.mov");
    let open = || File::open(&path).expect("open");
    let free = decoder().without_jail();
    let layers = free.jail().expect("a decoder");
    assert_eq!((&*layers["landlock"], &*layers["seccomp"]), ("off", "off"));
    assert_eq!(
        free.attempt(&open(), Probe::Open).ok(),
        Some(Attempt::Escaped)
    );
    let inside = inspect(&decoder(), open(), &mut ()).expect("inspected");
    let outside = inspect(&free, open(), &mut ()).expect("inspected");
    assert_eq!(inside.frames, outside.frames);
    assert_eq!(inside.versions.get("jail"), None);
    assert_eq!(outside.versions["jail"], "off");
}
