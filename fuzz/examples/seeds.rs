//! Writes first inputs for every target: what the programs make of the clips in `fixtures/`, and the
//! frozen files of the tests. Run in the root of the repository after `cargo build`, with the folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use media::decoder::{Decoder, Limits};
use media::facts::{Action, Check, Credentials, Ingredient, Manifest, Manifests, Outcome, Signer};
use media::inspect::{Inspection, inspect};
use media::protocol::{
    Begin, Conversion, End, FrameRecord, Hello, LumaOf, Mark, PictureLayout, Probe, Record,
    Request, Sample, SoundChunk, SoundEnd, SoundPiece, SoundStart, Stage, Task, Trouble, VERSION,
    write_message,
};
use media::sound::{Pcm, SoundForm};
use media::thumbnail::{Thumbnail, thumbnails_to_bytes};
use media::time::{FrameNo, Rational};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const CLIPS: &[&str] = &[
    "clips/v2s.mov",
    "clips/movie-hello.ogg",
    "odd/garbage.mp4",
    "odd/rotated.mp4",
    "odd/sound-only.ogg",
    "odd/ten-bit.mp4",
    "odd/truncated.mp4",
];

fn main() -> Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("name a folder for the seeds")?;
    let seeds = Seeds(folder.into());
    let program = fs::canonicalize("target/debug/framewitness-decoder")?;
    let decoder = Decoder::new(program, Limits::default());
    for (clip, number) in CLIPS.iter().zip(0..) {
        let file = File::open(Path::new("fixtures").join(clip))?;
        of_clip(&seeds, number, &inspect(&decoder, file, &mut ())?)?;
    }
    frozen(&seeds)?;
    requests(&seeds)?;
    records(&seeds)?;
    containers(&seeds)?;
    pictures(&seeds)?;
    words(&seeds)
}

/// The folder with one folder for each target.
struct Seeds(PathBuf);

impl Seeds {
    fn put(&self, target: &str, name: &str, bytes: &[u8]) -> Result<()> {
        let folder = self.0.join(target);
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(format!("{name}.bin")), bytes)?)
    }

    fn message(&self, name: &str, message: &impl serde::Serialize) -> Result<()> {
        let mut bytes = Vec::new();
        write_message(&mut bytes, message)?;
        self.put("messages", name, &bytes[4..])
    }
}

fn of_clip(seeds: &Seeds, number: u32, inspection: &Inspection) -> Result<()> {
    let mut frames = inspection.frames.clone();
    frames.frames.truncate(3);
    seeds.put("frame_index", &format!("clip-{number}"), &frames.to_bytes())?;
    let mut facts = inspection.facts.clone();
    if let Some(parts) = &mut facts.parts {
        parts.listed.truncate(4);
    }
    facts.coding = None;
    seeds.message(
        &format!("opened-{number}"),
        &Record::Opened(Box::new(facts)),
    )
}

fn frozen(seeds: &Seeds) -> Result<()> {
    seeds.put(
        "frame_index",
        "frozen",
        &fs::read("crates/media/tests/data/frame-index-v1.bin")?,
    )?;
    seeds.put(
        "waveform",
        "frozen",
        &fs::read("crates/media/tests/data/waveform-v1.bin")?,
    )?;
    seeds.put(
        "prints",
        "frozen",
        &fs::read("crates/reuse/tests/frozen/prints-v2.bin")?,
    )?;
    seeds.put(
        "prints",
        "none",
        &reuse::Fingerprinter::new((1, 25)).finish().to_bytes(),
    )?;
    let small = |no| Thumbnail {
        no: FrameNo(no),
        width: 4,
        height: 3,
        grey: vec![7; 12],
    };
    seeds.put("thumbnails", "none", &thumbnails_to_bytes(&[]))?;
    seeds.put(
        "thumbnails",
        "two",
        &thumbnails_to_bytes(&[small(0), small(9)]),
    )?;
    let journal = fs::read_to_string("crates/journal/tests/fixtures/v1.jsonl")?;
    for (line, number) in journal.lines().zip(0..) {
        let envelope = journal::Envelope::open(line.as_bytes())?;
        let name = format!("{number}");
        seeds.put(
            "envelope",
            &format!("whole-{name}"),
            &[b"\0", line.as_bytes()].concat(),
        )?;
        let payload = envelope.entry.to_payload()?;
        seeds.put(
            "envelope",
            &format!("payload-{name}"),
            &[b"\x01", &payload[..]].concat(),
        )?;
    }
    let note = fs::read("crates/journal/tests/fixtures/v1.checkpoint")?;
    seeds.put("note", "checkpoint", &[b"\0", &note[..]].concat())
}

