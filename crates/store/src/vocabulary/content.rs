//! Words of what a viewer should know before an item is opened.

use serde::{Deserialize, Serialize};

vocabulary!(/// What an item shows or lets hear that can harm whoever looks at it unprepared.
    ContentFlag { /// Injuries, blood or worse.
        Graphic = "graphic", /// People who are killed, or dead.
        Death = "death", /// People who are hurt by others.
        Violence = "violence", /// Torture or other abuse.
        Torture = "torture", /// Sexual violence.
        SexualViolence = "sexual-violence", /// Nakedness or sexual acts.
        Nudity = "nudity", /// Children who are harmed or in danger.
        Children = "children", /// Harm that people do to themselves.
        SelfHarm = "self-harm", /// Animals that are harmed.
        Animals = "animals", /// Sound that is hard to bear: screams, explosions.
        DistressingSound = "distressing-sound", /// Words or signs of hatred.
        Hatred = "hatred" });
