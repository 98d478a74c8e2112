//! Publications that came in from others.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use store::number::ReceivedNo;
use store::record::Received;
use utoipa::IntoParams;
use workbench::export::{Lock, is_sealed};
use workbench::publication::{CheckedBundle, Incoming, ReceivedView, TakenIn};
use workbench::witness::Trust;
use workbench::{Error, Kind};

use crate::http::at_work::{Gone, awaited};
use crate::http::extract::{Asked, FileBytes, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::flow::packed;
use crate::http::incoming::{Arriving, taken};
use crate::http::state::App;

/// Longest archive in bytes: 16 GiB. What is longer is imported in a terminal.
const LONGEST: u64 = 16 << 30;

/// What is said of a bundle.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Said {
    /// Where it was obtained: a path or an address.
    from: Option<String>,
    /// What to remark of it.
    note: Option<String>,
    /// Who must have signed it: a key (`ssh-ed25519 …`) or its fingerprint (`SHA256:…`).
    signer: Option<String>,
}

/// Take in another team's publication: the body is its bundle, a tar archive of up to 16 GiB, unpacked in the case
/// while it arrives, for nobody else to read. All of it is checked first; where anything is wrong (422), or the body
/// breaks off, nothing is entered. The same bundle again changes nothing.
#[utoipa::path(
    post, path = "/api/received", operation_id = "take_in", tag = "publications", params(Said),
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "the archive"),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = TakenIn), (status = 400, body = Problem), (status = 408, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn take(
    State(app): State<Arc<App>>,
    Asked(said): Asked<Said>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<TakenIn>, Fault> {
    let length = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    let length = length.and_then(|it| it.parse::<u64>().ok());
    if length.is_some_and(|length| length > LONGEST) {
        let told = Fault::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "the archive is longer than 16 GiB",
        );
        return Err(told.hint("import it in a terminal: `framewitness import FILE`"));
    }
    let told = Incoming {
        origin: said.from,
        note: said.note,
        signers: said.signer.into_iter().collect(),
        trust: Trust::default(),
    };
    taken(&app, body, move |case, bytes| {
        let mut archive = opened(bytes)?.take(LONGEST);
        let mut onward = |_, _, _| ControlFlow::Continue(());
        let came = case.receive_packed(&mut archive, &told, &mut onward);
        // What is wrong with a bundle is wrong with what was sent, not with what is kept.
        came.map_err(|error| match error.kind {
            Kind::Integrity => Error {
                kind: Kind::Refused,
                ..error
            },
            _ => error,
        })
    })
    .await
    .map(Json)
}

/// The archive, which must not be encrypted: its key is nothing to send.
fn opened(bytes: &mut Arriving) -> workbench::Result<impl Read + '_> {
    let mut begins = Vec::new();
    let peeked = bytes.by_ref().take(40).read_to_end(&mut begins);
    peeked.map_err(|why| Error::io("reading the archive", &why))?;
    if is_sealed(&begins) {
        return Err(Error::usage("the bundle is encrypted").hint(
            "open it first, or import it in a terminal: `framewitness import FILE --identity KEY`",
        ));
    }
    Ok(Cursor::new(begins).chain(bytes))
}

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