fn words(seeds: &Seeds) -> Result<()> {
    let checkpoint =
        "desk.example/case-12\n3\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\nmore\n";
    let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";
    let id = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for (name, text) in [
        ("text", "\x01If you think\n\nso\n".to_owned()),
        ("head", format!("\x02{checkpoint}")),
        ("vkey", format!("\x03{vkey}")),
        ("key", format!("\x03{key}")),
        ("id", format!("\x03{id}")),
        ("local", "\x032026-05-03T10:00:00.25+02:00".to_owned()),
    ] {
        seeds.put("note", name, text.as_bytes())?;
    }
    for (view, number) in [
        "levels=16:180,gamma=1.4",
        "average=3:9,stretch,edges",
        "denoise=3:12.5, show=red",
        "difference=previous:4,clahe",
        "difference=17,field=top",
        "crop=1:2:30:40,zoom=4,sharpen=1.5:0.3",
        "ela=90:20,clahe=3:8,field=bottom,show=luma",
    ]
    .iter()
    .zip(0..)
    {
        seeds.put("view", &format!("view-{number}"), view.as_bytes())?;
    }
    Ok(())
}

fn requests(seeds: &Seeds) -> Result<()> {
    let begin = |task| {
        Request::Begin(Begin {
            protocol: VERSION,
            size: 1 << 40,
            address_space: 4 << 30,
            cpu_seconds: 60,
            max_pixels: 1 << 27,
            threads: 2,
            jailed: true,
            task,
            track: None,
            from: None,
            script: None,
        })
    };
    let mark = Mark {
        sample: 250,
        offset: 0,
        dts: (i64::MIN, 33_367),
        pts: (0, 33_367),
        last: i64::MIN,
        started: true,
        wrap_corrected: false,
    };
    let all = [
        Request::Begin(Begin {
            protocol: VERSION,
            size: 77,
            address_space: 4 << 30,
            cpu_seconds: 60,
            max_pixels: 1 << 27,
            threads: 1,
            jailed: false,
            task: Task::Pass(LumaOf::Thumbnails),
            track: Some(media::time::TrackNo(1)),
            from: Some(mark),
            script: None,
        }),
        begin(Task::Pass(LumaOf::All)),
        begin(Task::ReadStored),
        begin(Task::Probe(Probe::Open)),
        Request::Ring {
            slots: 4,
            slot_bytes: 4096,
        },
        Request::Credit,
        Request::Next,
        Request::Fetch,
        Request::Seek { ticks: -7 },
        Request::Restart,
        Request::Listen { from: 0, to: 4096 },
        Request::Convert(layout()),
    ];
    for (request, number) in all.iter().zip(0..) {
        seeds.message(&format!("request-{number}"), request)?;
    }
    let mut several = Vec::new();
    for request in &all {
        write_message(&mut several, request)?;
    }
    seeds.put("messages", "requests", &several)
}

fn layout() -> PictureLayout {
    PictureLayout {
        width: 64,
        height: 48,
        pixel_format: "yuv420p".to_owned(),
        depth: 8,
        bytes: 64 * 48 * 3 / 2,
        sample_aspect: Rational { num: 1, den: 1 },
        matrix: "bt709".to_owned(),
        range: "tv".to_owned(),
    }
}

