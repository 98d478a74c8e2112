//! What each command prints, as a whole: the reference of the command line, and every JSON form.

use std::path::{Path, PathBuf};
use std::process::Command;

use insta::{assert_snapshot, with_settings};
use tempfile::TempDir;

const CLIPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

/// A case in a temporary folder, with a key of its own.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self {
            folder: TempDir::new().expect("a temporary folder"),
        };
        bench.run(&["init", "case", "--name", "Snapshot"]);
        bench
    }

    /// As [`Bench::run`], with arguments parted by spaces.
    fn line(&self, arguments: &str) -> String {
        self.run(&arguments.split(' ').collect::<Vec<_>>())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Everything that the command shows: exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> String {
        let case = self.path("case");
        let mut command = Command::new(env!("CARGO_BIN_EXE_framewitness"));
        command.args(arguments).current_dir(self.folder.path());
        command
            .env_clear()
            .env("FRAMEWITNESS_HOME", self.path("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada");
        command.env("FRAMEWITNESS_DECODER", decoder());
        if arguments[0] != "init" {
            command.env("FRAMEWITNESS_CASE", case);
        }
        let output = command.output().expect("the program runs");
        format!(
            "exit {}\n{}{}",
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    }
}

fn decoder() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_framewitness")).with_file_name("framewitness-decoder")
}

fn clip(name: &str) -> String {
    format!("{CLIPS}/{name}")
}

/// Compares with the kept snapshot, with times, hashes and folders made the same.
macro_rules! shows {
    ($bench:expr, $name:literal, $shown:expr) => {
        let folder = $bench.folder.path().to_string_lossy().into_owned();
        with_settings!({ filters => vec![
            (folder.as_str(), "[FOLDER]"),
            (CLIPS, "[FIXTURES]"),
            (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[TIME]"),
            (r"sha256:[0-9a-f]{64}", "sha256:[HASH]"),
            (r"\b[0-9a-f]{64}\b", "[HASH]"),
            // A report holds the path that its item came from.
            (r"\d+ bytes  report", "[SIZE] bytes  report"),
            (r"ssh-ed25519 [A-Za-z0-9+/=]+", "ssh-ed25519 [KEY]"),
        ]}, { assert_snapshot!($name, $shown); });
    };
}

/// What the reference shows, in its order.
const COMMANDS: &[&str] = &[
    "init",
    "add",
    "list",
    "inspect",
    "frames",
    "frame",
    "span",
    "filmstrip",
    "sound",
    "waveform",
    "match",
    "review",
    "reuse",
    "watch",
    "same",
    "source",
    "series",
    "claim",
    "observe",
    "date",
    "place",
    "person",
    "mask",
    "content",
    "tag",
    "note",
    "hypothesis",
    "assess",
    "media-review",
    "resemblance",
    "publish",
    "received",
    "show",
    "undo",
    "remove",
    "remove",
    "report",
    "log",
    "verify",
    "export",
    "import",
    "rebuild",
    "serve",
    "completions",
    "man",
];

/// Verbs of commands that it shows too.
const VERBS: &[(&str, &str)] = &[
    ("review", "list"),
    ("review", "reject"),
    ("watch", "add"),
    ("watch", "search"),
    ("source", "add"),
    ("source", "state"),
    ("source", "alias"),
    ("source", "relate"),
    ("source", "grade"),
    ("source", "timeline"),
    ("series", "place"),
    ("claim", "add"),
    ("claim", "status"),
    ("claim", "rate"),
    ("date", "add"),
    ("place", "add"),
    ("person", "add"),
    ("person", "appears"),
    ("person", "protect"),
    ("person", "identify"),
    ("mask", "draw"),
    ("mask", "revise"),
    ("mask", "owed"),
    ("mask", "import"),
    ("mask", "track"),
    ("mask", "render"),
    ("mask", "check"),
    ("content", "set"),
    ("tag", "add"),
    ("note", "add"),
    ("hypothesis", "add"),
    ("hypothesis", "link"),
    ("hypothesis", "matrix"),
];

#[test]
fn reference_of_the_command_line() {
    let bench = Bench::new();
    let mut reference = bench.run(&["--help"]);
    for command in COMMANDS {
        reference.push_str(&format!(
            "\n## {command}\n\n{}",
            bench.run(&[command, "--help"])
        ));
    }
    for (command, verb) in VERBS {
        reference.push_str(&format!(
            "\n## {command} {verb}\n\n{}",
            bench.run(&[command, verb, "--help"])
        ));
    }
    shows!(bench, "reference", reference);
}

#[test]
fn json_of_preserving_and_examining() {
    let bench = Bench::new();
    shows!(
        bench,
        "add",
        bench.run(&[
            "add",
            "--json",
            &clip("odd/rotated.mp4"),
            &clip("odd/rotated.mp4"),
            "--note",
            "from a chat"
        ])
    );
    shows!(bench, "list_before", bench.run(&["list", "--json"]));
    shows!(bench, "inspect", bench.run(&["inspect", "--json", "1"]));
    shows!(bench, "list_after", bench.run(&["list", "--json"]));
    shows!(
        bench,
        "frames",
        bench.run(&["frames", "--json", "#1", "--from", "3", "--count", "2"])
    );
    shows!(
        bench,
        "frame",
        bench.run(&["frame", "--json", "rotated.mp4", "7", "-o", "still.png"])
    );
}

#[test]
fn what_is_stored_and_hidden_is_listed_and_shown() {
    let bench = Bench::new();
    bench.run(&["add", &clip("clips/v2s.mov")]);
    bench.line("inspect 1");
    let listed = bench.line("frames 1 --stored");
    assert_eq!(listed.matches("  hidden").count(), 208);
    let alone = bench.line("frames 1 --stored --not-presented");
    assert_eq!(
        (
            alone.matches("  hidden").count(),
            alone.matches("frame ").count()
        ),
        (208, 0)
    );
    shows!(
        bench,
        "stored",
        bench.line("frames 1 --stored --from 36 --count 3")
            + &bench.line("frames 1 --stored --from 36 --count 3 --json")
    );
    let hidden = listed
        .lines()
        .find_map(|line| line.strip_suffix("  hidden")?.split_whitespace().next())
        .expect("a hidden sample");
    shows!(
        bench,
        "stored_frame",
        bench.line(&format!("frame 1 --stored {hidden} -o hidden.png"))
            + &bench.line(&format!("frame 1 --stored {hidden} -o hidden.png --json"))
            + &bench.line("frame 1 --stored 287 -o none.png")
            + &bench.line("frame 1 -o none.png")
    );
    assert!(bench.path("hidden.png").is_file() && !bench.path("none.png").exists());
    shows!(
        bench,
        "field",
        bench.line("frame 1 3b -o field.png")
            + &bench.line("frame 1 3b -o field.png --json")
            + &bench.line("frame 1 3b -o none.png --view edges")
            + &bench.line("frame 1 999t -o none.png")
            + &bench.line("observe 1 hand --frame 3t")
    );
    assert!(bench.path("field.png").is_file() && !bench.path("none.png").exists());
}

#[test]
fn a_span_leaves_the_case_as_stills_or_as_a_clip() {
    let bench = Bench::new();
    bench.run(&["add", &clip("clips/movie-hello.mpeg")]);
    bench.line("inspect 1");
    let told = [
        "span 1 --from 48 --to 51 -o stills --json",
        "span 1 --from 48 --to 51 --as webp --view gamma=1.4 -o seen",
        "span 1 --from 2s --to 2.2s -o clip.mkv",
        "span 1 --to 10 -o stills",
        "span 1 --from 9 --to 9 -o none",
        "span 1 --from 900 -o none",
        "span 1 --view gamma=1.4 -o none.mkv",
        "span 1 -o -",
        "filmstrip 1 --count 4 -o strip.png",
        "filmstrip 1 --from 48 --to 51 --width 80 -o strip.png --json",
        "filmstrip 1 --count 999 -o none.png",
    ];
    let told: String = told.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "span", told);
    let mut made: Vec<_> = std::fs::read_dir(bench.folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    made.sort();
    let whole = [
        "case",
        "clip.mkv",
        "clip.mkv.frames.json",
        "home",
        "seen",
        "stills",
        "strip.png",
    ];
    assert_eq!(
        made, whole,
        "nothing half written, nothing under a refused name"
    );
    let listing = std::fs::read_to_string(bench.path("stills/frames.json")).expect("a listing");
    shows!(bench, "span_listing", listing);
    bench.line("frame 1 49 -o still.png");
    let still = std::fs::read(bench.path("still.png")).expect("written");
    assert!(std::fs::read(bench.path("stills/frame-000049.png")).expect("written") == still);
}

/// A bench whose case holds one inspected item.
fn inspected() -> Bench {
    let bench = Bench::new();
    bench.run(&["add", &clip("odd/rotated.mp4")]);
    bench.run(&["inspect", "--all"]);
    bench
}

#[test]
fn json_of_sources_and_claims() {
    let bench = inspected();
    let source = "source add @nobody --url https://example.org/@nobody --grade E --json";
    shows!(bench, "source", bench.line(source));
    shows!(
        bench,
        "source_state",
        bench.line("source state S1 deleted --at 2026-05-03 --json")
    );
    let history = [
        "source add paper --kind outlet",
        "source alias S1 @other --from 2025-11 --until 2026-04",
        "source relate S1 publishes-for S2",
        "source grade S1 D --reason older",
        "source grade S1 C --by Ben --reason right",
        "source state S1 renamed --name @new --proof-item 1 --proof-url https://example.org/a --at 2026-05",
        "series add dawn --source S1",
        "series place G1 1 3 --label third",
    ];
    history.iter().for_each(|line| drop(bench.line(line)));
    let told = [
        "source list",
        "source list --json",
        "series list 1",
        "series list --json",
    ];
    let told: String = told.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "source_history", told);
    let claim =
        "claim add 1 morning --by @nobody --source S1 --language en --frame 3 --to 5 --json";
    shows!(bench, "claim", bench.line(claim));
    let observe = "observe 1 shadow --frame 4 --region 10,20,30,40 --json";
    shows!(bench, "observe", bench.line(observe));
    let status = "claim status C1 contradicted --reason evening --evidence O1 --json";
    shows!(bench, "claim_status", bench.line(status));
    let rated = [
        "claim rate C1 5 --reason shadow --evidence O1 --json",
        "claim rate C1 4 --reason unsure",
        "claim rate C1 3 --by Ben --reason open",
        "claim rate C1 3",
        "claim rate C1 7 --reason x",
        "claim add 1 words --language English",
        "claim add 1 words --language uk --asserted 2026-05-03T18:20",
    ];
    let rated: String = rated.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "claim_rated", rated);
}

