use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;
use workbench::Result;

use crate::context::Context;
use crate::http::{self, ServeOptions};

/// Open the workbench: a page in the browser, served to this machine only
#[derive(Args)]
pub struct Serve {
    /// Port to listen on; else a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Let matching compare pictures also by the learned descriptor in this folder; see
    /// docs/how-to/descriptor.md
    #[arg(long, value_name = "DIR")]
    descriptor: Option<PathBuf>,
}

impl Serve {
    pub fn run(self, context: &Context) -> Result<()> {
        let mut case = context.open()?;
        if let Some(folder) = &self.descriptor {
            case = case.with_descriptor(folder)?;
        }
        // Nobody sits at the terminal when the page wants something signed.
        case.prepare()?;
        http::serve(
            case,
            &ServeOptions {
                host: self.host,
                port: self.port,
                open: self.open,
            },
            &context.output,
        )
    }
}
