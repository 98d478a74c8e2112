//! What the file of a copy says, and what else it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, SeekFrom};

use super::{Check, LeakKind, LeakReport};
use crate::decoder::Error;
use crate::facts::StreamKind;

/// What a copy may state, by key in lower case: how to read it, and nothing of where it comes from.
const STATED: &[&str] = &[
    "time_base",
    "pts_at_zero",
    "first_frame",
    "frame_count",
    "encoder",
    "duration",
    "major_brand",
    "minor_version",
    "compatible_brands",
    "language",
    "handler_name",
    "vendor_id",
];

/// Keys of what a file states of its form alone.
const FORM: &[&str] = &[
    "major_brand",
    "minor_version",
    "compatible_brands",
    "language",
    "vendor_id",
    "duration",
];

/// Least length of a value of the original that is looked for in the copy's bytes: shorter ones are anywhere.
const LEAST: usize = 6;

/// Values that say nothing of where a file comes from; nor do parts of them, as phones cut them short.
const PLAIN: &[&str] = &["VideoHandler", "SoundHandler", "[0][0][0][0]"];

/// Bytes of a file that are searched at once.
const PIECE: usize = 1 << 20;

impl Check<'_> {
    pub(super) fn words(&self, report: &mut LeakReport) -> Result<(), Error> {
        let facts = self.copy.facts;
        stated(report, "the file", &facts.tags);
        let (mut pictures, mut sounds) = (0, 0);
        for stream in &facts.streams {
            stated(report, &format!("stream {}", stream.index), &stream.tags);
            let another = match stream.kind {
                StreamKind::Video => {
                    pictures += 1;
                    pictures > 1
                }
                StreamKind::Audio => {
                    sounds += 1;
                    sounds > 1
                }
                _ => true,
            };
            if another {
                let says = format!("stream {} is one too many", stream.index);
                report.tell(LeakKind::Hidden, None, says);
            }
        }
        for note in &facts.coder_notes {
            let says = format!(
                "a coder left words in the pictures: {:?}",
                short(&note.text)
            );
            report.tell(LeakKind::Metadata, None, says);
        }
        let shown = self.copy.frames.frames.len();
        if self.stored_samples as usize != shown {
            let says = format!(
                "it holds {} pictures and shows {shown}",
                self.stored_samples
            );
            report.tell(LeakKind::Hidden, None, says);
        }
        self.in_bytes(report)
    }

    /// Looks for what the original states in every byte of the copy.
    fn in_bytes(&self, report: &mut LeakReport) -> Result<(), Error> {
        let facts = self.original.facts;
        let tags = facts.streams.iter().map(|stream| &stream.tags);
        let values = { tags.chain([&facts.tags]).flatten() }
            .filter(|(key, _)| !FORM.contains(&key.to_ascii_lowercase().as_str()))
            .map(|(_, value)| value);
        let notes = facts.coder_notes.iter().map(|note| &note.text);
        let read = self.telling()?;
        let mut words: BTreeSet<&str> = { values.chain(&self.words).chain(notes).chain(&read) }
            .map(|it| it.trim())
            .filter(|it| it.len() >= LEAST && !PLAIN.iter().any(|plain| plain.contains(*it)))
            .collect();
        let overlap = words.iter().map(|it| it.len()).max().unwrap_or_default();
        let mut file = self
            .copy
            .file
            .try_clone()
            .map_err(Error::io("open the copy"))?;
        file.seek(SeekFrom::Start(0))
            .map_err(Error::io("read the copy"))?;
        let mut window: Vec<u8> = Vec::new();
        loop {
            let kept = window.len().min(overlap);
            window.drain(..window.len() - kept);
            let piece = (&mut file).take(PIECE as u64).read_to_end(&mut window);
            if piece.map_err(Error::io("read the copy"))? == 0 {
                return Ok(());
            }
            let found: Vec<&str> = { words.iter().copied() }
                .filter(|it| window.windows(it.len()).any(|at| at == it.as_bytes()))
                .collect();
            for word in found {
                words.remove(word);
                let says = format!("its bytes hold words of the original: {:?}", short(word));
                report.tell(LeakKind::Metadata, None, says);
            }
        }
    }
}

fn stated(report: &mut LeakReport, whose: &str, tags: &BTreeMap<String, String>) {
    for (key, value) in tags {
        let own = key.eq_ignore_ascii_case("encoder") && !value.starts_with("Framewitness");
        if own || !STATED.contains(&key.to_ascii_lowercase().as_str()) {
            let says = format!("{whose} states {key}: {:?}", short(value));
            report.tell(LeakKind::Metadata, None, says);
        }
    }
}

pub(super) fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
