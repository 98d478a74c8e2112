mod render;
mod text;
mod track;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use store::event::Shape;
use store::number::{MaskNo, PersonNo};
use store::record;
use store::vocabulary::{MaskMethod, SoundMethod};
use workbench::masking::{MaskPlace, MaskingOwed, NewMask};
use workbench::observed::keyframe;
use workbench::{Case, Error, Kind, Place, Result, SoundPlace};

use super::pin::At;
use crate::context::Context;

/// Draw what must not be seen or heard in whatever leaves the case. The item itself is never changed
#[derive(Args)]
pub struct Mask {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Draw a mask on frames, or on samples of the sound
    Draw {
        /// Item by number, start of id, or file name
        item: String,
        #[command(flatten)]
        drawn: Drawn,
    },
    /// Draw a mask anew: what is not said stays as it was. The earlier one stays in the record, superseded
    Revise {
        /// The mask, such as X1
        mask: MaskNo,
        #[command(flatten)]
        drawn: Drawn,
    },
    /// Say that you looked at a mask on every frame, or listened, and that it covers what it must
    Confirm {
        /// The mask, such as X1
        mask: MaskNo,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Take a mask back; it stays in sight as withdrawn, and what it revised stands again
    Withdraw {
        /// The mask, such as X1
        mask: MaskNo,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Show masks, those of one item or all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
    /// Show one mask with the frames that it was drawn on
    Show {
        /// The mask, such as X1
        mask: MaskNo,
    },
    /// Show what must still be masked: where somebody who is protected appears and no mask that protects them lies,
    /// and masks that nobody confirmed. Exit code 4 where there is any
    Owed {
        /// Item by number, start of id, or file name
        item: String,
    },
    /// Propose a mask by following what a box holds from one frame on, forward and back. Look at it before you confirm it
    Track(track::Track),
    /// Render a copy with every mask that stands burnt in, from the original, and look at what came of it for leaks.
    /// The case keeps both. Exit code 3 where something leaks
    Render(render::Render),
    /// Look at a rendering for leaks once more, or at a file that another program made. Exit code 3 where something leaks
    Check(render::Check),
    /// Write the masks of an item as a file that other programs read, or `import` on the same item elsewhere
    Export {
        /// Item by number, start of id, or file name
        item: String,
        /// File to write; standard output when absent
        #[arg(long, short)]
        output: Option<PathBuf>,
    },
    /// Draw the masks of such a file
    Import {
        /// Item by number, start of id, or file name
        item: String,
        /// The file
        file: PathBuf,
    },
}

#[derive(Args)]
struct Drawn {
    #[command(flatten)]
    at: At,
    /// The region on one frame, where it moves: PLACE=x,y,width,height, or PLACE=x,y;x,y;x,y for the corners
    /// of a polygon. Give it for the first frame and the last, and for any between; on the others it lies in
    /// proportion
    #[arg(long, value_name = "REGION", value_parser = drawn, conflicts_with = "first")]
    keyframe: Vec<(Place, Shape)>,
    /// Cover the ellipse within each box, and not all of the box
    #[arg(long)]
    ellipse: bool,
    /// What to put there: solid, pixelate or blur. Only solid hides for good
    #[arg(long, value_name = "METHOD")]
    method: Option<MaskMethod>,
    /// First sample of the sound to mask: a place, or sample:N
    #[arg(long, value_name = "PLACE", value_parser = super::sound::place, requires = "sound_to", conflicts_with_all = ["first", "keyframe"])]
    sound_from: Option<SoundPlace>,
    /// Place up to which the sound is masked; its own sample is left out
    #[arg(long, value_name = "PLACE", value_parser = super::sound::place, requires = "sound_from")]
    sound_to: Option<SoundPlace>,
    /// What to put in the place of sound: mute, or voice for noise as loud as what was there
    #[arg(long, value_name = "METHOD")]
    sound: Option<SoundMethod>,
    /// Whom it protects, such as P1
    #[arg(long, value_name = "PERSON", num_args = 1..)]
    protects: Vec<PersonNo>,
    /// Why
    #[arg(long)]
    reason: String,
}

fn drawn(text: &str) -> std::result::Result<(Place, Shape), String> {
    keyframe(text).map_err(super::pin::spoken)
}

impl Mask {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        match self.verb {
            Verb::Owed { item } => owed(context, &case, &item),
            Verb::Render(command) => command.run(context, &case),
            Verb::Check(command) => command.run(context, &case),
            Verb::Export { item, output } => export(context, &case, &item, output),
            Verb::Show { mask } => context.output.record(&case.mask(mask)?, text::whole),
            verb => {
                let shown = verb.run(context, &case)?;
                let items = case.all()?;
                shown
                    .iter()
                    .try_for_each(|mask| context.output.record(mask, |it| text::line(it, &items)))
            }
        }
    }
}

impl Verb {
    fn run(self, context: &Context, case: &Case) -> Result<Vec<record::Mask>> {
        let one = match self {
            Self::List { item } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                return case.masks(item.as_ref());
            }
            Self::Import { item, file } => {
                return case.take_mask_list(&case.item(&item)?, &super::read(&file)?);
            }
            Self::Draw { item, drawn } => {
                // Nothing named: the whole picture of the whole item.
                let mut new = drawn.mask(context);
                new.place
                    .get_or_insert(MaskPlace::Still(Default::default()));
                case.draw_mask(&case.item(&item)?, new)
            }
            Self::Revise { mask, drawn } => case.revise_mask(mask, drawn.mask(context)),
            Self::Confirm { mask, note } => case.confirm_mask(mask, note),
            Self::Withdraw { mask, reason } => case.withdraw_mask(mask, reason),
            Self::Show { mask } => case.mask(mask),
            Self::Track(command) => command.run(context, case),
            Self::Owed { .. } | Self::Export { .. } | Self::Render(_) | Self::Check(_) => {
                return Ok(Vec::new());
            }
        };
        Ok(vec![one?])
    }
}

