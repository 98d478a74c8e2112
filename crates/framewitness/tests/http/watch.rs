//! Streams of pictures for watching: every frame under its number, no further than they are taken.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::served::Served;

/// A record of a stream.
#[derive(Debug)]
enum Record {
    Picture {
        no: u32,
        pts: Option<i64>,
        jpeg: Vec<u8>,
    },
    Problem,
    End,
}

fn records(served: &Served, path: &str) -> Vec<Record> {
    let answer = served.get(path);
    assert_eq!(answer.status, 200, "{path}");
    assert_eq!(
        answer.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let mut rest = answer.body.as_slice();
    let mut records = Vec::new();
    while !rest.is_empty() {
        let (length, behind) = rest.split_at(4);
        let length = u32::from_le_bytes(length.try_into().expect("four bytes")) as usize;
        records.push(record(&behind[..length]));
        rest = &behind[length..];
    }
    records
}

fn record(bytes: &[u8]) -> Record {
    match bytes[0] {
        1 => {
            let pts = i64::from_le_bytes(bytes[6..14].try_into().expect("eight bytes"));
            Record::Picture {
                no: u32::from_le_bytes(bytes[1..5].try_into().expect("four bytes")),
                pts: (bytes[5] == 1).then_some(pts),
                jpeg: bytes[14..].to_vec(),
            }
        }
        2 => Record::Problem,
        3 => Record::End,
        other => panic!("a record of kind {other}"),
    }
}

/// Numbers of the pictures, which must be followed by the end.
fn numbers(records: &[Record]) -> Vec<u32> {
    let (last, pictures) = records.split_last().expect("records");
    assert!(matches!(last, Record::End), "{last:?}");
    let number = |record: &Record| match record {
        Record::Picture { no, .. } => *no,
        other => panic!("{other:?}"),
    };
    pictures.iter().map(number).collect()
}

/// Width and height that a baseline JPEG states.
fn size(jpeg: &[u8]) -> (u16, u16) {
    let at = jpeg
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .expect("a frame header");
    let number = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    (number(at + 7), number(at + 5))
}

#[test]
fn every_frame_comes_once_in_order_either_way() {
    let served = Served::with(&["clips/v2s.mov", "odd/rotated.mp4"]);
    for item in [1, 2] {
        let page = served.get(&format!("/api/items/{item}/frames?count=5000"));
        let page = page.json();
        let rows = page["frames"].as_array().expect("frames");
        let count = rows.len() as u32;
        let slow = format!("/api/items/{item}/watch?speed=0.5&width=128");
        let forwards = records(&served, &format!("{slow}&from=0"));
        assert_eq!(numbers(&forwards), (0..count).collect::<Vec<_>>());
        for record in &forwards {
            let Record::Picture { no, pts, jpeg } = record else {
                continue;
            };
            assert_eq!(*pts, rows[*no as usize]["pts"].as_i64());
            assert_eq!(size(jpeg).0, 128);
        }
        let middle = records(&served, &format!("{slow}&from={}", count / 2));
        assert_eq!(numbers(&middle), (count / 2..count).collect::<Vec<_>>());
        let back = records(&served, &format!("{slow}&way=backwards&from={}", count - 3));
        assert_eq!(numbers(&back), (0..count - 2).rev().collect::<Vec<_>>());
    }
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let served = Served::with(&["odd/rotated.mp4", "odd/sound-only.ogg"]);
    let status = |path: &str| served.get(&format!("/api/items/{path}")).status;
    assert_eq!(status("1/watch?from=100000"), 404);
    assert_eq!(status("1/watch"), 400);
    assert_eq!(status("1/watch?from=0&way=sideways"), 400);
    assert_eq!(status("1/watch?from=0&speed=5"), 422);
    assert_eq!(status("1/watch?from=0&speed=NaN"), 422);
    assert_eq!(status("1/watch?from=-1"), 400);
    assert_eq!(status("2/watch?from=0"), 404);
    assert_eq!(status("9/watch?from=0"), 404);
}

/// Decoder processes of the server.
fn decoders(server: u32) -> Vec<u32> {
    let children = format!("/proc/{server}/task");
    let mut found = Vec::new();
    for thread in std::fs::read_dir(children)
        .expect("the server runs")
        .flatten()
    {
        let children = std::fs::read_to_string(thread.path().join("children"));
        let numbers = children.unwrap_or_default();
        found.extend(
            numbers
                .split_whitespace()
                .filter_map(|id| id.parse::<u32>().ok()),
        );
    }
    found
}

/// Processor time that a process has used, in ticks of the kernel.
fn used(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<u64> = fields
        .split_whitespace()
        .skip(1)
        .map(|field| field.parse().unwrap_or_default())
        .collect();
    fields.get(10).copied().unwrap_or_default() + fields.get(11).copied().unwrap_or_default()
}

#[track_caller]
fn soon(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Asks for a stream, reads its first bytes, and then no more.
fn begin(served: &Served, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).expect("the server listens");
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n",
        served.address,
        served.cookie()
    );
    stream.write_all(request.as_bytes()).expect("a request");
    let mut first = [0; 4096];
    stream.read_exact(&mut first).expect("the stream begins");
    assert!(first.starts_with(b"HTTP/1.1 200"));
    stream
}

#[test]
fn a_page_that_does_not_read_is_waited_for_and_one_that_goes_ends_the_process() {
    let served = Served::with(&["clips/bigbuckbunny.mp4"]);
    let path = "/api/items/1/watch?from=0&width=1280&speed=0.5";
    let stream = begin(&served, path);
    let [process] = decoders(served.process())[..] else {
        panic!("one decoder process is expected");
    };
    // Sockets take some megabytes, then nothing more is decoded.
    let mut before = u64::MAX;
    soon("the decoder comes to rest", || {
        std::thread::sleep(Duration::from_millis(500));
        let now = used(process);
        let rests = now == before;
        before = now;
        rests
    });
    assert!(before > 0);
    drop(stream);
    soon("the process ends", || decoders(served.process()).is_empty());
}

#[test]
fn so_many_are_watched_at_once_and_no_more() {
    let served = Served::with(&["clips/bigbuckbunny.mp4"]);
    let path = "/api/items/1/watch?from=0&width=1280&speed=0.5";
    let streams: Vec<TcpStream> = (0..3).map(|_| begin(&served, path)).collect();
    let refused = served.get(path);
    assert_eq!(refused.status, 503);
    assert!(refused.json()["hint"].is_string());
    // Stepping goes on beside.
    assert_eq!(served.get("/api/items/1/frames/5.png").status, 200);
    drop(streams);
    soon("there is room again", || served.get(path).status == 200);
}
