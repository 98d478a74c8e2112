//! Runs a model that somebody brought on pictures, and tells the vectors. Started by `framewitness` as its
//! decoder is: in the same jail, with the same descriptors and first words (`media::protocol`).

mod model;
mod picture;

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::process::ExitCode;

use media::channel::{self, Channel};
use media::protocol::{Begin, Hello, ModelForm, Record, Request, Task, VERSION};
use media::sha256::{Pieces, hashes};

use model::Model;

/// The runtime's version, which it does not tell itself; `tests` compare it with the lock file.
const RTEN: &str = "0.27.0";

fn main() -> ExitCode {
    let alone = || eprintln!("framewitness-descriptor is started by framewitness, not by hand.");
    channel::serve(hello, alone, work)
}

fn work(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    // What it is asked otherwise breaks the protocol.
    let unasked = || io::Error::from(io::ErrorKind::InvalidData);
    if begin.task != Task::Describe {
        return Err(unasked());
    }
    let pictures = channel::pictures();
    let mut model: Option<Model> = None;
    while let Some(request) = channel.ask()? {
        let answer = match (request, &model) {
            (Request::Ring { .. }, _) => continue,
            (Request::Model(form), None) => {
                let (read, answer) = read(&channel::input(), begin.size, form)?;
                model = read;
                answer
            }
            (Request::Describe, Some(model)) => {
                let rgb = picture::taken(&pictures, model.form())?;
                match model.describe(&rgb) {
                    Ok(vector) => Record::Described { vector },
                    Err(reason) => Record::NotDescribed { reason },
                }
            }
            _ => return Err(unasked()),
        };
        let refused = model.is_none();
        channel.say(&answer)?;
        if refused {
            break;
        }
    }
    Ok(())
}

/// The model, or none and why not.
fn read(file: &File, size: u64, form: ModelForm) -> io::Result<(Option<Model>, Record)> {
    // As large as it was when its size was looked at, and from its start: where others stand in it is not
    // ours, for the descriptor is shared with every process that had it before.
    let mut bytes = vec![0; usize::try_from(size).map_err(|_| io::ErrorKind::OutOfMemory)?];
    file.read_exact_at(&mut bytes, 0)?;
    // The very bytes are hashed that are parsed next.
    let hash = hashes(&[Pieces(vec![&bytes])]);
    let sha256: String = hash.iter().map(ToString::to_string).collect();
    if sha256 != form.sha256 {
        return Ok((None, Record::OtherModel { sha256 }));
    }
    Ok(match Model::read(bytes, form) {
        Ok(model) => (Some(model), Record::ModelRead),
        Err(reason) => (None, Record::NotDescribed { reason }),
    })
}

fn hello(jail: BTreeMap<String, String>) -> Hello {
    let program = (env!("CARGO_BIN_NAME"), env!("CARGO_PKG_VERSION"));
    Hello {
        protocol: VERSION,
        versions: [program, ("rten", RTEN)]
            .map(|(name, version)| (name.to_owned(), version.to_owned()))
            .into(),
        jail,
    }
}
