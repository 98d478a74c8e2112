//! What is published in the forms of others: schema.org, GeoJSON, tables, subtitles, edit lists.

mod edl;
mod schema_org;
mod tables;
mod uco;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use store::number::ItemNo;
use store::record::{Publication, SignedCheckpoint};

use super::records::Records;
use crate::error::Result;

/// What these forms are made from.
pub(super) struct Sharing<'a> {
    pub(super) publication: &'a Publication,
    pub(super) checkpoint: &'a SignedCheckpoint,
    /// As published.
    pub(super) records: &'a Records,
    /// How each inspected item lies in time.
    pub(super) clocks: BTreeMap<ItemNo, Clock>,
    /// The program and its version.
    pub(super) tool: &'a str,
}

/// How the frames of an item lie in time.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    /// Timestamp of the first frame, in ticks of the stream.
    pub(super) first: i64,
    /// Number of frames.
    pub(super) frames: usize,
    /// Seconds from the first frame's appearance to the last one's end.
    pub(super) seconds: f64,
}

/// Something said of a stretch of an item.
struct Mark {
    number: String,
    what: &'static str,
    item: ItemNo,
    frames: [u32; 2],
    /// Microseconds from the first frame's appearance.
    micros: [u64; 2],
    text: String,
}

impl Sharing<'_> {
    /// Files by their paths within the payload.
    pub(super) fn files(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let mut files = vec![
            (
                "claimreview.jsonld".to_owned(),
                pretty(&self.claim_reviews())?,
            ),
            (
                "mediareview.jsonld".to_owned(),
                pretty(&self.media_reviews())?,
            ),
            ("case-uco.jsonld".to_owned(), pretty(&self.case_uco())?),
            ("places.geojson".to_owned(), pretty(&self.places())?),
            ("claims.csv".to_owned(), self.claims_table()),
            ("observations.csv".to_owned(), self.observations_table()),
        ];
        let marks = self.marks();
        for item in &self.records.items {
            let of: Vec<&Mark> = marks.iter().filter(|it| it.item == item.number).collect();
            if of.is_empty() {
                continue;
            }
            let name = |ending: &str| format!("item-{}.{ending}", item.number.0);
            files.push((name("srt"), tables::srt(&of)));
            files.push((name("vtt"), tables::vtt(&of)));
            if let Some(clock) = self.clocks.get(&item.number) {
                let title = &self.publication.drafted.title;
                files.push((name("edl"), edl::edl(title, *clock, &of)));
            }
        }
        Ok(files)
    }

    /// A name for one thing of this publication that is nobody else's.
    fn urn(&self, what: &str) -> String {
        let root = self.checkpoint.root.hex();
        format!("urn:framewitness:{root}:{}", what.trim_start_matches('#'))
    }

    fn date(&self) -> &str {
        &self.checkpoint.origin.at
    }

    /// Places with a position (RFC 7946), in degrees of WGS 84.
    fn places(&self) -> Value {
        let features = self.records.places.iter().filter_map(|it| {
            let placed = &it.placed;
            let at = placed.position?;
            // Ten millionths of a degree are exact in a double of this size.
            let degrees = |e7: i64| e7 as f64 / 1e7;
            Some(json!({
                "type": "Feature",
                "id": it.number,
                "geometry": {"type": "Point", "coordinates": [degrees(at.longitude_e7), degrees(at.latitude_e7)]},
                "properties": {
                    "name": placed.name, "footing": placed.footing, "precision": placed.precision,
                    "radius_m": at.radius_m, "assessor": placed.assessor, "reason": placed.reason,
                    "item": self.records.item(&placed.pin.item), "superseded_by": it.superseded_by,
                },
            }))
        });
        json!({"type": "FeatureCollection", "features": features.collect::<Vec<_>>()})
    }

    /// Claims and observations of stretches of items, in order of time.
    fn marks(&self) -> Vec<Mark> {
        let claims = self.records.claims.iter().filter_map(|it| {
            let text = format!("{} ({}): {}", it.number, it.status, it.made.text);
            self.mark(it.number.to_string(), "claim", &it.made.pin, text)
        });
        let seen = self.records.observations.iter().filter_map(|it| {
            let text = format!("{}: {}", it.number, it.made.text);
            self.mark(it.number.to_string(), "observation", &it.made.pin, text)
        });
        let mut marks: Vec<Mark> = claims.chain(seen).collect();
        marks.sort_by_key(|it| (it.item, it.micros, it.number.clone()));
        marks
    }

    fn mark(
        &self,
        number: String,
        what: &'static str,
        pin: &store::event::Pin,
        text: String,
    ) -> Option<Mark> {
        let span = pin.span.as_ref()?;
        let [over, under] = span.time_base;
        let item = self.records.item(&pin.item)?;
        let zero = self.clocks.get(&item).map_or(0, |clock| clock.first);
        let micros = |ticks: i64| {
            let ticks = i128::from(ticks - zero).max(0);
            let micros = ticks * i128::from(over) * 1_000_000 / i128::from(under.max(1));
            u64::try_from(micros).unwrap_or(u64::MAX)
        };
        Some(Mark {
            number,
            what,
            item,
            frames: [span.first.no, span.last.no],
            micros: [micros(span.start), micros(span.end)],
            text,
        })
    }
}

/// JSON that people can read too; members in alphabetical order.
pub(super) fn pretty(value: &Value) -> Result<Vec<u8>> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|why| crate::Error::new(crate::Kind::Failed, why.to_string()))?;
    Ok((text + "\n").into_bytes())
}
