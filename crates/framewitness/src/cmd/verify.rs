use std::path::PathBuf;

use clap::Args;
use workbench::publication::{CheckedBundle, check_bundle};
use workbench::view::{ProvenEntry, Verified};
use workbench::witness::{Trust, check_continuation, check_inclusion, roots};
use workbench::{Error, Kind, Result};

use crate::context::{Context, state};

/// Check every kept byte, entry and testimony again, or a bundle; exits 3 naming what broke
#[derive(Args)]
pub struct Verify {
    /// Folder of a bundle (`framewitness publish seal`) to check instead; needs no case
    #[arg(value_name = "BUNDLE", conflicts_with_all = ["against", "since", "quick", "proof"])]
    bundle: Option<PathBuf>,
    /// Who must have signed the bundle: a key (ssh-ed25519 …) or its fingerprint (SHA256:…). May be given several times
    #[arg(long, value_name = "KEY", requires = "bundle")]
    signer: Vec<String>,
    /// A checkpoint kept elsewhere (`framewitness checkpoint`) that the journal must contain; with --proof,
    /// the one that must be continued
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Read only blobs named after this state, which was verified before: an entry, a time or a file with a
    /// checkpoint; the journal is checked in full
    #[arg(long, value_name = "STATE", conflicts_with = "proof")]
    since: Option<String>,
    /// Check the journal's chain, tree, signed heads and testimonies alone: seconds for a million entries. The
    /// signatures of entries under a signed head, records and blobs are left out, and the answer says so
    #[arg(long, conflicts_with_all = ["since", "proof"])]
    quick: bool,
    /// Root certificates of time-stamping authorities that you trust, PEM: a file or a folder; else those
    /// that the time stamps were taken under
    #[arg(long, value_name = "DIR", conflicts_with = "proof")]
    roots: Option<PathBuf>,
    /// Check a proof instead (`framewitness prove`, `framewitness checkpoint --since`); needs no case
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    #[command(flatten)]
    testimonies: Testimonies,
    /// Key of the journal that the proof is of; else those of the case at hand. May be given several times
    #[arg(long, value_name = "KEY", requires = "proof")]
    key: Vec<String>,
}

/// What proves testimonies in a bundle, beside roots.
#[derive(Args)]
pub struct Testimonies {
    /// Key of a cosigner of a bundle's journal, as `witness cosign` tells it, from the cosigner. May be given several times
    #[arg(long, value_name = "KEY")]
    cosigner: Vec<String>,
    /// Header of the block of Bitcoin in which an OpenTimestamps proof of a bundle ends, 160 hexadecimal digits, from a
    /// source that you trust. May be given several times
    #[arg(long, value_name = "HEX")]
    header: Vec<String>,
}

impl Testimonies {
    /// With these roots.
    pub fn trust(&self, roots: Vec<Vec<u8>>) -> Result<Trust> {
        let headers = self.header.iter().map(|it| super::witness::block(it));
        Ok(Trust {
            roots,
            keys: self.cosigner.clone(),
            headers: headers.collect::<Result<_>>()?,
        })
    }
}

impl Verify {
    pub fn run(self, context: &Context) -> Result<()> {
        let checkpoint = self.against.as_deref().map(super::read).transpose()?;
        if let Some(proof) = &self.proof {
            return self.prove(context, &super::read(proof)?, checkpoint.as_deref());
        }
        let roots = self.roots.as_deref().map(roots).transpose()?;
        if let Some(bundle) = &self.bundle {
            let roots = roots.unwrap_or_default();
            let trust = self.testimonies.trust(roots)?;
            let bar = context.output.bar("checking", 0);
            let found = check_bundle(bundle, &self.signer, &trust, &mut bar.follow())?;
            drop(bar);
            return checked(context, &found);
        }
        let bar = context.output.bar("verifying", 0);
        let case = context.open()?;
        let roots = roots.unwrap_or_default();
        let since = self.since.as_deref().map(state).transpose()?;
        let checkpoint = checkpoint.as_deref();
        let verified = match self.quick {
            true => case.verify_quickly(checkpoint, &roots)?,
            false => case.verify(checkpoint, since.as_ref(), &roots, &mut bar.follow())?,
        };
        drop(bar);
        context.output.record(&verified, text)?;
        let broken = |what: String| Err(Error::new(Kind::Integrity, what));
        match verified.problems.as_slice() {
            [] => Ok(()),
            [one] => broken(one.clone()),
            [first, rest @ ..] => broken(format!("{first}; and {} more", rest.len())),
        }
    }

