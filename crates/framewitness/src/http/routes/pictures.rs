//! Exact frames, as PNG and as plain pixels, and thumbnails.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use media::reader::Wanted;
use media::still::{Still, Which};
use media::time::{FrameNo, SampleNo, TrackNo};
use media::view::{View, Viewed};
use serde::Deserialize;
use workbench::{Case, Error, Place};

use crate::http::extract::{Asked, Named, NumberedFile};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Kept by the browser and asked for again each time: the same address may lead to another case
/// tomorrow, and a picture of that other case would be a lie. The question costs no decoding.
const LIFETIME: &str = "private, no-cache";

/// How a frame is to be shown.
#[derive(Deserialize)]
pub(in crate::http) struct Through {
    #[serde(default)]
    view: String,
    track: Option<u32>,
}

impl Through {
    /// The view and the track, and what names frame `no` of item `number` so shown.
    async fn named(
        self,
        app: &App,
        number: u32,
        no: u32,
    ) -> Result<(View, Option<TrackNo>, Facts), Fault> {
        let view = workbench::view(&self.view)?;
        let stated = view.to_string();
        let track = self.track.map(TrackNo);
        let facts = app
            .ask(move |case| facts(case, number, track, no, &stated))
            .await?;
        Ok((view, track, facts))
    }
}

/// Which video track.
#[derive(Deserialize)]
pub(in crate::http) struct OfTrack {
    pub(super) track: Option<u32>,
}

/// What names a frame without decoding it.
struct Facts {
    hash: String,
    pts: Option<i64>,
    tag: String,
}

