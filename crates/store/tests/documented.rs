//! The bodies that docs/formats/journal.md shows are those that are written.

#![allow(clippy::unwrap_used)]

use journal::ContentId;
use store::event::*;
use store::number::{
    CheckpointNo, ClaimNo, MaskNo, MatchNo, PersonNo, PublicationNo, SeriesNo, SourceNo, WatchNo,
};
use store::vocabulary::{
    ContentFlag, Credibility, DatePrecision, Footing, GroundKind, Interpolation, MaskMethod,
    MaskShape, PersonRole, PlacePrecision, Protection, Reliability, RemovalGround, RenderForm,
    SoundMethod, SourceState, SourceTie, Verdict,
};

const JOURNAL: &str = include_str!("../../../docs/formats/journal.md");

/// The JSON under the heading of `kind`.
fn documented(kind: &str) -> serde_json::Value {
    let (_, section) = JOURNAL.split_once(&format!("### `{kind}`")).unwrap();
    let (_, example) = section.split_once("```json\n").unwrap();
    serde_json::from_str(example.split_once("\n```").unwrap().0).unwrap()
}

fn shows(event: &Event) {
    let (kind, body) = event.to_entry().unwrap();
    assert_eq!(documented(&kind), body, "{kind}");
    assert_eq!(&Event::from_entry(&kind, &body).unwrap(), event);
}

#[test]
fn a_review_is_written_as_documented() {
    shows(&Event::MatchReviewed(MatchReviewed {
        number: MatchNo(1),
        verdict: Verdict::Rejected,
        note: Some("another market, the stalls stand differently".into()),
    }));
}

#[test]
fn an_undoing_is_written_as_documented() {
    shows(&Event::EntryUndone(EntryUndone {
        entry: 41,
        reason: "pinned to the wrong frame".into(),
    }));
}

#[test]
fn a_tombstone_is_written_as_documented() {
    shows(&Event::ItemRemoved(ItemRemoved {
        item: ContentId([1; 32]),
        size: 1001,
        blake3: "ab".repeat(32),
        ground: RemovalGround::Law,
        reason: "order 12/26".into(),
        derived: Vec::new(),
    }));
}

#[test]
fn a_report_of_an_item_that_is_there_is_written_as_ever() {
    let (kind, body) = Event::ReportWritten {
        item: ContentId([1; 32]),
        report: ContentId([2; 32]),
        removed: false,
    }
    .to_entry()
    .unwrap();
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        (kind.as_str(), members),
        (
            "report.written",
            vec![&"item".to_owned(), &"report".to_owned()]
        )
    );
}

#[test]
fn a_watch_is_written_as_documented() {
    shows(&Event::WatchBegun(WatchBegun {
        item: ContentId([1; 32]),
        span: None,
        note: Some("shown again every war".into()),
    }));
    shows(&Event::WatchSearched(WatchSearched {
        watches: vec![WatchNo(1)],
        items: vec![ContentId([2; 32])],
        tool: "framewitness-reuse/2".into(),
        found: vec![FoundAgain {
            watch: WatchNo(1),
            found: MatchNo(1),
        }],
    }));
    shows(&Event::WatchEnded(WatchEnded {
        watch: WatchNo(1),
        note: None,
    }));
}

#[test]
fn what_is_known_of_a_source_is_written_as_documented() {
    let source = SourceNo(1);
    shows(&Event::SourceObserved(SourceObserved {
        source,
        state: SourceState::Renamed,
        observed: Some("2026-05-03".into()),
        note: None,
        name: Some("@quayside".into()),
        proof: vec![
            Proof::Item {
                item: ContentId([2; 32]),
            },
            Proof::Blob {
                blob: ContentId([3; 32]),
                name: "profile.html".into(),
            },
            Proof::Url {
                url: "https://archive.example/1".into(),
            },
        ],
    }));
    shows(&Event::SourceAliased(SourceAliased {
        source,
        name: "@quayside".into(),
        url: None,
        from: Some("2025-11".into()),
        until: Some("2026-04-30".into()),
        note: None,
    }));
    shows(&Event::SourceRelated(SourceRelated {
        source,
        tie: SourceTie::PublishesFor,
        to: SourceNo(2),
        from: Some("2026".into()),
        until: None,
        note: Some("its imprint names the account".into()),
    }));
    shows(&Event::SourceGraded(SourceGraded {
        source,
        grade: Reliability::NotUsuallyReliable,
        assessor: "Ada".into(),
        reason: "two earlier films were older than it said".into(),
    }));
}

#[test]
fn a_state_of_a_source_from_before_proof_is_read_and_written_as_it_was() {
    let earlier = r#"{"source":"S1","state":"deleted","observed":null,"note":"404"}"#;
    let read: SourceObserved = serde_json::from_str(earlier).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), earlier);
}

