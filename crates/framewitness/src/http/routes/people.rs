//! People who appear in items.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::{Identity, PersonEntered, PersonIdentified, PersonProtected};
use store::number::PersonNo;
use store::record::Person;
use store::vocabulary::{PersonRole, Protection};
use utoipa::ToSchema;
use workbench::Region;

use super::record::place as pinned;
use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Every person who appears in items.
#[utoipa::path(get, path = "/api/people", operation_id = "people", tag = "record", responses((status = 200, body = Vec<Person>)))]
pub(in crate::http) async fn list(State(app): State<Arc<App>>) -> Result<Json<Vec<Person>>, Fault> {
    app.ask(|case| case.people(None)).await.map(Json)
}

/// A person to enter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewPerson {
    /// What tells the person apart; no name.
    description: String,
    /// What the person does or is.
    #[serde(default)]
    roles: Vec<PersonRole>,
    /// Anything else.
    note: Option<String>,
}

/// Enter a person. A minor, a witness or a victim is protected until somebody says otherwise.
#[utoipa::path(
    post, path = "/api/people", operation_id = "enter_person", tag = "record", request_body = NewPerson,
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Person), (status = 422, body = Problem))
)]
pub(in crate::http) async fn enter(
    State(app): State<Arc<App>>,
    Body(new): Body<NewPerson>,
) -> Result<Json<Person>, Fault> {
    let entered = PersonEntered {
        description: new.description,
        roles: new.roles,
        note: new.note,
    };
    app.ask(move |case| case.enter_person(entered))
        .await
        .map(Json)
}

/// Where a person appears.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewAppearance {
    /// Number of the item.
    item: u32,
    /// First frame; the whole item when absent.
    first: Option<u32>,
    /// Last frame, included; the first one when absent.
    last: Option<u32>,
    /// Box in display pixels of the first frame.
    region: Option<Region>,
    /// What the person does or is there.
    #[serde(default)]
    roles: Vec<PersonRole>,
    /// Anything else.
    note: Option<String>,
}

/// Record where a person appears.
#[utoipa::path(
    post, path = "/api/people/{person}/appearances", operation_id = "person_appears", tag = "record", request_body = NewAppearance,
    params(("person" = String, Path, description = "number of the person, such as P1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Person), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn appears(
    State(app): State<Arc<App>>,
    Named(person): Named<PersonNo>,
    Body(new): Body<NewAppearance>,
) -> Result<Json<Person>, Fault> {
    let at = pinned(new.first, new.last, new.region);
    app.ask(move |case| {
        case.person_appears(person, &item(case, new.item)?, at, new.roles, new.note)
    })
    .await
    .map(Json)
}

/// Whether a person must be masked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewProtection {
    /// Why the person is protected; not protected when empty.
    protection: Vec<Protection>,
    /// Why that is said.
    reason: String,
}

/// Say whether a person must be masked wherever something is published.
#[utoipa::path(
    post, path = "/api/people/{person}/protection", operation_id = "protect_person", tag = "record", request_body = NewProtection,
    params(("person" = String, Path, description = "number of the person, such as P1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Person), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn protect(
    State(app): State<Arc<App>>,
    Named(person): Named<PersonNo>,
    Body(new): Body<NewProtection>,
) -> Result<Json<Person>, Fault> {
    let protected = PersonProtected {
        person,
        protection: new.protection,
        reason: new.reason,
    };
    app.ask(move |case| case.protect_person(protected))
        .await
        .map(Json)
}

/// What is known of who a person is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewIdentity {
    /// What is known.
    identity: Identity,
    /// How that is known, or why it is withheld.
    reason: String,
}

/// Say what is known of who a person is.
#[utoipa::path(
    post, path = "/api/people/{person}/identity", operation_id = "identify_person", tag = "record", request_body = NewIdentity,
    params(("person" = String, Path, description = "number of the person, such as P1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Person), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn identify(
    State(app): State<Arc<App>>,
    Named(person): Named<PersonNo>,
    Body(new): Body<NewIdentity>,
) -> Result<Json<Person>, Fault> {
    let identified = PersonIdentified {
        person,
        identity: new.identity,
        reason: new.reason,
    };
    app.ask(move |case| case.identify_person(identified))
        .await
        .map(Json)
}
