use std::path::PathBuf;

use clap::{Args, CommandFactory};
use workbench::{Error, Result};

use crate::cli::Cli;
use crate::context::Context;

/// Print completions for a shell
#[derive(Args)]
pub struct Completions {
    shell: clap_complete::Shell,
}

impl Completions {
    pub fn run(self, context: &Context) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "framewitness", &mut script);
        context.output.bytes(&script)
    }
}

/// Write the man pages into a folder
#[derive(Args)]
pub struct Man {
    /// Folder to write them to
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    pub fn run(self, _: &Context) -> Result<()> {
        let broken = |error: std::io::Error| {
            Error::io(
                format!("writing man pages to {}", self.folder.display()),
                &error,
            )
        };
        std::fs::create_dir_all(&self.folder).map_err(broken)?;
        clap_mangen::generate_to(Cli::command(), &self.folder).map_err(broken)
    }
}
