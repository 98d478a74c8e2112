//! Analysis of competing hypotheses: hypotheses × evidence, rated by analysts.
//!
//! After Heuer, *Psychology of Intelligence Analysis* (1999), chapter 8: hypotheses are compared by what
//! speaks against them, not by what fits. The score is that of the ACH tool of the Palo Alto Research
//! Center without its weights: `I` counts 1, `II` counts 2, nothing else counts.

mod analysis;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use journal::ContentId;
use store::record::{Assessment, EvidenceLink, Hypothesis, Item};

use crate::case::Case;
use crate::error::Result;
use crate::view::{Matrix, MatrixCell, MatrixColumn, MatrixRow, Question};

/// What the hypotheses of a matrix explain.
#[derive(Clone, Copy, Debug)]
pub enum Explained<'a> {
    /// Whatever was stated: the matrix grows with the square of it.
    Anything,
    /// The whole case, and no single item.
    Case,
    /// An item, or the whole case.
    Item(&'a Item),
}

impl Case {
    /// The explanations of this against all evidence that was weighed against any of them.
    ///
    /// # Errors
    /// The store fails, or kept bytes of an inspection are not what they were.
    pub fn matrix(&self, explained: Explained<'_>) -> Result<Matrix> {
        let mut hypotheses = match explained {
            Explained::Anything => self.hypotheses(None)?,
            Explained::Case => self.hypotheses_of_the_case()?,
            Explained::Item(item) => self.hypotheses(Some(item))?,
        };
        hypotheses.retain(|one| one.withdrawn.is_none());
        let assessments = self.assessments(&hypotheses)?;
        let items = self.explained_by(&hypotheses)?;
        let row = |evidence: String| MatrixRow {
            // Nothing where what says it is not here, such as an inspection.
            text: self.words_at(&evidence).unwrap_or_default(),
            cells: hypotheses.iter().map(|one| cell(one, &evidence)).collect(),
            evidence,
        };
        let column = |one: &Hypothesis| MatrixColumn {
            number: one.number,
            text: one.text.clone(),
            item: one.item.and_then(|id| Some(items.get(&id)?.number)),
            assessments: judged(one, &assessments),
        };
        let mut matrix = Matrix {
            hypotheses: hypotheses.iter().map(column).collect(),
            evidence: weighed(&hypotheses).into_iter().map(row).collect(),
            analysts: Vec::new(),
        };
        matrix.analysts = analysis::by_analyst(&matrix);
        Ok(matrix)
    }

    /// What there are explanations of that stand, the one stated or weighed last first.
    ///
    /// # Errors
    /// The store fails.
    pub fn questions(&self) -> Result<Vec<Question>> {
        let mut hypotheses = self.hypotheses(None)?;
        hypotheses.retain(|one| one.withdrawn.is_none());
        let items = self.explained_by(&hypotheses)?;
        let mut of: BTreeMap<Option<ContentId>, Vec<Hypothesis>> = BTreeMap::new();
        for one in hypotheses {
            of.entry(one.item).or_default().push(one);
        }
        let question = |(id, hypotheses): (Option<ContentId>, Vec<Hypothesis>)| {
            let item = id.and_then(|id| items.get(&id));
            let links = hypotheses.iter().flat_map(|one| &one.evidence);
            let entries = links.map(|link| link.origin.entry);
            Question {
                item: item.map(|item| item.number),
                name: item.map_or_else(String::new, |item| item.name.clone()),
                evidence: crate::examine::count(weighed(&hypotheses).len()),
                entry: (entries.chain(hypotheses.iter().map(|one| one.origin.entry)))
                    .max()
                    .unwrap_or_default(),
                hypotheses: hypotheses.into_iter().map(|one| one.number).collect(),
            }
        };
        let mut questions: Vec<Question> = of.into_iter().map(question).collect();
        questions.sort_by_key(|one| Reverse(one.entry));
        Ok(questions)
    }

    /// The items that these explain.
    fn explained_by(&self, hypotheses: &[Hypothesis]) -> Result<BTreeMap<ContentId, Item>> {
        let items = self.items_with(hypotheses.iter().filter_map(|one| one.item))?;
        Ok(items.into_iter().map(|item| (item.id, item)).collect())
    }
}

/// The judgements of a hypothesis that stand.
fn judged(hypothesis: &Hypothesis, assessments: &[Assessment]) -> Vec<Assessment> {
    let stands = |made: &&Assessment| {
        made.made.hypothesis == hypothesis.number && made.superseded_by.is_none()
    };
    assessments.iter().filter(stands).cloned().collect()
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
