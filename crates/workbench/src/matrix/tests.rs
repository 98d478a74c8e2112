//! A matrix from the literature.

use store::number::HypothesisNo;
use store::vocabulary::Bearing;

use super::analysis::{Rated, analyse};
use crate::view::Analysis;

/// The example of Heuer, *Psychology of Intelligence Analysis* (CIA, 1999), chapter 8, figure 15, of
/// which he says that its evidence is invented: will Iraq retaliate for the bombing of its intelligence
/// headquarters? H1: it will not. H2: minor acts of terrorism. H3: a major attack. Consistent or
/// inconsistent; nothing stronger is used. The army's TC 2-33.4 (2009), 2-55, reads it: "H2 is the most
/// likely COA, followed by H3 and finally H1".
const HEUER: [(&str, [&str; 3]); 6] = [
    // Public statement of intent not to retaliate.
    ("E1", ["C", "C", "C"]),
    // No terrorist offensive during the Gulf War of 1991.
    ("E2", ["C", "C", "I"]),
    // Assumed: no wish to provoke another war.
    ("E3", ["C", "C", "I"]),
    // More and longer broadcasts to agents.
    ("E4", ["I", "C", "C"]),
    // Embassies told to take more precautions.
    ("E5", ["I", "C", "C"]),
    // Assumed: not to retaliate would lose face.
    ("E6", ["I", "C", "C"]),
];

fn of(rows: &[(&str, [&str; 3])]) -> Analysis {
    let rated: Vec<Rated<'_>> = rows
        .iter()
        .map(|(evidence, cells)| Rated {
            evidence,
            cells: cells
                .iter()
                .map(|word| word.parse::<Bearing>().ok())
                .collect(),
        })
        .collect();
    analyse("Heuer", &[1, 2, 3].map(HypothesisNo), &rated)
}

fn order(analysis: &Analysis) -> Vec<(u32, u32)> {
    let scores = analysis.order.iter();
    scores
        .map(|one| (one.hypothesis.0, one.inconsistency))
        .collect()
}

fn pairs(analysis: &Analysis, evidence: &str) -> [Vec<[u32; 2]>; 2] {
    let weight = analysis.weight.iter().find(|one| one.evidence == evidence);
    let weight = weight.expect("it was rated");
    [&weight.flips, &weight.parts]
        .map(|pairs| pairs.iter().map(|pair| pair.map(|one| one.0)).collect())
}

#[test]
fn the_textbook_example_comes_out_as_its_readers_say() {
    let heuer = of(&HEUER);
    assert_eq!(order(&heuer), [(2, 0), (3, 2), (1, 3)]);
    // E1 fits everything and says nothing: it is the last. The others tell two from one.
    let told: Vec<_> = heuer.weight.iter().map(|one| one.diagnosticity).collect();
    // One of three apart by two levels: the square root of 8/9.
    assert_eq!(
        told,
        [
            Some(942),
            Some(942),
            Some(942),
            Some(942),
            Some(942),
            Some(0)
        ]
    );
    assert_eq!(heuer.weight[5].evidence, "E1");
    // No single item reverses the order. What is known of agents and embassies holds H1 behind H3.
    assert_eq!(pairs(&heuer, "E4"), [vec![], vec![[3, 1]]]);
    assert_eq!(pairs(&heuer, "E2"), [Vec::<[u32; 2]>::new(), vec![]]);
}

/// The same, with the broadcasts held to speak strongly against H1, and without what is assumed of face.
const STRONGER: [(&str, [&str; 3]); 5] = [
    HEUER[0],
    HEUER[1],
    HEUER[2],
    ("E4", ["II", "C", "C"]),
    HEUER[4],
];

#[test]
fn removing_the_flagged_item_flips_the_order() {
    let with = of(&STRONGER);
    assert_eq!(order(&with), [(2, 0), (3, 2), (1, 3)]);
    let flagged: Vec<_> = with
        .weight
        .iter()
        .filter(|one| !one.flips.is_empty())
        .collect();
    assert_eq!(flagged.len(), 1);
    assert_eq!(flagged[0].evidence, "E4");
    assert_eq!(pairs(&with, "E4")[0], [[3, 1]]);
    let without: Vec<_> = (STRONGER.iter().copied())
        .filter(|(evidence, _)| *evidence != flagged[0].evidence)
        .collect();
    assert_eq!(order(&of(&without)), [(2, 0), (1, 1), (3, 2)]);
}

#[test]
fn what_does_not_apply_or_is_not_rated_counts_for_nothing() {
    let analysis = of(&[("E1", ["NA", "I", "-"]), ("E2", ["CC", "II", "N"])]);
    assert_eq!(order(&analysis), [(1, 0), (3, 0), (2, 3)]);
    let unrated: Vec<_> = analysis.order.iter().map(|one| one.unrated).collect();
    assert_eq!(unrated, [0, 1, 0]);
    // Levels 2, -2 and 0: the square root of 8/3. One level alone tells nothing apart.
    let told: Vec<_> = analysis
        .weight
        .iter()
        .map(|one| one.diagnosticity)
        .collect();
    assert_eq!(told, [Some(1632), None]);
}
