use std::net::{IpAddr, Ipv4Addr};

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
}

impl Serve {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
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
