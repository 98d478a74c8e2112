//! People who appear in items, under a number and a description.
//!
//! Nothing here looks at a face: that somebody appears, and is the same person as elsewhere, is what people say.

use store::event::{Event, PersonAppears, PersonEntered, PersonIdentified, PersonProtected};
use store::number::PersonNo;
use store::record::{Item, Person};
use store::vocabulary::{PersonRole, RecordKind};

use crate::case::Case;
use crate::error::Result;
use crate::record::Where;

impl Case {
    /// Enters a person who appears in items.
    ///
    /// # Errors
    /// The description is empty, a role is given twice, or the store fails. So for every verb below.
    pub fn enter_person(&self, entered: PersonEntered) -> Result<Person> {
        let entry = self.record(&Event::PersonEntered(entered))?.seq;
        self.made_by(entry)
    }

    /// Records where a person appears.
    ///
    /// # Errors
    /// There is no such person or place, or the store fails.
    pub fn person_appears(
        &self,
        person: PersonNo,
        item: &Item,
        at: Where,
        roles: Vec<PersonRole>,
        note: Option<String>,
    ) -> Result<Person> {
        self.record(&Event::PersonAppears(PersonAppears {
            person,
            pin: self.pin(item, at)?,
            roles,
            note,
        }))?;
        self.person(person)
    }

    /// Says whether a person must be masked wherever something is published.
    ///
    /// # Errors
    /// There is no such person, no reason is given, or the store fails.
    pub fn protect_person(&self, protected: PersonProtected) -> Result<Person> {
        let person = protected.person;
        self.record(&Event::PersonProtected(protected))?;
        self.person(person)
    }

    /// Says what is known of who a person is.
    ///
    /// # Errors
    /// There is no such person, no reason is given, or the store fails.
    pub fn identify_person(&self, identified: PersonIdentified) -> Result<Person> {
        let person = identified.person;
        self.record(&Event::PersonIdentified(identified))?;
        self.person(person)
    }

    /// People who appear in `item`, or every one.
    ///
    /// # Errors
    /// The store fails.
    pub fn people(&self, item: Option<&Item>) -> Result<Vec<Person>> {
        let Some(item) = item else {
            return Ok(self.store.people()?);
        };
        let mut people: Vec<Person> = self.about(RecordKind::Person, item)?;
        people.retain(|person| appears_in(person, item));
        Ok(people)
    }

    /// People who appear in `item` as the case stands, where this is shown as it stood.
    pub(crate) fn present_people(&self, item: &Item) -> Result<Vec<Person>> {
        let present = self.present.as_ref().unwrap_or(&self.store);
        let mut people = present.people()?;
        people.retain(|person| appears_in(person, item));
        Ok(people)
    }

    fn person(&self, number: PersonNo) -> Result<Person> {
        self.by_number(number)
    }
}

fn appears_in(person: &Person, item: &Item) -> bool {
    let seen = person.appearances.iter();
    seen.filter(|it| it.withdrawn.is_none())
        .any(|it| it.appears.pin.item == item.id)
}
