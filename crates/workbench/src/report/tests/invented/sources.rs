//! The sources of the invented case, and the series that one of them releases.

use journal::ContentId;
use store::event::{
    Proof, SeriesBegun, SeriesPlaced, SourceAliased, SourceGraded, SourceNamed, SourceRelated,
};
use store::number::{SeriesNo, SourceNo};
use store::record::{Alias, Grading, Placement, Series, Source, SourceObservation, Tie};
use store::vocabulary::{Reliability, SourceKind, SourceState, SourceTie};

use super::{Words, id, origin};

pub(super) fn sources(words: &Words) -> Vec<Source> {
    let account = Source {
        number: SourceNo(1),
        origin: origin(7, words),
        named: SourceNamed {
            name: words.say("@nobody"),
            kind: SourceKind::Account,
            url: words.maybe("https://social.example/@nobody"),
            grade: words.maybe("E"),
            note: words.maybe("Made the day before."),
        },
        observations: vec![seen(words)],
        aliases: vec![alias(words)],
        ties: vec![tie(words)],
        grades: grades(words),
        withdrawn: None,
    };
    let outlet = Source {
        number: SourceNo(2),
        origin: origin(11, words),
        named: SourceNamed {
            name: words.say("The Quay"),
            kind: SourceKind::Outlet,
            url: None,
            grade: None,
            note: None,
        },
        observations: Vec::new(),
        aliases: Vec::new(),
        ties: Vec::new(),
        grades: Vec::new(),
        withdrawn: None,
    };
    vec![account, outlet]
}

fn seen(words: &Words) -> SourceObservation {
    let file = words.say("profile.html");
    SourceObservation {
        origin: origin(8, words),
        state: SourceState::Deleted,
        observed: words.maybe("2026-05-03"),
        note: words.maybe("404"),
        name: words.maybe("@somebody"),
        proof: vec![
            Proof::Item { item: id() },
            Proof::Blob {
                blob: ContentId([0x31; 32]),
                name: file,
            },
            Proof::Url {
                url: words.say("archive.example/nobody"),
            },
        ],
        withdrawn: None,
    }
}

fn alias(words: &Words) -> Alias {
    Alias {
        origin: origin(12, words),
        aliased: SourceAliased {
            source: SourceNo(1),
            name: words.say("@quayside"),
            url: None,
            from: words.maybe("2025-11"),
            until: words.maybe("2026-04-30"),
            note: words.maybe("by its own post"),
        },
        withdrawn: None,
    }
}

fn tie(words: &Words) -> Tie {
    Tie {
        origin: origin(13, words),
        related: SourceRelated {
            source: SourceNo(1),
            tie: SourceTie::PublishesFor,
            to: SourceNo(2),
            from: words.maybe("2026"),
            until: None,
            note: words.maybe("its imprint names the account"),
        },
        withdrawn: None,
    }
}

fn grades(words: &Words) -> Vec<Grading> {
    let grading = |entry, who: &str, grade, superseded_by| Grading {
        origin: origin(entry, words),
        graded: SourceGraded {
            source: SourceNo(1),
            grade,
            assessor: words.say(who),
            reason: words.say("its earlier films were shown to be older"),
        },
        superseded_by,
        withdrawn: None,
    };
    vec![
        grading(14, "Dr Okoye", Reliability::NotUsuallyReliable, Some(15)),
        grading(15, "Dr Okoye", Reliability::Unreliable, None),
    ]
}

pub(super) fn series(words: &Words) -> Series {
    let placed = |entry, item, position| Placement {
        origin: origin(entry, words),
        placed: SeriesPlaced {
            series: SeriesNo(1),
            item,
            position,
            label: words.maybe("Part 1"),
            released: words.maybe("2026-05-02"),
            note: words.maybe("by its caption"),
        },
        withdrawn: None,
    };
    Series {
        number: SeriesNo(1),
        origin: origin(16, words),
        begun: SeriesBegun {
            name: words.say("Harbour at dawn"),
            source: Some(SourceNo(1)),
            note: words.maybe("four were announced"),
        },
        items: vec![placed(17, id(), 1), placed(18, ContentId([0x77; 32]), 4)],
        withdrawn: None,
    }
}
