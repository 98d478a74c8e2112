//! Answers that are made while they are sent: as long as they like, and little of them in memory.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;
use workbench::export::{Lock, Put, Tar};
use workbench::{Case, Error};

use super::as_of;
use super::fault::Fault;
use super::state::App;

/// Pieces that are ready and not yet sent.
const READY: usize = 4;

/// Bytes of a piece.
const PIECE: usize = 256 << 10;

/// Where the maker of an answer writes it.
pub(super) struct Mouth {
    piece: Vec<u8>,
    sender: Sender<Bytes>,
}

impl Write for Mouth {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::take(&mut self.piece);
        let sent = self.sender.blocking_send(piece.into());
        sent.map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "the browser has gone"))
    }
}

/// What `give` puts, in the folder `top` of a tar archive that is to be saved, under `lock`.
pub(super) async fn packed<F>(
    app: &Arc<App>,
    top: &str,
    lock: Lock,
    give: F,
) -> Result<Response, Fault>
where
    F: FnOnce(&Case, &mut dyn Put) -> workbench::Result<()> + Send + 'static,
{
    let top = format!("{top}/");
    let kind = match lock {
        Lock::Open => "application/x-tar",
        _ => "application/octet-stream",
    };
    let body = flow(app, move |case, mouth| {
        let mut tar = Tar::within(lock.over(mouth)?, top);
        give(case, &mut tar)?;
        let sent = tar.finish().and_then(|locked| locked.finish()?.flush());
        sent.map_err(|why| Error::io("sending", &why))
    });
    let headers = [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, "attachment")];
    Ok((headers, body.await?).into_response())
}

/// What `make` writes, as the body of an answer. A fault before the first piece is a fault of the whole
/// request; one after it breaks the answer off, so that nobody takes it for whole.
pub(super) async fn flow<F>(app: &Arc<App>, make: F) -> Result<Body, Fault>
where
    F: FnOnce(&Case, Mouth) -> workbench::Result<()> + Send + 'static,
{
    let (sender, mut pieces) = channel(READY);
    let app = app.clone();
    let making = async move {
        let mouth = Mouth {
            piece: Vec::new(),
            sender,
        };
        app.ask_span(move |case| make(case, mouth)).await
    };
    let maker = tokio::spawn(as_of::carried(as_of::shown(), making));
    let Some(first) = pieces.recv().await else {
        return match maker.await {
            Ok(made) => made.map(|()| Body::empty()),
            Err(_) => Err(Fault::own()),
        };
    };
    Ok(Body::from_stream(Flow {
        first: Some(first),
        pieces,
        maker,
    }))
}

struct Flow {
    first: Option<Bytes>,
    pieces: Receiver<Bytes>,
    maker: JoinHandle<Result<(), Fault>>,
}

impl Stream for Flow {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(first)));
        }
        if let Some(piece) = ready!(self.pieces.poll_recv(context)) {
            return Poll::Ready(Some(Ok(piece)));
        }
        let made = ready!(Pin::new(&mut self.maker).poll(context));
        Poll::Ready(match made {
            Ok(Ok(())) => None,
            _ => Some(Err(io::Error::other("the answer could not be finished"))),
        })
    }
}
