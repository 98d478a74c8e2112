//! People who appear in items.

use super::tables::{Table, Tables, all, get, next, put};
use super::{cited, mask, pin, text, undo};
use crate::error::{Error, Refusal};
use crate::event::{Identity, PersonAppears, PersonEntered, PersonIdentified, PersonProtected};
use crate::number::{Number, PersonNo};
use crate::record::{IdentityChange, Origin, Person, PersonSeen, ProtectionChange, Withdrawn};

pub(super) fn enter(
    t: &mut dyn Tables,
    origin: &Origin,
    entered: &PersonEntered,
) -> Result<Option<Number>, Error> {
    text::required(&entered.description, "the description of the person")?;
    text::optional(entered.note.as_ref(), "the note")?;
    text::once(&entered.roles, "a role")?;
    let person = Person {
        number: PersonNo(next(t, Table::People)?),
        origin: origin.clone(),
        entered: entered.clone(),
        appearances: Vec::new(),
        protections: Vec::new(),
        identities: Vec::new(),
        withdrawn: None,
    };
    keep(t, origin, &person)
}

pub(super) fn appear(
    t: &mut dyn Tables,
    origin: &Origin,
    appears: &PersonAppears,
) -> Result<Option<Number>, Error> {
    text::optional(appears.note.as_ref(), "the note")?;
    text::once(&appears.roles, "a role")?;
    let mut person = need(t, appears.person)?;
    pin::check(t, &appears.pin)?;
    person.appearances.push(PersonSeen {
        origin: origin.clone(),
        appears: appears.clone(),
        withdrawn: None,
    });
    keep(t, origin, &person)
}

pub(super) fn protect(
    t: &mut dyn Tables,
    origin: &Origin,
    protected: &PersonProtected,
) -> Result<Option<Number>, Error> {
    text::required(&protected.reason, "the reason")?;
    text::once(&protected.protection, "a ground of protection")?;
    let mut person = need(t, protected.person)?;
    person.protections.push(ProtectionChange {
        origin: origin.clone(),
        protected: protected.clone(),
        withdrawn: None,
    });
    keep(t, origin, &person)
}

pub(super) fn identify(
    t: &mut dyn Tables,
    origin: &Origin,
    identified: &PersonIdentified,
) -> Result<Option<Number>, Error> {
    text::required(&identified.reason, "the reason")?;
    if let Identity::Named { name } = &identified.identity {
        text::required(name, "the name of the person")?;
    }
    let mut person = need(t, identified.person)?;
    person.identities.push(IdentityChange {
        origin: origin.clone(),
        identified: identified.clone(),
        withdrawn: None,
    });
    keep(t, origin, &person)
}

fn keep(t: &mut dyn Tables, origin: &Origin, person: &Person) -> Result<Option<Number>, Error> {
    put(t, origin, person)?;
    Ok(Some(Number::Person(person.number)))
}

pub(super) fn need(t: &dyn Tables, number: PersonNo) -> Result<Person, Error> {
    let unknown = || {
        Refusal::unknown(
            format!("there is no person {number}"),
            "enter the person first",
        )
    };
    let person: Person = get(t, number.0)?.ok_or_else(unknown)?;
    undo::standing(person.withdrawn.as_ref(), &number)?;
    Ok(person)
}

/// Takes back a person, or one thing recorded of it.
pub(super) fn withdraw(
    t: &mut dyn Tables,
    origin: &Origin,
    entry: u64,
    withdrawn: &Withdrawn,
) -> Result<Option<Number>, Error> {
    for mut person in all::<Person>(t)? {
        let place = if person.origin.entry == entry {
            cited::unused(t, &person.number)?;
            if let Some(mask) = mask::protecting(t, person.number)? {
                return Err(undo::in_use(&person.number, &mask).into());
            }
            Some(&mut person.withdrawn)
        } else {
            part(&mut person, entry)
        };
        let Some(place) = place else {
            continue;
        };
        undo::mark(place, withdrawn, entry)?;
        return keep(t, origin, &person);
    }
    Ok(None)
}

/// What `entry` recorded of a person: whether it was taken back.
fn part(person: &mut Person, entry: u64) -> Option<&mut Option<Withdrawn>> {
    let seen = person.appearances.iter_mut();
    let protections = person.protections.iter_mut();
    let identities = person.identities.iter_mut();
    seen.map(|it| (&it.origin, &mut it.withdrawn))
        .chain(protections.map(|it| (&it.origin, &mut it.withdrawn)))
        .chain(identities.map(|it| (&it.origin, &mut it.withdrawn)))
        .find(|(origin, _)| origin.entry == entry)
        .map(|(_, withdrawn)| withdrawn)
}
