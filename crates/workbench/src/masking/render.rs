//! Masked copies: rendered from the sealed original, looked at for leaks, then kept.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::Arc;

use media::clip::{Clip, Compression, Masking};
use media::inspect::{Inspection, Progress, Watch};
use media::mask::leak::LeakReport;
use media::picture::Luma;
use media::protocol::LumaOf;
use media::time::{FrameNo, Pts, TimeBase};
use store::event::{Event, MaskRendered};
use store::record::{Item, Mask, Rendering};
use store::vocabulary::RenderForm;

use super::RenderingView;
use super::laid::{laid, muffled};
use crate::case::{Case, Examined};
use crate::error::{Error, Kind, Result};
use crate::examine::{TOOL, count};
use crate::sound::beside;

/// How far a rendering is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendered {
    /// So many frames are coded.
    Coded(u32),
    /// So many are compared with the original.
    Compared(u32),
}

/// Hears how far a rendering is; says whether to go on.
pub type Hear<'a> = &'a mut dyn FnMut(Rendered) -> ControlFlow<()>;

impl Case {
    /// Renders `item` from its original with every mask that stands, looks at what came of it for leaks, keeps it and
    /// records both. What leaks is kept too, and says so. Nothing is left of one that is cancelled.
    ///
    /// # Errors
    /// No mask stands, a frame cannot be decoded again as recorded, the form cannot hold the pictures, `progress`
    /// cancelled, or the store fails.
    pub fn render_masked(
        &self,
        item: &Item,
        form: RenderForm,
        progress: Hear<'_>,
    ) -> Result<RenderingView> {
        self.writable()?;
        let masks = self.standing_masks(item)?;
        if masks.is_empty() {
            return Err(Error::usage(format!("no mask lies on {}", item.number))
                .hint("draw one with `framewitness mask draw`"));
        }
        let examined = self.examined(item)?;
        let mut file = self.unnamed(item)?;
        let (sound_from, parameters) =
            self.write_masked(item, &examined, &masks, form, &mut file, progress)?;
        // Whoever decodes gets a file that cannot be written.
        let mut file = reopened(&file)?;
        let mut until = Until(&mut *progress);
        let seen = media::inspect::inspect(self.decoder()?, reopened(&file)?, &mut until)?;
        let report = self.look_for_leaks(
            item,
            &examined,
            &masks,
            (&file, &seen, sound_from),
            progress,
        )?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let video = self.blobs.put(&mut file, &mut |_| {})?;
        let list = self.mask_list(item)?;
        let json = |value: serde_json::Result<Vec<u8>>| {
            value.map_err(|why| Error::new(Kind::Failed, why.to_string()))
        };
        let rendered = MaskRendered {
            item: item.id,
            masks: masks.iter().map(|mask| mask.number).collect(),
            list: self.blobs.put_bytes(&json(serde_json::to_vec(&list))?)?.id,
            video: video.id,
            size: video.size,
            form,
            frames: count(seen.frames.frames.len()),
            tool: TOOL.to_owned(),
            versions: versions(&seen, &report),
            parameters,
            check: self
                .blobs
                .put_bytes(&json(serde_json::to_vec(&report))?)?
                .id,
            leaks: count(report.leaks.len()).saturating_add(report.more),
        };
        let entry = self.record(&Event::MaskRendered(rendered))?.seq;
        let rendering: Rendering = self.made_by(entry)?;
        Ok(RenderingView {
            rendering,
            current: true,
            report,
        })
    }

    /// The masks of `item` that stand, or stand in the case as it is now where this is a state of the past: what
    /// must not be seen now is not shown in what was known then.
    pub(crate) fn masks_to_show_under(&self, item: &Item) -> Result<Vec<Mask>> {
        let mut masks = self.standing_masks(item)?;
        if let Some(present) = &self.present {
            let mut now = present.masks()?;
            now.retain(|mask| mask.stands() && mask.drawn.item == item.id);
            masks.extend(now);
        }
        Ok(masks)
    }

    pub(crate) fn standing_masks(&self, item: &Item) -> Result<Vec<Mask>> {
        let mut masks = self.masks(Some(item))?;
        masks.retain(Mask::stands);
        Ok(masks)
    }

