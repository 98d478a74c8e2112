//! What open pages hear of without asking: that the journal moved, and how far work is.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use futures_core::Stream;
use serde::Serialize;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use utoipa::ToSchema;

use super::fault::Fault;
use super::state::App;

/// Pages that listen at once.
const MOST: usize = 64;

/// Time between two looks at the journal, which other programs write to as well.
const LOOK: Duration = Duration::from_millis(400);

/// Time between two messages about work.
const PAUSE: Duration = Duration::from_millis(250);

/// Time after which a page is told that the server is still there, and a page that has gone is noticed.
const STILL: Duration = Duration::from_secs(15);

/// That the journal moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Moved {
    /// Number of its entries.
    entries: u64,
}

/// What pages hear.
pub(super) struct News {
    /// Entries of the journal; nothing before the first look.
    entries: watch::Sender<Option<u64>>,
    closing: watch::Sender<bool>,
    places: Arc<Semaphore>,
}

impl News {
    pub(super) fn new() -> Self {
        Self {
            entries: watch::Sender::new(None),
            closing: watch::Sender::new(false),
            places: Arc::new(Semaphore::new(MOST)),
        }
    }

    /// Lets go of every page.
    pub(super) fn close(&self) {
        self.closing.send_replace(true);
    }
}

/// Looks at the journal while somebody listens, until the server closes.
pub(super) async fn follow(app: Arc<App>) {
    let mut closing = app.news.closing.subscribe();
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = closed(&mut closing) => return,
        }
        if app.news.entries.receiver_count() == 0 {
            continue;
        }
        let case = app.present();
        // A look that fails is made again; whoever asks for something hears why.
        let looked = tokio::task::spawn_blocking(move || case.head()).await;
        if let Ok(Ok(head)) = looked {
            let entries = &app.news.entries;
            entries.send_if_modified(|known| known.replace(head.size) != Some(head.size));
        }
    }
}

/// Waits until the server closes.
async fn closed(closing: &mut watch::Receiver<bool>) {
    // An error means that what would say so is gone.
    let _ = closing.wait_for(|closing| *closing).await;
}

/// Begins to tell a page, until it goes or the server closes.
pub(super) fn tell(app: &Arc<App>) -> Result<Messages, Fault> {
    let place = Arc::clone(&app.news.places).try_acquire_owned();
    let Ok(place) = place else {
        let told = Fault::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "as many pages listen as this server tells at once",
        );
        return Err(told.hint("close some of them"));
    };
    let (sender, messages) = channel(4);
    tokio::spawn(telling(Arc::clone(app), sender, place));
    Ok(Messages(messages))
}

async fn telling(app: Arc<App>, sender: Sender<Bytes>, _place: OwnedSemaphorePermit) {
    let mut entries = app.news.entries.subscribe();
    let mut work = app.jobs.changes();
    let mut closing = app.news.closing.subscribe();
    // Whoever comes in hears how things stand, and may have been away.
    entries.mark_changed();
    work.mark_changed();
    let mut sent = sender.send(Bytes::from_static(b"retry: 1000\n\n")).await;
    while sent.is_ok() {
        sent = tokio::select! {
            biased;
            () = closed(&mut closing) => return,
            () = sender.closed() => return,
            changed = entries.changed() => {
                let known = { *entries.borrow_and_update() };
                match (changed, known) {
                    (Err(_), _) => return,
                    (Ok(()), None) => Ok(()),
                    (Ok(()), Some(entries)) => sender.send(message("moved", &Moved { entries })).await,
                }
            }
            changed = work.changed() => {
                if changed.is_err() {
                    return;
                }
                let sent = sender.send(message("work", &app.jobs.all())).await;
                tokio::time::sleep(PAUSE).await;
                sent
            }
            () = tokio::time::sleep(STILL) => sender.send(Bytes::from_static(b": still here\n\n")).await,
        };
    }
}

/// A message of an event stream: JSON has no line breaks.
fn message(name: &str, told: &impl Serialize) -> Bytes {
    let told = serde_json::to_string(told).unwrap_or_default();
    format!("event: {name}\ndata: {told}\n\n").into()
}

/// The messages to one page. Dropping them ends the telling.
pub(super) struct Messages(Receiver<Bytes>);

impl Stream for Messages {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|told| told.map(Ok))
    }
}
