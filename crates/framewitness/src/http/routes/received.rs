//! Publications that came in from others.

use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use store::number::ReceivedNo;
use store::record::Received;
use workbench::export::Lock;
use workbench::publication::{CheckedBundle, ReceivedView};
use workbench::witness::Trust;

use crate::http::at_work::{Gone, awaited};
use crate::http::extract::Named;
use crate::http::fault::{Fault, Problem};
use crate::http::flow::packed;
use crate::http::state::App;

/// Every publication of others that came in, by number.
#[utoipa::path(
    get, path = "/api/received", tag = "publications", operation_id = "received",
    responses((status = 200, body = Vec<Received>))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<Received>>, Fault> {
    app.ask(|case| case.received()).await.map(Json)
}

/// One of them: who sealed it, what is proven of it and what is not, and what they say in it.
#[utoipa::path(
    get, path = "/api/received/{received}", tag = "publications", operation_id = "received_publication",
    params(("received" = String, Path, description = "number of the publication, such as U1")),
    responses((status = 200, body = ReceivedView), (status = 404, body = Problem))
)]
pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    Named(number): Named<ReceivedNo>,
) -> Result<Json<ReceivedView>, Fault> {
    app.ask(move |case| case.received_view(number))
        .await
        .map(Json)
}

/// Check one again as it is kept: every hash, signature, proof and time stamp of it. Time stamps are checked under
/// the roots in it.
#[utoipa::path(
    get, path = "/api/received/{received}/check", tag = "publications", operation_id = "check_received",
    params(("received" = String, Path, description = "number of the publication, such as U1")),
    responses((status = 200, body = CheckedBundle), (status = 404, body = Problem))
)]
pub(in crate::http) async fn check(
    State(app): State<Arc<App>>,
    Named(number): Named<ReceivedNo>,
) -> Result<Json<CheckedBundle>, Fault> {
    let gone = Gone::default();
    let asked = gone.asked();
    app.ask_whole(move |case| {
        case.check_received(number, &[], &Trust::default(), &mut |_, _| awaited(&asked))
    })
    .await
    .map(Json)
}

/// The bundle as it came, a tar archive.
#[utoipa::path(
    get, path = "/api/received/{received}/bundle", tag = "publications", operation_id = "received_bundle",
    params(("received" = String, Path, description = "number of the publication, such as U1")),
    responses(
        (status = 200, description = "the bundle in a folder of its own; broken off where it cannot be ended", content_type = "application/x-tar", body = [u8]),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn bundle(
    State(app): State<Arc<App>>,
    Named(number): Named<ReceivedNo>,
) -> Result<Response, Fault> {
    let top = format!("publication-{number}");
    packed(&app, &top, Lock::Open, move |case, tar| {
        case.give_received(number, tar, &mut |_, _| ControlFlow::Continue(()))
            .map(|_| ())
    })
    .await
}
