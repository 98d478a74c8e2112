//! Every route, its guards, and its description as OpenAPI.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, delete, get, post};
use axum::{Json, Router};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::fault::Fault;
use super::routes::{
    adding, case, credibility, events, fields, figure, filmstrip, hashes, items, journal,
    judgement, links, masks, matches, matrix, people, pictures, preview, proofs, publications,
    received, record, remarks, removal, renderings, reuse, reviewed, search, series, session,
    sound, source, sources, spans, stills, watch, watchlist, whereabouts, witness, work,
};
use super::state::App;
use super::{as_of, guard, headers, once, page, refusals};

/// Longest body of a request in bytes, but of a picture that is looked for. Words of people; footage
/// does not come this way.
const LONGEST_BODY: usize = 256 * 1024;

/// Routes that are answered soon, by their addresses as OpenAPI writes them, but that it has no `*` for a parameter
/// which may hold slashes.
fn quick() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    let mut routes = looking();
    routes.extend(recording());
    routes.extend(leaving());
    routes.extend(coming_in());
    routes
}

/// Those by which the case is looked at, and by which matches and watches are worked on.
fn looking() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        ("/api/session", post(session::enter)),
        ("/api/case", get(case::summary)),
        ("/api/items", get(items::list)),
        ("/api/items/changed", get(items::changed)),
        ("/api/items/{item}", get(items::detail)),
        ("/api/items/{item}/frames", get(items::frames)),
        ("/api/items/{item}/frames/{frame}.png", get(pictures::frame)),
        ("/api/items/{item}/pixels/{frame}", get(pictures::pixels)),
        ("/api/items/{item}/fields/{field}.png", get(fields::field)),
        (
            "/api/items/{item}/thumbnails/{index}.png",
            get(pictures::thumbnail),
        ),
        ("/api/links", get(links::link)),
        ("/api/items/{item}/watch", get(watch::watch)),
        ("/api/items/{item}/filmstrip", get(filmstrip::plan)),
        ("/api/items/{item}/span.json", get(spans::listing)),
        ("/api/items/{item}/waveform", get(sound::waveform)),
        ("/api/items/{item}/sound.wav", get(sound::piece)),
        ("/api/items/{item}/record", get(record::of_item)),
        ("/api/matrix", get(matrix::matrix)),
        ("/api/questions", get(matrix::questions)),
        ("/api/matches", get(matches::list)),
        ("/api/matches/{match}/overlays", get(matches::overlays)),
        ("/api/matches/{match}/reviews", post(matches::review)),
        ("/api/compare/figure.png", get(figure::figure)),
        ("/api/reuse", get(reuse::clusters)),
        ("/api/search", get(search::search)),
        ("/api/views", get(search::views).post(search::save)),
        ("/api/views/{view}/name", post(search::rename)),
        ("/api/views/{view}/remove", post(search::remove)),
        ("/api/watches/{watch}/end", post(watchlist::end)),
        ("/api/journal", get(journal::entries)),
        ("/api/checkpoints", get(witness::list).post(witness::sign)),
        ("/api/checkpoints/requests", post(witness::request)),
        ("/api/testimonies", post(witness::take)),
        ("/api/cosignatures", post(witness::cosign)),
        ("/api/journal/{entry}/proof", get(witness::prove)),
        ("/api/journal/{entry}/undo", post(journal::undo)),
        ("/api/items/{item}/inspect", post(work::inspect)),
        ("/api/items/{item}/match", post(work::look_for)),
        ("/api/work", get(work::list)),
        ("/api/work/{job}", delete(work::cancel)),
        ("/api/openapi.json", get(description)),
    ]
}

/// Those by which people record what they know.
fn recording() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        ("/api/removals", get(removal::list)),
        ("/api/items/{item}/claims", post(record::claim)),
        ("/api/items/{item}/observations", post(record::observe)),
        ("/api/items/{item}/media-reviews", post(reviewed::review)),
        (
            "/api/resemblances",
            get(reviewed::resemblances).post(reviewed::judge),
        ),
        ("/api/items/{item}/dates", post(whereabouts::date)),
        ("/api/items/{item}/places", post(whereabouts::place)),
        ("/api/items/{item}/content", post(remarks::content)),
        ("/api/people", get(people::list).post(people::enter)),
        ("/api/people/{person}/appearances", post(people::appears)),
        ("/api/people/{person}/protection", post(people::protect)),
        ("/api/people/{person}/identity", post(people::identify)),
        ("/api/tags", get(remarks::tags).post(remarks::tag)),
        ("/api/tags/remove", post(remarks::untag)),
        ("/api/notes", get(remarks::notes).post(remarks::note)),
        ("/api/notes/{note}/remove", post(remarks::remove)),
        ("/api/dates", get(whereabouts::dates)),
        ("/api/places", get(whereabouts::places)),
        ("/api/whereabouts", get(whereabouts::everywhere)),
        ("/api/claims/{claim}/status", post(record::status)),
        ("/api/claims/{claim}/ratings", post(credibility::rate)),
        ("/api/sources", get(sources::list).post(sources::add)),
        ("/api/sources/timelines", get(sources::timelines)),
        ("/api/sources/{source}/observations", post(source::observe)),
        ("/api/sources/{source}/aliases", post(source::alias)),
        ("/api/sources/{source}/ties", post(source::relate)),
        ("/api/sources/{source}/grades", post(source::grade)),
        ("/api/series", get(series::list).post(series::begin)),
        ("/api/series/{series}/items", post(series::place)),
        ("/api/hypotheses", post(judgement::suppose)),
        (
            "/api/hypotheses/{hypothesis}/evidence",
            post(judgement::link),
        ),
        ("/api/assessments", post(judgement::assess)),
    ]
}

