//! The journal, checking it, and what leaves the case.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use workbench::view::{JournalPage, Undone, Verified};

use crate::http::extract::{Asked, Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::headers::REPORT_POLICY;
use crate::http::state::{App, item};

/// Most entries in one answer.
const MOST_ENTRIES: usize = 1000;

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct EntryRange {
    /// First entry; 0 when absent.
    #[serde(default)]
    from: u64,
    /// Number of entries, at most 1000; 200 when absent.
    #[serde(default = "some_entries")]
    count: usize,
}

fn some_entries() -> usize {
    200
}

/// Part of the journal, in order.
#[utoipa::path(get, path = "/api/journal", tag = "journal", params(EntryRange), responses((status = 200, body = JournalPage)))]
pub(in crate::http) async fn entries(
    State(app): State<Arc<App>>,
    Asked(range): Asked<EntryRange>,
) -> Result<Json<JournalPage>, Fault> {
    let count = range.count.min(MOST_ENTRIES);
    app.ask(move |case| case.journal(range.from, count))
        .await
        .map(Json)
}

/// Why an entry is undone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewUndo {
    /// Why.
    reason: String,
}

/// Take back what an entry recorded, by a new entry; it stays in the record as withdrawn.
#[utoipa::path(
    post, path = "/api/journal/{entry}/undo", tag = "journal", request_body = NewUndo,
    params(("entry" = u64, Path, description = "number of the entry, from 0")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Undone), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn undo(
    State(app): State<Arc<App>>,
    Named(entry): Named<u64>,
    Body(new): Body<NewUndo>,
) -> Result<Json<Undone>, Fault> {
    app.ask(move |case| case.undo(entry, new.reason))
        .await
        .map(Json)
}

/// What need not be read again.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct VerifiedBefore {
    /// A state that was verified before: an entry or a time. Blobs named after it alone are read.
    since: Option<String>,
    /// Whether to check the journal's chain, tree, signed heads and testimonies alone.
    quick: Option<bool>,
}

/// Check every byte and every entry again. What broke is in the answer, not in its status.
#[utoipa::path(
    post, path = "/api/verify", tag = "journal", params(VerifiedBefore),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Verified), (status = 422, body = Problem), (status = 500, body = Problem))
)]
pub(in crate::http) async fn verify(
    State(app): State<Arc<App>>,
    Asked(before): Asked<VerifiedBefore>,
) -> Result<Json<Verified>, Fault> {
    let since = before.since.map(|state| state.parse()).transpose()?;
    let go_on = |_, _| ControlFlow::Continue(());
    let quick = before.quick.unwrap_or_default();
    if quick && since.is_some() {
        let both = workbench::Error::usage("`quick` reads no blobs, of whatever state");
        return Err(both.hint("ask for `quick` or for `since`").into());
    }
    app.ask_whole(move |case| match quick {
        true => case.verify_quickly(None, &[]),
        false => case.verify(None, since.as_ref(), &[], &mut { go_on }),
    })
    .await
    .map(Json)
}

/// Write the report on an item as the record stands now, and keep it.
#[utoipa::path(
    get, path = "/api/items/{item}/report.html", tag = "journal",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses(
        (status = 200, description = "a document that needs nothing else", content_type = "text/html", body = String, headers(
            ("x-content-id" = String, description = "content id under which the case keeps it"),
        )),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn report(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Response, Fault> {
    let written = app
        .ask_whole(move |case| case.report(&item(case, number)?))
        .await?;
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"report-{number}.html\""),
        ),
        (CONTENT_SECURITY_POLICY, REPORT_POLICY.to_owned()),
        (
            HeaderName::from_static("x-content-id"),
            written.id.to_string(),
        ),
    ];
    Ok((headers, written.html).into_response())
}

/// Write the report on an item as the record stands now, keep it, and answer the same on paper: PDF/A-2a, PDF/UA-1.
#[utoipa::path(
    get, path = "/api/items/{item}/report.pdf", tag = "journal",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses(
        (status = 200, description = "a document that needs nothing else", content_type = "application/pdf", body = [u8], headers(
            ("x-content-id" = String, description = "content id of the HTML that it was laid out of, which the case keeps"),
        )),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn report_pdf(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Response, Fault> {
    let (id, pdf) = app
        .ask_whole(move |case| {
            let written = case.report(&item(case, number)?)?;
            Ok((written.id, written.pdf()?))
        })
        .await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"report-{number}.pdf\""),
        ),
        (HeaderName::from_static("x-content-id"), id.to_string()),
    ];
    Ok((headers, pdf).into_response())
}
