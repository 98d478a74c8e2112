use std::path::PathBuf;

use clap::Args;
use workbench::Result;

use crate::context::Context;

/// Write the outline of an item's sound for other programs (audiowaveform .dat, version 2)
#[derive(Args)]
pub struct Waveform {
    /// Item by number, start of id, or file name
    item: String,
    /// How many times 256 samples a pair stands for
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    zoom: u32,
    /// File to write; `-` for standard output
    #[arg(long, short, value_name = "FILE.dat")]
    output: PathBuf,
}

impl Waveform {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let bytes = case.sound_dat(&case.item(&self.item)?, self.zoom)?;
        if self.output.as_os_str() == "-" {
            return context.output.bytes(&bytes);
        }
        super::write(&self.output, &bytes)
    }
}
