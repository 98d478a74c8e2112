//! Hypotheses with the evidence weighed against them, and the judgements side by side.

use std::collections::BTreeSet;

use store::record::{Assessment, EvidenceLink, Hypothesis};
use store::vocabulary::Likelihood;

use super::messages::Messages;
use crate::matrix::is_revised;

/// One hypothesis and everything said of it.
pub(super) struct Question<'a> {
    pub(super) hypothesis: &'a Hypothesis,
    pub(super) links: Vec<LinkView<'a>>,
    /// Judgements that stand, by assessor.
    pub(super) standing: Vec<Judged<'a>>,
    /// Judgements that their assessors revised, oldest first.
    pub(super) superseded: Vec<Judged<'a>>,
    /// Whether those that stand agree; absent for fewer than two.
    pub(super) agreement: Option<Agreement>,
}

/// How judgements that stand side by side relate. Never an average.
pub(super) enum Agreement {
    /// All hold the same likelihood.
    Same(Likelihood),
    /// They lie between these two.
    Apart(Likelihood, Likelihood),
}

/// A judgement, with where its likelihood lies among the seven bands.
pub(super) struct Judged<'a> {
    pub(super) assessment: &'a Assessment,
    /// One entry a band, true for the band chosen.
    pub(super) scale: Vec<bool>,
}

/// An evidence link, and whether a later one revised it.
pub(super) struct LinkView<'a> {
    pub(super) link: &'a EvidenceLink,
    pub(super) revised: bool,
}

pub(super) fn questions<'a>(
    hypotheses: &'a [Hypothesis],
    assessments: &'a [Assessment],
) -> Vec<Question<'a>> {
    let question = |hypothesis: &'a Hypothesis| {
        let own = assessments
            .iter()
            .filter(|assessment| assessment.made.hypothesis == hypothesis.number);
        let (mut standing, mut superseded): (Vec<_>, Vec<_>) = own
            .map(judged)
            .partition(|judged| judged.assessment.superseded_by.is_none());
        standing.sort_by_key(|judged| (&judged.assessment.made.assessor, judged.assessment.number));
        superseded.sort_by_key(|judged| judged.assessment.number);
        let agreement = agreement(&standing);
        Question {
            hypothesis,
            links: links(hypothesis),
            standing,
            superseded,
            agreement,
        }
    };
    hypotheses.iter().map(question).collect()
}

fn judged(assessment: &Assessment) -> Judged<'_> {
    let scale = Likelihood::ALL
        .iter()
        .map(|band| *band == assessment.made.likelihood)
        .collect();
    Judged { assessment, scale }
}

fn links(hypothesis: &Hypothesis) -> Vec<LinkView<'_>> {
    let links: Vec<&EvidenceLink> = hypothesis.evidence.iter().collect();
    let revised = |at: usize, link: &EvidenceLink| is_revised(link, &links[at + 1..]);
    hypothesis
        .evidence
        .iter()
        .enumerate()
        .map(|(at, link)| LinkView {
            link,
            revised: revised(at, link),
        })
        .collect()
}

fn agreement(standing: &[Judged<'_>]) -> Option<Agreement> {
    let bands: BTreeSet<Likelihood> = standing
        .iter()
        .map(|judged| judged.assessment.made.likelihood)
        .collect();
    let (lowest, highest) = (*bands.first()?, *bands.last()?);
    match (standing.len(), bands.len()) {
        (..2, _) => None,
        (_, 1) => Some(Agreement::Same(lowest)),
        _ => Some(Agreement::Apart(lowest, highest)),
    }
}

impl Agreement {
    /// The relation in words.
    pub(super) fn sentence(&self, m: &Messages) -> String {
        let (words, likelihood) = (&m.assessments, m.vocabulary.likelihood);
        match self {
            Self::Same(all) => (words.agree)(&likelihood(all)),
            Self::Apart(lowest, highest) => {
                (words.differ)(&likelihood(lowest), &likelihood(highest))
            }
        }
    }
}