#[test]
fn a_rating_is_written_as_documented() {
    shows(&Event::ClaimRated(ClaimRated {
        claim: ClaimNo(1),
        credibility: Credibility::Improbable,
        assessor: "Ada".into(),
        reason: "the tower behind was built later".into(),
        evidence: vec!["O2".into()],
    }));
}

#[test]
fn a_date_and_a_place_are_written_as_documented() {
    let pin = Pin {
        item: ContentId([1; 32]),
        span: None,
        region: None,
    };
    let ground = |kind, cites: Option<&str>| Ground {
        kind,
        cites: cites.map(Into::into),
    };
    shows(&Event::ItemDated(ItemDated {
        pin: pin.clone(),
        footing: Footing::Established,
        from: "2026-05-01".into(),
        until: Some("2026-05-02".into()),
        precision: DatePrecision::Range,
        grounds: vec![
            ground(GroundKind::Observation, Some("O1")),
            ground(GroundKind::Shadows, None),
        ],
        assessor: "Ada".into(),
        reason: "the shadow, and the market days".into(),
        supersedes: None,
    }));
    shows(&Event::ItemPlaced(ItemPlaced {
        pin,
        footing: Footing::Claimed,
        name: "Market square".into(),
        position: Some(Position {
            latitude_e7: 506_412_000,
            longitude_e7: 299_231_000,
            radius_m: Some(50),
        }),
        precision: PlacePrecision::Street,
        grounds: vec![ground(GroundKind::Claim, Some("C1"))],
        assessor: "Ada".into(),
        reason: "as the caption says".into(),
        supersedes: None,
    }));
}

#[test]
fn tags_notes_and_content_are_written_as_documented() {
    shows(&Event::ContentNoted(ContentNoted {
        item: ContentId([1; 32]),
        flags: vec![ContentFlag::Graphic, ContentFlag::DistressingSound],
        note: Some("a man lies on the quay".into()),
    }));
    shows(&Event::TagAdded(TagAdded {
        on: "C1".into(),
        tag: "to be asked again".into(),
    }));
    shows(&Event::NoteWritten(NoteWritten {
        on: "S1".into(),
        text: "the phone number in its profile is disconnected".into(),
    }));
}

#[test]
fn people_are_written_as_documented() {
    let person = PersonNo(1);
    shows(&Event::PersonEntered(PersonEntered {
        description: "man in red jacket".into(),
        roles: vec![PersonRole::Speaker, PersonRole::Witness],
        note: None,
    }));
    shows(&Event::PersonAppears(PersonAppears {
        person,
        pin: Pin {
            item: ContentId([1; 32]),
            span: None,
            region: None,
        },
        roles: vec![PersonRole::Witness],
        note: Some("turns away".into()),
    }));
    shows(&Event::PersonProtected(PersonProtected {
        person,
        protection: vec![Protection::Witness],
        reason: "threatened after the first broadcast".into(),
    }));
    shows(&Event::PersonIdentified(PersonIdentified {
        person,
        identity: Identity::Withheld,
        reason: "asked not to be named".into(),
    }));
}

#[test]
#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
fn masks_are_written_as_documented() {
    let frame = |no: u32, pts| FrameRef {
        no,
        pts: Some(pts),
        hash: "cd".repeat(32),
    };
    let keyframe = |frame: FrameRef, x| Keyframe {
        frame,
        shape: Shape::Box(Region {
            x,
            y: 20,
            width: 64,
            height: 48,
        }),
    };
    shows(&Event::MaskDrawn(MaskDrawn {
        item: ContentId([1; 32]),
        cover: Cover::Picture(PictureCover {
            span: Span {
                time_base: [1, 25],
                start: 3,
                end: 10,
                first: frame(3, 3),
                last: frame(9, 9),
            },
            shape: MaskShape::Ellipse,
            tracked: TrackedRegion {
                between: Interpolation::LinearFrames,
                keyframes: vec![keyframe(frame(3, 3), 10), keyframe(frame(9, 9), 40)],
            },
            method: MaskMethod::Solid,
        }),
        protects: vec![PersonNo(2)],
        reason: "the girl with the satchel".into(),
        proposed_by: None,
        supersedes: Some(MaskNo(1)),
    }));
    let heard = Cover::Sound(SoundCover {
        span: SoundSpan {
            stream: 1,
            rate: 48_000,
            from: 480,
            to: 960,
            hash: "cd".repeat(32),
        },
        method: SoundMethod::Mute,
    });
    let (_, section) = JOURNAL.split_once("A mask of sound").unwrap();
    let (_, example) = section.split_once("```json\n").unwrap();
    let example = example.split_once("\n```").unwrap().0;
    assert_eq!(serde_json::from_str::<Cover>(example).unwrap(), heard);
    shows(&Event::MaskRendered(MaskRendered {
        item: ContentId([1; 32]),
        masks: vec![MaskNo(2)],
        list: ContentId([2; 32]),
        video: ContentId([3; 32]),
        size: 1001,
        form: RenderForm::Mp4,
        frames: 100,
        tool: "framewitness 0.1".into(),
        versions: [("mask-leaks".into(), "1".into())].into(),
        parameters: [(
            "video".into(),
            "libx264 preset veryfast crf 18 keyint 48 bframes 0 threads 2".into(),
        )]
        .into(),
        check: ContentId([4; 32]),
        leaks: 0,
    }));
    shows(&Event::MaskConfirmed(MaskConfirmed {
        mask: MaskNo(2),
        note: Some("every frame, at half speed".into()),
    }));
}

