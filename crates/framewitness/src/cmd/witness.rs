use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;
use workbench::view::{CheckpointView, CosignedView, WitnessView};
use workbench::witness::{Trust, is_address, roots};
use workbench::{Case, Error, Result};

use crate::context::Context;
use crate::{backend, fetch};

/// Have others vouch for the journal: time stamps, OpenTimestamps, cosignatures
#[derive(Args)]
pub struct Witness {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Show the signed heads and who witnessed them, or is waited for
    List,
    /// Write a request for a time stamp (RFC 3161, .tsq) on the newest checkpoint, for each authority
    Request {
        /// What the authorities are called, one request each
        #[arg(value_name = "NAME", default_value = "authority")]
        names: Vec<String>,
        /// Folder for the requests
        #[arg(short, long, value_name = "DIR", default_value = ".")]
        output: PathBuf,
    },
    /// Ask authorities for a time stamp over the network: the digest of the newest checkpoint is sent, and
    /// nothing else. The journal says so before it is. Without addresses, those that did not answer are asked
    /// again
    Fetch {
        /// Addresses of the authorities, such as `http://timestamp.example/tsr`
        #[arg(value_name = "URL")]
        addresses: Vec<String>,
        #[command(flatten)]
        trust: Roots,
    },
    /// Check what a witness sent, and keep it: a time stamp (.tsr), an OpenTimestamps proof (.ots), or a
    /// cosigned checkpoint
    Add {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        trust: Roots,
        /// Key of the cosigner, as `witness cosign` told it; may be given several times
        #[arg(long, value_name = "KEY")]
        key: Vec<String>,
        /// Header of the block of Bitcoin that an OpenTimestamps proof is in, 160 hexadecimal digits, from a
        /// source that you trust; may be given several times
        #[arg(long, value_name = "HEX")]
        header: Vec<String>,
    },
    /// Cosign the checkpoint of another journal, if it continues the one that was cosigned before
    Cosign {
        /// The checkpoint, with a proof where it was cosigned before (`framewitness checkpoint --since`)
        checkpoint: PathBuf,
        /// Key of that journal, as `framewitness checkpoint --key` tells it; remembered
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
        /// What this side is called, such as other-desk.example
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// File for the cosigned checkpoint, to be sent back; else standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Which time-stamping authorities are trusted.
#[derive(Args)]
pub struct Roots {
    /// Root certificates of authorities that you trust, PEM: a file, or a folder of them; else the folder
    /// `authorities` beside your keys
    #[arg(long, value_name = "DIR")]
    roots: Option<PathBuf>,
}

impl Roots {
    /// The certificates; none where no folder was named and there is none beside the keys.
    fn read(&self) -> Result<Vec<Vec<u8>>> {
        let own = backend::home().join("authorities");
        match &self.roots {
            Some(path) => roots(path),
            None if own.is_dir() => roots(&own),
            None => Ok(Vec::new()),
        }
    }
}

/// A request that was written.
#[derive(Serialize)]
struct Written {
    checkpoint: String,
    witness: String,
    file: String,
}

impl Witness {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        match self.what {
            What::List => list(context, &case),
            What::Request { names, output } => names
                .iter()
                .try_for_each(|name| request(context, &case, name, &output)),
            What::Fetch { addresses, trust } => fetched(context, &case, addresses, &trust),
            What::Add {
                files,
                trust,
                key,
                header,
            } => {
                let trust = Trust {
                    roots: trust.read()?,
                    keys: key,
                    headers: header
                        .iter()
                        .map(|text| block(text))
                        .collect::<Result<_>>()?,
                };
                super::every(&context.output, files, |file| {
                    let bytes = std::fs::read(&file).map_err(|error| {
                        Error::io(format!("reading {}", file.display()), &error)
                    })?;
                    kept(context, &case.take_testimony(&bytes, &trust, None)?)
                })
            }
            What::Cosign {
                checkpoint,
                key,
                name,
                output,
            } => {
                let text = super::read(&checkpoint)?;
                let cosigned = case.cosign(&text, name.as_deref(), key.as_deref())?;
                match output {
                    Some(path) => {
                        super::write(&path, cosigned.checkpoint.as_bytes())?;
                        context.output.record(&cosigned, cosigned_line)
                    }
                    None => context
                        .output
                        .record(&cosigned, |it| it.checkpoint.trim_end().to_owned()),
                }
            }
        }
    }
}

fn list(context: &Context, case: &Case) -> Result<()> {
    let checkpoints = case.checkpoints()?;
    if checkpoints.is_empty() {
        return context
            .output
            .remark("Nobody witnessed anything of this case yet: not anchored");
    }
    let mut lines = checkpoints.iter();
    lines.try_for_each(|checkpoint| context.output.record(checkpoint, checkpoint_lines))
}

fn checkpoint_lines(checkpoint: &CheckpointView) -> String {
    let mut text = format!(
        "{}  {} entries, signed by {} {}",
        checkpoint.number, checkpoint.size, checkpoint.actor, checkpoint.at
    );
    for witnessed in &checkpoint.witnessed {
        text += &format!("\n    {}", witnessed.sentence);
    }
    for witness in &checkpoint.waiting {
        text += &format!("\n    not yet anchored by {witness}: no answer yet");
    }
    if checkpoint.witnessed.is_empty() && checkpoint.waiting.is_empty() {
        text += "\n    not yet anchored: nobody was asked";
    }
    text
}

fn request(context: &Context, case: &Case, name: &str, folder: &Path) -> Result<()> {
    let asked = case.ask_witness(name)?;
    let plain = |c: char| {
        if c.is_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '-'
        }
    };
    let file: String = name.chars().map(plain).collect();
    let path = folder.join(format!("{}-{file}.tsq", asked.checkpoint.number));
    super::write(&path, &asked.bytes)?;
    let written = Written {
        checkpoint: asked.checkpoint.number.to_string(),
        witness: asked.witness,
        file: path.display().to_string(),
    };
    context.output.record(&written, |it| {
        format!("{}  {} asks {}", it.checkpoint, it.file, it.witness)
    })
}