    fn write_masked(
        &self,
        item: &Item,
        examined: &Arc<Examined>,
        masks: &[Mask],
        form: RenderForm,
        file: &mut File,
        progress: Hear<'_>,
    ) -> Result<(u64, BTreeMap<String, String>)> {
        let span = 0..count(examined.frames.frames.len());
        let sound = beside(examined, &span);
        let sound_from = sound.as_ref().map_or(0, |(_, samples)| samples.start);
        let on = |no: FrameNo| laid(masks, no.0);
        let clip = Clip {
            decoder: self.decoder()?,
            file: &self.original(item)?,
            facts: &examined.examination.facts,
            frames: Arc::clone(&examined.frames),
            span,
            sound,
            tags: Vec::new(),
            masks: Some(Masking {
                on: &on,
                sound: muffled(masks),
            }),
        };
        let out = BufWriter::with_capacity(1 << 20, &mut *file);
        let mut told = |done| progress(Rendered::Coded(done));
        let how = Compression::default();
        let (out, patches) = match form {
            RenderForm::Lossless => {
                let (out, patches) = clip.write(out, &mut told)?;
                (out, patches.to_vec())
            }
            RenderForm::Mp4 => clip.write_compressed(out, &how, &mut told)?,
        };
        out.into_inner()
            .map_err(|error| failed(error.into_error()))?;
        for patch in patches {
            file.seek(SeekFrom::Start(patch.at)).map_err(failed)?;
            file.write_all(&patch.bytes).map_err(failed)?;
        }
        Ok((sound_from, parameters(form, &how)))
    }

    /// A file without a name, of which nothing is left when it is closed, however that comes.
    fn unnamed(&self, item: &Item) -> Result<File> {
        let io = |error| Error::io("making room for the rendering", &error);
        crate::scratch::make(&self.scratch).map_err(io)?;
        let mut options = File::options();
        options.read(true).write(true).mode(0o600);
        let mut unnamed = options.clone();
        if let Ok(file) = unnamed.custom_flags(libc::O_TMPFILE).open(&self.scratch) {
            return Ok(file);
        }
        // Where the file system makes none without a name, it loses it at once.
        let path = self.scratch.join(format!("{}.masked", item.id.hex()));
        // A run that was killed in between left it.
        let _ = std::fs::remove_file(&path);
        let made = options.create_new(true).open(&path).map_err(io)?;
        std::fs::remove_file(&path).map_err(io)?;
        Ok(made)
    }
}

/// Sees nothing of a copy that is inspected, and stops when its maker is told to.
struct Until<'a>(Hear<'a>);

impl Watch for Until<'_> {
    fn wants(&self) -> LumaOf {
        LumaOf::Thumbnails
    }

    fn frame(&mut self, _: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {}

    fn progress(&mut self, _: Progress) -> ControlFlow<()> {
        (self.0)(Rendered::Compared(0))
    }
}

/// What a copy was coded with, as its entry says.
fn parameters(form: RenderForm, how: &Compression) -> BTreeMap<String, String> {
    let parameters = match form {
        RenderForm::Lossless => vec![
            ("container", "Matroska".to_owned()),
            ("sound", "samples as they are".to_owned()),
            ("video", "FFV1 version 3".to_owned()),
        ],
        RenderForm::Mp4 => vec![
            ("container", "MP4".to_owned()),
            (
                "sound",
                format!("AAC, {} bits a second of a channel", how.channel_bits),
            ),
            (
                "video",
                format!(
                    "libx264 preset {} crf {} keyint {} bframes 0 threads {}",
                    how.preset, how.quality, how.key_every, how.threads
                ),
            ),
        ],
    };
    let named = parameters.into_iter();
    named
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The same file, for reading only.
pub(super) fn reopened(file: &File) -> Result<File> {
    File::open(format!("/proc/self/fd/{}", file.as_raw_fd())).map_err(failed)
}

#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`")]
fn failed(error: std::io::Error) -> Error {
    Error::io("writing the rendering", &error)
}

fn versions(seen: &Inspection, report: &LeakReport) -> BTreeMap<String, String> {
    let (method, version) = report
        .method
        .split_once('/')
        .unwrap_or((&report.method, ""));
    let libraries = seen
        .versions
        .iter()
        .filter(|(name, _)| name.starts_with("lib"));
    let mut versions: BTreeMap<String, String> = { libraries }
        .map(|(name, version)| (name.clone(), version.clone()))
        .collect();
    versions.insert(method.to_owned(), version.to_owned());
    versions
}
