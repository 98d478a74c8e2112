//! Jobs of the server: asked for, looked at, cancelled, and found again after a kill.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Answer, ask};
use crate::served::Served;

const CLIPS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/clips");

impl Served {
    fn hand_over(&self, path: &Path) -> Value {
        let name = path.file_name().and_then(|name| name.to_str());
        let bytes = std::fs::read(path).expect("a file");
        let to = format!("/api/items?name={}", name.expect("a name"));
        self.post_bytes(&to, &bytes).json()
    }

    fn cancel(&self, job: &Value) -> Answer {
        let host = self.host();
        let headers = [
            ("host", host.as_str()),
            ("cookie", self.cookie()),
            ("x-framewitness", "1"),
        ];
        ask(
            self.address,
            "DELETE",
            &format!("/api/work/{job}"),
            &headers,
            b"",
        )
    }

    fn work(&self) -> Vec<Value> {
        let told = self.get("/api/work").json();
        told.as_array().expect("a list").clone()
    }

    /// Waits until what is under way is `so`.
    fn until(&self, what: &str, so: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let begun = Instant::now();
        loop {
            let work = self.work();
            if so(&work) {
                return work;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(100),
                "{what}: {work:?}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn journal(&self) -> Vec<Value> {
        let journal = self.get("/api/journal?from=0&count=1000").json();
        journal["entries"].as_array().expect("entries").clone()
    }

    fn files_of_jobs(&self) -> usize {
        std::fs::read_dir(self.path("case/scratch/jobs")).map_or(0, Iterator::count)
    }

    /// Bytes of the logs of inspections under way.
    fn logged(&self) -> u64 {
        let files = std::fs::read_dir(self.path("case/scratch")).expect("a folder");
        let files = files.map(|file| file.expect("a file"));
        let logs = files.filter(|file| file.path().extension().is_some_and(|end| end == "pass"));
        logs.map(|log| log.metadata().map_or(0, |it| it.len()))
            .sum()
    }
}

fn over(work: &[Value]) -> bool {
    work.iter()
        .all(|job| job["standing"] == "done" || job["standing"] == "failed")
}

fn kinds(journal: &[Value]) -> Vec<&str> {
    journal
        .iter()
        .filter_map(|it| it["kind"].as_str())
        .collect()
}

/// A clip that takes seconds to inspect.
fn long(folder: &TempDir, times: u32) -> PathBuf {
    let path = folder.path().join("long.mp4");
    let status = Command::new("ffmpeg")
        .args([
            "-v",
            "error",
            "-nostdin",
            "-stream_loop",
            &times.to_string(),
        ])
        .args([
            "-i",
            &format!("{CLIPS}/VID_20191220_170832.mp4"),
            "-c",
            "copy",
        ])
        .arg(&path)
        .status();
    assert!(status.expect("ffmpeg runs").success());
    path
}

#[test]
fn what_was_handed_over_is_inspected_and_its_footage_looked_for() {
    let served = Served::with(&[]);
    for name in ["city-repost.mp4", "cityCC0.mpg"] {
        served.hand_over(&Path::new(CLIPS).join(name));
    }
    for item in [1, 2] {
        let how = json!({ "then_match": true });
        let asked = served.post(&format!("/api/items/{item}/inspect"), &how);
        assert_eq!(asked.status, 202);
        assert_eq!(asked.json()["task"], "inspect");
    }
    let work = served.until("all is done", |work| work.len() == 4 && over(work));
    let told: Vec<_> = work
        .iter()
        .map(|job| {
            (
                &job["task"],
                &job["item"],
                &job["done"]["matches"],
                &job["done"]["passed_over"],
            )
        })
        .collect();
    let (inspect, look, nothing) = (json!("inspect"), json!("match"), json!([]));
    let (first, second, none, one) = (json!("#1"), json!("#2"), json!(0), json!(1));
    assert_eq!(
        told,
        [
            (&inspect, &first, &none, &nothing),
            (&inspect, &second, &none, &nothing),
            (&look, &first, &one, &nothing),
            (&look, &second, &one, &nothing),
        ]
    );
    assert!(
        work[0]["done"]["frames"]
            .as_u64()
            .is_some_and(|many| many > 100)
    );
    assert_eq!(served.files_of_jobs(), 0);
    let matches = served.get("/api/matches").json();
    assert_eq!(matches.as_array().map(Vec::len), Some(1));
    let journal = served.journal();
    let inspected = kinds(&journal)
        .iter()
        .filter(|it| **it == "item.inspected")
        .count();
    assert_eq!(inspected, 2);

    // What is over is forgotten when somebody says so.
    assert_eq!(served.cancel(&work[0]["job"]).status, 204);
    assert_eq!(served.work().len(), 3);
    assert_eq!(served.cancel(&work[0]["job"]).status, 404);
}

#[test]
fn what_makes_no_sense_is_refused_and_what_was_passed_over_is_said() {
    let served = Served::with(&["odd/rotated.mp4"]);
    served.hand_over(&Path::new(CLIPS).join("city-repost.mp4"));
    let inspect = |item: &str, body: &Value| {
        served
            .post(&format!("/api/items/{item}/inspect"), body)
            .status
    };
    assert_eq!(inspect("3", &json!({})), 404);
    assert_eq!(inspect("1", &json!({ "everything": true })), 422);
    let past = served.post("/api/items/1/match?as_of=4", &json!({}));
    assert_eq!(past.status, 422, "{}", past.json());
    assert_eq!(served.work(), Vec::<Value>::new());

    assert_eq!(served.post("/api/items/1/match", &json!({})).status, 202);
    // Nobody inspected it: there is nothing to look for.
    assert_eq!(served.post("/api/items/2/match", &json!({})).status, 202);
    let work = served.until("all is over", |work| work.len() == 2 && over(work));
    assert_eq!(work[0]["done"]["passed_over"], json!(["#2"]));
    assert_eq!(work[1]["standing"], "failed");
    let why = work[1]["problem"]["error"].as_str().expect("a reason");
    assert!(why.contains("was not inspected yet"), "{why}");
    assert_eq!(served.files_of_jobs(), 0);
}

#[test]
fn work_goes_on_after_a_kill() {
    let folder = TempDir::new().expect("a folder");
    let mut served = Served::with(&[]);
    served.hand_over(&long(&folder, 5));
    served.hand_over(&Path::new(CLIPS).join("city-repost.mp4"));
    for item in [1, 2] {
        let asked = served.post(&format!("/api/items/{item}/inspect"), &json!({}));
        assert_eq!(asked.status, 202);
    }
    served.until("it gets on", |work| {
        work[0]["standing"] == "running" && work[0]["share"].as_u64() > Some(4000)
    });
    assert!(served.logged() > 0);
    assert_eq!(served.files_of_jobs(), 2);
    served.killed();
    let work = served.work();
    let items: Vec<_> = work.iter().map(|job| &job["item"]).collect();
    assert_eq!(items, [&json!("#1"), &json!("#2")], "nobody asked again");
    served.until("it is done", over);
    let journal = served.journal();
    let inspected: Vec<_> = journal
        .iter()
        .filter(|it| it["kind"] == "item.inspected")
        .collect();
    assert_eq!(inspected.len(), 2);
    let resumed = inspected[0]["body"]["versions"]["resumed"].as_str();
    assert!(
        resumed.is_some_and(|at| at.starts_with("frame ")),
        "{:?}",
        inspected[0]
    );
    assert_eq!((served.files_of_jobs(), served.logged()), (0, 0));
    assert!(served.run(&["verify"]).status.success());
}

#[test]
fn a_job_is_cancelled_whether_it_runs_or_waits() {
    let folder = TempDir::new().expect("a folder");
    let served = Served::with(&[]);
    served.hand_over(&long(&folder, 9));
    served.hand_over(&Path::new(CLIPS).join("city-repost.mp4"));
    let first = served.post("/api/items/1/inspect", &json!({})).json();
    let second = served.post("/api/items/2/inspect", &json!({})).json();
    let same = served.post("/api/items/2/inspect", &json!({})).json();
    assert_eq!(same["job"], second["job"], "it waits already");
    served.until("it gets on", |work| work[0]["share"].as_u64() > Some(300));
    assert_eq!(served.cancel(&second["job"]).status, 204);
    assert_eq!(served.cancel(&first["job"]).status, 204);
    served.until("nothing is left", <[Value]>::is_empty);
    assert_eq!(served.files_of_jobs(), 0);
    assert!(!kinds(&served.journal()).contains(&"item.inspected"));
    // What was cancelled is done when it is wanted after all.
    served.post("/api/items/2/inspect", &json!({}));
    served.until("it is done", |work| work.len() == 1 && over(work));
    assert!(kinds(&served.journal()).contains(&"item.inspected"));
}

/// Tiny clips, each with other bytes than the others.
fn tiny(folder: &TempDir, many: usize) -> Vec<PathBuf> {
    let clip = |n: usize| {
        let path = folder.path().join(format!("tiny-{n}.mp4"));
        let size = format!("testsrc2=size=64x48:rate=10:duration=1,hue=h={}", n * 17);
        let make = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-f", "lavfi", "-i", &size])
            .arg(&path)
            .status();
        assert!(make.expect("ffmpeg runs").success());
        path
    };
    (0..many).map(clip).collect()
}

#[test]
fn a_search_that_is_stopped_half_way_says_how_far_it_came() {
    let folder = TempDir::new().expect("a folder");
    let clips = tiny(&folder, 20);
    let served = Served::of(&clips.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    // It may be through before it is stopped: then it is begun again.
    let stopped = (0..50).find_map(|_| {
        let asked = served.post("/api/items/1/match", &json!({})).json();
        served.until("it runs", |work| work[0]["standing"] != "waiting");
        served.cancel(&asked["job"]);
        let work = served.until("it is over", over);
        work.into_iter().find(|job| {
            let searched = &job["done"]["searched"];
            searched["items"].as_u64() < searched["of"].as_u64()
        })
    });
    let stopped = stopped.expect("one of fifty is stopped in time");
    assert_eq!(stopped["standing"], "done");
    assert_eq!(stopped["done"]["searched"]["of"], 19);
    assert_eq!(stopped["searched"], stopped["done"]["searched"]);
    assert_eq!(served.files_of_jobs(), 0, "it is not taken up again");
    // Whoever has seen that clears it away; begun again it goes to the end.
    assert_eq!(served.cancel(&stopped["job"]).status, 204);
    assert_eq!(served.work(), Vec::<Value>::new());
    served.post("/api/items/1/match", &json!({}));
    let work = served.until("it is done", over);
    assert_eq!(
        work[0]["done"]["searched"],
        json!({ "items": 19, "of": 19 })
    );
    assert_eq!(work[0]["share"], 10_000);
}
