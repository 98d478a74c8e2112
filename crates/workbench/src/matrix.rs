//! Analysis of competing hypotheses: hypotheses × evidence, rated by analysts.
//!
//! After Heuer, *Psychology of Intelligence Analysis* (1999), chapter 8: hypotheses are compared by what
//! speaks against them, not by what fits. The score is that of the ACH tool of the Palo Alto Research
//! Center without its weights: `I` counts 1, `II` counts 2, nothing else counts.

mod analysis;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

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
        let row = |evidence: String| MatrixRow {
            // Nothing where what says it is not here, such as an inspection.
            text: self.words_at(&evidence).unwrap_or_default(),
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
