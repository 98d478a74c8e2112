//! Words of the people who appear in items.

use serde::{Deserialize, Serialize};

vocabulary!(/// What a person who appears in an item does or is there.
    PersonRole { /// Speaks, or is heard.
        Speaker = "speaker", /// Is harmed.
        Victim = "victim", /// Saw what happened.
        Witness = "witness", /// Is, or may be, under age.
        Minor = "minor", /// May have done harm.
        Suspect = "suspect", /// Is there and no more.
        Bystander = "bystander", /// Is held by others.
        Detainee = "detainee", /// Bears arms.
        Armed = "armed", /// Acts for a state or an authority.
        Official = "official", /// Helps the hurt.
        Medic = "medic", /// Reports.
        Journalist = "journalist", /// Anything else, as the note says.
        Other = "other" });

vocabulary!(/// Why a person must be masked wherever something is published.
    Protection { /// Is, or may be, under age.
        Minor = "minor", /// Saw what happened, and may be in danger for it.
        Witness = "witness", /// Was harmed.
        Victim = "victim", /// Another reason, as it is stated.
        Other = "other" });
