//! Listening, from the launch address to the last answer.

use std::future::IntoFuture;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};
use workbench::{Case, Error, Result};

use super::address::Address;
use super::api;
use super::door::Door;
use super::state::App;
use crate::output::Output;

/// Time for answers under way when the server is told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// Where to listen.
pub(crate) struct ServeOptions {
    /// Address to listen on.
    pub(crate) host: IpAddr,
    /// Port to listen on; 0 for a free one.
    pub(crate) port: u16,
    /// Whether to open the page in the browser.
    pub(crate) open: bool,
}

#[derive(Serialize)]
struct Serving {
    /// Address of the page, with the launch token.
    url: String,
}

/// Serves `case` until SIGINT or SIGTERM. Prints the launch address once it listens.
///
/// # Errors
/// The address cannot be listened on, or the machine gives no threads or random bytes.
pub(crate) fn serve(case: Case, options: &ServeOptions, output: &Output) -> Result<()> {
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::io("starting the server", &error))?;
    let outcome = runtime.block_on(run(case, options, output));
    // A decoder or a verification may be under way; nothing of it is half written.
    runtime.shutdown_background();
    outcome
}

async fn run(case: Case, options: &ServeOptions, output: &Output) -> Result<()> {
    let wanted = SocketAddr::new(options.host, options.port);
    let failed = |error: std::io::Error| {
        Error::io(format!("listening on {wanted}"), &error)
            .hint("another program may use this port: name another with --port")
    };
    let listener = TcpListener::bind(wanted).await.map_err(failed)?;
    let address = Address::new(listener.local_addr().map_err(failed)?);
    let door = Door::new(address.port())?;
    let url = format!("{}/#token={}", address.origin(), door.token());
    let mut stop = Stop::new().map_err(failed)?;
    let app = Arc::new(App::new(case, door, address));
    app.begin()?;
    let router = api::router(Arc::clone(&app));
    announce(&url, options, output)?;
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        // Told, or the sender is gone: both mean stop.
        let _ = told.await;
    });
    let server = tokio::spawn(server.into_future());
    stop.wait().await;
    app.close();
    drop(tell);
    // Whoever still holds a connection open after that is cut off.
    let _ = tokio::time::timeout(LAST_ANSWERS, server).await;
    Ok(())
}

fn announce(url: &str, options: &ServeOptions, output: &Output) -> Result<()> {
    if !options.host.is_loopback() {
        eprintln!(
            "framewitness: listening on {}: others on the network can reach this server, and nothing is encrypted",
            options.host
        );
    }
    output.record(
        &Serving {
            url: url.to_owned(),
        },
        |serving| serving.url.clone(),
    )?;
    if options.open && webbrowser::open(url).is_err() {
        eprintln!("framewitness: no browser could be opened; open the address above yourself");
    }
    Ok(())
}

/// The two signals that end the server. Listened for before the address is printed.
struct Stop {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
