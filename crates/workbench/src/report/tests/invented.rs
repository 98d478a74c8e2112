//! An invented case with one of everything that a report shows.

pub(crate) mod people;
mod remarks;
mod sources;
mod whereabouts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use journal::ContentId;
use media::facts::{Facts, Stream, StreamKind, VideoFacts};
use media::finding::{Finding, FindingKind, FrameSpan, Method};
use media::index::{FrameEntry, FrameHash, FrameIndex, PictureType};
use media::time::{FrameNo, Pts, Rational, TimeBase};
use store::event::{
    Acquired, AssessmentMade, ClaimMade, ClaimRated, FrameRef, Inspected, MatchFound,
    ObservationMade, Pin, Region, Span,
};
use store::number::{
    AssessmentNo, ClaimNo, HypothesisNo, ItemNo, MatchNo, ObservationNo, SourceNo,
};
use store::record::{
    Acquisition, Assessment, Claim, EvidenceLink, Hypothesis, Inspection, Item, Match, Observation,
    Origin, Rating, Review, StatusChange,
};
use store::vocabulary::{
    Bearing, ClaimRelation, ClaimStatus, Confidence, Credibility, Likelihood, Verdict,
};

use crate::report::{Figure, ReportData};
use crate::view::{Head, MatchView};

/// Text as an attacker would write it.
pub(super) const HOSTILE: &str = "</bdi><script>alert(1)</script>\" onload='x' {{ 7 }} &amp; gpj.\u{202E}4pm\u{200B}\u{2066}\u{7}";

/// Words that the invented case uses, so that the same case can be written in hostile ones.
struct Words {
    hostile: bool,
}

impl Words {
    fn say(&self, plain: &str) -> String {
        if self.hostile {
            HOSTILE.to_owned()
        } else {
            plain.to_owned()
        }
    }

    fn maybe(&self, plain: &str) -> Option<String> {
        Some(self.say(plain))
    }
}

pub(super) fn case() -> ReportData {
    written(&Words { hostile: false })
}

/// The same case with every free text hostile.
pub(super) fn hostile_case() -> ReportData {
    written(&Words { hostile: true })
}

const BASE: TimeBase = TimeBase { num: 1, den: 1000 };

fn written(words: &Words) -> ReportData {
    ReportData {
        case: words.say("The harbour"),
        as_of: "2026-05-04T09:30:00.000Z".to_owned(),
        head: Head {
            size: 1234,
            root: format!("sha256:{}", "ab".repeat(32)),
        },
        tool: words.say("framewitness 0.1.0"),
        part: None,
        item: item(words),
        removal: None,
        facts: Some(facts(words)),
        frames: Some(Arc::new(index())),
        findings: findings(words),
        figures: [2, 4, 5].map(|no| figure(no, words)).into(),
        claims: claims(words),
        observations: vec![observation(words)],
        dates: vec![whereabouts::date(words)],
        places: vec![whereabouts::place(words)],
        people: vec![people::person(words)],
        tags: vec![remarks::tag(words)],
        notes: vec![remarks::note(words)],
        hypotheses: vec![hypothesis(words)],
        assessments: assessments(words),
        sources: sources::sources(words),
        series: vec![sources::series(words)],
        media_reviews: Vec::new(),
        resemblances: Vec::new(),
        matches: vec![reuse(words)],
    }
}

fn id() -> ContentId {
    ContentId([0x5A; 32])
}

fn origin(entry: u64, words: &Words) -> Origin {
    Origin {
        entry,
        at: format!("2026-05-03T10:00:{entry:02}.000Z"),
        actor: words.say("ada"),
    }
}

fn item(words: &Words) -> Item {
    let acquired = Acquired {
        item: id(),
        size: 1_048_577,
        blake3: "0".repeat(64),
        name: words.say("harbour.mp4"),
        method: words.say("file"),
        origin: words.maybe("/media/stick/harbour.mp4"),
        modified: words.maybe("2026-05-01T00:00:00Z"),
        uploaded: words.maybe("2026-05"),
        acquired: words.maybe("2026-05-03T18:20Z"),
        note: words.maybe("from a messenger group"),
    };
    let inspected = Inspected {
        item: id(),
        tool: words.say("framewitness 0.1.0"),
        versions: BTreeMap::from([(words.say("libavcodec"), words.say("59.37.100"))]),
        facts: id(),
        frames: id(),
        prints: id(),
        thumbnails: id(),
        sound: None,
        frame_count: 10,
        finding_count: 1,
        found: Vec::new(),
        complete: true,
        tracks: Vec::new(),
        glance: None,
    };
    Item {
        number: ItemNo(1),
        id: id(),
        name: words.say("harbour.mp4"),
        size: 1_048_577,
        acquisitions: vec![Acquisition {
            origin: origin(1, words),
            acquired,
        }],
        searched: Vec::new(),
        removed: None,
        content: vec![remarks::content(words)],
        inspection: Some(Inspection {
            origin: origin(2, words),
            inspected,
        }),
    }
}

