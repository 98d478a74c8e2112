//! What exiftool says, and what its jail leaves to a script that has been taken over.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use media::exiftool::read;
use media::facts::{Exiftool, ExiftoolField};
use serde_json::Value;

use super::clips::{Studio, decoder, fixture, look, open};

const INSTALLED: &str = "/usr/bin/exiftool";
const PHONE: &str = "clips/VID_20191220_170832.mp4";

fn ask(script: &Path, clip: &Path) -> Exiftool {
    read(&decoder(), Some(script), &open(clip))
}

fn fields(told: Exiftool) -> (Vec<ExiftoolField>, u32) {
    match told {
        Exiftool::Read {
            fields, left_out, ..
        } => (fields, left_out),
        Exiftool::Absent { reason } => panic!("{reason}"),
    }
}

fn reason(told: Exiftool) -> String {
    match told {
        Exiftool::Absent { reason } => reason,
        read @ Exiftool::Read { .. } => panic!("{read:?}"),
    }
}

/// What plain exiftool prints of the same bytes, by group and name.
fn plainly(clip: &Path) -> BTreeMap<String, Value> {
    let output = Command::new(INSTALLED)
        .args(["-config", "", "-json", "-G1", "-n", "-struct", "-"])
        .env("TZ", "UTC")
        .stdin(Stdio::from(open(clip)))
        .output()
        .expect("exiftool is installed");
    let [found]: [_; 1] = serde_json::from_slice(&output.stdout).expect("JSON");
    found
}

#[test]
fn every_field_is_what_plain_exiftool_prints() {
    for name in [
        PHONE,
        "clips/v2s.mov",
        "clips/cityCC0.mpg",
        "clips/movie-hello.ogg",
    ] {
        let clip = fixture(name);
        let (kept, left_out) = fields(ask(Path::new(INSTALLED), &clip));
        let mut plain = plainly(&clip);
        plain.retain(|tag, _| {
            let outside = ["System:", "ExifTool:", "SourceFile"];
            !outside.iter().any(|start| tag.starts_with(start))
        });
        assert_eq!((kept.len(), left_out), (plain.len(), 0), "{name}");
        for field in kept {
            let tag = format!("{}:{}", field.group, field.name);
            let plain = match &plain[&tag] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(field.value, plain, "{name}: {tag}");
        }
    }
}

#[test]
fn a_phone_says_where_when_and_what_it_is() {
    let (kept, _) = fields(ask(Path::new(INSTALLED), &fixture(PHONE)));
    let value = |group: &str, name: &str| {
        let found = kept.iter().find(|f| f.group == group && f.name == name);
        found.map(|field| field.value.as_str())
    };
    assert_eq!(value("Composite", "GPSPosition"), Some("-15.8355 -48.0153"));
    assert_eq!(
        value("QuickTime", "CreateDate"),
        Some("2019:12:20 20:08:34")
    );
    assert_eq!(value("Keys", "AndroidVersion"), Some("9"));
    assert_eq!(value("System", "FileModifyDate"), None);
    assert!(kept.is_sorted_by_key(|field| (&field.group, &field.name)));
}

#[test]
fn it_says_the_same_of_the_same_bytes_under_another_name_and_date() {
    let studio = Studio::new();
    let copy = studio.path("another name.xyz");
    std::fs::write(&copy, std::fs::read(fixture(PHONE)).expect("read")).expect("write");
    let script = Path::new(INSTALLED);
    assert_eq!(ask(script, &copy), ask(script, &fixture(PHONE)));
}

#[test]
fn bytes_of_no_format_are_said_to_be_that() {
    let studio = Studio::new();
    let noise = studio.path("noise");
    std::fs::write(&noise, [0, 1, 2, 0xff, 0x91, 0x80, 7, 3].repeat(9)).expect("write");
    let (kept, _) = fields(ask(Path::new(INSTALLED), &noise));
    let errors: Vec<_> = kept.iter().filter(|field| field.name == "Error").collect();
    assert_eq!(errors.len(), 1, "{kept:?}");
}

#[test]
fn the_decoder_alone_tells_nothing_of_it() {
    assert_eq!(look(&fixture(PHONE)).facts.exiftool, None);
}

/// A script in the place of exiftool, which says `ok` of each attempt that gets through, and otherwise
/// why it does not.
fn taken_over(studio: &Studio, body: &str) -> PathBuf {
    let script = studio.path("script");
    let text = format!(
        "use strict; my %out = ('ExifTool:ExifToolVersion' => '0');\n\
         sub attempt {{ my ($what, $done) = @_; $out{{\"Probe:$what\"}} = $done ? 'ok' : $! + 0; }}\n\
         {body}\n\
         print '[{{', join(',', map {{ qq(\"$_\":\"$out{{$_}}\") }} sort keys %out), '}}]';\n"
    );
    std::fs::write(&script, text).expect("write");
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).expect("mode");
    script
}

