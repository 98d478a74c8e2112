//! A person who appears in the invented item.

use store::event::{Identity, PersonAppears, PersonEntered, PersonIdentified, Pin};
use store::number::PersonNo;
use store::record::{IdentityChange, Person, PersonSeen};
use store::vocabulary::PersonRole;

use super::{Words, id, origin, span};

/// A name that the report must not show, the person being a witness.
pub(crate) const NAME: &str = "Marga Petersen";

pub(super) fn person(words: &Words) -> Person {
    Person {
        number: PersonNo(1),
        origin: origin(29, words),
        entered: PersonEntered {
            description: words.say("woman with a dog"),
            roles: vec![PersonRole::Bystander],
            note: words.maybe("seen twice"),
        },
        appearances: vec![PersonSeen {
            origin: origin(30, words),
            appears: PersonAppears {
                person: PersonNo(1),
                pin: Pin {
                    item: id(),
                    span: Some(span(4, 4)),
                    region: None,
                },
                roles: vec![PersonRole::Witness],
                note: words.maybe("turns away"),
            },
            withdrawn: None,
        }],
        protections: Vec::new(),
        identities: vec![IdentityChange {
            origin: origin(31, words),
            identified: PersonIdentified {
                person: PersonNo(1),
                identity: Identity::Named {
                    name: NAME.to_owned(),
                },
                reason: words.say("she called us"),
            },
            withdrawn: None,
        }],
        withdrawn: None,
    }
}
