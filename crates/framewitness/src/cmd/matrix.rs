//! A matrix of hypotheses against evidence as text.

use workbench::view::{Analysis, Matrix, MatrixCell, Weight};

/// Characters of what evidence says.
const WORDS: usize = 44;

/// The matrix, then what follows from each analyst's ratings.
pub fn text(matrix: &Matrix) -> String {
    if matrix.evidence.is_empty() {
        return "No evidence was weighed: use `framewitness hypothesis link`.".to_owned();
    }
    let columns = matrix.hypotheses.iter().map(|one| one.number.to_string());
    let mut table = vec![
        [String::new()]
            .into_iter()
            .chain(columns)
            .collect::<Vec<_>>(),
    ];
    for row in &matrix.evidence {
        let cells = row.cells.iter().map(cell);
        table.push([row.evidence.clone()].into_iter().chain(cells).collect());
    }
    let widths: Vec<usize> = (0..table[0].len())
        .map(|at| {
            table
                .iter()
                .map(|row| row[at].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let said = [""]
        .into_iter()
        .chain(matrix.evidence.iter().map(|row| row.text.as_str()));
    let mut lines: Vec<String> = table
        .iter()
        .zip(said)
        .map(|(row, said)| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"));
            let said: String = said.chars().take(WORDS).collect();
            format!("{}  {said}", cells.collect::<Vec<_>>().join("  "))
                .trim_end()
                .to_owned()
        })
        .collect();
    lines.extend(
        matrix
            .hypotheses
            .iter()
            .map(|one| format!("{}: {}", one.number, one.text)),
    );
    lines.extend(matrix.analysts.iter().map(analysis));
    lines.join("\n")
}

/// The ratings that stand; with names where there are several.
fn cell(cell: &MatrixCell) -> String {
    match cell.standing.as_slice() {
        [] => "-".to_owned(),
        [one] => one.bearing.to_string(),
        many => {
            let named = many
                .iter()
                .map(|one| format!("{} {}", one.origin.actor, one.bearing));
            named.collect::<Vec<_>>().join(", ")
        }
    }
}

fn analysis(analysis: &Analysis) -> String {
    let order = analysis.order.iter().map(|one| {
        let unrated = match one.unrated {
            0 => String::new(),
            count => format!(" ({count} unrated)"),
        };
        format!("{} {}{unrated}", one.hypothesis, one.inconsistency)
    });
    let mut lines = vec![format!(
        "{}, least inconsistent first: {}",
        analysis.actor,
        order.collect::<Vec<_>>().join(", ")
    )];
    lines.extend(analysis.weight.iter().map(weight));
    lines.join("\n")
}

fn weight(weight: &Weight) -> String {
    let told = match weight.diagnosticity {
        None => "rated against fewer than two".to_owned(),
        Some(thousandths) => format!(
            "diagnosticity {}.{:03}",
            thousandths / 1000,
            thousandths % 1000
        ),
    };
    let pairs = |pairs: &[[store::number::HypothesisNo; 2]], does: &str| {
        pairs
            .iter()
            .map(|[ahead, behind]| format!("; without it {behind} {does} {ahead}"))
            .collect::<String>()
    };
    format!(
        "      {}  {told}{}{}",
        weight.evidence,
        pairs(&weight.flips, "comes before"),
        pairs(&weight.parts, "is level with")
    )
}
