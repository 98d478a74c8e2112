use clap::Args;
use store::event::Shape;
use store::record::Observation;
use workbench::observed::{NewObservation, keyframe};
use workbench::{Place, Result, SoundPlace};

use super::pin::At;
use crate::context::Context;

/// Record what you saw or heard, pinned to frames or samples; without text, show what was seen
#[derive(Args)]
pub struct Observe {
    /// Item by number, start of id, or file name
    item: String,
    /// What you saw
    text: Option<String>,
    #[command(flatten)]
    at: At,
    /// The region on one frame, where it moves: PLACE=x,y,width,height, or PLACE=x,y;x,y;x,y for the corners
    /// of a polygon. Give it for the first frame and the last, and for any between; on the others it lies in
    /// proportion
    #[arg(long, value_name = "REGION", value_parser = drawn, conflicts_with = "first")]
    keyframe: Vec<(Place, Shape)>,
    /// First sample of the sound that it is of: a place, or sample:N
    #[arg(long, value_name = "PLACE", value_parser = super::sound::place, requires = "sound_to")]
    sound_from: Option<SoundPlace>,
    /// Place up to which the sound goes; its own sample is left out
    #[arg(long, value_name = "PLACE", value_parser = super::sound::place, requires = "sound_from")]
    sound_to: Option<SoundPlace>,
    /// What else it was seen in or is compared with: frames (#2#frame=37, #2#frame=37-52), a finding (F:#1:4), a
    /// number such as S1 or C2, or an entry (E12)
    #[arg(long, value_name = "ADDRESS", num_args = 1.., requires = "text")]
    cites: Vec<String>,
}

fn drawn(text: &str) -> std::result::Result<(Place, Shape), String> {
    keyframe(text).map_err(super::pin::spoken)
}

impl Observe {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let shown = match self.text {
            Some(text) => vec![case.observe(
                &item,
                NewObservation {
                    text,
                    at: self.at.place(),
                    keyframes: self.keyframe,
                    sound: self.sound_from.zip(self.sound_to),
                    cites: self.cites,
                },
            )?],
            None => case.observations(Some(&item))?,
        };
        shown
            .iter()
            .try_for_each(|seen| context.output.record(seen, text))
    }
}

fn text(seen: &Observation) -> String {
    let tracked = seen.made.tracked.as_ref();
    let tracked = tracked.map(|it| format!(", tracked by {} keyframes", it.keyframes.len()));
    let sound = seen.made.sound.as_ref();
    let sound = sound.map(|it| format!("  @ samples {}-{}", it.from, it.to - 1));
    let cites = match seen.made.cites.as_slice() {
        [] => String::new(),
        cited => format!("  cites {}", cited.join(" ")),
    };
    format!(
        "{}  {}: {}{}{}{}{cites}{}",
        seen.number,
        seen.origin.actor,
        seen.made.text,
        super::pinned(&seen.made.pin),
        tracked.unwrap_or_default(),
        sound.unwrap_or_default(),
        super::withdrawn(seen.withdrawn.as_ref())
    )
}
