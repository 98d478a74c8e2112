//! The document as a whole, made from a small invented case.

mod invented;
mod languages;
mod structure;

use std::collections::BTreeSet;

use store::number::PublicationNo;
use store::vocabulary::{ClaimStatus, Verdict};

use super::{Part, REPORT, cited_frames, render};
use invented::{HOSTILE, case, hostile_case};

#[test]
fn same_data_gives_the_same_bytes() {
    assert_eq!(render(&case()), render(&case()));
}

#[test]
fn is_well_formed_and_every_link_has_a_target() {
    for html in [render(&case()), render(&hostile_case())] {
        let document = structure::read(&html);
        assert_eq!(document.lang.as_deref(), Some("en"));
        for landmark in ["header", "nav", "main", "footer"] {
            assert!(document.tags.contains(landmark), "{landmark}");
        }
        for target in &document.links {
            assert!(document.ids.contains(target), "#{target} leads nowhere");
        }
        assert_eq!(document.ids.len(), document.ids_seen, "an id is used twice");
        assert!(!document.tags.contains("script"));
        assert!(document.pictures_without_alt == 0);
    }
}

#[test]
fn needs_no_network() {
    let html = render(&case());
    for outside in ["http://", "https://", "src=\"/", "@import", "url("] {
        let shown_as_text = html.replace("<code>https://video.example/w/1</code>", "");
        let shown_as_text =
            shown_as_text.replace("<code>https://social.example/@nobody</code>", "");
        assert!(!shown_as_text.contains(outside), "{outside}");
    }
}

#[test]
fn text_of_strangers_is_inert() {
    let html = render(&hostile_case());
    assert!(!html.contains("<script"), "markup must be escaped");
    for hidden in ['\u{202E}', '\u{200B}', '\u{2066}', '\u{7}'] {
        assert!(!html.contains(hidden), "{hidden:?} must be written out");
    }
    assert!(html.contains("⟨U+202E⟩"));
    assert!(HOSTILE.contains('\u{202E}'));
}

#[test]
fn a_part_says_of_nothing_that_it_was_not_recorded() {
    let mut part = case();
    part.part = Some(Part {
        publication: PublicationNo(1),
        findings: BTreeSet::new(),
    });
    part.figures.clear();
    part.claims.clear();
    part.observations.clear();
    part.dates.clear();
    part.places.clear();
    part.assessments.clear();
    part.sources.clear();
    part.matches.clear();
    let explained = structure::read(&render(&part)).text;
    part.hypotheses.clear();
    let text = structure::read(&render(&part)).text;
    for recorded in [
        REPORT.asked.nothing,
        REPORT.claims.none,
        REPORT.observations.none,
        REPORT.whereabouts.none,
        REPORT.assessments.none,
        REPORT.assessments.nobody,
        REPORT.matches.none,
        REPORT.findings.none,
        REPORT.sources.none,
    ] {
        assert!(
            !text.contains(recorded) && !explained.contains(recorded),
            "{recorded}"
        );
    }
    assert_eq!(text.matches(REPORT.page.unselected).count(), 8);
}

#[test]
fn gives_no_verdict_of_its_own() {
    let text = structure::read(&render(&case())).text.to_lowercase();
    for verdict in ["fake", "real", "genuine", "manipulated", "authentic"] {
        let words = text.split(|c: char| !c.is_alphabetic());
        assert!(words.into_iter().all(|word| word != verdict), "{verdict}");
    }
}

#[test]
fn pictures_are_grey_and_blurred_until_asked_without_script() {
    let html = render(&case());
    assert_eq!(
        html.matches("class=\"picture\"").count(),
        case().figures.len()
    );
    assert!(html.contains("--blur: blur(18px); --grey: grayscale(1)"));
    assert!(html.contains("filter: var(--grey) var(--blur)"));
    assert!(!html.contains(":hover"), "never on hover");
    assert!(
        !html.contains("checked>") && !html.contains("checked "),
        "nothing is asked for beforehand"
    );
}

