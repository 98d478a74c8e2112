//! Analysis of competing hypotheses: hypotheses × evidence, rated by analysts.
//!
//! After Heuer, *Psychology of Intelligence Analysis* (1999), chapter 8: hypotheses are compared by what
//! speaks against them, not by what fits. The score is that of the ACH tool of the Palo Alto Research
//! Center without its weights: `I` counts 1, `II` counts 2, nothing else counts.

mod analysis;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use store::Evidence;
use store::record::{EvidenceLink, Hypothesis, Item};

use crate::case::Case;
use crate::error::Result;
use crate::view::{Matrix, MatrixCell, MatrixColumn, MatrixRow};

impl Case {
    /// The explanations of `item` and of the whole case, or every one, against all evidence that was
    /// weighed against any of them.
    ///
    /// # Errors
    /// The store fails, or kept bytes of an inspection are not what they were.
    pub fn matrix(&self, item: Option<&Item>) -> Result<Matrix> {
        let mut hypotheses = self.hypotheses(item)?;
        hypotheses.retain(|one| one.withdrawn.is_none());
        let words = Words::of(self)?;
        let row = |evidence: String| MatrixRow {
            text: words.text(self, &evidence),
            cells: hypotheses.iter().map(|one| cell(one, &evidence)).collect(),
            evidence,
        };
        let column = |one: &Hypothesis| MatrixColumn {
            number: one.number,
            text: one.text.clone(),
        };
        let mut matrix = Matrix {
            hypotheses: hypotheses.iter().map(column).collect(),
            evidence: weighed(&hypotheses).into_iter().map(row).collect(),
            analysts: Vec::new(),
        };
        matrix.analysts = analysis::by_analyst(&matrix);
        Ok(matrix)
    }
}

/// The evidence of any of these, in the order in which it was first weighed.
fn weighed(hypotheses: &[Hypothesis]) -> Vec<String> {
    let mut links: Vec<&EvidenceLink> = hypotheses.iter().flat_map(|one| &one.evidence).collect();
    links.retain(|link| link.withdrawn.is_none());
    links.sort_by_key(|link| link.origin.entry);
    let mut seen = BTreeSet::new();
    let names = links.into_iter().map(|link| link.evidence.clone());
    names.filter(|name| seen.insert(name.clone())).collect()
}

fn cell(hypothesis: &Hypothesis, evidence: &str) -> MatrixCell {
    let links: Vec<&EvidenceLink> = (hypothesis.evidence.iter())
        .filter(|link| link.evidence == evidence)
        .collect();
    let (mut standing, mut revised) = (Vec::new(), Vec::new());
    for (at, link) in links.iter().enumerate() {
        let later = &links[at + 1..];
        if link.withdrawn.is_some() || is_revised(link, later) {
            revised.push((*link).clone());
        } else {
            standing.push((*link).clone());
        }
    }
    standing.sort_by(|one, other| one.origin.actor.cmp(&other.origin.actor));
    MatrixCell {
        dissent: standing
            .windows(2)
            .any(|two| two[0].bearing != two[1].bearing),
        standing,
        revised,
    }
}

/// Whether one of the links that came later, and stands, revises `link`: of the same evidence, by the
/// same analyst.
pub(crate) fn is_revised(link: &EvidenceLink, later: &[&EvidenceLink]) -> bool {
    later
        .iter()
        .filter(|other| other.withdrawn.is_none())
        .any(|other| other.evidence == link.evidence && other.origin.actor == link.origin.actor)
}

/// What pieces of evidence say.
struct Words {
    items: Vec<Item>,
    said: Vec<(String, String)>,
}

impl Words {
    fn of(case: &Case) -> Result<Self> {
        let items = case.all()?;
        let mut said = Vec::new();
        for one in case.store.claims()? {
            said.push((one.number.to_string(), one.made.text));
        }
        for one in case.store.observations()? {
            said.push((one.number.to_string(), one.made.text));
        }
        for one in case.store.hypotheses()? {
            said.push((one.number.to_string(), one.text));
        }
        for one in case.store.assessments()? {
            said.push((one.number.to_string(), one.made.reasons));
        }
        for one in case.store.media_reviews()? {
            said.push((one.number.to_string(), one.made.reasons));
        }
        for one in case.store.resemblances()? {
            said.push((one.number.to_string(), one.made.subject));
        }
        for one in case.store.matches()? {
            let name = |id| items.iter().find(|item| item.id == id);
            let sides = [one.found.query, one.found.reference].map(name);
            let names = sides.map(|item| item.map_or("", |item| item.name.as_str()));
            said.push((one.number.to_string(), names.join(" = ")));
        }
        Ok(Self { items, said })
    }

    fn text(&self, case: &Case, evidence: &str) -> String {
        let named = |number| self.items.iter().find(|item| item.number == number);
        match evidence.parse() {
            Ok(Evidence::Item(number)) => named(number).map(|item| item.name.clone()),
            Ok(Evidence::Finding(number, index)) => {
                named(number).and_then(|item| finding(case, item, index))
            }
            _ => {
                let said = self.said.iter().find(|(number, _)| number == evidence);
                let said = said.map(|(_, text)| text.clone());
                said.or_else(|| case.words_at(evidence).ok())
            }
        }
        .unwrap_or_default()
    }
}

/// What a finding says; nothing where its inspection is not here.
fn finding(case: &Case, item: &Item, index: u32) -> Option<String> {
    let examined = case.examined(item).ok()?;
    let at = usize::try_from(index).ok()?.checked_sub(1)?;
    let finding = examined.examination.findings.get(at)?;
    Some(finding.summary.clone())
}
