//! The decoder process: the only program that parses media. See `media::protocol` for what it says
//! and `docs/security/jail.md` for what it can do.

mod av;
mod clock;
mod describe;
mod encode;
mod essence;
mod gather;
mod parts;
mod pass;
mod probe;
mod quantiser;
mod read;
mod ring;
mod script;
mod sound;
mod source;
mod stored;
mod words;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use media::channel::{self, Channel};
use media::protocol::{Begin, Task};

fn main() -> ExitCode {
    let alone = || eprintln!("framewitness-decoder is started by framewitness, not by hand.");
    channel::serve(describe::hello, alone, work)
}

fn work(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    av::silence();
    match begin.task {
        Task::Pass(luma) => pass::run(channel, begin, luma),
        Task::Read | Task::ReadStored => read::run(channel, begin),
        Task::List => stored::run(channel, begin),
        Task::Sound => sound::listen::run(channel, begin),
        Task::Encode => encode::run(channel, begin),
        Task::Exiftool => script::run(channel, begin.script.as_deref().unwrap_or(Path::new(""))),
        // Another program's.
        Task::Credentials | Task::Describe => Err(io::ErrorKind::InvalidData.into()),
        Task::Probe(way) => channel.say(&probe::attempt(way)),
    }
}
