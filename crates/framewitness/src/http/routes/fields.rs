//! One field of an exact frame, as PNG.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use media::field::{FieldNo, FieldOrder};
use media::time::TrackNo;

use super::pictures::{OfTrack, insert, picture};
use crate::http::extract::{Asked, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// A field of a frame: its own rows, each shown twice.
#[utoipa::path(
    get, path = "/api/items/{item}/fields/{field}.png", operation_id = "field", tag = "pictures",
    params(
        ("item" = u32, Path, description = "number of the item, from 1"),
        ("field" = String, Path, description = "number of the frame, from 0, and `t` for its top or `b` for its bottom field: `37t`"),
        ("track" = Option<u32>, Query, description = "number of the video track, from 0; the examined one when absent"),
    ),
    responses(
        (status = 200, description = "8-bit RGB in square pixels, rotated as displayed; nothing is made up between its rows", content_type = "image/png", body = [u8], headers(
            ("x-frame-no" = u32, description = "number of the frame"),
            ("x-frame-pts" = Option<i64>, description = "timestamp of the frame in ticks; absent where the stream gives none"),
            ("x-field-order" = String, description = "`first` or `second` in time by the stream's word, `together` where it says that both are of one moment, or `unsaid`"),
            ("x-field-after" = String, description = "ticks after the frame's timestamp at which it is shown, as a fraction: `1001/2`"),
            ("x-field-at" = f64, description = "seconds after the first frame at which it is shown"),
            ("x-field-hash" = String, description = "SHA-256 of its own rows, plane by plane, as decoded"),
            ("x-pixel-hash" = String, description = "SHA-256 of the RGB bytes"),
        )),
        (status = 404, description = "there is no such frame, or it has no such field", body = Problem),
    )
)]
pub(in crate::http) async fn field(
    State(app): State<Arc<App>>,
    Named((number, file)): Named<(u32, String)>,
    Asked(of): Asked<OfTrack>,
) -> Result<Response, Fault> {
    let no = file
        .strip_suffix(".png")
        .and_then(|no| no.parse::<FieldNo>().ok());
    let no = no.ok_or_else(|| Fault::missing(format!("there is no picture {file:?}")))?;
    let (still, shown, png) = app
        .ask_frame(move |case, wanted| {
            let item = item(case, number)?;
            let track = case
                .track(&item, of.track.map(TrackNo))?
                .while_wanted(wanted);
            let (shown, still) = (track.field_shown(no)?, track.field(no)?);
            track.look_around(no.frame)?;
            let png = still.png();
            Ok((still, shown, png))
        })
        .await?;
    let hash = still.native_hash.hex();
    let mut answer = picture(
        png,
        &format!("\"field-{hash}-{}\"", env!("CARGO_PKG_VERSION")),
    );
    let own = answer.headers_mut();
    own.insert("x-frame-no", HeaderValue::from(no.frame.0));
    if let Some(pts) = shown.pts {
        own.insert("x-frame-pts", HeaderValue::from(pts));
    }
    let order = match shown.time.order {
        FieldOrder::First => "first",
        FieldOrder::Second => "second",
        FieldOrder::Together => "together",
        FieldOrder::Unsaid => "unsaid",
    };
    let [ticks, of] = shown.time.after;
    insert(own, "x-field-order", order);
    insert(own, "x-field-after", &format!("{ticks}/{of}"));
    insert(own, "x-field-at", &shown.at_s.to_string());
    insert(own, "x-field-hash", &hash);
    insert(own, "x-pixel-hash", &still.pixel_hash().hex());
    Ok(answer)
}
