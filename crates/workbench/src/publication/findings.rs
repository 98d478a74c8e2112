//! Selected findings as data.

use media::finding::Finding;
use serde::Serialize;

use crate::report::ReportData;

/// A finding under the number by which it is cited.
#[derive(Serialize)]
pub(super) struct Listed<'a> {
    address: String,
    #[serde(flatten)]
    finding: &'a Finding,
}

pub(super) fn listed(data: &ReportData) -> Vec<Listed<'_>> {
    let item = data.item.number;
    let shown = data.shown_findings();
    shown
        .map(|(number, finding)| Listed {
            address: format!("F:{item}:{number}"),
            finding,
        })
        .collect()
}
