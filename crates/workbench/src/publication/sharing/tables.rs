//! Tables (RFC 4180) and subtitles.

use std::fmt::Write as _;

use store::event::Pin;

use super::{Mark, Sharing};

impl Sharing<'_> {
    pub(super) fn claims_table(&self) -> Vec<u8> {
        let head = [
            "number",
            "item",
            "first_frame",
            "last_frame",
            "relation",
            "status",
            "claimant",
            "asserted",
            "url",
            "language",
            "text",
            "recorded_by",
            "recorded_at",
        ];
        let rows = self.records.claims.iter().map(|it| {
            let [item, first, last] = self.place(&it.made.pin);
            let made = &it.made;
            let said = [&made.claimant, &made.asserted, &made.url, &made.language];
            let [claimant, asserted, url, language] = said.map(|it| it.clone().unwrap_or_default());
            vec![
                it.number.to_string(),
                item,
                first,
                last,
                made.relation.to_string(),
                it.status.to_string(),
                claimant,
                asserted,
                url,
                language,
                made.text.clone(),
                it.origin.actor.clone(),
                it.origin.at.clone(),
            ]
        });
        table(&head, rows)
    }

    pub(super) fn observations_table(&self) -> Vec<u8> {
        let head = [
            "number",
            "item",
            "first_frame",
            "last_frame",
            "x",
            "y",
            "width",
            "height",
            "text",
            "recorded_by",
            "recorded_at",
        ];
        let rows = self.records.observations.iter().map(|it| {
            let [item, first, last] = self.place(&it.made.pin);
            let area = it
                .made
                .pin
                .region
                .map(|it| [it.x, it.y, it.width, it.height]);
            let area = area.map_or([const { String::new() }; 4], |it| it.map(|n| n.to_string()));
            let [x, y, width, height] = area;
            vec![
                it.number.to_string(),
                item,
                first,
                last,
                x,
                y,
                width,
                height,
                it.made.text.clone(),
                it.origin.actor.clone(),
                it.origin.at.clone(),
            ]
        });
        table(&head, rows)
    }

    fn place(&self, pin: &Pin) -> [String; 3] {
        let item = self.records.item(&pin.item);
        let span = pin.span.as_ref();
        let frames = span.map(|it| [it.first.no.to_string(), it.last.no.to_string()]);
        let [first, last] = frames.unwrap_or_default();
        [
            item.map_or_else(String::new, |it| it.to_string()),
            first,
            last,
        ]
    }
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut text = head.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<String> = row.iter().map(|it| cell(it)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// SubRip.
pub(super) fn srt(marks: &[&Mark]) -> Vec<u8> {
    let mut text = String::new();
    for (at, mark) in marks.iter().enumerate() {
        let [from, to] = mark.micros.map(|it| clock(it, ','));
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{}\n{from} --> {to}\n{}\n\n",
            at + 1,
            one_line(&mark.text)
        );
    }
    text.into_bytes()
}

/// WebVTT, in which markup is text.
pub(super) fn vtt(marks: &[&Mark]) -> Vec<u8> {
    let mut text = "WEBVTT\n\n".to_owned();
    for mark in marks {
        let [from, to] = mark.micros.map(|it| clock(it, '.'));
        let said = one_line(&mark.text)
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        // Writing to a String cannot fail.
        let _ = write!(text, "{}\n{from} --> {to}\n{said}\n\n", mark.number);
    }
    text.into_bytes()
}

/// Words on one line: an empty one would end them.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clock(micros: u64, point: char) -> String {
    let milliseconds = micros / 1000;
    let (seconds, milliseconds) = (milliseconds / 1000, milliseconds % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_no_two_cells() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("plain"), "plain");
        assert_eq!(clock(3_723_004_999, ','), "01:02:03,004");
    }
}
