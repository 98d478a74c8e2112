//! Reads the content credentials (C2PA) of one file and tells what they say. Started by `framewitness`
//! as its decoder is: in the same jail, with the same descriptors and first words (`media::protocol`).

mod manifests;
mod read;

use std::collections::BTreeMap;
use std::process::ExitCode;

use media::channel::{self, Channel};
use media::jail;
use media::protocol::{Begin, EXIT_JAIL, EXIT_PROTOCOL, Hello, Record, Task, VERSION};

fn main() -> ExitCode {
    let Ok((channel, begin)) = Channel::open(hello) else {
        eprintln!("framewitness-credentials is started by framewitness, not by hand.");
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
        Ok(layers) => channel.say(&Record::Hello(hello(layers)))?,
        Err(missing) => {
            channel.say(&missing.into())?;
            return Ok(exit(EXIT_JAIL));
        }
    }
    if begin.task != Task::Credentials {
        return Ok(exit(EXIT_PROTOCOL));
    }
    let credentials = read::credentials(channel::input());
    channel.say(&Record::Credentials(credentials))?;
    Ok(ExitCode::SUCCESS)
}

fn hello(jail: BTreeMap<String, String>) -> Hello {
    let program = (env!("CARGO_BIN_NAME"), env!("CARGO_PKG_VERSION"));
    Hello {
        protocol: VERSION,
        versions: [program, ("c2pa", c2pa::VERSION)]
            .map(|(name, version)| (name.to_owned(), version.to_owned()))
            .into(),
        jail,
    }
}

fn exit(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))
}
