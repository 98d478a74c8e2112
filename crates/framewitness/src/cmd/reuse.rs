use clap::Args;
use store::vocabulary::Verdict;
use workbench::Result;
use workbench::view::{
    Appearance, Basis, Cluster, ClusterItem, Footage, ItemTimes, KnownTime, Link, SharedSpan,
    TimeKind,
};

use crate::context::Context;

/// Show which items share footage, since when each is known, and which may come from which
///
/// Rests on the matches on record that nobody rejected; run `match` first. Where times do not decide, it
/// says so.
#[derive(Args)]
pub struct Reuse {
    /// The items that share footage with this one, directly or through others; else all
    item: Option<String>,
}

impl Reuse {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = self.item.map(|item| case.item(&item)).transpose()?;
        let clusters = case.reuse(item.as_ref())?;
        if clusters.is_empty() {
            let none = "No items share footage by a match on record that stands.";
            context.output.remark(none)?;
        }
        clusters
            .iter()
            .try_for_each(|cluster| context.output.record(cluster, text))
    }
}

fn text(cluster: &Cluster) -> String {
    let mut lines = vec![format!("{} items share footage", cluster.items.len())];
    lines.extend(cluster.items.iter().map(item));
    for (at, footage) in cluster.footage.iter().enumerate() {
        lines.extend(piece(at + 1, footage));
    }
    for link in &cluster.links {
        lines.extend(pair(link));
    }
    lines.join("\n")
}

fn item(item: &ClusterItem) -> String {
    let time = match used(&item.times) {
        Some((kind, known)) => format!("{} {}: {}", kind, known.at, known.says),
        None => "no time known".to_owned(),
    };
    format!("  {:>4}  {}  {time}", item.number.to_string(), item.name)
}

/// The time that orders an item.
fn used(times: &ItemTimes) -> Option<(TimeKind, &KnownTime)> {
    let kind = times.used?;
    let known = match kind {
        TimeKind::Recorded => &times.recorded,
        TimeKind::Uploaded => &times.uploaded,
        TimeKind::Acquired => &times.acquired,
        TimeKind::Asserted => &times.asserted,
    };
    Some((kind, known.as_ref()?))
}

fn piece(number: usize, footage: &Footage) -> Vec<String> {
    let mut lines = vec![format!("  footage {number}: {}", footage.why)];
    lines.extend(footage.appearances.iter().map(|place: &Appearance| {
        format!(
            "        {} {}",
            place.item,
            stretch(place.seconds, place.frames)
        )
    }));
    lines
}

fn pair(link: &Link) -> Vec<String> {
    let (from, to) = (link.from, link.to);
    let mut lines = vec![match link.basis {
        Basis::Time => format!("  {from} may come from {to}, by time"),
        Basis::Extent => format!("  {from} may come from {to}, by extent alone"),
        Basis::Unknown => format!("  {from} and {to}: unknown which was first"),
    }];
    lines.extend(link.spans.iter().map(span));
    lines.extend(
        link.reasons
            .iter()
            .map(|reason| format!("        {reason}")),
    );
    lines
}

fn span(span: &SharedSpan) -> String {
    let mut how = String::new();
    if span.mirrored {
        how.push_str(", mirrored");
    }
    if (span.speed - 1.0).abs() > 0.02 {
        how.push_str(&format!(", speed {:.2}", span.speed));
    }
    if span.verdict != Verdict::Unreviewed {
        how.push_str(&format!(", {}", span.verdict));
    }
    format!(
        "        {}  {}  =  {}{how}",
        span.number,
        stretch(span.from_seconds, span.from_frames),
        stretch(span.to_seconds, span.to_frames)
    )
}

fn stretch([start, end]: [f64; 2], [first, last]: [u32; 2]) -> String {
    format!("{start:.3}-{end:.3} s (frames {first}-{last})")
}
