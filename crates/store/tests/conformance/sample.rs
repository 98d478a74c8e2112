//! Authors and events to record.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use journal::{ContentId, HeldKey};
use store::event::*;
use store::number::{
    AssessmentNo, ClaimNo, DateNo, HypothesisNo, MatchNo, PersonNo, PlaceNo, SeriesNo, SourceNo,
    WatchNo,
};
use store::vocabulary::{
    ClaimRelation, Confidence, ContentFlag, Credibility, DatePrecision, Footing, GroundKind,
    Interpolation, Likelihood, PersonRole, PlacePrecision, Protection, Reliability, RemovalGround,
    SourceKind, SourceTie, Verdict,
};
use store::{Appended, Error, Reason, Refusal, Store};

pub(crate) const AT: &str = "2026-05-03T10:00:00Z";

pub(crate) fn ada() -> HeldKey {
    HeldKey::from_seed("Ada", &[1; 32])
}

pub(crate) fn ben() -> HeldKey {
    HeldKey::from_seed("Ben", &[2; 32])
}

pub(crate) fn id(n: u8) -> ContentId {
    ContentId([n; 32])
}

/// Records `event` as Ada.
pub(crate) fn record(store: &dyn Store, event: impl Borrow<Event>) -> Appended {
    store.append(&ada(), AT, event.borrow()).unwrap()
}

/// The refusal of `event`, and proof that nothing of it was recorded.
pub(crate) fn refused(store: &dyn Store, event: impl Borrow<Event>) -> Refusal {
    let (head, event) = (store.head().unwrap(), event.borrow());
    let error = store.append(&ada(), AT, event).unwrap_err();
    assert_eq!(store.head().unwrap(), head, "{event:?} left something");
    match error {
        Error::Refused(refusal) => {
            assert!(!refusal.sentence.is_empty() && !refusal.hint.is_empty());
            refusal
        }
        other => panic!("{event:?} failed otherwise: {other}"),
    }
}

pub(crate) fn reason(store: &dyn Store, event: impl Borrow<Event>) -> Reason {
    refused(store, event).reason
}

/// A case with two inspected items.
pub(crate) fn opened(store: &dyn Store) {
    record(
        store,
        Event::CaseOpened {
            name: "Market square".into(),
        },
    );
    for n in [1, 2] {
        record(store, Event::ItemAcquired(acquired(n)));
        record(store, Event::ItemInspected(inspected(n)));
    }
}

pub(crate) fn acquired(n: u8) -> Acquired {
    Acquired {
        item: id(n),
        size: 1000 + u64::from(n),
        blake3: "ab".repeat(32),
        name: format!("clip-{n}.mp4"),
        method: "file".into(),
        origin: Some(format!("/in/clip-{n}.mp4")),
        modified: Some("2026-05-01T00:00:00Z".into()),
        uploaded: n.is_multiple_of(2).then(|| "2026-04".into()),
        acquired: n.is_multiple_of(2).then(|| "2026-05-02T18:20Z".into()),
        note: None,
    }
}

/// An inspection that saw 100 frames and 3 findings.
pub(crate) fn inspected(n: u8) -> Inspected {
    Inspected {
        item: id(n),
        tool: "framewitness 0.1".into(),
        versions: BTreeMap::from([("libavcodec".into(), "59.37.100".into())]),
        facts: id(100 + n),
        frames: id(110 + n),
        prints: id(120 + n),
        thumbnails: id(130 + n),
        sound: n.is_multiple_of(2).then(|| id(140 + n)),
        frame_count: 100,
        finding_count: 3,
        found: vec![
            told("cut", 2, &["The picture changes at once at frame 3."]),
            told("fade_out", 1, &["It goes dark, as dusk falls."]),
        ],
        complete: true,
        tracks: Vec::new(),
        glance: n.is_multiple_of(2).then(|| Glance {
            duration_us: 4_000_000,
            display: Some([320, 180]),
            codec: Some("h264".into()),
            thumbnails: 4,
        }),
    }
}

