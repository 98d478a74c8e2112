//! Findings about the sound. Each names its samples, its time, and the frame shown then.

mod place;
mod samples;
mod streams;

use std::collections::BTreeMap;

use super::hearing::{Heard, Hearing};
use crate::facts::Facts;
use crate::finding::{Finding, FindingKind, Method};
use crate::index::FrameIndex;

use place::Clock;

/// Version of every method here; changes whenever a result may.
const VERSION: u32 = 1;

const METHODS: [&str; 8] = [
    samples::SILENCE.name,
    samples::ZEROS.name,
    samples::CLIPPING.name,
    samples::CLICK.name,
    streams::TIMESTAMPS.name,
    streams::OFFSET.name,
    streams::TRACKS.name,
    streams::DECODING.name,
];

/// Most findings of one kind; where there are more, one tells of all.
const MOST: usize = 20;

/// A method, but for its version.
struct Way {
    name: &'static str,
    parameters: &'static [(&'static str, f64)],
    limits: &'static str,
}

/// Names and versions of the methods.
pub(super) fn methods() -> impl Iterator<Item = (String, u32)> {
    METHODS.into_iter().map(|name| (name.to_owned(), VERSION))
}

/// All findings about the sound.
pub(super) fn findings(
    facts: &Facts,
    hearing: &Hearing,
    heard: Option<&Heard>,
    frames: &FrameIndex,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(streams::tracks(facts));
    findings.extend(streams::damage(facts, hearing, heard));
    if let Some(heard) = heard {
        let clock = Clock::new(&heard.waveform, frames);
        findings.extend(streams::offset(&heard.waveform, &clock));
        findings.extend(streams::jumps(heard, &clock));
        findings.extend(samples::findings(&heard.found, &clock));
    }
    findings
}

impl Way {
    fn finding(&self, kind: FindingKind, summary: String, values: &[(&str, f64)]) -> Finding {
        let named = |pairs: &[(&str, f64)]| -> BTreeMap<String, f64> {
            pairs
                .iter()
                .map(|&(name, value)| (name.to_owned(), value))
                .collect()
        };
        Finding {
            kind,
            summary,
            span: None,
            method: Method {
                name: self.name.to_owned(),
                version: VERSION,
                parameters: named(self.parameters),
                limits: self.limits.to_owned(),
            },
            values: named(values),
            reproduce: None,
        }
    }
}
