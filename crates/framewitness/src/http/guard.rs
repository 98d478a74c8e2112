//! What a request must show before a route sees it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::fault::Fault;
use super::state::App;

/// A header that a page of another origin cannot add without asking first; nobody here says yes.
pub(super) const SIGN: &str = "x-framewitness";

/// The only address under `/api` that needs no session.
pub(super) const SESSION: &str = "/api/session";

/// Longest time for an answer, except where a route reads the whole case.
const LONGEST: Duration = Duration::from_secs(60);

/// Everything: the server must be asked under a name of its own.
pub(super) async fn name(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if !app.address.is_meant(&parts) {
        let fault = Fault::new(
            StatusCode::FORBIDDEN,
            "this server does not go by that name",
        );
        return fault
            .hint(format!("open {}", app.address.origin()))
            .into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Everything under `/api`: asked by this page or by a program, and known.
pub(super) async fn stranger(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(why) = foreign(&app, &parts) {
        return Fault::new(StatusCode::FORBIDDEN, why).into_response();
    }
    if parts.uri.path() != SESSION && !app.door.knows(&parts.headers) {
        let fault = Fault::new(
            StatusCode::UNAUTHORIZED,
            "this browser is not known to the server",
        );
        return fault
            .hint("open the address that `framewitness serve` printed")
            .into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Why a request was not made by this page, if so.
fn foreign(app: &App, request: &Parts) -> Option<&'static str> {
    let header = |name: &str| request.headers.get(name).map(|value| value.as_bytes());
    let safe = matches!(request.method, Method::GET | Method::HEAD);
    // `none` is a person's own doing: an address typed or a bookmark. Another port of this machine
    // is `same-site`, and its cookies are ours.
    match header("sec-fetch-site") {
        None | Some(b"same-origin") => {}
        Some(b"none") if safe => {}
        Some(_) => return Some("this was asked for by another site"),
    }
    if safe {
        return None;
    }
    if !app.address.is_origin(request) {
        return Some("this was sent by another origin");
    }
    (header(SIGN) != Some(b"1".as_slice())).then_some("a change needs the header x-framewitness: 1")
}

/// Gives up on an answer that takes too long.
pub(super) async fn patience(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            Fault::new(StatusCode::SERVICE_UNAVAILABLE, "the answer took too long").into_response()
        }
    }
}
