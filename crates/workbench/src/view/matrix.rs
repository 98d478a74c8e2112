//! Hypotheses against evidence, as analysts rate them.

use serde::Serialize;
use store::number::{HypothesisNo, ItemNo};
use store::record::{Assessment, EvidenceLink};
use utoipa::ToSchema;

/// Hypotheses against evidence. Every analyst's ratings stand side by side; none are averaged.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Matrix {
    /// The columns, by number.
    pub hypotheses: Vec<MatrixColumn>,
    /// The rows, in the order in which the evidence was first weighed.
    pub evidence: Vec<MatrixRow>,
    /// What follows from the ratings of each analyst alone, by name.
    pub analysts: Vec<Analysis>,
}

/// A hypothesis in a matrix.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatrixColumn {
    /// Its number.
    pub number: HypothesisNo,
    /// The explanation.
    pub text: String,
    /// The item it explains; the whole case when absent.
    pub item: Option<ItemNo>,
    /// Judgements of it that stand, in the order they were made.
    pub assessments: Vec<Assessment>,
}

/// What competing hypotheses answer: what became of an item, or of the whole case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Question {
    /// The item; the whole case when absent.
    pub item: Option<ItemNo>,
    /// Name of the item; empty for the whole case.
    pub name: String,
    /// Hypotheses that explain it, in the order they were stated.
    pub hypotheses: Vec<HypothesisNo>,
    /// Pieces of evidence weighed against any of them.
    pub evidence: u32,
    /// The newest entry that stated or weighed one of them.
    pub entry: u64,
}

/// A piece of evidence in a matrix.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatrixRow {
    /// Its number, such as `O2`.
    pub evidence: String,
    /// What it says, in a few words.
    pub text: String,
    /// One cell a hypothesis, in the order of the columns.
    pub cells: Vec<MatrixCell>,
}

/// How analysts rate a piece of evidence against a hypothesis.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatrixCell {
    /// The rating of each analyst that stands, by name.
    pub standing: Vec<EvidenceLink>,
    /// Ratings that their analysts revised or took back, oldest first.
    pub revised: Vec<EvidenceLink>,
    /// Whether those that stand differ.
    pub dissent: bool,
}

/// What follows from one analyst's ratings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Analysis {
    /// Who rated.
    pub actor: String,
    /// One score a hypothesis, the least inconsistent first; by number where they are level.
    pub order: Vec<Score>,
    /// What each piece of evidence that the analyst rated does to the order, the most diagnostic first.
    pub weight: Vec<Weight>,
}

/// How much evidence speaks against a hypothesis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Score {
    /// The hypothesis.
    pub hypothesis: HypothesisNo,
    /// Inconsistency: 1 for each `I`, 2 for each `II`. Nothing else counts.
    pub inconsistency: u32,
    /// Cells of this hypothesis that the analyst did not rate, of evidence rated elsewhere.
    pub unrated: u32,
}

/// What one piece of evidence does to the order of the hypotheses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Weight {
    /// Number of the evidence.
    pub evidence: String,
    /// How far it tells hypotheses apart: population standard deviation of its ratings (CC 2, C 1, N 0,
    /// I -1, II -2; NA left out), in thousandths. 0 says nothing; absent for fewer than two ratings.
    pub diagnosticity: Option<u32>,
    /// Pairs of hypotheses whose order is the reverse without it: the one ahead, and the one behind.
    #[schema(value_type = Vec<[String; 2]>)]
    pub flips: Vec<[HypothesisNo; 2]>,
    /// Pairs that it alone keeps apart: the one ahead, and the one behind. They are level without it.
    #[schema(value_type = Vec<[String; 2]>)]
    pub parts: Vec<[HypothesisNo; 2]>,
}