    fn prove(&self, context: &Context, proof: &str, against: Option<&str>) -> Result<()> {
        let keys = match self.key.is_empty() {
            false => self.key.clone(),
            true => match context.open_if_any()? {
                Some(case) => case.checkpoint_keys()?,
                None => {
                    return Err(Error::usage("whose proof this is cannot be told without a key")
                        .hint("ask for what `framewitness checkpoint --key` prints, and give it with --key"));
                }
            },
        };
        let Some(old) = against else {
            return context
                .output
                .record(&check_inclusion(proof, &keys)?, entry);
        };
        let heads = check_continuation(proof, old, &keys)?;
        context.output.record(&heads, |[old, new]| {
            format!(
                "The {} entries of the newer checkpoint begin with the {} of the older one, unchanged",
                new.size, old.size
            )
        })
    }
}

/// What was found of a bundle, and whether it is sound.
pub(super) fn checked(context: &Context, checked: &CheckedBundle) -> Result<()> {
    context.output.record(checked, bundle)?;
    let more = |rest: &[_]| match rest.len() {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    match checked.damage.as_slice() {
        [] => Ok(()),
        [first, rest @ ..] => Err(Error::new(
            Kind::Integrity,
            format!("{first}{}", more(rest)),
        )),
    }
}

fn bundle(checked: &CheckedBundle) -> String {
    let line = |word: &str, text: &dyn std::fmt::Display| format!("{word:<12}{text}");
    let mut lines: Vec<String> = Vec::new();
    lines.extend(checked.damage.iter().map(|it| line("BROKEN", it)));
    if let Some(signer) = &checked.signer {
        lines.push(line(
            "signed",
            &format!("by {signer}: ask its owner whether that is theirs"),
        ));
    }
    if let Some(journal) = &checked.journal {
        let (entries, shown) = (checked.entries, checked.shown);
        let size = checked.size;
        lines.push(line(
            "proven",
            &format!("{entries} entries were among the {size} of {journal}, {shown} of them shown as they were signed"),
        ));
    }
    lines.extend(checked.stamped.iter().map(|it| {
        line(
            "proven",
            &format!("the head of the journal existed by {it}"),
        )
    }));
    lines.extend(checked.unproven.iter().map(|it| line("not proven", it)));
    lines.push(line(
        "not proven",
        &"that the footage is true, that the judgements are right, who holds a key",
    ));
    lines.join("\n")
}

fn entry(proven: &ProvenEntry) -> String {
    format!(
        "Entry {} of {} in {}, unchanged: {} {} {}\n{}\nNot proven: that what it says is true, nor who holds the key",
        proven.seq, proven.size, proven.journal, proven.at, proven.actor, proven.kind, proven.body
    )
}

fn text(verified: &Verified) -> String {
    let line = |word: &str, text: &String| format!("{word:<12}{text}");
    let mut lines: Vec<String> = Vec::new();
    lines.extend(verified.problems.iter().map(|it| line("BROKEN", it)));
    let removed = verified.removed.iter().map(|it| {
        let (by, removed) = (&it.origin, &it.removed);
        format!(
            "{} {} with {} derived blobs, with tombstone: entry {} of {} ({}: {})",
            it.number,
            removed.item,
            removed.derived.len(),
            by.entry,
            by.actor,
            removed.ground,
            removed.reason
        )
    });
    lines.extend(removed.map(|it| line("removed", &it)));
    lines.extend(verified.remarks.iter().map(|it| line("note", it)));
    lines.extend(verified.proven.iter().map(|it| line("proven", it)));
    lines.extend(verified.unproven.iter().map(|it| line("not proven", it)));
    let size = format!(
        "{} entries, {} blobs, {} bytes",
        verified.entries, verified.blobs, verified.bytes
    );
    let root = verified
        .head
        .as_ref()
        .map_or_else(String::new, |head| format!(", root {}", head.root));
    lines.push(if verified.ok {
        format!("All as it was: {size}{root}")
    } else {
        format!("Checked {size}{root}")
    });
    lines.join("\n")
}