fn facts(words: &Words) -> Facts {
    let video = VideoFacts {
        width: 320,
        height: 180,
        sample_aspect: Rational { num: 1, den: 1 },
        rotation: 0,
        mirrored: false,
        pixel_format: words.say("yuv420p"),
        average_rate: Rational { num: 10, den: 1 },
        guessed_rate: Rational { num: 10, den: 1 },
        color_range: words.say("tv"),
        color_space: words.say("bt709"),
        color_primaries: words.say("bt709"),
        color_transfer: words.say("bt709"),
        field_order: words.say("progressive"),
    };
    let stream = Stream {
        index: 0,
        kind: StreamKind::Video,
        codec: words.say("h264"),
        profile: words.maybe("High"),
        codec_tag: words.say("avc1"),
        time_base: BASE,
        start: Some(Pts(0)),
        duration: Some(1000),
        header_frames: Some(10),
        bit_rate: None,
        attached_picture: false,
        tags: BTreeMap::from([(words.say("handler_name"), words.say("VideoHandler"))]),
        video: Some(video),
        audio: None,
        essence: None,
    };
    Facts {
        format: words.say("mov,mp4"),
        format_name: words.say("QuickTime / MOV"),
        size: 1_048_577,
        duration_us: Some(1_000_000),
        tags: BTreeMap::from([(words.say("encoder"), words.say("Lavf59"))]),
        streams: vec![stream],
        video: Some(0),
        ..Facts::default()
    }
}

/// Ten frames of 100 ms, each hash made of its number.
fn index() -> FrameIndex {
    let frame = |no: u32| FrameEntry {
        no: FrameNo(no),
        pts: Some(Pts(i64::from(no) * 100)),
        duration: 100,
        picture: PictureType::P,
        key: no == 0,
        damaged: false,
        sample: None,
        position: None,
        size: 100,
        width: 320,
        height: 180,
        hash: FrameHash([no as u8; 32]),
    };
    FrameIndex {
        time_base: BASE,
        frames: (0..10).map(frame).collect(),
    }
}

fn findings(words: &Words) -> Vec<Finding> {
    let method = Method {
        name: words.say("cut/difference"),
        version: 1,
        parameters: BTreeMap::from([(words.say("threshold"), 0.25)]),
        limits: words.say("Does not see dissolves."),
    };
    let span = FrameSpan {
        first: FrameNo(5),
        last: FrameNo(5),
        start: Some(Pts(500)),
        end: Some(Pts(600)),
    };
    let values = BTreeMap::from([(words.say("difference"), 0.75)]);
    vec![Finding {
        kind: FindingKind::Cut,
        summary: words.say("A new shot starts."),
        span: Some(span),
        method,
        values,
        reproduce: None,
    }]
}

/// A picture of four grey bands, so that there is something to see.
fn figure(no: u32, words: &Words) -> Figure {
    let (width, height) = (320, 180);
    let bands = (0..height)
        .flat_map(|y| (0..width).flat_map(move |x| [(x / 2) as u8, (y + no * 20) as u8, 96]));
    let rgb: Vec<u8> = bands.collect();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&rgb))
        .expect("a picture");
    let applied = words.say("Converted to RGB by the bt709 matrix, tv range.");
    Figure {
        no: FrameNo(no),
        width,
        height,
        pixel_hash: FrameHash([0xEE; 32]),
        applied,
        masked: BTreeSet::new(),
        covered: false,
        png,
    }
}

fn frame_ref(no: u32) -> FrameRef {
    FrameRef {
        no,
        pts: Some(i64::from(no) * 100),
        hash: "00".repeat(32),
    }
}

fn span(first: u32, last: u32) -> Span {
    let (start, end) = (i64::from(first) * 100, i64::from(last) * 100 + 100);
    Span {
        time_base: [1, 1000],
        start,
        end,
        first: frame_ref(first),
        last: frame_ref(last),
    }
}

