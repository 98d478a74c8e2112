//! Data on standard output, talk on standard error.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use workbench::{Error, Kind, Progress, Result};

use crate::interrupt;
use crate::pace::Pace;

/// Time between two looks at an examination.
const REDRAWN: Duration = Duration::from_millis(100);

/// Where a command's words go.
pub struct Output {
    json: bool,
    quiet: bool,
}

impl Output {
    pub fn new(json: bool, quiet: bool) -> Self {
        Self { json, quiet }
    }

    /// One record: as a JSON line, or as the text that `text` makes of it.
    pub fn record<T: Serialize>(&self, record: &T, text: impl FnOnce(&T) -> String) -> Result<()> {
        if !self.json {
            return self.text(&text(record));
        }
        let line = serde_json::to_string(record)
            .map_err(|error| Error::new(Kind::Failed, error.to_string()))?;
        self.bytes(format!("{line}\n").as_bytes())
    }

    /// Lines for a person; nothing when JSON was asked for.
    pub fn remark(&self, text: &str) -> Result<()> {
        if self.json { Ok(()) } else { self.text(text) }
    }

    /// Bytes as they are.
    pub fn bytes(&self, bytes: &[u8]) -> Result<()> {
        let mut out = std::io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            // The reader (`head`, a pager) has seen enough: nothing went wrong.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
            written => written.map_err(|error| Error::io("writing the output", &error)),
        }
    }

    /// An error and what to do about it.
    pub fn trouble(&self, error: &Error) {
        let mut talk = std::io::stderr().lock();
        // With standard error gone there is nobody left to tell.
        let _ = writeln!(talk, "framewitness: {}", printable(&error.message));
        if let Some(hint) = &error.hint {
            let _ = writeln!(talk, "  hint: {}", printable(hint));
        }
    }

    /// Something to be wary of.
    pub fn warning(&self, text: &str) {
        // With standard error gone there is nobody left to tell.
        let _ = writeln!(std::io::stderr().lock(), "framewitness: warning: {text}");
    }

    /// A bar that counts bytes up to `total`; invisible unless standard error is a terminal.
    pub fn bar(&self, name: &str, total: u64) -> Bar {
        self.bars().bar(name, total)
    }

    /// A bar that counts the frames of a span.
    pub fn frames_bar(&self, name: &str, span: &std::ops::Range<u32>) -> Bar {
        let total = u64::from(span.end - span.start);
        self.bars()
            .counting(name, total, "{pos}/{len} frames {eta}")
    }

    /// Room for several bars at a time.
    pub fn bars(&self) -> Bars {
        let shown = !self.quiet && std::io::stderr().is_terminal();
        let target = if shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        Bars(MultiProgress::with_draw_target(target))
    }

    fn text(&self, text: &str) -> Result<()> {
        self.bytes(format!("{}\n", printable(text)).as_bytes())
    }
}

/// Progress bars below each other.
pub struct Bars(MultiProgress);

impl Bars {
    /// One more bar, which counts bytes up to `total`.
    pub fn bar(&self, name: &str, total: u64) -> Bar {
        self.counting(name, total, "{bytes}/{total_bytes} {eta}")
    }

    fn counting(&self, name: &str, total: u64, count: &str) -> Bar {
        let bar = self.0.add(ProgressBar::new(total));
        let template = format!("{{msg:24!}} [{{bar:30}}] {count}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(printable(name).into_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar(bar)
    }
}

/// A progress bar that vanishes when dropped.
pub struct Bar(ProgressBar);

impl Bar {
    pub fn at(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    /// Shows an examination: how far it is, how fast, and how long it takes yet.
    pub fn watch(&self) -> impl FnMut(Progress) -> ControlFlow<()> + '_ {
        if let Ok(style) = ProgressStyle::with_template("{prefix:24!} [{bar:30}] {msg}") {
            self.0.set_style(style.progress_chars("=> "));
        }
        self.0.set_prefix(self.0.message());
        self.0.set_message("");
        self.0.set_length(10_000);
        let (mut pace, mut told) = (Pace::default(), None::<Instant>);
        move |progress| {
            let now = Instant::now();
            if told.is_none_or(|then| now - then >= REDRAWN) {
                told = Some(now);
                self.0.set_position(progress.share.into());
                self.0.set_message(pace.line(&progress, now));
            }
            ControlFlow::Continue(())
        }
    }

    /// Shows bytes done and bytes in all, until somebody interrupts.
    pub fn follow(&self) -> impl FnMut(u64, u64) -> ControlFlow<()> + '_ {
        |bytes, size| {
            self.0.set_length(size);
            self.0.set_position(bytes);
            interrupt::going()
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// `text` with control and direction-changing characters made visible: names and quotes come from
/// strangers, and a terminal obeys escape sequences.
pub fn printable(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| (c.is_control() && c != '\n' && c != '\t') || is_invisible(c);
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let show = |c: char| {
        if harmful(c) {
            c.escape_unicode().to_string()
        } else {
            c.to_string()
        }
    };
    Cow::Owned(text.chars().map(show).collect())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn makes_escape_sequences_and_direction_marks_visible() {
        assert_eq!(printable("plain ünïcode\n"), "plain ünïcode\n");
        assert_eq!(printable("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
        assert_eq!(printable("gpj.\u{202e}exe"), "gpj.\\u{202e}exe");
    }
}