#[test]
fn json_of_dates_and_places() {
    let bench = inspected();
    bench.line("claim add 1 morning");
    let told = [
        "date add 1 2026-05-03 --basis claim:C1 --reason caption --json",
        "date add 1 2026-05-01 --until 2026-05-02 --footing established --basis shadow-analysis --basis metadata --reason shadows --revises D1",
        "date add 1 2026-05-03 --by Ben --basis claim:C1 --reason caption --frame 3 --to 5",
        "place add 1 square --position 50.6412,-29.9231 --radius 50 --precision point --basis landmarks --reason kiosk --json",
        "date list 1",
        "place list",
        "date add 1 2026 --until 2025 --basis other --reason x",
        "date add 1 yesterday --basis other --reason x",
        "date add 1 2026 --basis claim --reason x",
        "date add 1 2026 --basis hunch --reason x",
        "place add 1 x --position 91,0 --precision town --basis other --reason x",
        "place add 1 x --position north --precision town --basis other --reason x",
        "place add 1 x --precision street --basis other --reason x",
    ];
    let told: String = told.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "whereabouts", told);
}

#[test]
fn json_of_tags_notes_and_content() {
    let bench = inspected();
    let told = [
        "tag add 1 dawn contested --json",
        "tag add #1 dawn",
        "tag remove rotated.mp4 dawn --reason settled",
        "tag list 1",
        "tag remove 1 dusk",
        "note add 1 look --json",
        "note remove N1",
        "note add C4 look",
        "content list",
        "content set 1 --flag graphic death --note blood",
        "content set 1",
        "content list 1 --json",
        "list --json",
    ];
    let told: String = told.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "remarks", told);
}