impl Drawn {
    fn mask(self, context: &Context) -> NewMask {
        warn(context, self.method);
        let at = self.at.place();
        let place = match (self.sound_from.zip(self.sound_to), self.keyframe) {
            (Some((from, to)), _) => Some(MaskPlace::Sound(from, to)),
            (None, drawn) if !drawn.is_empty() => Some(MaskPlace::Moving(drawn)),
            (None, _) => at.first.map(|_| MaskPlace::Still(at)),
        };
        NewMask {
            place,
            ellipse: self.ellipse,
            method: self.method,
            sound: self.sound,
            protects: Some(self.protects).filter(|it| !it.is_empty()),
            reason: self.reason,
            proposed_by: None,
        }
    }
}

/// Says that a mask may not hold.
fn warn(context: &Context, method: Option<MaskMethod>) {
    if let Some(method) = method.filter(|it| it.can_be_undone()) {
        context.output.warning(&format!(
            "{method} can be undone, in part or whole: whoever must not be known is safe under solid only"
        ));
    }
}

fn owed(context: &Context, case: &Case, item: &str) -> Result<()> {
    let owed: MaskingOwed = case.masking_owed(&case.item(item)?)?;
    context.output.record(&owed, text::owed)?;
    match owed.is_settled() {
        true => Ok(()),
        false => Err(Error::missing(format!("{} is not masked yet", owed.item)).hint(
            "draw what is missing with `framewitness mask draw … --protects`, look at it, and `mask confirm` it",
        )),
    }
}

fn export(context: &Context, case: &Case, item: &str, output: Option<PathBuf>) -> Result<()> {
    let list = case.mask_list(&case.item(item)?)?;
    let mut json = serde_json::to_string_pretty(&list)
        .map_err(|why| Error::new(Kind::Failed, why.to_string()))?;
    json.push('\n');
    match output {
        Some(path) => super::write(&path, json.as_bytes()),
        None => context.output.bytes(json.as_bytes()),
    }
}
