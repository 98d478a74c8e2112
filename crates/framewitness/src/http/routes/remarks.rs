//! Tags and notes on what is recorded, and what to know before an item is opened.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::number::NoteNo;
use store::record::{Item, Note, Tag};
use store::vocabulary::ContentFlag;
use utoipa::{IntoParams, ToSchema};

use crate::http::extract::{Asked, Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// On what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Subject {
    /// Number of what they are on, such as `#1` or `C1`; everything when absent.
    on: Option<String>,
}

/// Tags, removed ones included.
#[utoipa::path(
    get, path = "/api/tags", operation_id = "tags", tag = "record", params(Subject),
    responses((status = 200, body = Vec<Tag>))
)]
pub(in crate::http) async fn tags(
    State(app): State<Arc<App>>,
    Asked(of): Asked<Subject>,
) -> Result<Json<Vec<Tag>>, Fault> {
    app.ask(move |case| case.tags(of.on.as_deref()))
        .await
        .map(Json)
}

/// A tag on something recorded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewTag {
    /// Number of what is tagged, such as `#1`, `C1` or `S2`.
    on: String,
    /// The tag: one line of at most 100 characters.
    tag: String,
}

/// Tag something recorded.
#[utoipa::path(
    post, path = "/api/tags", operation_id = "tag", tag = "record", request_body = NewTag,
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Tag), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn tag(
    State(app): State<Arc<App>>,
    Body(new): Body<NewTag>,
) -> Result<Json<Tag>, Fault> {
    app.ask(move |case| case.tag(new.on, new.tag))
        .await
        .map(Json)
}

/// Which tag to remove.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct TagToRemove {
    /// Number of what is tagged.
    on: String,
    /// The tag.
    tag: String,
    /// Why.
    reason: String,
}

/// Remove a tag; that it was there stays on record.
#[utoipa::path(
    post, path = "/api/tags/remove", operation_id = "untag", tag = "record", request_body = TagToRemove,
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Tag), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn untag(
    State(app): State<Arc<App>>,
    Body(new): Body<TagToRemove>,
) -> Result<Json<Tag>, Fault> {
    app.ask(move |case| case.untag(&new.on, &new.tag, new.reason))
        .await
        .map(Json)
}

/// Notes, removed ones included.
#[utoipa::path(
    get, path = "/api/notes", operation_id = "notes", tag = "record", params(Subject),
    responses((status = 200, body = Vec<Note>))
)]
pub(in crate::http) async fn notes(
    State(app): State<Arc<App>>,
    Asked(of): Asked<Subject>,
) -> Result<Json<Vec<Note>>, Fault> {
    app.ask(move |case| case.notes(of.on.as_deref()))
        .await
        .map(Json)
}

/// A note on something recorded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewNote {
    /// Number of what it is on, such as `#1`, `C1` or `S2`.
    on: String,
    /// The note.
    text: String,
}

/// Write a note on something recorded.
#[utoipa::path(
    post, path = "/api/notes", operation_id = "write_note", tag = "record", request_body = NewNote,
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Note), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn note(
    State(app): State<Arc<App>>,
    Body(new): Body<NewNote>,
) -> Result<Json<Note>, Fault> {
    app.ask(move |case| case.write_note(new.on, new.text))
        .await
        .map(Json)
}

/// Why a note is removed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NoteToRemove {
    /// Why.
    reason: String,
}

/// Remove a note; what it said stays on record.
#[utoipa::path(
    post, path = "/api/notes/{note}/remove", operation_id = "remove_note", tag = "record", request_body = NoteToRemove,
    params(("note" = String, Path, description = "number of the note, such as N1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Note), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn remove(
    State(app): State<Arc<App>>,
    Named(note): Named<NoteNo>,
    Body(new): Body<NoteToRemove>,
) -> Result<Json<Note>, Fault> {
    app.ask(move |case| case.remove_note(note, new.reason))
        .await
        .map(Json)
}

/// What to know before an item is opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewContentNote {
    /// What it shows or lets hear; nothing that could harm when empty.
    flags: Vec<ContentFlag>,
    /// In words.
    note: Option<String>,
}

/// Say what to know before an item is opened; what was said before is superseded and stays.
#[utoipa::path(
    post, path = "/api/items/{item}/content", operation_id = "note_content", tag = "record", request_body = NewContentNote,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Item), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn content(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewContentNote>,
) -> Result<Json<Item>, Fault> {
    app.ask(move |case| case.note_content(&item(case, number)?, new.flags, new.note))
        .await
        .map(Json)
}
