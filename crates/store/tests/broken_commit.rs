//! A connection that breaks while an entry is committed: whether it was recorded is found out, never
//! guessed. The connection goes through a proxy that breaks it at that very message.

#![allow(clippy::unwrap_used)]

#[path = "conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;
#[path = "servers/postgres.rs"]
mod servers;

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use sample::*;
use store::{Error, PgStore, Store};

/// What happens to the next `COMMIT`.
const PASS: u8 = 0;
/// It reaches the server; the answer is lost.
const LOSE_ANSWER: u8 = 1;
/// It is lost itself.
const LOSE_COMMIT: u8 = 2;
/// The answer is lost, and the server with it.
const LOSE_ALL: u8 = 3;
const AWAY: u8 = 4;

fn relay(client: UnixStream, server: UnixStream, fate: &AtomicU8) {
    let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    thread::spawn(move || std::io::copy(&mut from, &mut to));
    let (mut client, mut server) = (client, server);
    let mut bytes = [0; 1 << 16];
    loop {
        let read = client.read(&mut bytes).unwrap_or(0);
        let message = &bytes[..read];
        let commits = message.starts_with(b"Q") && message.ends_with(b"COMMIT\0");
        let now = fate.load(SeqCst);
        if read > 0 && !(commits && now != PASS) {
            let _ = server.write_all(message);
            continue;
        }
        if commits {
            fate.store(if now == LOSE_ALL { AWAY } else { PASS }, SeqCst);
            client.shutdown(Shutdown::Both).unwrap();
            if now != LOSE_COMMIT {
                server.write_all(message).unwrap();
            }
        }
        // The server sees a client that is gone, after what it was sent.
        let _ = server.shutdown(Shutdown::Write);
        return;
    }
}

fn proxy(listener: UnixListener, server: String, fate: Arc<AtomicU8>) {
    thread::spawn(move || {
        for client in listener.incoming() {
            let (client, fate) = (client.unwrap(), fate.clone());
            let server = UnixStream::connect(&server).unwrap();
            if fate.load(SeqCst) != AWAY {
                thread::spawn(move || relay(client, server, &fate));
            }
        }
    });
}

#[test]
fn a_commit_without_an_answer_is_looked_up() {
    let cluster = match servers::cluster() {
        Ok(cluster) => cluster,
        Err(why) => return println!("skipped: {why}"),
    };
    let folder = tempfile::tempdir().unwrap();
    let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
    let socket = cluster.socket().replace("%2F", "/");
    let fate = Arc::new(AtomicU8::new(PASS));
    proxy(listener, format!("{socket}/.s.PGSQL.5432"), fate.clone());
    let direct = cluster.case();
    let through = direct.replace(&cluster.socket(), folder.path().to_str().unwrap());
    let store = PgStore::create(&through).unwrap();
    opened(&store);
    let size = store.head().unwrap().size;

    fate.store(LOSE_ANSWER, SeqCst);
    let appended = store.append(&ada(), AT, &source("answer lost", None));
    assert_eq!(appended.unwrap().seq, size);

    fate.store(LOSE_COMMIT, SeqCst);
    let lost = store.append(&ada(), AT, &source("commit lost", None));
    assert!(matches!(lost, Err(Error::Server { .. })), "{lost:?}");
    assert_eq!(store.head().unwrap().size, size + 1);

    fate.store(LOSE_ALL, SeqCst);
    let unsure = store.append(&ada(), AT, &source("all lost", None));
    assert!(matches!(unsure, Err(Error::Unsure(_))), "{unsure:?}");
    let direct = PgStore::open(&direct).unwrap();
    // Nobody waits for that server process: it may still be about to commit.
    let deadline = Instant::now() + Duration::from_secs(30);
    while direct.sources().unwrap().len() < 2 && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(direct.sources().unwrap().len(), 2);
    assert_eq!(direct.check().unwrap().problems, []);
}
