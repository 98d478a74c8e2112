//! The case as it stood, for every address: `?as_of=` is read here and nowhere else.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, OpenApi, RefOr, Required, Type};
use workbench::{AsOf, Case};

use super::fault::Fault;
use super::guard;
use super::refusals::refuses;
use super::state::App;

/// Earlier states kept: each holds its records in memory and may hold decoder processes.
const KEPT: usize = 2;

tokio::task_local! {
    /// The case that the request under way is about.
    static SHOWN: Arc<Case>;
}

/// The case that the request under way is about, where it is another than the present one.
pub(super) fn shown() -> Option<Arc<Case>> {
    SHOWN.try_with(Arc::clone).ok()
}

/// Lets `task` be about `case`.
pub(super) async fn about<F: Future>(case: Arc<Case>, task: F) -> F::Output {
    SHOWN.scope(case, task).await
}

/// Carries the case of this request over to a task of its own.
pub(super) async fn carried<F: Future>(shown: Option<Arc<Case>>, task: F) -> F::Output {
    match shown {
        Some(case) => SHOWN.scope(case, task).await,
        None => task.await,
    }
}

/// Earlier states of the case, by their last entry, the one asked for last at the end.
#[derive(Default)]
pub(super) struct Past(Mutex<Vec<(u64, Arc<Case>)>>);

impl Past {
    /// `case` as it stood. Whoever asks for the same state meanwhile waits for it.
    pub(super) fn of(&self, case: &Case, as_of: &AsOf) -> workbench::Result<Arc<Case>> {
        let entry = case.last_entry(as_of)?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|(known, _)| *known == entry);
        let past = match known {
            Some(at) => kept.remove(at).1,
            None => Arc::new(case.as_of(&AsOf::Entry(entry))?),
        };
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((entry, Arc::clone(&past)));
        Ok(past)
    }
}

#[derive(Deserialize)]
struct Asked {
    as_of: Option<String>,
}

/// Everything under `/api` that is known: answered from the case as it stood, where that is asked.
pub(super) async fn stand(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let asked = Query::<Asked>::try_from_uri(request.uri()).ok();
    let asked = asked.and_then(|Query(asked)| asked.as_of);
    let Some(text) = asked.filter(|_| request.uri().path() != guard::SESSION) else {
        return next.run(request).await;
    };
    match past(&app, text).await {
        Ok(case) => SHOWN.scope(case, next.run(request)).await,
        Err(fault) => fault.into_response(),
    }
}

async fn past(app: &Arc<App>, text: String) -> Result<Arc<Case>, Fault> {
    let keeper = Arc::clone(app);
    app.ask(move |case| keeper.past.of(case, &text.parse()?))
        .await
}

/// Says of every address that is read that it takes `as_of`, and what it answers where there is no such
/// state.
pub(super) fn describe(description: &mut OpenApi) {
    let reads = description.paths.paths.values_mut();
    for read in reads.filter_map(|path| path.get.as_mut()) {
        let schema = ObjectBuilder::new().schema_type(Type::String);
        let parameter = ParameterBuilder::new()
            .name("as_of")
            .parameter_in(ParameterIn::Query)
            .required(Required::False)
            .description(Some(
                "The case as it stood: after the entry of this number, at this time (RFC 3339; a day or a \
                 month counts to its end, in UTC), or at this checkpoint (its text). Nothing can be \
                 recorded then.",
            ))
            .schema(Some(schema));
        read.parameters
            .get_or_insert_default()
            .push(RefOr::T(parameter.build()));
        refuses(read, "404", "there is no such thing, or was none");
        refuses(read, "422", "`as_of` names no state of the case");
    }
}