#[test]
fn json_of_people() {
    let bench = inspected();
    let told = [
        "person add jacket --role speaker witness --json",
        "person appears P1 1 --frame 3 --region 10,20,30,40 --role speaker --json",
        "person identify P1 --withheld --reason asked",
        "person protect P1 --reason agreed",
        "person list 1",
        "person add x --role minor minor",
        "person identify P1 --reason asked",
        "person protect P9 --as minor --reason x",
    ];
    let told: String = told.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "people", told);
}

#[test]
fn json_of_judgements() {
    let bench = inspected();
    bench.line("observe 1 shadow --frame 4");
    shows!(
        bench,
        "hypothesis",
        bench.line("hypothesis add staged --item 1 --json")
    );
    shows!(
        bench,
        "link",
        bench.line("hypothesis link H1 O1 C --reason fits --json")
    );
    let first =
        "assess H1 --by A --likelihood likely --confidence low --reasons O1 --evidence O1 --json";
    shows!(bench, "assess", bench.line(first));
    let second = "assess H1 --by A --likelihood even-chance --confidence low --reasons O1 --revises A1 --json";
    shows!(bench, "assess_revised", bench.line(second));
    shows!(bench, "hypotheses", bench.line("hypothesis list --json"));
    let report = bench.line("report 1 -o report.html --json");
    shows!(
        bench,
        "report",
        report.replace(|c: char| c.is_ascii_digit(), "0")
    );
    shows!(bench, "log", bench.line("log --from 3 --count 3 --json"));
}

