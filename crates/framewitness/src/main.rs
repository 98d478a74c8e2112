//! The program `framewitness`: the command line and the local server over `workbench`.

mod backend;
mod cli;
mod cmd;
mod context;
mod fetch;
mod http;
mod interrupt;
mod output;
mod pace;
mod part;
mod passphrase;
mod place;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
