//! Masks: what must not be seen or heard in whatever leaves the case.

#![expect(
    unused_qualifications,
    reason = "the macro that describes query parameters writes whole paths"
)]

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::number::{MaskNo, PersonNo};
use store::record::Mask;
use store::vocabulary::{MaskMethod, SoundMethod};
use utoipa::{IntoParams, ToSchema};
use workbench::masking::{Followed, MaskList, MaskPlace, MaskingOwed, NewMask};
use workbench::{Error, Place, Region};

use super::record::{NewKeyframe, NewSoundSpan, place as pinned};
use crate::http::at_work::{Doing, Gone, awaited};
use crate::http::extract::{Asked, Body, Named};
use crate::http::fault::{Fault, Problem};
use crate::http::state::{App, item};

/// Pixels by which a followed mask is larger than its box, where nothing is said.
const MARGIN: u32 = 8;

/// Of what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Of {
    /// Number of the item; every mask when absent.
    item: Option<u32>,
}

/// Masks, revised and withdrawn ones included.
#[utoipa::path(
    get, path = "/api/masks", operation_id = "masks", tag = "record", params(Of),
    responses((status = 200, body = Vec<Mask>), (status = 404, body = Problem))
)]
pub(in crate::http) async fn list(
    State(app): State<Arc<App>>,
    Asked(of): Asked<Of>,
) -> Result<Json<Vec<Mask>>, Fault> {
    app.ask(move |case| {
        let of = of.item.map(|no| item(case, no)).transpose()?;
        case.masks(of.as_ref())
    })
    .await
    .map(Json)
}

/// The masks of an item that stand, as data that other programs read.
#[utoipa::path(
    get, path = "/api/items/{item}/masks", operation_id = "mask_list", tag = "record",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = MaskList), (status = 404, body = Problem))
)]
pub(in crate::http) async fn of_item(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<MaskList>, Fault> {
    app.ask(move |case| case.mask_list(&item(case, number)?))
        .await
        .map(Json)
}

/// What must still be masked in an item.
#[utoipa::path(
    get, path = "/api/items/{item}/masks/owed", operation_id = "masking_owed", tag = "record",
    params(("item" = u32, Path, description = "number of the item, from 1")),
    responses((status = 200, body = MaskingOwed), (status = 404, body = Problem))
)]
pub(in crate::http) async fn owed(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
) -> Result<Json<MaskingOwed>, Fault> {
    app.ask(move |case| case.masking_owed(&item(case, number)?))
        .await
        .map(Json)
}

/// A mask to draw, or what is to be otherwise in one that is revised.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct MaskToDraw {
    /// First frame. With neither frames nor keyframes nor sound, a new mask is of all frames, and a revised one
    /// stays where it is.
    first: Option<u32>,
    /// Last frame, included; the first one when absent.
    last: Option<u32>,
    /// Box in display pixels on all of these frames; the whole picture when absent.
    region: Option<Region>,
    /// The region where it moves, or is a polygon: drawn on the first frame and on the last, and on any in
    /// between. Then `first`, `last` and `region` are left out.
    #[serde(default)]
    keyframes: Vec<NewKeyframe>,
    /// The sound to mask, in the place of a picture.
    sound: Option<NewSoundSpan>,
    /// Whether the ellipse within each box is covered, and not all of the box.
    #[serde(default)]
    ellipse: bool,
    /// What is put in the place of a picture. Only `solid` hides for good.
    method: Option<MaskMethod>,
    /// What is put in the place of sound.
    sound_method: Option<SoundMethod>,
    /// Whom it protects; as before when absent in a revision.
    protects: Option<Vec<PersonNo>>,
    /// Why.
    reason: String,
    /// The method, with version and parameters, that proposed it; absent where a person drew it.
    proposed_by: Option<String>,
}

impl MaskToDraw {
    fn read(self) -> Result<NewMask, Error> {
        let at = pinned(self.first, self.last, self.region);
        let drawn: Vec<_> = { self.keyframes.into_iter() }
            .map(|it| (Place::Frame(it.frame), it.shape))
            .collect();
        let somewhere = at.first.is_some() || at.last.is_some() || at.region.is_some();
        let named = [somewhere, !drawn.is_empty(), self.sound.is_some()];
        if named.into_iter().filter(|it| *it).count() > 1 {
            return Err(Error::usage("the mask has more than one place")
                .hint("name frames, or keyframes, or sound"));
        }
        let place = match self.sound {
            Some(sound) => Some(MaskPlace::Sound(sound.from.parse()?, sound.to.parse()?)),
            None if !drawn.is_empty() => Some(MaskPlace::Moving(drawn)),
            None => somewhere.then_some(MaskPlace::Still(at)),
        };
        Ok(NewMask {
            place,
            ellipse: self.ellipse,
            method: self.method,
            sound: self.sound_method,
            protects: self.protects,
            reason: self.reason,
            proposed_by: self.proposed_by,
        })
    }
}

