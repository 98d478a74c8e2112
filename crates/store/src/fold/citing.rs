//! What stands in the record and rests on the bytes of an item.
//!
//! Hypotheses, assessments and reviews of the item do not: they are questions and judgements, and stay when
//! the bytes are gone.

use super::tables::{Tables, all};
use crate::error::Error;
use crate::event::{Ground, Proof};
use crate::evidence::Evidence;
use crate::record::{
    Assessment, Citing, Claim, Hypothesis, Item, ItemDate, ItemPlace, Mask, Match, MediaReview,
    Observation, Origin, Person, ResemblanceRecord, Series, Source, Watch,
};
use crate::vocabulary::Verdict;

/// Everything that stands and cites `item`, or a finding in it.
pub(crate) fn citing(t: &dyn Tables, item: &Item) -> Result<Vec<Citing>, Error> {
    let mut found = Found(Vec::new());
    for claim in all::<Claim>(t)?.iter().filter(|it| it.withdrawn.is_none()) {
        if claim.made.pin.item == item.id {
            found.undo(&claim.number, &claim.origin);
        }
        let ratings = claim.ratings.iter().filter(|it| it.withdrawn.is_none());
        for rating in ratings.filter(|it| rests_on(&it.rated.evidence, item)) {
            found.undo(&claim.number, &rating.origin);
        }
        let changes = claim.history.iter().filter(|it| it.withdrawn.is_none());
        for change in changes.filter(|it| rests_on(&it.evidence, item)) {
            found.undo(&claim.number, &change.origin);
        }
    }
    for seen in all::<Observation>(t)? {
        let of = seen.made.pin.item == item.id || rests_on(&seen.made.cites, item);
        if seen.withdrawn.is_none() && of {
            found.undo(&seen.number, &seen.origin);
        }
    }
    for one in all::<Hypothesis>(t)? {
        let links = one.evidence.iter().filter(|it| it.withdrawn.is_none());
        for link in links.filter(|it| rests_on(std::slice::from_ref(&it.evidence), item)) {
            found.undo(&one.number, &link.origin);
        }
    }
    when_where_and_who(t, item, &mut found)?;
    judged_and_shared(t, item, &mut found)?;
    Ok(found.0)
}

fn when_where_and_who(t: &dyn Tables, item: &Item, found: &mut Found) -> Result<(), Error> {
    let grounded = |grounds: &[Ground]| {
        let cited: Vec<String> = grounds.iter().filter_map(|it| it.cites.clone()).collect();
        rests_on(&cited, item)
    };
    for it in all::<ItemDate>(t)? {
        let stands = it.withdrawn.is_none() && it.superseded_by.is_none();
        if stands && (it.dated.pin.item == item.id || grounded(&it.dated.grounds)) {
            found.undo(&it.number, &it.origin);
        }
    }
    for it in all::<ItemPlace>(t)? {
        let stands = it.withdrawn.is_none() && it.superseded_by.is_none();
        if stands && (it.placed.pin.item == item.id || grounded(&it.placed.grounds)) {
            found.undo(&it.number, &it.origin);
        }
    }
    for person in all::<Person>(t)? {
        let seen = person
            .appearances
            .iter()
            .filter(|it| it.withdrawn.is_none());
        for seen in seen.filter(|it| it.appears.pin.item == item.id) {
            found.undo(&person.number, &seen.origin);
        }
    }
    for mask in all::<Mask>(t)? {
        if mask.stands() && mask.drawn.item == item.id {
            found.undo(&mask.number, &mask.origin);
        }
    }
    Ok(())
}

fn judged_and_shared(t: &dyn Tables, item: &Item, found: &mut Found) -> Result<(), Error> {
    for made in all::<Assessment>(t)? {
        if made.superseded_by.is_none() && rests_on(&made.made.evidence, item) {
            let number = made.number;
            found.add(
                &number,
                format!("revise {number} by an assessment that rests on something else"),
            );
        }
    }
    for made in all::<MediaReview>(t)? {
        if made.stands() && rests_on(&made.made.evidence, item) {
            found.undo(&made.number, &made.origin);
        }
    }
    for made in all::<ResemblanceRecord>(t)? {
        let sides = [made.made.one.item, made.made.other.item];
        if made.stands() && sides.contains(&item.id) {
            found.undo(&made.number, &made.origin);
        }
    }
    for shared in all::<Match>(t)? {
        let sides = [shared.found.query, shared.found.reference];
        if sides.contains(&item.id) && shared.verdict() != Verdict::Rejected {
            let number = shared.number;
            found.add(&number, format!("`review reject {number}`"));
        }
    }
    for source in all::<Source>(t)? {
        let proof = Proof::Item { item: item.id };
        let seen = source.observations.iter();
        let standing = seen.filter(|it| it.withdrawn.is_none());
        for seen in standing.filter(|it| it.proof.contains(&proof)) {
            found.undo(&source.number, &seen.origin);
        }
    }
    for series in all::<Series>(t)? {
        let placed = series.items.iter().filter(|it| it.withdrawn.is_none());
        for placed in placed.filter(|it| it.placed.item == item.id) {
            found.undo(&series.number, &placed.origin);
        }
    }
    for watch in all::<Watch>(t)? {
        if watch.ended.is_none() && watch.begun.item == item.id {
            let number = watch.number;
            found.add(&number, format!("`watch end {number}`"));
        }
    }
    Ok(())
}

struct Found(Vec<Citing>);

impl Found {
    fn add(&mut self, number: &dyn std::fmt::Display, resolve: String) {
        let number = number.to_string();
        self.0.push(Citing { number, resolve });
    }

    fn undo(&mut self, number: &dyn std::fmt::Display, origin: &Origin) {
        self.add(number, format!("`undo {} --reason …`", origin.entry));
    }
}

fn rests_on(evidence: &[String], item: &Item) -> bool {
    let named = |cited: &String| cited.parse().ok().and_then(Evidence::item);
    evidence.iter().any(|it| named(it) == Some(item.number))
}
