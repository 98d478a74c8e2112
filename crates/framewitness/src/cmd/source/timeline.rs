//! A source over time as lines of text.

use workbench::view::{SourceEvent, SourceTimeline};

pub fn text(timeline: &SourceTimeline) -> String {
    let head = format!("{}  {} ({})", timeline.source, timeline.name, timeline.kind);
    let lines = timeline.events.iter().map(line);
    [head]
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A time that nobody stated is that of the entry, and told as such.
fn line(event: &SourceEvent) -> String {
    let when = match (&event.from, &event.until) {
        (None, None) => "time not known".to_owned(),
        (Some(from), None) if event.stated => from.clone(),
        (Some(from), None) => format!("{from} (when recorded)"),
        (None, Some(until)) => format!("until {until}"),
        (Some(from), Some(until)) => format!("{from} to {until}"),
    };
    let state = event.state.map(|state| state.to_string());
    let item = event.item.map(|item| item.to_string());
    let what = [state, event.record.clone(), item, Some(event.text.clone())];
    let what: Vec<String> = what
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .collect();
    format!("      {when}  {}  {}", event.kind.name(), what.join("  "))
}