/// Those by which people say what may leave, and what must not be seen of it.
fn leaving() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        ("/api/masks", get(masks::list)),
        (
            "/api/items/{item}/masks",
            get(masks::of_item).post(masks::draw),
        ),
        ("/api/items/{item}/masks/owed", get(masks::owed)),
        (
            "/api/items/{item}/renderings/progress",
            get(renderings::progress),
        ),
        ("/api/masks/{mask}/revision", post(masks::revise)),
        ("/api/masks/{mask}/confirmations", post(masks::confirm)),
        (
            "/api/publications",
            get(publications::list).post(publications::draft),
        ),
        ("/api/publications/{publication}", get(publications::show)),
        (
            "/api/publications/{publication}/reviews",
            post(publications::review),
        ),
        (
            "/api/publications/{publication}/withdraw",
            post(publications::withdraw),
        ),
    ]
}

/// Those by which publications of others are looked at.
fn coming_in() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![("/api/received/{received}", get(received::show))]
}

/// Routes that read a whole file or the whole case and take as long as that takes.
fn slow() -> Vec<(&'static str, MethodRouter<Arc<App>>)> {
    vec![
        // No limit of a body holds for it: it is never whole in memory.
        ("/api/items", post(adding::add)),
        ("/api/events", get(events::listen)),
        ("/api/items/{item}/stored", get(items::stored)),
        (
            "/api/items/{item}/stored/{sample}.png",
            get(pictures::stored),
        ),
        ("/api/items/{item}/filmstrip.png", get(filmstrip::whole)),
        (
            "/api/items/{item}/filmstrip/{frame}.png",
            get(filmstrip::cell),
        ),
        (
            "/api/items/{item}/removal",
            get(removal::plan).post(removal::remove),
        ),
        ("/api/items/{item}/span.zip", get(spans::stills)),
        ("/api/items/{item}/span.mkv", get(spans::clip)),
        (
            "/api/items/{item}/renderings",
            get(renderings::list).post(renderings::render),
        ),
        ("/api/renderings/{rendering}/file", get(renderings::file)),
        ("/api/renderings/{rendering}/check", post(renderings::check)),
        ("/api/items/{item}/masks/follow", post(masks::follow)),
        ("/api/items/{item}/hashes", get(hashes::of_item)),
        ("/api/hashes/find", post(hashes::find)),
        ("/api/watches", get(watchlist::list).post(watchlist::add)),
        ("/api/watches/search", post(watchlist::search)),
        (
            "/api/pictures/find",
            post(stills::find).layer(DefaultBodyLimit::max(stills::LONGEST)),
        ),
        (
            "/api/proofs",
            post(proofs::keep).layer(DefaultBodyLimit::max(proofs::LONGEST)),
        ),
        ("/api/sources/{source}/proofs/{proof}", get(proofs::file)),
        ("/api/verify", post(journal::verify)),
        (
            "/api/publications/{publication}/preview",
            get(preview::files),
        ),
        (
            "/api/publications/{publication}/preview/{*file}",
            get(preview::file),
        ),
        (
            "/api/publications/{publication}/seal",
            post(publications::seal),
        ),
        // No limit of a body in memory holds for what comes in: it has one of its own.
        ("/api/received", get(received::list).post(received::take)),
        ("/api/received/{received}/check", get(received::check)),
        ("/api/received/{received}/bundle", get(received::bundle)),
        ("/api/items/{item}/report.html", get(journal::report)),
        ("/api/items/{item}/report.pdf", get(journal::report_pdf)),
    ]
}

/// The whole server.
pub(super) fn router(app: Arc<App>) -> Router {
    let api = table(quick())
        .layer(from_fn(guard::patience))
        .merge(table(slow()))
        .route("/api", get(nothing).fallback(nothing))
        .route("/api/{*rest}", get(nothing).fallback(nothing))
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn_with_state(app.clone(), once::repeat))
        .layer(from_fn_with_state(app.clone(), as_of::stand))
        .layer(from_fn_with_state(app.clone(), guard::stranger));
    api.fallback(get(page::file).fallback(no_such_method))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(from_fn_with_state(app.clone(), guard::name))
        .layer(from_fn(headers::always))
        .with_state(app)
}

