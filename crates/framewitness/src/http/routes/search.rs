//! Finding records, and searches kept under a name.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::number::SavedViewNo;
use store::record::SavedView;
use store::search::Query;
use utoipa::{IntoParams, ToSchema};
use workbench::search::narrowed;
use workbench::view::SearchPage;
use workbench::{Case, Error};

use crate::http::extract::{Asked, Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::App;

/// What is looked for. Of a list, parted by commas, one must hold, but for `tag`, `with` and `without`, of
/// which each must.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(in crate::http) struct SearchFor {
    /// Words that must all be there: `"phrases in quotes"`, `beginnings*`, `-unwanted`.
    words: Option<String>,
    /// Kinds of record: item, source, claim, observation, hypothesis, assessment, match, watch, view, …
    kind: Option<String>,
    /// How a record stands, such as `refuted`, `confirmed`, `deleted`.
    status: Option<String>,
    /// Numbers of items, such as `1,2`: they themselves, and what is about them.
    item: Option<String>,
    /// Numbers such as `S1` or `O2`: records of these numbers, and those that refer to them.
    cites: Option<String>,
    /// Tags.
    tag: Option<String>,
    /// Who recorded something of it.
    by: Option<String>,
    /// What a record has or is, such as `match`, `review`, `cut`, `graphic`.
    with: Option<String>,
    /// What it must not have or be.
    without: Option<String>,
    /// Days on which it was recorded first: `2026-05-03`, `2026-05`, `2026-05-03..2026-06`, `2026-05..`.
    recorded: Option<String>,
    /// Days on which something of it was recorded.
    changed: Option<String>,
    /// Days on which it was uploaded, as stated.
    uploaded: Option<String>,
    /// Days on which its bytes were obtained.
    acquired: Option<String>,
    /// Days on which it was claimed.
    asserted: Option<String>,
    /// `newest` or `oldest` first.
    order: Option<String>,
    /// A view to begin from, by its number or name; what else is asked for takes the place of its own.
    view: Option<String>,
}

/// Which part of a list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Part {
    /// What the page before gave as `next`.
    pub(in crate::http) after: Option<String>,
    /// Most results, from 1 to 500; 50 when absent.
    #[serde(default = "some")]
    #[param(minimum = 1, maximum = 500)]
    pub(in crate::http) limit: usize,
}

fn some() -> usize {
    50
}

impl SearchFor {
    /// Those first that were recorded first, unless another order, or a view with its own, is asked for.
    pub(in crate::http) fn oldest_first(&mut self) {
        if self.view.is_none() {
            self.order.get_or_insert_with(|| "oldest".to_owned());
        }
    }

    /// The query, beginning from a view where one is named.
    pub(in crate::http) fn query(self, case: &Case) -> workbench::Result<Query> {
        let view = match &self.view {
            None => Query::default(),
            Some(view) => case.saved_view(view)?.query,
        };
        Ok(narrowed(
            view,
            Query {
                words: self.words.unwrap_or_default(),
                kinds: list(self.kind)?,
                status: list(self.status)?,
                items: items(self.item)?,
                cites: list(self.cites)?,
                tags: list(self.tag)?,
                by: list(self.by)?,
                with: list(self.with)?,
                without: list(self.without)?,
                recorded: one(self.recorded)?,
                changed: one(self.changed)?,
                uploaded: one(self.uploaded)?,
                acquired: one(self.acquired)?,
                asserted: one(self.asserted)?,
                order: one(self.order)?.unwrap_or_default(),
            },
        ))
    }
}

fn one<T>(text: Option<String>) -> workbench::Result<Option<T>>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let text = text.filter(|text| !text.is_empty());
    let read = |text: String| {
        text.parse()
            .map_err(|why: T::Err| Error::usage(why.to_string()))
    };
    text.map(read).transpose()
}

fn list<T>(text: Option<String>) -> workbench::Result<Vec<T>>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let text = text.unwrap_or_default();
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            part.parse()
                .map_err(|why: T::Err| Error::usage(why.to_string()))
        })
        .collect()
}

fn items<T>(text: Option<String>) -> workbench::Result<Vec<T>>
where
    T: std::str::FromStr<Err = String>,
{
    let numbers: Vec<String> = list(text)?;
    let read = |number: &String| {
        let named = format!("#{}", number.trim_start_matches('#'));
        named.parse().map_err(Error::usage)
    };
    numbers.iter().map(read).collect()
}

/// Records of every kind, found by words and by how they stand.
#[utoipa::path(
    get, path = "/api/search", tag = "search", params(SearchFor, Part),
    responses((status = 200, body = SearchPage), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn search(
    State(app): State<Arc<App>>,
    Asked(wanted): Asked<SearchFor>,
    Asked(part): Asked<Part>,
) -> Result<Json<SearchPage>, Fault> {
    app.ask(move |case| case.search(&wanted.query(case)?, part.after.as_deref(), part.limit))
        .await
        .map(Json)
}

/// Which views.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct WhichViews {
    /// Whether those too that were removed.
    #[serde(default)]
    removed: bool,
}

/// Searches kept under a name.
#[utoipa::path(
    get, path = "/api/views", operation_id = "views", tag = "search", params(WhichViews),
    responses((status = 200, body = Vec<SavedView>))
)]
pub(in crate::http) async fn views(
    State(app): State<Arc<App>>,
    Asked(which): Asked<WhichViews>,
) -> Result<Json<Vec<SavedView>>, Fault> {
    app.ask(move |case| case.views(which.removed))
        .await
        .map(Json)
}

/// A search to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewView {
    /// Name that no other view has.
    name: String,
    /// What it looks for.
    query: Query,
}

/// Keep a search under a name.
#[utoipa::path(
    post, path = "/api/views", operation_id = "save_view", tag = "search", request_body = NewView,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = SavedView), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn save(
    State(app): State<Arc<App>>,
    Body(new): Body<NewView>,
) -> Result<Json<SavedView>, Fault> {
    app.ask(move |case| case.save_view(new.name, new.query))
        .await
        .map(Json)
}

/// Another name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewName {
    /// Name that no other view has.
    name: String,
}

/// Give a view another name.
#[utoipa::path(
    post, path = "/api/views/{view}/name", operation_id = "rename_view", tag = "search", request_body = NewName,
    params(("view" = String, Path, description = "number of the view, such as Q1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = SavedView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(in crate::http) async fn rename(
    State(app): State<Arc<App>>,
    Named(number): Named<SavedViewNo>,
    Body(new): Body<NewName>,
) -> Result<Json<SavedView>, Fault> {
    app.ask(move |case| case.rename_view(number, new.name))
        .await
        .map(Json)
}

/// Why a view is removed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct EndOfView {
    /// Why, or anything else.
    note: Option<String>,
}

/// Take a view off the list; the journal keeps it.
#[utoipa::path(
    post, path = "/api/views/{view}/remove", operation_id = "remove_view", tag = "search", request_body = EndOfView,
    params(("view" = String, Path, description = "number of the view, such as Q1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = SavedView), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(in crate::http) async fn remove(
    State(app): State<Arc<App>>,
    Named(number): Named<SavedViewNo>,
    Body(end): Body<EndOfView>,
) -> Result<Json<SavedView>, Fault> {
    app.ask(move |case| case.remove_view(number, end.note))
        .await
        .map(Json)
}
