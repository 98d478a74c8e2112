use clap::{Args, Subcommand};
use serde::Serialize;
use workbench::Result;
use workbench::record::Signer;

use crate::backend;
use crate::context::Context;
use crate::passphrase;

/// The key that signs what you record: show, protect, change or revoke it
#[derive(Args)]
pub struct Key {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Show your public key and its fingerprint, or everybody's who signs in the case
    Show {
        /// Everybody who signs or signed in the case
        #[arg(long)]
        all: bool,
    },
    /// Put your key under a passphrase, which is asked for when something is to be signed. It is read from
    /// the terminal, from $FRAMEWITNESS_PASSPHRASE, or from the file that $FRAMEWITNESS_PASSPHRASE_FILE names
    Protect {
        /// Keep it under no passphrase
        #[arg(long)]
        remove: bool,
    },
    /// Sign with a new key from now on: both sign the entry that says so. Cases are told one by one
    Rotate {
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Have a key sign nothing more in the case, for good: yours, or that of somebody who cannot
    Revoke {
        /// Whose; yours when absent
        #[arg(value_name = "NAME")]
        whose: Option<String>,
        /// Why: lost, stolen, left
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// One's own key.
#[derive(Serialize)]
struct Shown {
    actor: String,
    public_key: String,
    fingerprint: String,
    file: String,
    protected: bool,
}

/// What became of a key.
#[derive(Serialize)]
struct Changed {
    entry: u64,
    actor: String,
    /// The key that stands; absent after a revocation.
    fingerprint: Option<String>,
}

impl Key {
    pub fn run(self, context: &Context) -> Result<()> {
        match self.what {
            What::Show { all: false } => show(context, &backend::keys().current(&context.actor())?),
            What::Show { all: true } => {
                let signers = context.open()?.signers()?;
                let mut lines = signers.iter();
                lines.try_for_each(|signer| context.output.record(signer, signer_line))
            }
            What::Protect { remove } => {
                let passphrase = (!remove).then(passphrase::fresh).transpose()?;
                let name = context.actor();
                show(
                    context,
                    &backend::keys().protect(&name, passphrase.as_deref())?,
                )
            }
            What::Rotate { reason } => rotate(context, reason),
            What::Revoke { whose, reason } => {
                let case = context.open()?;
                let actor = whose.unwrap_or_else(|| case.actor().to_owned());
                let entry = case.revoke_key(&actor, reason)?;
                let changed = Changed {
                    entry,
                    actor,
                    fingerprint: None,
                };
                context.output.record(&changed, |it| {
                    format!(
                        "Entry {}: the key of {} signs nothing more in this case",
                        it.entry, it.actor
                    )
                })
            }
        }
    }
}

fn rotate(context: &Context, reason: Option<String>) -> Result<()> {
    let case = context.open()?;
    let keys = backend::keys();
    let next = keys.next(case.actor(), case.public_key()?)?;
    let changed = Changed {
        entry: case.rotate_key(&next, reason)?,
        actor: case.actor().to_owned(),
        fingerprint: Some(next.public().fingerprint()),
    };
    keys.settle(case.actor(), &next)?;
    context.output.record(&changed, |it| {
        let fingerprint = it.fingerprint.as_deref().unwrap_or_default();
        format!(
            "Entry {}: {} signs with {fingerprint} from now on",
            it.entry, it.actor
        )
    })
}

fn show(context: &Context, key: &workbench::Actor) -> Result<()> {
    let shown = Shown {
        actor: context.actor(),
        public_key: key.public().openssh(),
        fingerprint: key.public().fingerprint(),
        file: key.path().display().to_string(),
        protected: key.protected(),
    };
    context.output.record(&shown, |it| {
        let how = if it.protected {
            "under a passphrase"
        } else {
            "under no passphrase"
        };
        format!(
            "{}  {}\n{}\n{} ({how})",
            it.actor, it.fingerprint, it.public_key, it.file
        )
    })
}

fn signer_line(signer: &Signer) -> String {
    let mut line = format!(
        "{}  {}  since entry {}",
        signer.origin.actor, signer.fingerprint, signer.origin.entry
    );
    if let Some(revoked) = &signer.revoked {
        line += &format!(
            "\n  revoked by {} in entry {}: {}",
            revoked.origin.actor, revoked.origin.entry, revoked.reason
        );
    }
    for former in &signer.former {
        line += &format!(
            "\n  until entry {}: {}",
            former.until.entry, former.fingerprint
        );
    }
    line
}