/// The exact frame as displayed: its decoded planes have the hash of the frame index.
#[utoipa::path(
    get, path = "/api/items/{item}/frames/{frame}.png", tag = "pictures",
    params(
        ("item" = u32, Path, description = "number of the item, from 1"),
        ("frame" = u32, Path, description = "number of the frame, from 0"),
        ("view" = Option<String>, Query, description = "view filters, such as `levels=16:180,gamma=1.4`; the exact pixels when absent"),
        ("track" = Option<u32>, Query, description = "number of the video track, from 0; the examined one when absent"),
    ),
    responses(
        (status = 200, description = "8-bit RGB in square pixels, rotated as displayed; through a view, what it shows", content_type = "image/png", body = [u8], headers(
            ("x-frame-no" = u32, description = "number of the frame"),
            ("x-frame-pts" = Option<i64>, description = "timestamp in ticks; absent where the stream gives none"),
            ("x-frame-hash" = String, description = "SHA-256 of the decoded planes"),
            ("x-pixel-hash" = String, description = "SHA-256 of the RGB bytes"),
        )),
        (status = 304, description = "the browser has it"),
        (status = 422, description = "there is no such view, or it does not fit the picture", body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn frame(
    State(app): State<Arc<App>>,
    Named((number, file)): Named<(u32, String)>,
    Asked(through): Asked<Through>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let no = NumberedFile::png(&file)?.0;
    let (view, track, facts) = through.named(&app, number, no).await?;
    if has(&headers, &facts.tag) {
        return Ok(unchanged(&facts.tag));
    }
    let (png, pixels) = app
        .ask_frame(move |case, wanted| {
            let (still, viewed) = seen(case, wanted, (number, track, no), &view)?;
            Ok((still.png_of(&view, &viewed), viewed.pixel_hash().hex()))
        })
        .await?;
    let mut answer = picture(png, &facts.tag);
    name(answer.headers_mut(), no, &facts, &pixels);
    Ok(answer)
}

/// The pixels of [`frame`] as they are: three times the bytes on the way, and nothing to encode and to decode, which
/// is sooner for a page on the same machine.
#[utoipa::path(
    get, path = "/api/items/{item}/pixels/{frame}", operation_id = "pixels", tag = "pictures",
    params(
        ("item" = u32, Path, description = "number of the item, from 1"),
        ("frame" = u32, Path, description = "number of the frame, from 0"),
        ("view" = Option<String>, Query, description = "view filters, such as `levels=16:180,gamma=1.4`; the exact pixels when absent"),
        ("track" = Option<u32>, Query, description = "number of the video track, from 0; the examined one when absent"),
    ),
    responses(
        (status = 200, description = "rows of 8-bit red, green, blue and 255, in square pixels, rotated as displayed; through a view, what it shows", content_type = "application/octet-stream", body = [u8], headers(
            ("x-width" = u32, description = "pixels of a row"),
            ("x-height" = u32, description = "rows"),
            ("x-frame-no" = u32, description = "number of the frame"),
            ("x-frame-pts" = Option<i64>, description = "timestamp in ticks; absent where the stream gives none"),
            ("x-frame-hash" = String, description = "SHA-256 of the decoded planes"),
            ("x-pixel-hash" = String, description = "SHA-256 of the bytes of red, green and blue"),
        )),
        (status = 422, description = "there is no such view, or it does not fit the picture", body = Problem),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn pixels(
    State(app): State<Arc<App>>,
    Named((number, no)): Named<(u32, u32)>,
    Asked(through): Asked<Through>,
) -> Result<Response, Fault> {
    let (view, track, facts) = through.named(&app, number, no).await?;
    let viewed = app
        .ask_frame(move |case, wanted| Ok(seen(case, wanted, (number, track, no), &view)?.1))
        .await?;
    let kind = [(CONTENT_TYPE, "application/octet-stream")];
    let mut answer = (kind, viewed.rgba()).into_response();
    let own = answer.headers_mut();
    own.insert("x-width", HeaderValue::from(viewed.width));
    own.insert("x-height", HeaderValue::from(viewed.height));
    name(own, no, &facts, &viewed.pixel_hash().hex());
    Ok(answer)
}

/// A frame, and what a view shows of it; those around it are decoded from now on.
fn seen(
    case: &Case,
    wanted: &Wanted,
    (number, track, no): (u32, Option<TrackNo>, u32),
    view: &View,
) -> workbench::Result<(Arc<Still>, Viewed)> {
    let item = item(case, number)?;
    let track = case.track(&item, track)?.while_wanted(wanted);
    let seen = track.viewed(FrameNo(no), view)?;
    track.look_around(FrameNo(no))?;
    Ok(seen)
}

fn name(headers: &mut HeaderMap, no: u32, facts: &Facts, pixels: &str) {
    headers.insert("x-frame-no", HeaderValue::from(no));
    if let Some(pts) = facts.pts {
        headers.insert("x-frame-pts", HeaderValue::from(pts));
    }
    insert(headers, "x-frame-hash", &facts.hash);
    insert(headers, "x-pixel-hash", pixels);
}

/// The picture of a stored sample, edit lists ignored: one that the file says not to show, too.
#[utoipa::path(
    get, path = "/api/items/{item}/stored/{sample}.png", operation_id = "stored_picture", tag = "pictures",
    params(
        ("item" = u32, Path, description = "number of the item, from 1"),
        ("sample" = u32, Path, description = "number of the sample in decode order, from 0"),
        ("track" = Option<u32>, Query, description = "number of the video track, from 0; the examined one when absent"),
    ),
    responses(
        (status = 200, description = "8-bit RGB in square pixels, rotated as displayed", content_type = "image/png", body = [u8], headers(
            ("x-sample-no" = u32, description = "number of the sample"),
            ("x-presented" = String, description = "`no`, or the numbers of the frames that it is presented as"),
            ("x-frame-pts" = Option<i64>, description = "timestamp as stored, in ticks; absent where the stream gives none"),
            ("x-frame-hash" = String, description = "SHA-256 of the decoded planes"),
            ("x-pixel-hash" = String, description = "SHA-256 of the RGB bytes"),
        )),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn stored(
    State(app): State<Arc<App>>,
    Named((number, file)): Named<(u32, String)>,
    Asked(of): Asked<OfTrack>,
) -> Result<Response, Fault> {
    let no = NumberedFile::png(&file)?.0;
    let (still, png, pts) = app
        .ask_whole(move |case| {
            let item = item(case, number)?;
            let track = case.track(&item, of.track.map(TrackNo))?;
            let (still, pts) = track.stored_still(SampleNo(no))?;
            let png = still.png();
            Ok((still, png, pts))
        })
        .await?;
    let frames = match &still.which {
        Which::Stored { frames, .. } => frames.iter().map(ToString::to_string).collect(),
        Which::Frame(no) => vec![no.to_string()],
        Which::Field(no) => vec![no.frame.to_string()],
    };
    let presented = if frames.is_empty() {
        "no".to_owned()
    } else {
        frames.join(" ")
    };
    let hash = still.native_hash.hex();
    let mut answer = picture(
        png,
        &format!("\"stored-{hash}-{}\"", env!("CARGO_PKG_VERSION")),
    );
    let own = answer.headers_mut();
    own.insert("x-sample-no", HeaderValue::from(no));
    if let Some(pts) = pts {
        own.insert("x-frame-pts", HeaderValue::from(pts));
    }
    insert(own, "x-presented", &presented);
    insert(own, "x-frame-hash", &hash);
    insert(own, "x-pixel-hash", &still.pixel_hash().hex());
    Ok(answer)
}

/// A small picture, grey and blurred.
#[utoipa::path(
    get, path = "/api/items/{item}/thumbnails/{index}.png", tag = "pictures",
    params(
        ("item" = u32, Path, description = "number of the item, from 1"),
        ("index" = u32, Path, description = "index of the thumbnail, from 0"),
    ),
    responses(
        (status = 200, description = "8-bit grey, blurred, at most 160 pixels wide and high", content_type = "image/png", body = [u8]),
        (status = 304, description = "the browser has it"),
        (status = 404, body = Problem),
    )
)]
pub(in crate::http) async fn thumbnail(
    State(app): State<Arc<App>>,
    Named((number, file)): Named<(u32, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let index = NumberedFile::png(&file)?.0;
    let (png, tag) = app
        .ask(move |case| {
            let item = item(case, number)?;
            let examined = case.examined(&item)?;
            let thumbnail = examined.thumbnails.get(index as usize);
            let thumbnail = thumbnail
                .ok_or_else(|| Error::missing(format!("#{number} has no thumbnail {index}")))?;
            let made = item
                .inspection
                .map_or(item.id, |inspection| inspection.inspected.thumbnails);
            Ok((thumbnail.png(), format!("\"{}-{index}\"", made.hex())))
        })
        .await?;
    Ok(if has(&headers, &tag) {
        unchanged(&tag)
    } else {
        picture(png, &tag)
    })
}

fn facts(
    case: &Case,
    number: u32,
    track: Option<TrackNo>,
    no: u32,
    view: &str,
) -> workbench::Result<Facts> {
    let item = item(case, number)?;
    let track = case.track(&item, track)?;
    let no = track.find(Place::Frame(no))?;
    let entry = &track.index().frames[no.0 as usize];
    let hash = entry.hash.hex();
    // The same planes may be shown otherwise by a later version or in another file. A list of tags is
    // divided by commas.
    let view = view.replace(',', ";");
    let tag = format!(
        "\"{}-{hash}-{}-{view}\"",
        &item.id.hex()[..16],
        env!("CARGO_PKG_VERSION")
    );
    Ok(Facts {
        tag,
        hash,
        pts: entry.pts.map(|pts| pts.0),
    })
}

pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    known
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == tag)
}

pub(super) fn unchanged(tag: &str) -> Response {
    (
        StatusCode::NOT_MODIFIED,
        [(CACHE_CONTROL, LIFETIME), (ETAG, tag)],
    )
        .into_response()
}

pub(super) fn picture(png: Vec<u8>, tag: &str) -> Response {
    (
        [
            (CONTENT_TYPE, "image/png"),
            (CACHE_CONTROL, LIFETIME),
            (ETAG, tag),
        ],
        png,
    )
        .into_response()
}

pub(super) fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
