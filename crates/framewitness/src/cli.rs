//! The command line: what can be typed, and how an outcome becomes an exit code.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use workbench::{Error, Kind, Result};

use crate::cmd;
use crate::context::Context;
use crate::interrupt;

/// Preserve, examine, match, record and report on video evidence.
///
/// Exit codes: 0 done; 1 failed; 2 the command makes no sense; 3 kept bytes or entries are not what
/// they were; 4 something is missing or incomplete; 5 the bytes or the machine are unsupported.
#[derive(Parser)]
#[command(
    name = "framewitness",
    version,
    propagate_version = true,
    max_term_width = 100
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Clone)]
pub struct Global {
    /// The case's folder; else the nearest one upward from here
    #[arg(long, global = true, value_name = "DIR", env = "FRAMEWITNESS_CASE")]
    pub case: Option<PathBuf>,
    /// The case as it stood after an entry (12), at a time or on a day (2026-05-03), or at a checkpoint
    /// (a file); nothing can be recorded then
    #[arg(long, global = true, value_name = "STATE")]
    pub as_of: Option<String>,
    /// Print JSON Lines instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Who signs what is recorded; else your user name
    #[arg(long, global = true, value_name = "NAME", env = "FRAMEWITNESS_ACTOR")]
    pub actor: Option<String>,
    /// A key of your own for this command, such as a UUID. The same command with the same key records nothing
    /// again: run it again where you do not know whether it was done
    #[arg(long, global = true, value_name = "KEY")]
    pub once: Option<String>,
    /// No progress bars
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Decode without Landlock and seccomp, where the kernel has neither: a hostile file can then do
    /// whatever you can. Inspections record it
    #[arg(long, global = true)]
    pub unsafe_no_jail: bool,
}

#[derive(Subcommand)]
pub enum Command {
    Init(cmd::init::Init),
    Add(cmd::add::Add),
    List(cmd::list::List),
    Inspect(cmd::inspect::Inspect),
    Frames(cmd::frames::Frames),
    Frame(cmd::frame::Frame),
    Span(cmd::span::Span),
    Filmstrip(cmd::filmstrip::Filmstrip),
    Sound(cmd::sound::Sound),
    Waveform(cmd::waveform::Waveform),
    Match(cmd::matching::Match),
    Review(cmd::review::Review),
    Reuse(cmd::reuse::Reuse),
    Watch(cmd::watch::Watch),
    Search(cmd::search::Search),
    View(cmd::view::View),
    Compare(cmd::compare::Compare),
    Same(cmd::same::Same),
    Hash(cmd::hash::Hash),
    Hashes(cmd::hashes::Hashes),
    Source(cmd::source::Source),
    Series(cmd::series::Series),
    Claim(cmd::claim::Claim),
    Observe(cmd::observe::Observe),
    Date(cmd::date::Date),
    Place(cmd::place::Place),
    Person(cmd::person::Person),
    Mask(cmd::mask::Mask),
    Content(cmd::content::Content),
    Tag(cmd::tag::Tag),
    Note(cmd::note::Note),
    Hypothesis(cmd::hypothesis::Hypothesis),
    Assess(cmd::assess::Assess),
    MediaReview(cmd::media_review::MediaReview),
    Resemblance(cmd::resemblance::Resemblance),
    Show(cmd::show::Show),
    Undo(cmd::undo::Undo),
    Remove(cmd::remove::Remove),
    Report(cmd::report::Report),
    Publish(cmd::publish::Publish),
    Received(cmd::received::Received),
    Key(cmd::key::Key),
    Log(cmd::log::Log),
    Checkpoint(cmd::checkpoint::Checkpoint),
    Prove(cmd::prove::Prove),
    Witness(cmd::witness::Witness),
    Verify(cmd::verify::Verify),
    Export(cmd::export::Export),
    Import(cmd::import::Import),
    Rebuild(cmd::rebuild::Rebuild),
    Serve(cmd::serve::Serve),
    Completions(cmd::manual::Completions),
    Man(cmd::manual::Man),
}

/// Parses the command line, runs the command, tells what went wrong.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let context = Context::new(cli.global);
    match dispatch(cli.command, &context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let error = interrupt::told(error);
            context.output.trouble(&error);
            ExitCode::from(code(&error))
        }
    }
}

fn dispatch(command: Command, context: &Context) -> Result<()> {
    match command {
        Command::Init(command) => command.run(context),
        Command::Add(command) => command.run(context),
        Command::List(command) => command.run(context),
        Command::Inspect(command) => command.run(context),
        Command::Frames(command) => command.run(context),
        Command::Frame(command) => command.run(context),
        Command::Span(command) => command.run(context),
        Command::Filmstrip(command) => command.run(context),
        Command::Sound(command) => command.run(context),
        Command::Waveform(command) => command.run(context),
        Command::Match(command) => command.run(context),
        Command::Review(command) => command.run(context),
        Command::Reuse(command) => command.run(context),
        Command::Watch(command) => command.run(context),
        Command::Search(command) => command.run(context),
        Command::View(command) => command.run(context),
        Command::Compare(command) => command.run(context),
        Command::Same(command) => command.run(context),
        Command::Hash(command) => command.run(context),
        Command::Hashes(command) => command.run(context),
        Command::Source(command) => command.run(context),
        Command::Series(command) => command.run(context),
        Command::Claim(command) => command.run(context),
        Command::Observe(command) => command.run(context),
        Command::Date(command) => command.run(context),
        Command::Place(command) => command.run(context),
        Command::Person(command) => command.run(context),
        Command::Mask(command) => command.run(context),
        Command::Content(command) => command.run(context),
        Command::Tag(command) => command.run(context),
        Command::Note(command) => command.run(context),
        Command::Hypothesis(command) => command.run(context),
        Command::Assess(command) => command.run(context),
        Command::MediaReview(command) => command.run(context),
        Command::Resemblance(command) => command.run(context),
        Command::Show(command) => command.run(context),
        Command::Undo(command) => command.run(context),
        Command::Remove(command) => command.run(context),
        Command::Report(command) => command.run(context),
        Command::Publish(command) => command.run(context),
        Command::Received(command) => command.run(context),
        Command::Key(command) => command.run(context),
        Command::Log(command) => command.run(context),
        Command::Checkpoint(command) => command.run(context),
        Command::Prove(command) => command.run(context),
        Command::Witness(command) => command.run(context),
        Command::Verify(command) => command.run(context),
        Command::Export(command) => command.run(context),
        Command::Import(command) => command.run(context),
        Command::Rebuild(command) => command.run(context),
        Command::Serve(command) => command.run(context),
        Command::Completions(command) => command.run(context),
        Command::Man(command) => command.run(context),
    }
}

/// Exit code of an error.
fn code(error: &Error) -> u8 {
    match error.kind {
        Kind::Failed | Kind::Conflict | Kind::Refused => 1,
        Kind::Usage => 2,
        Kind::Integrity => 3,
        Kind::Missing => 4,
        Kind::Unsupported => 5,
    }
}