/// The router takes a whole segment as a parameter, so the ending of a picture's name is read by its route.
fn table(routes: Vec<(&'static str, MethodRouter<Arc<App>>)>) -> Router<Arc<App>> {
    routes
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| {
            router.route(&path.replace("}.png", "}"), methods)
        })
}

async fn nothing() -> Fault {
    Fault::missing("there is nothing at this address").hint("/api/openapi.json lists every address")
}

async fn no_such_method() -> Fault {
    Fault::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "this address is not used that way",
    )
}

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", tag = "session", responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
async fn description() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Framewitness",
        description = "The workbench of one case, for its own page and for programs on the same machine. \
            Numbers of frames count presented frames from 0; seconds count from the first frame.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        session::enter, description, case::summary, items::list, items::changed, adding::add, work::inspect, work::look_for, work::list, work::cancel, events::listen, items::detail, items::frames, items::stored,
        pictures::frame, pictures::pixels, fields::field, figure::figure, pictures::stored, pictures::thumbnail, watch::watch, filmstrip::plan, filmstrip::whole,
        filmstrip::cell, spans::stills, spans::clip, spans::listing, sound::waveform, sound::piece, record::of_item,
        record::claim, record::status, credibility::rate, record::observe, whereabouts::date, whereabouts::place, whereabouts::dates, whereabouts::places, whereabouts::everywhere, remarks::tags, remarks::tag, remarks::untag, remarks::notes, remarks::note, remarks::remove, remarks::content, people::list, people::enter, people::appears, people::protect, people::identify, masks::list, masks::of_item, masks::owed, masks::draw, masks::follow, masks::revise, masks::confirm, renderings::list, renderings::render, renderings::progress, renderings::check, renderings::file, sources::list,
        sources::add, sources::timelines, proofs::keep, proofs::file, source::observe, source::alias, source::relate, source::grade, series::list, series::begin,
        series::place, judgement::suppose, judgement::link, judgement::assess, reviewed::review, reviewed::resemblances, reviewed::judge,
        publications::list, publications::show, publications::draft, publications::review, publications::withdraw, publications::seal,
        preview::files, preview::file,
        received::list, received::take, received::show, received::check, received::bundle,
        matrix::matrix, matrix::questions, matches::list, matches::overlays, matches::review,
        reuse::clusters, search::search, search::views, search::save, search::rename, search::remove,
        watchlist::list, watchlist::add, watchlist::end, watchlist::search,
        removal::list, removal::plan, removal::remove, links::link,
        hashes::of_item, hashes::find, stills::find,
        journal::entries, journal::undo, journal::verify, journal::report, journal::report_pdf, witness::list, witness::sign, witness::request,
        witness::take, witness::cosign, witness::prove,
    ),
    security(("session" = [])),
    modifiers(&Schemes, &EarlierStates, &Refusals),
)]
struct Description;

/// What a request must carry.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        let cookie =
            ApiKeyValue::with_description("framewitness-PORT", "given by POST /api/session");
        let sign = ApiKeyValue::with_description(
            guard::SIGN,
            "must be 1: a page elsewhere cannot send it",
        );
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        components.add_security_scheme("sign", SecurityScheme::ApiKey(ApiKey::Header(sign)));
    }
}

/// That every read can be of the case as it stood, and every change made once.
struct EarlierStates;

impl Modify for EarlierStates {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        as_of::describe(description);
        once::describe(description);
    }
}

/// What any address may answer.
struct Refusals;

impl Modify for Refusals {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        refusals::describe(description);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_operation_has_a_name_of_its_own() {
        let description = serde_json::to_value(Description::openapi()).expect("JSON");
        let paths = description["paths"].as_object().expect("paths").values();
        let operations = paths.flat_map(|path| path.as_object().expect("a path").values());
        let mut names: Vec<_> = operations
            .map(|operation| {
                operation["operationId"]
                    .as_str()
                    .expect("a name")
                    .to_owned()
            })
            .collect();
        let many = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), many);
    }

    #[test]
    fn every_route_is_described() {
        let routed: BTreeSet<String> = quick()
            .into_iter()
            .chain(slow())
            .map(|(path, _)| path.replace("{*", "{"))
            .collect();
        let described: BTreeSet<String> = Description::openapi().paths.paths.into_keys().collect();
        assert_eq!(routed, described);
    }

    #[test]
    fn the_description_kept_for_the_page_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src/api/openapi.json");
        let current = Description::openapi().to_pretty_json().expect("JSON") + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &current).expect("a file that can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == current,
            "{} is stale: run `UPDATE=1 cargo test -p framewitness description`",
            path.display()
        );
    }
}
