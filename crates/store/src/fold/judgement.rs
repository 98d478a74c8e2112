//! Hypotheses, evidence weighed against them, and assessments.

use journal::ContentId;

use super::tables::{Table, Tables, find, get, next, put};
use super::{cited, item, text, undo};
use crate::error::{Error, Refusal};
use crate::event::{AssessmentMade, Event};
use crate::evidence::Evidence;
use crate::number::{AssessmentNo, HypothesisNo, Number};
use crate::record::{Assessment, EvidenceLink, Hypothesis, Origin};

pub(super) fn state(
    t: &mut dyn Tables,
    origin: &Origin,
    text: &str,
    item: Option<&ContentId>,
) -> Result<Option<Number>, Error> {
    text::required(text, "the text of the hypothesis")?;
    if let Some(id) = item {
        item::need(t, id)?;
    }
    let number = HypothesisNo(next(t, Table::Hypotheses)?);
    let hypothesis = Hypothesis {
        number,
        origin: origin.clone(),
        text: text.to_owned(),
        item: item.copied(),
        evidence: Vec::new(),
        withdrawn: None,
    };
    put(t, origin, &hypothesis)?;
    Ok(Some(Number::Hypothesis(number)))
}

pub(super) fn link(
    t: &mut dyn Tables,
    origin: &Origin,
    linked: &Event,
) -> Result<Option<Number>, Error> {
    let Event::EvidenceLinked {
        hypothesis,
        evidence,
        bearing,
        reason,
    } = linked
    else {
        return Ok(None);
    };
    let number = *hypothesis;
    text::required(reason, "the reason")?;
    let mut hypothesis = need(t, number)?;
    cited::check(
        t,
        origin,
        std::slice::from_ref(evidence),
        Evidence::Hypothesis(number),
    )?;
    hypothesis.evidence.push(EvidenceLink {
        origin: origin.clone(),
        evidence: evidence.clone(),
        bearing: *bearing,
        reason: reason.clone(),
        withdrawn: None,
    });
    put(t, origin, &hypothesis)?;
    Ok(Some(Number::Hypothesis(number)))
}

pub(super) fn assess(
    t: &mut dyn Tables,
    origin: &Origin,
    made: &AssessmentMade,
) -> Result<Option<Number>, Error> {
    text::required(&made.assessor, "the assessor")?;
    text::required(&made.reasons, "the reasons of the assessment")?;
    need(t, made.hypothesis)?;
    let number = AssessmentNo(next(t, Table::Assessments)?);
    cited::check(t, origin, &made.evidence, Evidence::Assessment(number))?;
    let standing: Option<Assessment> = find(t, &format!("{} {}", made.hypothesis, made.assessor))?;
    match (made.supersedes, standing) {
        (None, None) => {}
        (None, Some(standing)) => return Err(unsaid(&standing).into()),
        (Some(old), Some(mut standing)) if standing.number == old => {
            standing.superseded_by = Some(number);
            put(t, origin, &standing)?;
        }
        (Some(old), _) => return Err(not_superseded(t, made, old)?.into()),
    }
    let assessment = Assessment {
        number,
        origin: origin.clone(),
        made: made.clone(),
        superseded_by: None,
    };
    put(t, origin, &assessment)?;
    Ok(Some(Number::Assessment(number)))
}

fn need(t: &dyn Tables, number: HypothesisNo) -> Result<Hypothesis, Error> {
    let unknown = || Refusal::unknown(format!("there is no hypothesis {number}"), "state it first");
    let hypothesis: Hypothesis = get(t, number.0)?.ok_or_else(unknown)?;
    undo::standing(hypothesis.withdrawn.as_ref(), &number)?;
    Ok(hypothesis)
}

fn unsaid(standing: &Assessment) -> Refusal {
    let (number, made) = (standing.number, &standing.made);
    Refusal::conflict(
        format!(
            "{number} is what {} holds on {}",
            made.assessor, made.hypothesis
        ),
        format!("to revise it, say that the new assessment supersedes {number}"),
    )
}

/// Why `made` may not supersede `old`.
fn not_superseded(
    t: &dyn Tables,
    made: &AssessmentMade,
    old: AssessmentNo,
) -> Result<Refusal, Error> {
    let Some(other) = get::<Assessment>(t, old.0)? else {
        return Ok(Refusal::unknown(
            format!("there is no assessment {old}"),
            "name the one to revise",
        ));
    };
    if other.made.assessor != made.assessor {
        let sentence = format!("{old} is the judgement of {}", other.made.assessor);
        return Ok(Refusal::conflict(
            sentence,
            "nobody revises another's judgement: assess without superseding",
        ));
    }
    if other.made.hypothesis != made.hypothesis {
        let sentence = format!(
            "{old} judges {}, not {}",
            other.made.hypothesis, made.hypothesis
        );
        return Ok(Refusal::conflict(
            sentence,
            "supersede an assessment of the same hypothesis",
        ));
    }
    let newer = other
        .superseded_by
        .map_or_else(|| "the one that stands".to_owned(), |n| n.to_string());
    Ok(Refusal::conflict(
        format!("{old} is superseded already"),
        format!("supersede {newer}, or what revised it"),
    ))
}
