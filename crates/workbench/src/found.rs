//! What findings say, by kind: what entries keep of them, so that searches find items by it.

use media::finding::{Finding, FindingKind};
use store::event::{Event, FindingsOfKind, Inspected};
use store::record::{Inspection, Item};

use crate::case::Case;
use crate::error::Result;

/// Sentences of one kind that an entry keeps.
const MOST_OF_A_KIND: usize = 20;

impl Case {
    /// Records once more the inspection of `item`, which was made before entries kept what findings say, with
    /// that. Nothing is decoded.
    pub(crate) fn tell_findings(&self, item: &Item, kept: &Inspection) -> Result<()> {
        let examined = self.examined(item)?;
        self.record(&Event::ItemInspected(Inspected {
            found: by_kind(&examined.examination.findings),
            ..kept.inspected.clone()
        }))?;
        Ok(())
    }
}

/// Whether the entry of `kept` says what was found.
pub(crate) fn is_told(kept: &Inspection) -> bool {
    kept.inspected.finding_count == 0 || !kept.inspected.found.is_empty()
}

/// What `findings` say, kind by kind in the order in which each comes first.
pub(crate) fn by_kind(findings: &[Finding]) -> Vec<FindingsOfKind> {
    let mut kinds: Vec<(FindingsOfKind, Vec<String>)> = Vec::new();
    for finding in findings {
        let kind = word(finding.kind);
        let place = kinds.iter().position(|(known, _)| known.kind == kind);
        let place = place.unwrap_or_else(|| {
            let (count, says) = (0, Vec::new());
            kinds.push((FindingsOfKind { kind, count, says }, Vec::new()));
            kinds.len() - 1
        });
        let (of_kind, told) = &mut kinds[place];
        of_kind.count += 1;
        let gist = gist(finding);
        if of_kind.says.len() < MOST_OF_A_KIND && !told.contains(&gist) {
            told.push(gist);
            of_kind.says.push(finding.summary.clone());
        }
    }
    kinds.into_iter().map(|(of_kind, _)| of_kind).collect()
}

/// What a finding says beside its place: of one that has a place, without numbers.
fn gist(finding: &Finding) -> String {
    match finding.span {
        None => finding.summary.clone(),
        Some(_) => {
            let letters = finding.summary.chars().filter(|c| !c.is_ascii_digit());
            letters.collect()
        }
    }
}

/// The word that stands for the kind wherever findings are written.
fn word(kind: FindingKind) -> String {
    let written = serde_json::to_value(kind).ok();
    let word = written.as_ref().and_then(serde_json::Value::as_str);
    word.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use media::finding::{FrameSpan, Method};
    use media::time::FrameNo;

    use super::*;

    fn finding(kind: FindingKind, summary: &str, frame: Option<u32>) -> Finding {
        let span = |no| FrameSpan {
            first: FrameNo(no),
            last: FrameNo(no),
            start: None,
            end: None,
        };
        Finding {
            kind,
            summary: summary.to_owned(),
            span: frame.map(span),
            method: Method {
                name: "x".to_owned(),
                version: 1,
                parameters: BTreeMap::new(),
                limits: "y".to_owned(),
            },
            values: BTreeMap::new(),
            reproduce: None,
        }
    }

    #[test]
    fn places_are_told_once_and_other_numbers_apart() {
        let told = by_kind(&[
            finding(FindingKind::Cut, "It changes at frame 7.", Some(7)),
            finding(FindingKind::Traces, "Written by Lavf 58.", None),
            finding(FindingKind::Cut, "It changes at frame 12.", Some(12)),
            finding(FindingKind::Traces, "Written by Lavf 59.", None),
            finding(FindingKind::FadeOut, "It goes dark.", Some(20)),
        ]);
        let kinds: Vec<_> = { told.iter() }
            .map(|it| (it.kind.as_str(), it.count, it.says.len()))
            .collect();
        assert_eq!(kinds, [("cut", 2, 1), ("traces", 2, 2), ("fade_out", 1, 1)]);
        assert_eq!(told[0].says, ["It changes at frame 7."]);
    }

    #[test]
    fn what_is_kept_of_a_kind_is_bounded() {
        let many: Vec<Finding> = (0..1000)
            .map(|n| finding(FindingKind::Container, &format!("Part {n}."), None))
            .collect();
        let told = by_kind(&many);
        assert_eq!((told[0].count, told[0].says.len()), (1000, MOST_OF_A_KIND));
    }
}
