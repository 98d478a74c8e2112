//! Pictures for watching on their way to a page: no more of them under way than it takes.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::StatusCode;
use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use workbench::watch::{Picture, Screen, Taken};

use super::fault::{Fault, Problem};

/// Streams at once, each a decoder process: one for each side of a comparison, and one that is just
/// being replaced.
const AT_ONCE: usize = 3;

/// How long a stream waits for one before it to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Records made and not yet sent.
const IN_STORE: usize = 2;

/// How long a page may take nothing before its stream, and the decoder process with it, is ended.
const IDLE: Duration = Duration::from_secs(20);

const PICTURE: u8 = 1;
const PROBLEM: u8 = 2;
const END: u8 = 3;

/// Places for streams.
pub(super) struct Watching(Arc<Semaphore>);

impl Watching {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }

    /// A place, once one is free.
    pub(super) async fn place(&self) -> Result<OwnedSemaphorePermit, Fault> {
        let place = tokio::time::timeout(PATIENCE, self.0.clone().acquire_owned()).await;
        match place {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Fault::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "as much is being watched as this server plays at once",
            )
            .hint("pause in another tab")),
        }
    }
}

/// Runs `play` on a thread of its own while `place` is held; its pictures come out as records.
pub(super) fn start<F>(place: OwnedSemaphorePermit, play: F) -> Records
where
    F: FnOnce(&mut Page) -> workbench::Result<()> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(IN_STORE);
    let mut page = Page {
        sender,
        began: Instant::now(),
        runtime: Handle::current(),
        left: false,
    };
    tokio::task::spawn_blocking(move || {
        let _place = place;
        let last = match play(&mut page) {
            Ok(()) => record(END, &[]),
            Err(error) => {
                let problem = Problem {
                    error: error.message,
                    hint: error.hint,
                };
                record(
                    PROBLEM,
                    &[&serde_json::to_vec(&problem).unwrap_or_default()],
                )
            }
        };
        // A page that took nothing for so long is not told that this was the end: it may ask again.
        if !page.left {
            page.send(last);
        }
    });
    Records(receiver)
}

/// A page at the other end of a stream.
pub(super) struct Page {
    sender: Sender<Bytes>,
    began: Instant,
    runtime: Handle,
    /// Whether the page took nothing for longer than is waited.
    left: bool,
}

impl Page {
    fn send(&mut self, record: Bytes) -> Taken {
        let taken = self.offer(record);
        self.left = taken == Taken::Never;
        taken
    }

    fn offer(&self, record: Bytes) -> Taken {
        match self.sender.try_send(record) {
            Ok(()) => Taken::AtOnce,
            Err(TrySendError::Closed(_)) => Taken::Never,
            Err(TrySendError::Full(record)) => {
                let sent = self.sender.send_timeout(record, IDLE);
                self.runtime
                    .block_on(sent)
                    .map_or(Taken::Never, |()| Taken::Later)
            }
        }
    }
}

impl Screen for Page {
    fn now(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    fn gone(&self) -> bool {
        self.left || self.sender.is_closed()
    }

    fn show(&mut self, picture: Picture) -> Taken {
        let stamped = u8::from(picture.pts.is_some());
        let pts = picture.pts.map_or(0, |pts| pts.0);
        self.send(record(
            PICTURE,
            &[
                &picture.no.0.to_le_bytes(),
                &[stamped],
                &pts.to_le_bytes(),
                &picture.jpeg,
            ],
        ))
    }
}

/// A record: its length, what it is, and its parts.
fn record(kind: u8, parts: &[&[u8]]) -> Bytes {
    let length = 1 + parts.iter().map(|part| part.len()).sum::<usize>();
    let mut bytes = Vec::with_capacity(4 + length);
    bytes.extend_from_slice(&(length as u32).to_le_bytes());
    bytes.push(kind);
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes.into()
}

/// The records of a stream. Dropping it ends the stream.
pub(super) struct Records(Receiver<Bytes>);

impl Stream for Records {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|record| record.map(Ok))
    }
}
