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
mod read;
mod ring;
mod script;
mod sound;
mod source;
mod stored;
mod words;

use std::path::Path;
use std::process::ExitCode;

use media::jail;
use media::protocol::{Begin, EXIT_JAIL, EXIT_PROTOCOL, Record, Task};

use media::channel::Channel;

fn main() -> ExitCode {
    let Ok((channel, begin)) = Channel::open(describe::hello) else {
        eprintln!("framewitness-decoder is started by framewitness, not by hand.");
        return exit(EXIT_PROTOCOL);
    };
    match run(channel, &begin) {
        Ok(code) => code,
        // Nobody is left to tell.
        Err(_) => exit(EXIT_PROTOCOL),
    }
}

fn run(mut channel: Channel, begin: &Begin) -> std::io::Result<ExitCode> {
    match jail::enter(begin) {
        Ok(layers) => channel.say(&Record::Hello(describe::hello(layers)))?,
        Err(missing) => {
            channel.say(&missing.into())?;
            return Ok(exit(EXIT_JAIL));
        }
    }
    av::silence();
    match begin.task {
        Task::Pass(luma) => pass::run(channel, begin, luma)?,
        Task::Read | Task::ReadStored => read::run(channel, begin)?,
        Task::List => stored::run(channel, begin)?,
        Task::Sound => sound::listen::run(channel, begin)?,
        Task::Encode => encode::run(channel, begin)?,
        Task::Exiftool => script::run(channel, begin.script.as_deref().unwrap_or(Path::new("")))?,
        // Another program's.
        Task::Credentials => return Ok(exit(EXIT_PROTOCOL)),
        Task::Probe(way) => channel.say(&probe::attempt(way))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn exit(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))
}