fn records(seeds: &Seeds) -> Result<()> {
    let sample = Sample {
        pts: Some(-1),
        dts: None,
        position: Some(48),
        size: 9,
        key: true,
        hidden: false,
    };
    let all = [
        Record::Hello(Hello {
            protocol: VERSION,
            versions: [("libavcodec".to_owned(), "59.37.100".to_owned())].into(),
            jail: [("seccomp".to_owned(), "off".to_owned())].into(),
        }),
        Record::JailUnavailable {
            layer: "landlock".to_owned(),
            reason: "not enforced".to_owned(),
        },
        Record::Unreadable {
            reason: "Invalid data".to_owned(),
        },
        Record::NeedRing { bytes: 4608 },
        Record::Frame(frame()),
        Record::Samples(vec![sample; 2]),
        Record::Stored(vec![sample]),
        Record::Essence(Vec::new()),
        Record::Trouble(Trouble {
            stage: Stage::Decode,
            sample: Some(1),
            position: None,
            message: "Invalid data".to_owned(),
        }),
        Record::Picture(layout()),
        Record::Moved { done: true },
        Record::Reduced { done: false },
        Record::Reading { read: 1 << 30 },
        Record::Probed {
            open: false,
            errno: 13,
        },
        Record::End(End {
            read: 1000,
            whole: true,
        }),
        Record::Converted(Conversion {
            offset: 4608,
            matrix: "bt709".to_owned(),
            range: "tv".to_owned(),
            converter: "libswscale 6.7.100".to_owned(),
        }),
    ];
    let all = all.iter().cloned().chain(sound()).chain([credentials()]);
    for (record, number) in all.zip(0..) {
        seeds.message(&format!("record-{number}"), &record)?;
    }
    Ok(())
}

fn credentials() -> Record {
    let check = |outcome, code: &str| Check {
        outcome,
        code: code.to_owned(),
        about: Some("self#jumbf=/c2pa/urn:c2pa:1".to_owned()),
        explanation: None,
    };
    Record::Credentials(Credentials::Found(Box::new(Manifests {
        reader: "c2pa 0.90.22".to_owned(),
        active: Some("urn:c2pa:1".to_owned()),
        manifests: vec![Manifest {
            label: "urn:c2pa:1".to_owned(),
            generators: vec!["Camera 7.1".to_owned()],
            signer: Some(Signer::default()),
            actions: vec![Action::default()],
            ingredients: vec![Ingredient::default()],
            ..Manifest::default()
        }],
        checks: vec![
            check(Outcome::Failure, "assertion.bmffHash.mismatch"),
            check(Outcome::Success, "claimSignature.validated"),
        ],
        left_out: 1,
    })))
}

fn sound() -> [Record; 3] {
    let form = SoundForm {
        rate: 48_000,
        channels: 2,
        mask: 3,
        pcm: Pcm::F32,
    };
    [
        Record::SoundStart(SoundStart { stream: 1, form }),
        Record::SoundChunk(SoundChunk {
            slot: 0,
            pieces: vec![SoundPiece {
                pts: Some(0),
                count: 1024,
            }],
            read: 77,
        }),
        Record::SoundEnd(SoundEnd {
            errors: 1,
            first: Some("Invalid data".to_owned()),
            changed: true,
        }),
    ]
}

fn frame() -> FrameRecord {
    FrameRecord {
        pts: Some(1001),
        shift: -21,
        duration: 1001,
        picture: media::index::PictureType::B,
        key: false,
        damaged: true,
        sample: Some(3),
        position: Some(48),
        size: 77,
        layout: layout(),
        read: 4096,
        quantiser: Some(media::facts::Quantiser::of(23).with(31)),
        scanning: media::facts::Scanning {
            interlaced: true,
            top_first: true,
            repeat: 1,
        },
        seen: None,
        slot: Some(2),
        coder_note: Some("x264 - core 164".to_owned()),
    }
}

/// Files of a few kilobytes in each container that is taken apart.
fn containers(seeds: &Seeds) -> Result<()> {
    let source = "-f lavfi -i testsrc2=s=16x16:r=25:d=0.12 -f lavfi -i sine=d=0.1:r=8000";
    for (name, format, more) in [
        ("mp4", "mp4", "-c:a aac -metadata title=seed"),
        ("fast", "mp4", "-c:a aac -movflags +faststart"),
        (
            "pieces",
            "mp4",
            "-c:a aac -movflags +frag_every_frame+empty_moov",
        ),
        ("mov", "mov", "-c:a pcm_u8 -metadata make=Maker"),
        ("mkv", "matroska", "-c:a pcm_u8 -reserve_index_space 64"),
        ("live", "matroska", "-c:a pcm_u8 -live 1"),
    ] {
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin"])
            .args(source.split(' '))
            .args(["-c:v", "mpeg4", "-qscale:v", "31"])
            .args(more.split(' '))
            .args(["-f", format, "-y"])
            .arg(seeds.0.join("parts.tmp"))
            .status()?;
        if !made.success() {
            return Err(format!("ffmpeg made no {name}").into());
        }
        let file = fs::read(seeds.0.join("parts.tmp"))?;
        let how = u8::from(format == "matroska");
        seeds.put("parts", name, &[&[how], &file[..]].concat())?;
        seeds.put(
            "parts",
            &format!("{name}-cut"),
            &[&[how | 4], &file[..file.len() / 2]].concat(),
        )?;
    }
    Ok(fs::remove_file(seeds.0.join("parts.tmp"))?)
}