/// Draw a mask on an item.
#[utoipa::path(
    post, path = "/api/items/{item}/masks", operation_id = "draw_mask", tag = "record", request_body = MaskToDraw,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Mask), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn draw(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<MaskToDraw>,
) -> Result<Json<Mask>, Fault> {
    app.ask_whole(move |case| {
        let mut new = new.read()?;
        new.place
            .get_or_insert(MaskPlace::Still(Default::default()));
        case.draw_mask(&item(case, number)?, new)
    })
    .await
    .map(Json)
}

/// A box to follow.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct BoxToFollow {
    /// The frame on which it is drawn.
    frame: u32,
    /// Where it lies on that frame, in display pixels.
    region: Region,
    /// First frame to go back to; as far as it is found when absent.
    from: Option<u32>,
    /// Last frame, included; as far as it is found when absent.
    to: Option<u32>,
    /// Pixels that the mask is larger on each side than the box; 8 when absent.
    margin: Option<u32>,
    /// Whether the ellipse within each box is covered, and not all of the box.
    #[serde(default)]
    ellipse: bool,
    /// What is put in its place. Only `solid` hides for good.
    method: Option<MaskMethod>,
    /// Whom it protects.
    #[serde(default)]
    protects: Vec<PersonNo>,
    /// Why.
    reason: String,
}

/// Draw a mask where what a box holds is found, forward and back. It is a proposal that somebody has to look at. Whoever
/// goes away before the answer cancels it.
#[utoipa::path(
    post, path = "/api/items/{item}/masks/follow", operation_id = "follow_mask", tag = "record",
    request_body = BoxToFollow,
    params(("item" = u32, Path, description = "number of the item, from 1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Mask), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn follow(
    State(app): State<Arc<App>>,
    Named(number): Named<u32>,
    Body(new): Body<BoxToFollow>,
) -> Result<Json<Mask>, Fault> {
    let (gone, told) = (Gone::default(), Arc::clone(&app));
    let asked = gone.asked();
    app.ask_whole(move |case| {
        let item = item(case, number)?;
        let work = told.at_work.begin(number);
        let followed = Followed {
            frame: Place::Frame(new.frame),
            region: new.region,
            from: new.from.map(Place::Frame),
            to: new.to.map(Place::Frame),
            margin: new.margin.unwrap_or(MARGIN),
        };
        let mask = NewMask {
            ellipse: new.ellipse,
            method: new.method,
            protects: Some(new.protects),
            reason: new.reason,
            ..NewMask::default()
        };
        case.track_mask(&item, followed, mask, &mut |frames| {
            work.at(Doing::Following, frames);
            awaited(&asked)
        })
    })
    .await
    .map(Json)
}

/// Draw a mask anew. The earlier one stays in the record, superseded.
#[utoipa::path(
    post, path = "/api/masks/{mask}/revision", operation_id = "revise_mask", tag = "record", request_body = MaskToDraw,
    params(("mask" = String, Path, description = "number of the mask, such as X1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Mask), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn revise(
    State(app): State<Arc<App>>,
    Named(mask): Named<MaskNo>,
    Body(new): Body<MaskToDraw>,
) -> Result<Json<Mask>, Fault> {
    app.ask_whole(move |case| case.revise_mask(mask, new.read()?))
        .await
        .map(Json)
}

/// That a mask covers what it must.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewConfirmation {
    /// Anything else.
    note: Option<String>,
}

/// Say that one looked at a mask on every frame, or listened, and found it good.
#[utoipa::path(
    post, path = "/api/masks/{mask}/confirmations", operation_id = "confirm_mask", tag = "record",
    request_body = NewConfirmation,
    params(("mask" = String, Path, description = "number of the mask, such as X1")),
    security(("session" = [], "sign" = [])),
    responses(
        (status = 200, body = Mask), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)
    )
)]
pub(in crate::http) async fn confirm(
    State(app): State<Arc<App>>,
    Named(mask): Named<MaskNo>,
    Body(new): Body<NewConfirmation>,
) -> Result<Json<Mask>, Fault> {
    app.ask(move |case| case.confirm_mask(mask, new.note))
        .await
        .map(Json)
}