/// The samples that ffmpeg decodes, in the form named.
fn ffmpeg_samples(clip: &str, form: &str) -> Vec<u8> {
    let decoded = Command::new("ffmpeg")
        .args([
            "-v", "error", "-nostdin", "-i", clip, "-map", "0:a:0", "-f", form, "-",
        ])
        .output()
        .expect("ffmpeg is installed");
    decoded.stdout
}

#[test]
fn sound_is_told_addressed_and_written_to_the_sample() {
    let bench = Bench::new();
    let clip = clip("clips/movie-hello.mpeg");
    bench.run(&["add", &clip]);
    bench.run(&["add", &format!("{CLIPS}/odd/sound-only.ogg")]);
    shows!(bench, "sound_inspected", bench.line("inspect 1 2"));
    let told = [
        "sound 1 --json",
        "sound 1 --at 100 --json",
        "sound 1 --at 4s",
        "sound 2 --at 1.5s",
    ];
    let told: String = told.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "sound_told", told);
    let written = bench.line("sound 1 --from 100 --to sample:200000 -o piece.wav --json");
    let end = written
        .find('{')
        .and_then(|start| serde_json::from_str(&written[start..]).ok());
    let written: serde_json::Value = end.expect("JSON");
    let (from, to) = (
        written["from"].as_u64().expect("from"),
        written["to"].as_u64().expect("to"),
    );
    let at: String = bench.line("sound 1 --at 100 --json");
    assert!(at.contains(&format!("\"sample\":{from},")), "{at}");
    let whole = ffmpeg_samples(&clip, "s16le");
    let piece = std::fs::read(bench.path("piece.wav")).expect("written");
    assert!(piece[44..] == whole[from as usize * 4..to as usize * 4]);
    assert!(bench.line("sound 2 -o whole.wav").starts_with("exit 0"));
    let whole = std::fs::read(bench.path("whole.wav")).expect("written");
    let ogg = format!("{CLIPS}/odd/sound-only.ogg");
    assert!(whole[44..] == ffmpeg_samples(&ogg, "f32le"));
    assert!(
        bench
            .line("waveform 1 -o outline.dat --zoom 2")
            .starts_with("exit 0")
    );
    let outline = std::fs::read(bench.path("outline.dat")).expect("written");
    assert_eq!(outline[..4], [2, 0, 0, 0]);
    assert_eq!(outline.len(), 24 + 396_288_usize.div_ceil(512) * 8);
    let refused = [
        "sound 1 --at 9000s",
        "sound 1 --from 5 --to 5 -o x.wav",
        "sound 1 --at sample:x",
    ];
    let refused: String = refused.iter().map(|line| bench.line(line)).collect();
    shows!(bench, "sound_refused", refused);
}

#[test]
fn what_makes_no_sense_says_what_to_do() {
    let bench = Bench::new();
    bench.run(&["add", &clip("odd/rotated.mp4")]);
    let mut said = String::new();
    for command in [
        vec!["init", "case"],
        vec!["add", "nowhere.mp4"],
        vec!["inspect", "#9"],
        vec!["frame", "1", "0", "-o", "x.png"],
        vec!["match"],
        vec!["claim", "add", "1", ""],
        vec!["claim", "status", "C9", "verified", "--reason", "x"],
        vec!["claim", "add", "1", "x", "--frame", "soon"],
        vec![
            "assess",
            "H1",
            "--likelihood",
            "maybe",
            "--confidence",
            "low",
            "--reasons",
            "x",
        ],
        vec!["report", "1", "-o", "report.html"],
        vec!["--case", "elsewhere", "log"],
    ] {
        said.push_str(&format!(
            "$ framewitness {}\n{}\n",
            command.join(" "),
            bench.run(&command)
        ));
    }
    shows!(bench, "mistakes", said);
}

#[test]
fn bytes_that_are_no_media_are_kept_and_said_to_be_unsupported() {
    let bench = Bench::new();
    bench.run(&["add", &clip("odd/garbage.mp4")]);
    let said = bench.run(&["inspect", "garbage.mp4"]);
    assert!(said.starts_with("exit 5\n"), "{said}");
    assert!(bench.run(&["verify"]).starts_with("exit 0\n"));
}

#[test]
fn man_pages_and_completions_are_written() {
    let bench = Bench::new();
    assert!(bench.run(&["man", "man"]).starts_with("exit 0\n"));
    let page = std::fs::read_to_string(bench.path("man/framewitness-claim-add.1"))
        .expect("a page for each command");
    assert!(page.contains("claim"));
    assert!(bench.run(&["completions", "bash"]).contains("complete -F"));
}