/// The first packets of a few small clips in every codec whose headers are read.
fn pictures(seeds: &Seeds) -> Result<()> {
    for (name, codec, how) in [
        (
            "h264",
            0,
            "libx264 -bf 1 -x264-params slices=2:weightp=2:no-scenecut=1 -f mp4",
        ),
        (
            "h264-fields",
            0,
            "libx264 -flags +ildct+ilme -x264-params slices=2 -f mpegts",
        ),
        (
            "hevc",
            1,
            "libx265 -x265-params log-level=none:slices=2:weightb=1:info=0 -f matroska",
        ),
        (
            "hevc-sets",
            1,
            "libx265 -x265-params log-level=none:repeat-headers=1:scaling-list=default:info=0 -f mpegts",
        ),
        ("mpeg2", 2, "mpeg2video -flags +ildct -bf 1 -f mpegts"),
        ("mpeg4", 3, "mpeg4 -bf 1 -f avi"),
        ("mpeg4-packed", 3, "libxvid -bf 1 -f avi"),
        ("vp8", 4, "libvpx -f webm"),
        ("vp9", 5, "libvpx-vp9 -f webm"),
        (
            "vp9-hidden",
            5,
            "libvpx-vp9 -lag-in-frames 25 -pix_fmt yuv444p -f webm",
        ),
        ("av1", 6, "libaom-av1 -cpu-used 8 -f matroska"),
        ("av1-whole", 6, "libsvtav1 -preset 12 -f mp4"),
    ] {
        let clip = seeds.0.join("pictures.tmp");
        let made = Command::new("ffmpeg")
            .args(
                "-v error -nostdin -f lavfi -i testsrc2=s=64x64:r=25:d=0.24 -pix_fmt yuv420p -c:v"
                    .split(' '),
            )
            .args(how.split(' '))
            .arg("-y")
            .arg(&clip)
            .status()?;
        if !made.success() {
            return Err(format!("ffmpeg made no {name}").into());
        }
        let mut seed = vec![codec];
        for bytes in packets(&clip)? {
            // Headers are at the front, and what is behind only makes the seed large.
            let bytes = &bytes[..bytes.len().min(240)];
            seed.extend(u16::try_from(bytes.len())?.to_be_bytes());
            seed.extend(bytes);
        }
        seeds.put("quantisers", name, &seed)?;
        fs::remove_file(clip)?;
    }
    Ok(())
}

/// What a clip keeps beside its packets, and its packets, as ffprobe dumps them.
fn packets(clip: &Path) -> Result<Vec<Vec<u8>>> {
    let told = Command::new("ffprobe")
        .args("-v error -show_data -select_streams v:0 -show_entries stream=extradata:packet=data -of json".split(' '))
        .arg(clip)
        .output()?;
    let told: serde_json::Value = serde_json::from_slice(&told.stdout)?;
    let beside = told["streams"][0]["extradata"].as_str().unwrap_or("");
    let packets = told["packets"].as_array().ok_or("no packets")?.iter();
    let all = packets.map(|packet| packet["data"].as_str().unwrap_or(""));
    Ok(std::iter::once(beside).chain(all).map(dumped).collect())
}

/// The bytes of a dump: lines of an offset, hexadecimal digits, and characters.
fn dumped(text: &str) -> Vec<u8> {
    let digits = |line: &str| -> String {
        let (_, rest) = line.split_once(": ").unwrap_or_default();
        rest.chars()
            .take(40)
            .filter(char::is_ascii_hexdigit)
            .collect()
    };
    let digits: String = text.lines().map(digits).collect();
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
