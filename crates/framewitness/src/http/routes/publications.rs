//! What leaves the case: drafts, their reviews, and bundles.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use store::number::{CheckpointNo, PublicationNo};
use store::record::Publication;
use utoipa::ToSchema;
use workbench::export::Lock;
use workbench::publication::{NewReview, PublicationView};
use workbench::{ContentId, Error};

use crate::http::extract::{Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::flow::packed;
use crate::http::state::App;

/// What is to be published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewPublication {
    /// Its title.
    title: String,
    /// The question that it answers, as it was asked; not empty.
    question: Option<String>,
    /// What it says.
    summary: String,
    /// Whose words these are; not always who types them.
    editor: String,
    /// The signed head as of which it is, such as `K1`; else the newest, signed if need be.
    checkpoint: Option<CheckpointNo>,
    /// Addresses of what is published, at least one, each once, such as `#1`, `C1`, `F:#1:4` or `#1#frame=37`.
    selected: Vec<String>,
    /// Addresses that may be mentioned, with nothing said of what they name.
    #[serde(default)]
    mentioned: Vec<String>,
    /// Names that actors go by in it, by their own.
    #[serde(default)]
    pseudonyms: BTreeMap<String, String>,
    /// Whether it tells how items were obtained.
    #[serde(default)]
    acquisitions: bool,
    /// Whether it holds the originals.
    #[serde(default)]
    originals: bool,
    /// Whether it holds masked copies of the items.
    #[serde(default)]
    masked: bool,
    /// Number of the publication that this one revises, such as `B1`.
    supersedes: Option<PublicationNo>,
}

/// Every publication, drafts and former ones included.
#[utoipa::path(
    get, path = "/api/publications", tag = "publications", operation_id = "publications",
    responses((status = 200, body = Vec<Publication>))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<Publication>>, Fault> {
    app.ask(|case| case.publications()).await.map(Json)
}

/// One publication, with everything that keeps it from being sealed beside that it must be reviewed.
#[utoipa::path(
    get, path = "/api/publications/{publication}", tag = "publications", operation_id = "publication",
    params(("publication" = String, Path, description = "number of the publication, such as B1")),
    responses((status = 200, body = PublicationView), (status = 404, body = Problem))
)]
pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    Named(number): Named<PublicationNo>,
) -> Result<Json<PublicationView>, Fault> {
    app.ask(move |case| case.publication_view(number))
        .await
        .map(Json)
}

/// Draft a publication, or one that revises another. Nothing leaves.
#[utoipa::path(
    post, path = "/api/publications", tag = "publications", operation_id = "draft_publication",
    request_body = NewPublication,
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Publication), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn draft(
    State(app): State<Arc<App>>,
    Body(new): Body<NewPublication>,
) -> Result<Json<Publication>, Fault> {
    let new = workbench::publication::NewPublication {
        title: new.title,
        question: new.question,
        summary: new.summary,
        editor: new.editor,
        checkpoint: new.checkpoint,
        selected: new.selected,
        mentioned: new.mentioned,
        pseudonyms: new.pseudonyms,
        acquisitions: new.acquisitions,
        originals: new.originals,
        masked: new.masked,
        supersedes: new.supersedes,
    };
    app.ask(move |case| case.draft_publication(new))
        .await
        .map(Json)
}

/// A reader's word on a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewWord {
    /// What exactly was read: the `digest` of the publication.
    draft: String,
    /// Whether it may leave.
    approved: bool,
    /// Why, or anything else; needed where it may not leave.
    note: Option<String>,
}

/// Say that the draft was read, and whether it may leave.
#[utoipa::path(
    post, path = "/api/publications/{publication}/reviews", tag = "publications",
    operation_id = "review_publication", request_body = NewWord,
    params(("publication" = String, Path, description = "number of the publication, such as B1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Publication), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn review(
    State(app): State<Arc<App>>,
    Named(number): Named<PublicationNo>,
    Body(word): Body<NewWord>,
) -> Result<Json<Publication>, Fault> {
    app.ask(move |case| {
        let draft = word.draft.parse::<ContentId>();
        let draft = draft.map_err(|why| Error::usage(format!("{:?}: {why}", word.draft)))?;
        let review = NewReview {
            draft: Some(draft),
            approved: word.approved,
            note: word.note,
        };
        case.review_publication(number, review)
    })
    .await
    .map(Json)
}

/// Why a draft is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Withdrawal {
    /// Why.
    reason: String,
}

/// Take a draft back; what it revised stands again.
#[utoipa::path(
    post, path = "/api/publications/{publication}/withdraw", tag = "publications",
    operation_id = "withdraw_publication", request_body = Withdrawal,
    params(("publication" = String, Path, description = "number of the publication, such as B1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Publication), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn withdraw(
    State(app): State<Arc<App>>,
    Named(number): Named<PublicationNo>,
    Body(withdrawal): Body<Withdrawal>,
) -> Result<Json<Publication>, Fault> {
    app.ask(move |case| case.withdraw_publication(number, withdrawal.reason))
        .await
        .map(Json)
}

/// For whom a bundle is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Sealing {
    /// Who alone can open it, each `age1…` or the line of a public key of SSH (`ssh-ed25519 …`, `ssh-rsa …`); nobody
    /// needs a key where there is none.
    #[serde(default)]
    recipients: Vec<String>,
}

/// Seal a reviewed draft and send its bundle, a tar archive; sealed before, the same bytes again. For recipients it is
/// encrypted by age, which gives other bytes each time around the same bundle.
#[utoipa::path(
    post, path = "/api/publications/{publication}/seal", tag = "publications", operation_id = "seal_publication",
    request_body = Sealing,
    params(("publication" = String, Path, description = "number of the publication, such as B1")),
    security(("session" = [], "sign" = [])),
    responses(
        (
            status = 200, description = "the bundle in a folder of its own; broken off where it cannot be ended",
            content((Vec<u8> = "application/x-tar"), (Vec<u8> = "application/octet-stream")),
        ),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
    )
)]
pub(in crate::http) async fn seal(
    State(app): State<Arc<App>>,
    Named(number): Named<PublicationNo>,
    Body(sealing): Body<Sealing>,
) -> Result<Response, Fault> {
    let top = format!("publication-{number}");
    let lock = match sealing.recipients.is_empty() {
        true => Lock::Open,
        false => Lock::Recipients(sealing.recipients),
    };
    packed(&app, &top, lock, move |case, tar| {
        case.seal_publication(number, tar, &mut |_, _| ControlFlow::Continue(()))
            .map(|_| ())
    })
    .await
}