#[test]
fn cites_both_ends_of_each_span_once() {
    let data = case();
    let cited = cited_frames(&data);
    let numbers: Vec<u32> = cited.keys().map(|no| no.0).collect();
    assert_eq!(numbers, [2, 4, 5, 9]);
    let by = |no: u32| {
        cited[&media::time::FrameNo(no)]
            .iter()
            .map(|one| one.by.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(by(4), ["C1", "O1", "P1"]);
    assert_eq!(by(9), ["M1"]);
}

#[test]
fn says_what_is_known_and_what_is_not() {
    let mut data = case();
    data.claims[0].status = ClaimStatus::Refuted;
    let text = structure::read(&render(&data)).text;
    let standing = structure::between(&text, "Known", "Drawn from the record alone");
    insta::assert_snapshot!(standing, @"
    These 1 048 577 bytes were preserved by ada on 2026-05-03T10:00:01.000Z and have this SHA-256.
    The file was read to its end: 10 frames presented, each with its own hash.
    C1 is refuted: “We arrived before dawn.”
    C2 is contradicted by evidence: “Filmed this morning.”
    M1: a method found 0:00:00.500 to 0:00:01.000 in harbour.mp4 to show the same footage as 0:00:00.000 to 0:00:00.500 in ferry-2019.mp4. ada compared them and confirmed it.
    Not known
    H1, “The video was recorded in the morning.”: the assessors do not agree.
    ");
}

#[test]
fn a_match_without_a_reviewers_word_is_not_known() {
    let mut data = case();
    data.matches[0].verdict = Verdict::Unreviewed;
    data.matches[0].record.reviews.clear();
    let text = structure::read(&render(&data)).text;
    let open = structure::between(&text, "Not known", "Drawn from the record alone");
    assert!(open.contains("Whether M1 is the same footage"), "{open}");
}

#[test]
fn a_source_is_told_with_its_names_ties_grades_and_states() {
    let text = structure::read(&render(&case())).text;
    let told = structure::between(&text, "Other names", "How this report can be checked");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "@quayside from 2025-11 until 2026-04-30",
        "publishes for S2 The Quay from 2026 its imprint",
        "E when it was entered",
        "D Dr Okoye : its earlier films were shown to be older (superseded by entry 15)",
        "deleted seen 2026-05-03 as @somebody 404",
        "shown by a kept file profile.html , SHA-256",
        "This item is release 1, “ Part 1 ”, released 2026-05-02.",
        "Releases that the case does not have: 2, 3.",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn when_and_where_is_told_with_what_it_rests_on() {
    let text = structure::read(&render(&case())).text;
    let told = structure::between(
        &text,
        "Judgements of the people named. Where they differ, they stand side by side.",
        "Assessments",
    );
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "D1 established 2026-05-01 to 2026-05-02 (range), says Dr Okoye",
        "observation O1 , shadow-analysis",
        "L1 claimed Old harbour (street), says B. Lindqvist",
        "latitude, longitude 53.5461,-9.9661, within 1 200 m",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn what_to_know_comes_before_what_there_is_to_see() {
    let text = structure::read(&render(&case())).text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = "Before you look: graphic, distressing sound, by the word of ada";
    let at = text.find(words).expect("the content note");
    assert!(at < text.find("What was asked").expect("the contents"));
    assert!(text.contains("C1 to be asked again entry 26"), "{text}");
    assert!(text.contains("#1 The harbour master was called."));
}

#[test]
fn a_protected_person_is_told_of_and_not_named() {
    let html = render(&case());
    assert!(!html.contains(invented::people::NAME));
    let text = structure::read(&html).text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("P1 woman with a dog , bystander protected witness"),
        "{text}"
    );
    assert!(text.contains("Identity: known, and withheld"));
    let mut data = case();
    data.people[0].appearances.clear();
    assert!(
        render(&data).contains(invented::people::NAME),
        "who is not protected is named"
    );
}

#[test]
fn judgements_stand_side_by_side() {
    let text = structure::read(&render(&case())).text;
    let judged = structure::between(&text, "Assessments", "Evidence weighed");
    insta::assert_snapshot!(judged, @"
    H1
    The video was recorded in the morning.
    entry 10, 2026-05-03T10:00:10.000Z,
    ada
    The assessors do not agree: from unlikely (20–45 %) to very likely (80–95 %). Each judgement stands; nothing is averaged.
    A2
    B. Lindqvist
    very likely (80–95 %)
    moderate confidence
    The shadow, and the ferry’s timetable.
    Evidence:
    O1
    entry 22, 2026-05-03T10:00:22.000Z,
    ada
    A3
    Dr Okoye
    unlikely (20–45 %)
    moderate confidence
    The shadow, and the ferry’s timetable.
    Evidence:
    O1
    revises
    A1
    entry 23, 2026-05-03T10:00:23.000Z,
    ada
    Earlier judgements, revised by those who made them
    A1
    Dr Okoye
    likely (55–80 %)
    moderate confidence
    The shadow, and the ferry’s timetable.
    Evidence:
    O1
    revised by
    A3
    entry 21, 2026-05-03T10:00:21.000Z,
    ada
    ");
}

#[test]
fn an_item_that_was_never_inspected_still_has_a_report() {
    let mut data = case();
    (data.facts, data.frames, data.item.inspection) = (None, None, None);
    data.findings.clear();
    data.figures.clear();
    let text = structure::read(&render(&data)).text;
    assert!(text.contains("What the file contains: it was not inspected."));
    assert!(text.contains("The item has no frames that could be laid out in time."));
}
