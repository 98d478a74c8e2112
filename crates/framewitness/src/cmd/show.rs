use clap::Args;
use workbench::Result;
use workbench::view::Linked;

use crate::context::Context;

/// Show what an address names, and where the page shows it
#[derive(Args)]
pub struct Show {
    /// A number (#1, C1, O1, H1, A1, M1, R1, V1, S1, G1, P1, N1, W1, K1, U1), an entry (E12), a finding (F:#1:4), or a
    /// place in an item (#1#frame=37, #1#frame=37-52, #1#t=12.5,18)
    address: String,
}

impl Show {
    pub fn run(self, context: &Context) -> Result<()> {
        let linked = context.open()?.linked(&self.address)?;
        context.output.record(&linked, text)
    }
}

fn text(linked: &Linked) -> String {
    let entry = linked
        .entry
        .map_or_else(String::new, |entry| format!("  E{entry}"));
    let cited = match linked.cited_by.as_slice() {
        [] => String::new(),
        by => format!("  cited by {}", by.join(" ")),
    };
    format!(
        "{}  {}{entry}  {}{cited}",
        linked.address, linked.text, linked.page
    )
}
