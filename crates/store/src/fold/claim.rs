//! Claims and observations.

use super::tables::{Table, Tables, get, next, put};
use super::{item, pin, source, text, tracked, undo};
use crate::error::{Error, Refusal};
use crate::event::{ClaimMade, ClaimStatusChanged, ObservationMade};
use crate::evidence::Evidence;
use crate::number::{ClaimNo, Number, ObservationNo};
use crate::record::{Claim, Observation, Origin, StatusChange};
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
    let unknown = || {
        Refusal::unknown(
            format!("there is no claim {number}"),
            "record the claim first",
        )
    };
    let mut claim: Claim = get(t, number.0)?.ok_or_else(unknown)?;
    undo::standing(claim.withdrawn.as_ref(), &number)?;
    if changed.reason.trim().is_empty() && changed.evidence.is_empty() {
        let sentence = format!("the status of {number} cannot change without reason or evidence");
        return Err(Refusal::invalid(sentence, "say why, or name evidence such as O2").into());
    }
    pin::check_evidence(t, &changed.evidence, Evidence::Claim(number))?;
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

pub(super) fn observe(
    t: &mut dyn Tables,
    origin: &Origin,
    made: &ObservationMade,
) -> Result<Option<Number>, Error> {
    text::required(&made.text, "the text of the observation")?;
    pin::check(t, &made.pin)?;
    tracked::check(&item::need(t, &made.pin.item)?, made)?;
    let number = ObservationNo(next(t, Table::Observations)?);
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
