//! What is claimed and seen in an item.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::event::Shape;
use store::number::{ClaimNo, SourceNo};
use store::record::{Claim, Observation};
use store::vocabulary::{ClaimRelation, ClaimStatus};
use utoipa::ToSchema;
use workbench::record::Where;
use workbench::view::ItemRecord;
use workbench::{Error, Place, Region};

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Everything recorded of an item.
#[utoipa::path(
    get, path = "/api/items/{item}/record", tag = "record",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = ItemRecord), (status = 404, body = Problem))
)]
pub(in crate::http) async fn of_item(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<ItemRecord>, Fault> {
    app.ask(move |case| case.item_record(&item(case, number)?))
        .await
        .map(Json)
}

/// A claim to record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewClaim {
    /// In the item or about it.
    relation: ClaimRelation,
    /// The words.
    text: String,
    /// Who makes it, in words.
    claimant: Option<String>,
    /// Who makes it, as a source of the case: `S1`.
    source: Option<SourceNo>,
    /// Language of the words, BCP 47.
    language: Option<String>,
    /// When it was made, RFC 3339 or a shorter date.
    asserted: Option<String>,
    /// Where it was published.
    url: Option<String>,
    /// First frame; the whole item when absent.
    first: Option<u32>,
    /// Last frame, included; the first one when absent.
    last: Option<u32>,
    /// Box in display pixels of the first frame.
    region: Option<Region>,
}

/// Record a claim in or about an item.
#[utoipa::path(
    post, path = "/api/items/{item}/claims", tag = "record", request_body = NewClaim,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Claim), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn claim(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewClaim>,
) -> Result<Json<Claim>, Fault> {
    let at = place(new.first, new.last, new.region);
    let claim = workbench::record::NewClaim {
        relation: new.relation,
        text: new.text,
        claimant: new.claimant,
        source: new.source,
        language: new.language,
        asserted: new.asserted,
        url: new.url,
    };
    app.ask(move |case| case.claim(&item(case, number)?, at, claim))
        .await
        .map(Json)
}

/// A change of a claim's status.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewStatus {
    /// The new status.
    status: ClaimStatus,
    /// Why; may be empty only if there is evidence.
    #[serde(default)]
    reason: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    #[serde(default)]
    evidence: Vec<String>,
}

/// Change the status of a claim; what it was stays in its history.
#[utoipa::path(
    post, path = "/api/claims/{claim}/status", tag = "record", request_body = NewStatus,
    params(("claim" = String, Path, description = "number of the claim, such as C1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Claim), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn status(
    State(app): State<Arc<App>>,
    Named(claim): Named<ClaimNo>,
    Body(new): Body<NewStatus>,
) -> Result<Json<Claim>, Fault> {
    app.ask(move |case| case.set_status(claim, new.status, new.reason, new.evidence))
        .await
        .map(Json)
}

/// Something that a person saw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewObservation {
    /// What.
    text: String,
    /// First frame; the whole item when absent.
    first: Option<u32>,
    /// Last frame, included; the first one when absent.
    last: Option<u32>,
    /// Box in display pixels of the first frame.
    region: Option<Region>,
    /// The region where it moves, or is a polygon: drawn on the first frame and on the last, and on any in
    /// between. Then `first`, `last` and `region` are left out.
    #[serde(default)]
    keyframes: Vec<NewKeyframe>,
    /// The sound that it is of.
    sound: Option<NewSoundSpan>,
    /// Addresses of what else it was seen in or is compared with, such as `#2#frame=37`, `F:#1:4` or `S1`.
    #[serde(default)]
    cites: Vec<String>,
}

/// A region drawn on one frame.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewKeyframe {
    /// The frame.
    pub(super) frame: u32,
    /// The region on it.
    pub(super) shape: Shape,
}

/// A span of sound, by places as the command line takes them: `sample:48000`, a frame (`37`), seconds
/// (`12.5s`), a clock time or `pts:9000`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewSoundSpan {
    /// Where it begins.
    pub(super) from: String,
    /// Up to where it goes.
    pub(super) to: String,
}

/// Record what a person saw in an item.
#[utoipa::path(
    post, path = "/api/items/{item}/observations", tag = "record", request_body = NewObservation,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses((status = 200, body = Observation), (status = 404, body = Problem), (status = 422, body = Problem))
)]
pub(in crate::http) async fn observe(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<NewObservation>,
) -> Result<Json<Observation>, Fault> {
    app.ask_whole(move |case| {
        let sound = |span: NewSoundSpan| Ok::<_, Error>((span.from.parse()?, span.to.parse()?));
        let drawn = |it: NewKeyframe| (Place::Frame(it.frame), it.shape);
        let seen = workbench::observed::NewObservation {
            text: new.text,
            at: place(new.first, new.last, new.region),
            keyframes: new.keyframes.into_iter().map(drawn).collect(),
            sound: new.sound.map(sound).transpose()?,
            cites: new.cites,
        };
        case.observe(&item(case, number)?, seen)
    })
    .await
    .map(Json)
}

pub(super) fn place(first: Option<u32>, last: Option<u32>, region: Option<Region>) -> Where {
    Where {
        first: first.map(Place::Frame),
        last: last.map(Place::Frame),
        region,
    }
}