fn claims(words: &Words) -> Vec<Claim> {
    let spoken = ClaimMade {
        relation: ClaimRelation::In,
        pin: Pin {
            item: id(),
            span: Some(span(2, 4)),
            region: None,
        },
        claimant: words.maybe("man in the blue coat"),
        source: None,
        text: words.say("We arrived before dawn."),
        language: Some("en".to_owned()),
        asserted: None,
        url: None,
    };
    let posted = ClaimMade {
        relation: ClaimRelation::About,
        pin: Pin {
            item: id(),
            span: None,
            region: None,
        },
        claimant: None,
        source: Some(SourceNo(1)),
        text: words.say("Filmed this morning."),
        language: None,
        asserted: words.maybe("2026-05-02"),
        url: words.maybe("https://video.example/w/1"),
    };
    let change = StatusChange {
        withdrawn: None,
        origin: origin(9, words),
        status: ClaimStatus::Contradicted,
        reason: words.say("The shadow says evening."),
        evidence: vec![words.say("O1")],
    };
    let claim = |number, made, status, history| Claim {
        withdrawn: None,
        number: ClaimNo(number),
        origin: origin(3, words),
        made,
        status,
        history,
        ratings: Vec::new(),
    };
    let posted = claim(2, posted, ClaimStatus::Contradicted, vec![change]);
    vec![
        claim(1, spoken, ClaimStatus::Unverified, Vec::new()),
        Claim {
            ratings: vec![rating(words)],
            ..posted
        },
    ]
}

fn rating(words: &Words) -> Rating {
    Rating {
        origin: origin(9, words),
        rated: ClaimRated {
            claim: ClaimNo(2),
            credibility: Credibility::Improbable,
            assessor: words.say("Dr Okoye"),
            reason: words.say("The tower behind was built later."),
            evidence: vec![words.say("O1")],
        },
        superseded_by: None,
        withdrawn: None,
    }
}

fn observation(words: &Words) -> Observation {
    let region = Region {
        x: 40,
        y: 30,
        width: 90,
        height: 60,
    };
    let pin = Pin {
        item: id(),
        span: Some(span(4, 4)),
        region: Some(region),
    };
    let made = ObservationMade {
        pin,
        text: words.say("A long shadow to the left of the crane."),
        tracked: None,
        sound: None,
        cites: vec![words.say("F:#1:1")],
    };
    Observation {
        withdrawn: None,
        number: ObservationNo(1),
        origin: origin(4, words),
        made,
    }
}

fn hypothesis(words: &Words) -> Hypothesis {
    let link = |entry, evidence: &str, bearing| EvidenceLink {
        withdrawn: None,
        origin: origin(entry, words),
        evidence: words.say(evidence),
        bearing,
        reason: words.say("Light from the west."),
    };
    let mut evidence = vec![
        link(11, "O1", Bearing::Neutral),
        link(12, "O1", Bearing::Inconsistent),
    ];
    evidence.push(EvidenceLink {
        evidence: "F:#1:1".to_owned(),
        ..link(13, "", Bearing::Consistent)
    });
    let text = words.say("The video was recorded in the morning.");
    Hypothesis {
        withdrawn: None,
        number: HypothesisNo(1),
        origin: origin(10, words),
        text,
        item: Some(id()),
        evidence,
    }
}

fn assessments(words: &Words) -> Vec<Assessment> {
    let judge = |number, assessor: &str, likelihood, supersedes, superseded_by| Assessment {
        number: AssessmentNo(number),
        origin: origin(20 + u64::from(number), words),
        made: AssessmentMade {
            hypothesis: HypothesisNo(1),
            assessor: words.say(assessor),
            likelihood,
            confidence: Confidence::Moderate,
            reasons: words.say("The shadow, and the ferry’s timetable."),
            evidence: vec![words.say("O1")],
            supersedes,
        },
        superseded_by,
    };
    vec![
        judge(
            1,
            "Dr Okoye",
            Likelihood::Likely,
            None,
            Some(AssessmentNo(3)),
        ),
        judge(2, "B. Lindqvist", Likelihood::VeryLikely, None, None),
        judge(
            3,
            "Dr Okoye",
            Likelihood::Unlikely,
            Some(AssessmentNo(1)),
            None,
        ),
    ]
}

fn reuse(words: &Words) -> MatchView {
    let found = MatchFound {
        query: id(),
        query_span: span(5, 9),
        reference: ContentId([0x77; 32]),
        reference_span: span(0, 4),
        score_permille: 912,
        mirrored: true,
        speed_permille: 1000,
        tool: words.say("framewitness-reuse/3"),
        basis: None,
    };
    let reviews = vec![Review {
        origin: origin(9, words),
        verdict: Verdict::Confirmed,
        note: words.maybe("the same crack in the quay"),
    }];
    MatchView {
        record: Match {
            number: MatchNo(1),
            origin: origin(6, words),
            found,
            reviews,
        },
        query_item: ItemNo(1),
        reference_item: ItemNo(2),
        query_name: words.say("harbour.mp4"),
        reference_name: words.say("ferry-2019.mp4"),
        query_seconds: [0.5, 1.0],
        reference_seconds: [0.0, 0.5],
        score: 0.912,
        speed: 1.0,
        verdict: Verdict::Confirmed,
    }
}
