use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};

use clap::Args;
use media::decoder::CREDENTIALS_PROGRAM;
use media::facts::Credentials;
use media::finding::{Finding, FindingKind};
use workbench::view::{Inspected, TrackView};
use workbench::{Case, Error, Item, Kind, Result};

use crate::context::Context;
use crate::output::Bars;

/// Examine items: facts, every frame with its hash, findings, fingerprints
#[derive(Args)]
pub struct Inspect {
    /// Items by number, start of id, or file name
    #[arg(value_name = "ITEM", required_unless_present = "all")]
    items: Vec<String>,
    /// Every item of the case
    #[arg(long, conflicts_with = "items")]
    all: bool,
    /// Examine again what was examined already
    #[arg(long)]
    again: bool,
    /// How many items to examine at a time; else one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: Option<u16>,
}

/// Findings of one kind that the terminal shows.
const TOLD: usize = 8;
/// Characters of a finding that the terminal shows.
const LONGEST: usize = 200;

type Outcome = (usize, Result<Inspected>);

impl Inspect {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let items = super::items(&case, &self.items, self.all)?;
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = self.jobs.map_or_else(cores, usize::from).min(items.len());
        let (next, bars) = (AtomicUsize::new(0), context.output.bars());
        let (done, outcomes) = channel();
        let work = |done: Sender<Outcome>| self.work(&case, &items, &next, &bars, &done);
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                let (work, done) = (&work, done.clone());
                scope.spawn(move || work(done));
            }
            drop(done);
            let mut unread = false;
            let told = super::every(
                &context.output,
                InOrder::new(outcomes.into_iter()),
                |outcome| {
                    let inspected = outcome?;
                    unread |= inspected.credentials == Some(Credentials::NotInstalled);
                    self.show(context, &inspected)
                },
            );
            if unread {
                context.output.remark(&not_installed())?;
            }
            told
        })
    }

    /// Takes one item after the other until none is left.
    fn work(
        &self,
        case: &Case,
        items: &[Item],
        next: &AtomicUsize,
        bars: &Bars,
        done: &Sender<Outcome>,
    ) {
        while let Some((at, item)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
        {
            let bar = bars.bar(&item.name, item.size);
            let inspected = case.inspect(item, self.again, &mut bar.watch());
            drop(bar);
            // Nobody listens any more when the output broke.
            let _ = done.send((at, inspected));
        }
    }

    fn show(&self, context: &Context, inspected: &Inspected) -> Result<()> {
        context.output.record(inspected, text)?;
        if inspected.format.is_empty() && !self.all {
            return Err(Error::new(
                Kind::Unsupported,
                format!("nothing in {} could be recognised as media", inspected.item),
            )
            .hint("the bytes are kept; the finding says what was tried"));
        }
        Ok(())
    }
}

/// Outcomes in the order of the items, whichever was ready first.
struct InOrder<I> {
    outcomes: I,
    waiting: Vec<Outcome>,
    next: usize,
}

impl<I: Iterator<Item = Outcome>> InOrder<I> {
    fn new(outcomes: I) -> Self {
        Self {
            outcomes,
            waiting: Vec::new(),
            next: 0,
        }
    }
}

impl<I: Iterator<Item = Outcome>> Iterator for InOrder<I> {
    type Item = Result<Inspected>;

    fn next(&mut self) -> Option<Result<Inspected>> {
        loop {
            if let Some(at) = self.waiting.iter().position(|(at, _)| *at == self.next) {
                self.next += 1;
                return Some(self.waiting.swap_remove(at).1);
            }
            self.waiting.push(self.outcomes.next()?);
        }
    }
}

fn text(inspected: &Inspected) -> String {
    let mut lines = vec![format!(
        "{}  {}  {} frames, {:.3} s, {}{}",
        inspected.item,
        inspected.name,
        inspected.frames,
        inspected.duration_s,
        inspected.codec.as_deref().unwrap_or("no video"),
        if inspected.fresh {
            ""
        } else {
            "  (examined before)"
        },
    )];
    if let Some(no) = inspected.resumed_at {
        lines.push(format!(
            "      resumed at frame {no}, where an inspection was cut off"
        ));
    }
    if let Some(why) = &inspected.not_resumed {
        lines.push(format!(
            "      begun from the start: what an inspection that was cut off left cannot be resumed: {why}"
        ));
    }
    lines.extend(
        inspected
            .sound
            .as_ref()
            .map(|sound| format!("      {}", super::sound::summary(sound))),
    );
    lines.extend(inspected.tracks.iter().filter_map(beside));
    lines.extend(inspected.credentials.as_ref().and_then(credentials));
    lines.extend(findings(&inspected.findings));
    let seen = inspected.seen_again.iter().map(super::watch::seen_again);
    lines.extend(seen.map(|line| format!("      {line}")));
    lines.join("\n")
}

/// What no finding tells of content credentials.
fn credentials(came: &Credentials) -> Option<String> {
    match came {
        Credentials::Absent => Some("      no content credentials in the file".to_owned()),
        Credentials::NotLookedFor { reason } => {
            Some(format!("      content credentials were not read: {reason}"))
        }
        _ => None,
    }
}

/// Once for all items, which have it in common.
fn not_installed() -> String {
    format!(
        "Content credentials (C2PA) were not read: {CREDENTIALS_PROGRAM} did not lie beside the \
         decoder. `make c2pa` builds it; then `framewitness inspect --again`."
    )
}

/// A track that was indexed beside the examined one, and how to look at it.
fn beside(track: &TrackView) -> Option<String> {
    let frames = track.frames.filter(|_| !track.examined)?;
    Some(format!(
        "      track {}: {}, {}{frames} frames; `frames --track {}` lists them",
        track.track,
        track.codec,
        if track.attached_picture {
            "attached picture, "
        } else {
            ""
        },
        track.track
    ))
}

/// A line for each finding, shortened; of the many of one kind the first few.
fn findings(findings: &[Finding]) -> impl Iterator<Item = String> {
    let mut told: HashMap<FindingKind, usize> = HashMap::new();
    let mut lines = Vec::new();
    for finding in findings {
        let count = told.entry(finding.kind).or_default();
        *count += 1;
        if *count <= TOLD {
            lines.push(format!("      {}", shortened(&finding.summary)));
        }
    }
    let more: usize = told.values().map(|count| count.saturating_sub(TOLD)).sum();
    if more > 0 {
        lines.push(format!(
            "      and {more} more of these kinds; --json and the page have all"
        ));
    }
    lines.into_iter()
}

fn shortened(summary: &str) -> String {
    let start: String = summary.chars().take(LONGEST).collect();
    if start.len() < summary.len() {
        format!("{start}…")
    } else {
        start
    }
}