pub(crate) fn told(kind: &str, count: u32, says: &[&str]) -> FindingsOfKind {
    FindingsOfKind {
        kind: kind.into(),
        count,
        says: says.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn span(first: u32, last: u32) -> Span {
    let frame = |no: u32| FrameRef {
        no,
        pts: Some(i64::from(no) * 10),
        hash: "cd".repeat(32),
    };
    Span {
        time_base: [1, 250],
        start: i64::from(first) * 10,
        end: i64::from(last) * 10 + 10,
        first: frame(first),
        last: frame(last),
    }
}

pub(crate) fn pin(n: u8) -> Pin {
    Pin {
        item: id(n),
        span: None,
        region: None,
    }
}

pub(crate) fn claim(text: &str) -> ClaimMade {
    ClaimMade {
        relation: ClaimRelation::About,
        pin: pin(1),
        claimant: Some("a newspaper".into()),
        source: None,
        text: text.into(),
        language: Some("en".into()),
        asserted: Some("2026-05".into()),
        url: None,
    }
}

pub(crate) fn rated(
    assessor: &str,
    claim: u32,
    credibility: Credibility,
    evidence: &[&str],
) -> Event {
    Event::ClaimRated(ClaimRated {
        claim: ClaimNo(claim),
        credibility,
        assessor: assessor.into(),
        reason: if evidence.is_empty() {
            "so".into()
        } else {
            String::new()
        },
        evidence: evidence.iter().map(ToString::to_string).collect(),
    })
}

pub(crate) fn observation(text: &str) -> Event {
    let pin = Pin {
        span: Some(span(3, 5)),
        region: Some(Region {
            x: 1,
            y: 2,
            width: 3,
            height: 4,
        }),
        ..pin(1)
    };
    Event::ObservationMade(ObservationMade {
        pin,
        text: text.into(),
        tracked: None,
        sound: None,
        cites: Vec::new(),
    })
}

pub(crate) fn source(name: &str, grade: Option<&str>) -> Event {
    Event::SourceNamed(SourceNamed {
        name: name.into(),
        kind: SourceKind::Account,
        url: None,
        grade: grade.map(Into::into),
        note: None,
    })
}

pub(crate) fn alias(source: u32, name: &str) -> Event {
    Event::SourceAliased(SourceAliased {
        source: SourceNo(source),
        name: name.into(),
        url: None,
        from: Some("2025-11".into()),
        until: Some("2026-04-30".into()),
        note: None,
    })
}

pub(crate) fn tie(source: u32, to: u32) -> Event {
    Event::SourceRelated(SourceRelated {
        source: SourceNo(source),
        tie: SourceTie::PublishesFor,
        to: SourceNo(to),
        from: None,
        until: None,
        note: None,
    })
}

pub(crate) fn grade_by(assessor: &str, source: u32, grade: Reliability) -> Event {
    Event::SourceGraded(SourceGraded {
        source: SourceNo(source),
        grade,
        assessor: assessor.into(),
        reason: "its earlier films were older".into(),
    })
}

pub(crate) fn series(source: Option<u32>) -> Event {
    Event::SeriesBegun(SeriesBegun {
        name: "Market at noon".into(),
        source: source.map(SourceNo),
        note: None,
    })
}

pub(crate) fn placed(series: u32, item: u8, position: u32) -> Event {
    Event::SeriesPlaced(SeriesPlaced {
        series: SeriesNo(series),
        item: id(item),
        position,
        label: Some("Part".into()),
        released: None,
        note: None,
    })
}

/// A date of item 1, on its shadows.
pub(crate) fn dated(assessor: &str, from: &str, supersedes: Option<u32>) -> ItemDated {
    ItemDated {
        pin: pin(1),
        footing: Footing::Claimed,
        from: from.into(),
        until: None,
        precision: DatePrecision::Day,
        grounds: vec![Ground {
            kind: GroundKind::Shadows,
            cites: None,
        }],
        assessor: assessor.into(),
        reason: "so".into(),
        supersedes: supersedes.map(DateNo),
    }
}

/// A place of item 1, on a claim.
pub(crate) fn somewhere(assessor: &str, cites: &str, supersedes: Option<u32>) -> ItemPlaced {
    ItemPlaced {
        pin: pin(1),
        footing: Footing::Established,
        name: "Market square".into(),
        position: Some(Position {
            latitude_e7: 506_412_000,
            longitude_e7: -299_231_000,
            radius_m: Some(50),
        }),
        precision: PlacePrecision::Point,
        grounds: vec![Ground {
            kind: GroundKind::Claim,
            cites: Some(cites.into()),
        }],
        assessor: assessor.into(),
        reason: "so".into(),
        supersedes: supersedes.map(PlaceNo),
    }
}

pub(crate) fn tag(on: &str, tag: &str) -> Event {
    Event::TagAdded(TagAdded {
        on: on.into(),
        tag: tag.into(),
    })
}

pub(crate) fn note(on: &str, text: &str) -> Event {
    Event::NoteWritten(NoteWritten {
        on: on.into(),
        text: text.into(),
    })
}

pub(crate) fn content(n: u8, flags: &[ContentFlag]) -> Event {
    Event::ContentNoted(ContentNoted {
        item: id(n),
        flags: flags.to_vec(),
        note: None,
    })
}

pub(crate) fn person(roles: &[PersonRole]) -> Event {
    Event::PersonEntered(PersonEntered {
        description: "man in red jacket".into(),
        roles: roles.to_vec(),
        note: None,
    })
}

pub(crate) fn appears(person: u32, n: u8, roles: &[PersonRole]) -> Event {
    Event::PersonAppears(PersonAppears {
        person: PersonNo(person),
        pin: pin(n),
        roles: roles.to_vec(),
        note: None,
    })
}

pub(crate) fn protected(person: u32, protection: &[Protection]) -> Event {
    Event::PersonProtected(PersonProtected {
        person: PersonNo(person),
        protection: protection.to_vec(),
        reason: "so".into(),
    })
}

pub(crate) fn identified(person: u32, identity: Identity) -> Event {
    Event::PersonIdentified(PersonIdentified {
        person: PersonNo(person),
        identity,
        reason: "so".into(),
    })
}

pub(crate) fn hypothesis(text: &str) -> Event {
    Event::HypothesisStated {
        text: text.into(),
        item: Some(id(1)),
    }
}

pub(crate) fn assessment(assessor: &str, on: u32, supersedes: Option<u32>) -> AssessmentMade {
    AssessmentMade {
        hypothesis: HypothesisNo(on),
        assessor: assessor.into(),
        likelihood: Likelihood::Likely,
        confidence: Confidence::Low,
        reasons: "no impact is seen".into(),
        evidence: Vec::new(),
        supersedes: supersedes.map(AssessmentNo),
    }
}

pub(crate) fn found(
    query: u8,
    query_span: Span,
    reference: u8,
    reference_span: Span,
) -> MatchFound {
    MatchFound {
        query: id(query),
        query_span,
        reference: id(reference),
        reference_span,
        score_permille: 900,
        mirrored: false,
        speed_permille: 1000,
        tool: "reuse 1".into(),
        basis: None,
    }
}

pub(crate) fn reviewed(number: u32, verdict: Verdict, note: Option<&str>) -> Event {
    Event::MatchReviewed(MatchReviewed {
        number: MatchNo(number),
        verdict,
        note: note.map(Into::into),
    })
}

pub(crate) fn watch(n: u8, span: Option<Span>) -> Event {
    Event::WatchBegun(WatchBegun {
        item: id(n),
        span,
        note: None,
    })
}

pub(crate) fn ended(watch: u32) -> Event {
    Event::WatchEnded(WatchEnded {
        watch: WatchNo(watch),
        note: None,
    })
}

/// Item `n` was searched for `watch`, and `found` was found.
pub(crate) fn searched(watch: u32, n: u8, found: Option<u32>) -> Event {
    let again = |found| FoundAgain {
        watch: WatchNo(watch),
        found: MatchNo(found),
    };
    Event::WatchSearched(WatchSearched {
        watches: vec![WatchNo(watch)],
        items: vec![id(n)],
        tool: "reuse 1".into(),
        found: found.map(again).into_iter().collect(),
    })
}

pub(crate) fn undone(entry: u64) -> Event {
    Event::EntryUndone(EntryUndone {
        entry,
        reason: "a slip".into(),
    })
}

/// The tombstone of item `n`.
pub(crate) fn removal(n: u8) -> ItemRemoved {
    let acquired = acquired(n);
    ItemRemoved {
        item: acquired.item,
        size: acquired.size,
        blake3: acquired.blake3,
        ground: RemovalGround::Law,
        reason: "order 12/26".into(),
        derived: Vec::new(),
    }
}

pub(crate) fn removed(n: u8) -> Event {
    Event::ItemRemoved(removal(n))
}

/// A report on item `n`, written before or after it was removed.
pub(crate) fn reported(n: u8, removed: bool) -> Event {
    Event::ReportWritten {
        item: id(n),
        report: id(200 + n),
        removed,
    }
}

/// A region that moves from frame 3 to frame 9 of item 2, and samples of its sound.
pub(crate) fn tracking() -> ObservationMade {
    let frame = |no: u32| span(no, no).first;
    let area = |x| {
        Shape::Box(Region {
            x,
            y: 0,
            width: 4,
            height: 4,
        })
    };
    let keyframe = |no, x| Keyframe {
        frame: frame(no),
        shape: area(x),
    };
    ObservationMade {
        pin: Pin {
            span: Some(span(3, 9)),
            region: Some(area(10).bounds()),
            ..pin(2)
        },
        text: "it moves".into(),
        tracked: Some(TrackedRegion {
            between: Interpolation::LinearFrames,
            keyframes: vec![keyframe(3, 10), keyframe(5, 20), keyframe(9, 0)],
        }),
        sound: Some(SoundSpan {
            stream: 1,
            rate: 48_000,
            from: 480,
            to: 960,
            hash: "cd".repeat(32),
        }),
        cites: Vec::new(),
    }
}

/// An observation of all of item 1 that cites something else.
pub(crate) fn seen_beside(text: &str, cites: &[String]) -> Event {
    Event::ObservationMade(ObservationMade {
        pin: pin(1),
        text: text.into(),
        tracked: None,
        sound: None,
        cites: cites.to_vec(),
    })
}