#[test]
fn a_series_is_written_as_documented() {
    shows(&Event::SeriesBegun(SeriesBegun {
        name: "Harbour at dawn".into(),
        source: Some(SourceNo(1)),
        note: None,
    }));
    shows(&Event::SeriesPlaced(SeriesPlaced {
        series: SeriesNo(1),
        item: ContentId([1; 32]),
        position: 3,
        label: Some("Part 3".into()),
        released: Some("2026-05-02".into()),
        note: None,
    }));
}

#[test]
fn an_inspection_is_written_as_documented() {
    shows(&Event::ItemInspected(Inspected {
        item: ContentId([1; 32]),
        tool: "framewitness 0.1".into(),
        versions: [("transition/luma-histogram".into(), "1".into())].into(),
        facts: ContentId([4; 32]),
        frames: ContentId([5; 32]),
        prints: ContentId([6; 32]),
        thumbnails: ContentId([7; 32]),
        sound: None,
        frame_count: 100,
        finding_count: 3,
        complete: true,
        tracks: Vec::new(),
        found: vec![FindingsOfKind {
            kind: "cut".into(),
            count: 3,
            says: vec!["The picture changes at once at frame 75.".into()],
        }],
        glance: Some(Glance {
            duration_us: 4_004_000,
            display: Some([320, 180]),
            codec: Some("h264".into()),
            thumbnails: 9,
        }),
    }));
}

#[test]
fn what_is_published_is_written_as_documented() {
    shows(&Event::PublicationDrafted(PublicationDrafted {
        title: "Market square".into(),
        question: Some("Was it filmed this year?".into()),
        summary: "The film is older than was said.".into(),
        editor: "Ada".into(),
        checkpoint: CheckpointNo(1),
        selected: vec!["#1".into(), "C1".into(), "F:#1:2".into()],
        mentioned: vec!["C2".into()],
        pseudonyms: [("Ben".to_owned(), "Analyst 1".to_owned())].into(),
        acquisitions: true,
        originals: false,
        masked: false,
        supersedes: None,
    }));
    let draft = ContentId([4; 32]);
    shows(&Event::PublicationReviewed(PublicationReviewed {
        publication: PublicationNo(1),
        draft,
        approved: true,
        note: None,
    }));
    shows(&Event::PublicationSealed(PublicationSealed {
        publication: PublicationNo(1),
        draft,
        manifest: ContentId([5; 32]),
    }));
    shows(&Event::PublicationWithdrawn(PublicationWithdrawn {
        publication: PublicationNo(2),
        reason: "the court asked to wait".into(),
    }));
}

#[test]
fn what_came_in_is_written_as_documented() {
    let manifest = ContentId([5; 32]);
    shows(&Event::PublicationReceived(PublicationReceived {
        manifest,
        title: "Harbour".into(),
        their_number: "B1".into(),
        sealed_by: Sealer {
            name: "Zoe".into(),
            fingerprint: "SHA256:8vN0".into(),
        },
        head: TheirHead {
            journal: "framewitness/ab34".into(),
            size: 40,
            root: ContentId([8; 32]),
        },
        origin: Some("https://example.org/harbour".into()),
        note: None,
        proven: vec!["all 2 files are those that SHA256:8vN0 signed".into()],
        unproven: vec!["whose key SHA256:8vN0 is: ask its owner by other means".into()],
        tool: "framewitness 0.1".into(),
        files: vec![
            ReceivedFile {
                path: "data/report-item-1.html".into(),
                bytes: ContentId([6; 32]),
                size: 1001,
                item: Some(ContentId([1; 32])),
            },
            ReceivedFile {
                path: "tagmanifest-sha256.txt".into(),
                bytes: manifest,
                size: 200,
                item: None,
            },
        ],
        items: vec![TheirItem {
            their_number: "#1".into(),
            item: ContentId([1; 32]),
            original: false,
        }],
        words: vec![TheirWords {
            their_number: "C1".into(),
            text: "this morning".into(),
        }],
    }));
}