fn fetched(context: &Context, case: &Case, addresses: Vec<String>, trust: &Roots) -> Result<()> {
    let trust = Trust {
        roots: trust.read()?,
        ..Trust::default()
    };
    if trust.roots.is_empty() {
        return Err(
            Error::usage("no answer could be checked: no root certificate is known")
                .hint("name a folder with those of the authorities: --roots DIR"),
        );
    }
    let addresses = match addresses.is_empty() {
        true => case.unanswered()?,
        false => addresses,
    };
    if let Some(other) = addresses.iter().find(|it| !is_address(it)) {
        return Err(Error::usage(format!("{other:?} is no address"))
            .hint("it begins with http:// or https://"));
    }
    if addresses.is_empty() {
        return context.output.remark("Nobody is waited for");
    }
    super::every(&context.output, addresses, |address| {
        let request = case.ask_witness(&address)?;
        let answer = fetch::time_stamp(&address, &request.bytes)?;
        kept(
            context,
            &case.take_testimony(&answer, &trust, Some(&address))?,
        )
    })
}

fn kept(context: &Context, witnessed: &WitnessView) -> Result<()> {
    context.output.record(witnessed, |it| {
        format!("Entry {}: {}", it.entry, it.sentence)
    })
}

fn cosigned_line(cosigned: &CosignedView) -> String {
    let before = match cosigned.continues {
        Some(before) => format!("continues the {before} that were cosigned before"),
        None => "the first that was seen".to_owned(),
    };
    format!(
        "{} entries of {}: {before}\nkey of this side: {}",
        cosigned.size, cosigned.journal, cosigned.key
    )
}

/// Reads the header of a block.
pub(super) fn block(text: &str) -> Result<[u8; 80]> {
    let mut header = [0; 80];
    hex::decode_to_slice(text.trim(), &mut header).map_err(|_| {
        Error::usage("a header of a block is 80 bytes, 160 hexadecimal digits")
            .hint("`bitcoin-cli getblockheader HASH false` prints it")
    })?;
    Ok(header)
}
