//! Reads the content credentials (C2PA) of one file and tells what they say. Started by `framewitness`
//! as its decoder is: in the same jail, with the same descriptors and first words (`media::protocol`).

mod manifests;
mod read;

use std::collections::BTreeMap;
use std::io;
use std::process::ExitCode;

use media::channel::{self, Channel};
use media::protocol::{Begin, Hello, Record, Task, VERSION};

fn main() -> ExitCode {
    let alone = || eprintln!("framewitness-credentials is started by framewitness, not by hand.");
    channel::serve(hello, alone, work)
}

fn work(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    if begin.task != Task::Credentials {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let credentials = read::credentials(channel::input());
    channel.say(&Record::Credentials(credentials))
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
