//! Bodies that are read while they arrive: as long as they like, and little of them in memory.

use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::StatusCode;
use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use workbench::Case;

use super::fault::Fault;
use super::state::App;

/// Pieces that arrived and are not taken yet.
const READY: usize = 4;

/// How long nothing may arrive.
const IDLE: Duration = Duration::from_secs(60);

/// What arrives.
enum Piece {
    Bytes(Bytes),
    /// The whole body was there: an end that is not told is none.
    End,
}

/// A body on its way in. It ends with an error where the sender goes away before its end.
pub(super) struct Arriving {
    pieces: Receiver<Piece>,
    rest: Bytes,
    ended: bool,
}

impl Read for Arriving {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() && !self.ended {
            match self.pieces.blocking_recv() {
                Some(Piece::Bytes(bytes)) => self.rest = bytes,
                Some(Piece::End) => self.ended = true,
                None => {
                    let why = "the sender went away before the end";
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, why));
                }
            }
        }
        let many = self.rest.len().min(into.len());
        into[..many].copy_from_slice(&self.rest.split_to(many));
        Ok(many)
    }
}

/// Lets `take` read `body` while it arrives. Where the request is given up, what it reads ends with an error.
pub(super) async fn taken<T, F>(app: &App, body: Body, take: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnOnce(&Case, &mut Arriving) -> workbench::Result<T> + Send + 'static,
{
    let (sender, pieces) = channel(READY);
    let mut arriving = Arriving {
        pieces,
        rest: Bytes::new(),
        ended: false,
    };
    let taking = app.ask_incoming(move |case| take(case, &mut arriving));
    let (taken, fed) = tokio::join!(taking, feed(body.into_data_stream(), sender));
    fed.and(taken)
}

async fn feed(mut body: BodyDataStream, sender: Sender<Piece>) -> Result<(), Fault> {
    // Dropped when nobody takes the rest. That is read all the same, so that the sender hears why.
    let mut sender = Some(sender);
    loop {
        let next = poll_fn(|context| Pin::new(&mut body).poll_next(context));
        let piece = match tokio::time::timeout(IDLE, next).await {
            Err(_) => {
                let told = Fault::new(StatusCode::REQUEST_TIMEOUT, "nothing arrived for a minute");
                return Err(told.hint("send it again; nothing of it was kept"));
            }
            Ok(None) => Piece::End,
            Ok(Some(Ok(bytes))) => Piece::Bytes(bytes),
            Ok(Some(Err(_))) => {
                let told = Fault::new(StatusCode::BAD_REQUEST, "the body broke off");
                return Err(told.hint("send it again; nothing of it was kept"));
            }
        };
        let last = matches!(piece, Piece::End);
        if let Some(open) = &sender
            && open.send(piece).await.is_err()
        {
            sender = None;
        }
        if last {
            return Ok(());
        }
    }
}