#[test]
fn a_script_that_is_taken_over_finds_no_way_out() {
    let studio = Studio::new();
    let decoy = studio.path("decoy");
    std::fs::write(&decoy, "secret").expect("write");
    let decoy = decoy.display().to_string();
    let body = format!(
        "my $d = '{decoy}'; my $f; my $p = getppid();\n\
         attempt('Decoy', open($f, '<', $d));\n\
         attempt('Passwords', open($f, '<', '/etc/passwd'));\n\
         attempt('Itself', open($f, '<', '/proc/self/maps'));\n\
         attempt('List', opendir($f, '/usr/lib'));\n\
         attempt('Write', open($f, '>', $d));\n\
         attempt('Append', open($f, '>>', $d));\n\
         attempt('Make', open($f, '>', \"$d.new\"));\n\
         attempt('Remove', unlink($d));\n\
         attempt('Rename', rename($d, \"$d.new\"));\n\
         attempt('Mode', chmod(0777, $d));\n\
         attempt('Folder', mkdir(\"$d.new\"));\n\
         attempt('Socket', socket($f, 2, 1, 0));\n\
         attempt('LocalSocket', socket($f, 1, 1, 0));\n\
         attempt('Fork', defined(fork()));\n\
         attempt('Pipe', open($f, '-|', '/bin/true'));\n\
         attempt('Kill', kill(0, $p));\n\
         attempt('Trace', syscall({trace}, 16, $p, 0, 0) == 0);\n\
         attempt('Mount', syscall({mount}, 0, 0, 0, 0, 0) == 0);\n\
         attempt('Input', syswrite(STDIN, 'x'));\n\
         attempt('Run', exec {{ '/bin/true' }} 'true');\n\
         attempt('Environment', scalar(grep {{ !/^PERL_/ }} keys %ENV));\n\
         attempt('Perl', open($f, '<', '/usr/share/perl5/Image/ExifTool.pm'));",
        trace = libc::SYS_ptrace,
        mount = libc::SYS_mount,
    );
    let (kept, _) = fields(ask(&taken_over(&studio, &body), &fixture(PHONE)));
    let open: Vec<_> = kept.iter().filter(|field| field.value == "ok").collect();
    assert_eq!(kept.len(), 22, "{kept:?}");
    assert_eq!(open.len(), 1, "{kept:?}");
    assert_eq!(open[0].name, "Perl");
    assert_eq!(std::fs::read(&decoy).expect("read"), b"secret");
}

#[test]
fn too_much_is_cut_and_said() {
    let studio = Studio::new();
    let many = "$out{\"Probe:N$_\"} = 'x' for 1 .. 2500; $out{'A:Long'} = 'é' x 5000;";
    let (kept, left_out) = fields(ask(&taken_over(&studio, many), &fixture(PHONE)));
    assert_eq!((kept.len(), left_out), (2000, 501));
    assert!(kept[0].cut);
    assert_eq!(kept[0].value.chars().count(), 2000);
    assert!(kept[1..].iter().all(|field| !field.cut));

    let endless = "print 'x' x 65536 while 1;";
    let told = reason(ask(&taken_over(&studio, endless), &fixture(PHONE)));
    assert!(told.contains("more than 4 MiB"), "{told}");

    let deep = "print '[' x 100000;";
    let told = reason(ask(&taken_over(&studio, deep), &fixture(PHONE)));
    assert!(told.contains("makes no sense"), "{told}");
}

#[test]
fn one_that_never_ends_is_ended() {
    let studio = Studio::new();
    let before = Instant::now();
    let told = reason(ask(&taken_over(&studio, "1 while 1;"), &fixture(PHONE)));
    assert!(
        told.contains("signal") || told.contains("processor time"),
        "{told}"
    );
    assert!(before.elapsed() < Duration::from_secs(20));

    let hungry = "my @all; push @all, 'x' x (1 << 26) while 1;";
    let told = reason(ask(&taken_over(&studio, hungry), &fixture(PHONE)));
    assert!(!told.is_empty());
}

#[test]
fn where_it_is_not_run_the_reason_is_given() {
    let file = open(&fixture(PHONE));
    let none = reason(read(&decoder(), None, &file));
    assert_eq!(none, "it is not installed");
    let gone = reason(read(
        &decoder(),
        Some(Path::new("/nowhere/exiftool")),
        &file,
    ));
    assert_eq!(gone, "there is none at /nowhere/exiftool");
    let free = decoder().without_jail();
    let free = reason(read(&free, Some(Path::new(INSTALLED)), &file));
    assert_eq!(free, "it is run in its jail only, which was left out");
    let studio = Studio::new();
    let crash = reason(ask(&taken_over(&studio, "exit 9;"), &fixture(PHONE)));
    assert_eq!(crash, "it ended with code 9");
}
