//! Words of what sources are worth, and of what they have to do with each other.

use serde::{Deserialize, Serialize};

vocabulary!(/// How reliable a source is: the first half of the Admiralty code (NATO AJP-2.1).
    Reliability { /// Reliable.
        Reliable = "A", /// Usually reliable.
        UsuallyReliable = "B", /// Fairly reliable.
        FairlyReliable = "C", /// Not usually reliable.
        NotUsuallyReliable = "D", /// Unreliable.
        Unreliable = "E", /// Cannot be judged.
        CannotBeJudged = "F" });

vocabulary!(/// How credible a piece of information is, whoever it comes from: the second half of the Admiralty code.
    Credibility { /// Confirmed by other sources.
        Confirmed = "1", /// Probably true.
        ProbablyTrue = "2", /// Possibly true.
        PossiblyTrue = "3", /// Doubtful.
        Doubtful = "4", /// Improbable.
        Improbable = "5", /// Cannot be judged.
        CannotBeJudged = "6" });

vocabulary!(/// What one source has to do with another.
    SourceTie { /// It is an account, a desk or a part of the other.
        BelongsTo = "belongs-to", /// It publishes for the other and is not of it.
        PublishesFor = "publishes-for", /// The other, a person or organisation, runs it.
        RunBy = "run-by", /// It took over from the other, as after a suspension.
        Succeeds = "succeeds", /// Both are the same in truth.
        SameAs = "same-as" });
