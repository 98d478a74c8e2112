//! Claims and observations.

use super::revise::{self, Revised};
use super::tables::{Table, Tables, get, next, put};
use super::{cited, item, pin, source, text, tracked, undo};
use crate::error::{Error, Refusal};
use crate::event::{ClaimMade, ClaimRated, ClaimStatusChanged, ObservationMade};
use crate::evidence::Evidence;
use crate::number::{ClaimNo, Number, ObservationNo};
use crate::record::{Claim, Observation, Origin, Rating, StatusChange, Withdrawn};
use crate::vocabulary::ClaimStatus;

pub(super) fn make(
    t: &mut dyn Tables,
    origin: &Origin,
    made: &ClaimMade,
) -> Result<Option<Number>, Error> {
    text::required(&made.text, "the text of the claim")?;
    text::optional(made.claimant.as_ref(), "the claimant")?;
    text::optional(made.language.as_ref(), "the language")?;
    text::optional(made.url.as_ref(), "the address")?;
    text::moment(made.asserted.as_ref(), "the time asserted")?;
    pin::check(t, &made.pin)?;
    if let Some(number) = made.source {
        source::need(t, number)?;
    }
    let number = ClaimNo(next(t, Table::Claims)?);
    let claim = Claim {
        number,
        origin: origin.clone(),
        made: made.clone(),
        status: ClaimStatus::Unverified,
        history: Vec::new(),
        ratings: Vec::new(),
        withdrawn: None,
    };
    put(t, origin, &claim)?;
    Ok(Some(Number::Claim(number)))
}

pub(super) fn change_status(
    t: &mut dyn Tables,
    origin: &Origin,
    changed: &ClaimStatusChanged,
) -> Result<Option<Number>, Error> {
    let number = changed.claim;
    let mut claim = need(t, number)?;
    if changed.reason.trim().is_empty() && changed.evidence.is_empty() {
        let sentence = format!("the status of {number} cannot change without reason or evidence");
        return Err(Refusal::invalid(sentence, "say why, or name evidence such as O2").into());
    }
    cited::check(t, origin, &changed.evidence, Evidence::Claim(number))?;
    claim.status = changed.status;
    claim.history.push(StatusChange {
        origin: origin.clone(),
        status: changed.status,
        reason: changed.reason.clone(),
        evidence: changed.evidence.clone(),
        withdrawn: None,
    });
    put(t, origin, &claim)?;
    Ok(Some(Number::Claim(number)))
}

/// Claim `number`.
fn need(t: &dyn Tables, number: ClaimNo) -> Result<Claim, Error> {
    let unknown = || {
        Refusal::unknown(
            format!("there is no claim {number}"),
            "record the claim first",
        )
    };
    let claim: Claim = get(t, number.0)?.ok_or_else(unknown)?;
    undo::standing(claim.withdrawn.as_ref(), &number)?;
    Ok(claim)
}

pub(super) fn rate(
    t: &mut dyn Tables,
    origin: &Origin,
    rated: &ClaimRated,
) -> Result<Option<Number>, Error> {
    text::required(&rated.assessor, "the assessor")?;
    let number = rated.claim;
    let mut claim = need(t, number)?;
    if rated.reason.trim().is_empty() && rated.evidence.is_empty() {
        let sentence = format!("{number} cannot be rated without reason or evidence");
        return Err(Refusal::invalid(sentence, "say why, or name evidence such as O2").into());
    }
    cited::check(t, origin, &rated.evidence, Evidence::Claim(number))?;
    claim.ratings.push(Rating {
        origin: origin.clone(),
        rated: rated.clone(),
        superseded_by: None,
        withdrawn: None,
    });
    revise::restand(&mut claim.ratings);
    put(t, origin, &claim)?;
    Ok(Some(Number::Claim(number)))
}

impl Revised for Rating {
    fn entry(&self) -> u64 {
        self.origin.entry
    }

    fn withdrawn(&mut self) -> &mut Option<Withdrawn> {
        &mut self.withdrawn
    }

    fn assessor(&self) -> &str {
        &self.rated.assessor
    }

    fn superseded_by(&mut self) -> &mut Option<u64> {
        &mut self.superseded_by
    }
}

pub(super) fn observe(
    t: &mut dyn Tables,
    origin: &Origin,
    made: &ObservationMade,
) -> Result<Option<Number>, Error> {
    text::required(&made.text, "the text of the observation")?;
    pin::check(t, &made.pin)?;
    tracked::check(&item::need(t, &made.pin.item)?, made)?;
    let number = ObservationNo(next(t, Table::Observations)?);
    cited::check(t, origin, &made.cites, Evidence::Observation(number))?;
    text::once(&made.cites, "what is cited")?;
    put(
        t,
        origin,
        &Observation {
            number,
            origin: origin.clone(),
            made: made.clone(),
            withdrawn: None,
        },
    )?;
    Ok(Some(Number::Observation(number)))
}
