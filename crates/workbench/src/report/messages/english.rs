//! English.

use std::collections::BTreeSet;

use media::facts::{AudioFacts, Stream, StreamKind, VideoFacts};
use media::finding::FindingKind;
use media::time::FrameNo;
use store::event::{Keyframe, Region, Shape, SoundSpan};
use store::number::{
    AssessmentNo, CheckpointNo, ClaimNo, DateNo, HypothesisNo, ItemNo, MatchNo, MediaReviewNo,
    ObservationNo, PersonNo, PlaceNo, PublicationNo, ResemblanceNo, SeriesNo, SourceNo,
};
use store::vocabulary::{
    Bearing, ClaimStatus, Confidence, ContentFlag, Credibility, DatePrecision, Footing, GroundKind,
    Likelihood, PersonRole, PlacePrecision, Protection, RemovalGround, Resemblance, Shared,
    SourceKind, SourceState, SourceTie, Verdict,
};

use crate::report::filters::grouped_text as grouped;
use crate::report::markup::{Markup, markup};

messages! {
    /// All of them.
    Messages MESSAGES {
        language: Language = LANGUAGE;
        vocabulary: Vocabulary = VOCABULARY;
        parts: Parts = PARTS;
        cover: Cover = COVER;
        page: Page = PAGE;
        asked: Asked = ASKED;
        standing: Standing = STANDING;
        removed: Removed = REMOVED;
        figures: Figures = FIGURES;
        time: Time = TIME;
        claims: Claims = CLAIMS;
        observations: Observations = OBSERVATIONS;
        people: People = PEOPLE;
        whereabouts: Whereabouts = WHEREABOUTS;
        assessments: Assessments = ASSESSMENTS;
        reviews: Reviews = REVIEWS;
        resemblances: Resemblances = RESEMBLANCES;
        matches: Matches = MATCHES;
        findings: Findings = FINDINGS;
        file: File = FILE;
        remarks: Remarks = REMARKS;
        sources: Sources = SOURCES;
        check: Check = CHECK;
        checking = include_str!("../../publication/CHECKING.md");
    }

    /// What language it is.
    Language LANGUAGE {
        // As BCP 47 writes it.
        tag = "en";
        right_to_left: bool = false;
        comma = ", ";
        quoted: fn(Markup) -> Markup = |words| markup!("“{words}”");
    }

    /// Words that the record chooses among.
    Vocabulary VOCABULARY {
        status: fn(&ClaimStatus) -> &'static str = |it| it.word();
        verdict: fn(&Verdict) -> &'static str = |it| it.word();
        footing: fn(&Footing) -> &'static str = |it| it.word();
        date_precision: fn(&DatePrecision) -> &'static str = |it| it.word();
        place_precision: fn(&PlacePrecision) -> &'static str = |it| it.word();
        ground: fn(&GroundKind) -> &'static str = |it| it.word();
        role: fn(&PersonRole) -> &'static str = |it| it.word();
        protection: fn(&Protection) -> &'static str = |it| it.word();
        source: fn(&SourceKind) -> &'static str = |it| it.word();
        state: fn(&SourceState) -> &'static str = |it| it.word();
        shared: fn(&Shared) -> &'static str = |it| it.word();
        content: fn(&ContentFlag) -> String = |it| it.word().replace('-', " ");
        confidence: fn(&Confidence) -> String = |it| format!("{} confidence", it.word());
        likelihood: fn(&Likelihood) -> String = |it| {
            let band = match it {
                Likelihood::AlmostNoChance => "1–5 %",
                Likelihood::VeryUnlikely => "5–20 %",
                Likelihood::Unlikely => "20–45 %",
                Likelihood::EvenChance => "45–55 %",
                Likelihood::Likely => "55–80 %",
                Likelihood::VeryLikely => "80–95 %",
                Likelihood::AlmostCertain => "95–99 %",
            };
            format!("{} ({band})", it.word().replace('-', " "))
        };
        bearing: fn(&Bearing) -> &'static str = |it| match it {
            Bearing::StronglyConsistent => "strongly consistent",
            Bearing::Consistent => "consistent",
            Bearing::Neutral => "neutral",
            Bearing::Inconsistent => "inconsistent",
            Bearing::StronglyInconsistent => "strongly inconsistent",
            Bearing::NotApplicable => "not applicable",
        };
        tie: fn(&SourceTie) -> &'static str = |it| match it {
            SourceTie::BelongsTo => "belongs to",
            SourceTie::PublishesFor => "publishes for",
            SourceTie::RunBy => "is run by",
            SourceTie::Succeeds => "succeeds",
            SourceTie::SameAs => "is the same as",
        };
        degree: fn(&Resemblance) -> &'static str = |it| match it {
            Resemblance::StronglySame => "strongly supports that it is the same",
            Resemblance::ModeratelySame => "moderately supports that it is the same",
            Resemblance::SlightlySame => "slightly supports that it is the same",
            Resemblance::Inconclusive => "inconclusive",
            Resemblance::SlightlyDifferent => "slightly supports that it is another",
            Resemblance::ModeratelyDifferent => "moderately supports that it is another",
            Resemblance::StronglyDifferent => "strongly supports that it is another",
        };
        removal: fn(&RemovalGround) -> &'static str = |it| match it {
            RemovalGround::Law => "law: a law, a court or an authority demands it",
            RemovalGround::Safety => "safety: keeping it endangers somebody",
            RemovalGround::Other => "another ground, said below",
        };
        credibility: fn(&Credibility) -> &'static str = |it| match it {
            Credibility::Confirmed => "confirmed by other sources",
            Credibility::ProbablyTrue => "probably true",
            Credibility::PossiblyTrue => "possibly true",
            Credibility::Doubtful => "doubtful",
            Credibility::Improbable => "improbable",
            Credibility::CannotBeJudged => "cannot be judged",
        };
        carries: fn(&StreamKind) -> &'static str = |it| match it {
            StreamKind::Video => "video",
            StreamKind::Audio => "sound",
            StreamKind::Subtitle => "subtitles",
            StreamKind::Data => "data",
            StreamKind::Attachment => "attachment",
            StreamKind::Unknown => "unknown",
        };
        finding: fn(&FindingKind) -> &'static str = |it| match it {
            FindingKind::Cut => "Cut",
            FindingKind::Dissolve => "Dissolve",
            FindingKind::Black => "Black frames",
            FindingKind::FadeOut => "Fade to black",
            FindingKind::FadeIn => "Fade from black",
            FindingKind::FadeToWhite => "Fade to white",
            FindingKind::FadeFromWhite => "Fade from white",
            FindingKind::Flash => "Flash",
            FindingKind::Repeated => "Repeated frames",
            FindingKind::Freeze => "Picture stands still",
            FindingKind::MotionJump => "Jump in movement",
            FindingKind::Gap => "Time without a frame",
            FindingKind::KeyFrames => "Key frame out of pattern",
            FindingKind::Bitrate => "Bits out of proportion",
            FindingKind::Recoded => "Trace of an earlier coding",
            FindingKind::Fields => "Fields",
            FindingKind::Traces => "Traces of software",
            FindingKind::ContentCredentials => "Content credentials",
            FindingKind::Container => "Container",
            FindingKind::Lengths => "Sound and picture differ in length",
            FindingKind::HiddenFrames => "Stored and never presented",
            FindingKind::VideoTracks => "Several video tracks",
            FindingKind::Timestamps => "Irregular timestamps",
            FindingKind::FrameCount => "Header and content disagree on the number of frames",
            FindingKind::Damage => "Damage reported by the decoder",
            FindingKind::Unreadable => "Unreadable",
            FindingKind::Incomplete => "Read in part",
            FindingKind::Silence => "Silence",
            FindingKind::InsertedSilence => "Exact zeros between sound",
            FindingKind::Clipping => "Clipping",
            FindingKind::Click => "Click",
            FindingKind::SoundGap => "Gap or overlap in the sound",
            FindingKind::SoundOffset => "Sound and picture begin or end apart",
            FindingKind::SoundTracks => "Several audio tracks",
        };
    }

    /// What stands in every part.
    Parts PARTS {
        frame = "Frame";
        recorded = "Recorded";
        origin: fn(&u64, Markup, Markup) -> Markup = |entry, at, who| markup!("entry {entry}, {at}, {who}");
        evidence = "Evidence:";
        cites = "Cites:";
        rests_on = "Rests on:";
        frames: fn(&u32, &u32) -> String = |first, last| match first == last {
            true => format!("frame {first}"),
            false => format!("frames {first}–{last}"),
        };
        region: fn(&Region) -> String = region;
        from: fn(Markup) -> Markup = |time| markup!("from {time}");
        until: fn(Markup) -> Markup = |time| markup!("until {time}");
        revises: fn(Markup) -> Markup = |earlier| markup!("revises {earlier}");
        revised_by: fn(Markup) -> Markup = |later| markup!("revised by {later}");
        superseded: fn(&u64) -> String = |entry| format!("(superseded by entry {entry})");
        bytes = "Bytes";
        code_points = "A code point such as ⟨U+4E2D⟩ stands for a character that no font here has: see the HTML report, or copy it.";
    }

    /// The first page of a publication.
    Cover COVER {
        title: fn(Markup, &PublicationNo) -> Markup = |title, no| markup!("{title} · publication {no}");
        description: fn(&CheckpointNo, Markup, &u64, Markup) -> Markup = |no, at, entries, root| {
            markup!("As of {no}, {at}: {} journal entries, Merkle root {root}", grouped(entries))
        };
        skip = "Skip to the publication";
        publication: fn(&PublicationNo) -> String = |no| format!("Publication {no}");
        which_revises: fn(&PublicationNo) -> String = |former| format!(", which revises {former}");
        editor = "Editor";
        selected = "What was selected of a case, as of one signed state of it. Nothing else of the case is here; that something is\nmissing does not mean that there is nothing.";
        on_paper: Markup = Markup::fixed("The same on paper, with the report on each item: <a href=\"report.pdf\">report.pdf</a>");
        summary = "Summary";
        items = "Items";
        no_item = "No item was selected.";
        each_item = "Each item with what was selected of it";
        item = "Item";
        item_no: fn(&ItemNo) -> String = |no| format!("Item {no}");
        masked_copy = "its masked copy";
        whole = "Explanations of the whole case";
        read_first = "Who read it first";
        approved: fn(Markup, Markup) -> Markup = |who, at| markup!("{who} approved it on {at}");
        held_back: fn(Markup, Markup) -> Markup = |who, at| markup!("{who} held it back on {at}");
        not_published = "Not published";
        mentioned: fn(&[String]) -> Markup = |numbers| {
            markup!("These are named and not shown: {}.", Markup::refs(numbers, ", "))
        };
        check = "How this can be checked";
        checking: fn(Markup, &u64, Markup) -> Markup = |journal, entries, root| markup!(
            "<code>CHECKING.md</code>, beside the folder that this page lies in, says how a stranger checks every file, every entry and the state\nof the journal with ordinary tools. The journal is {journal}; the Merkle root over its first\n{} entries is {root}.",
            grouped(entries)
        );
        written: fn(Markup) -> Markup = |tool| markup!("Written by {tool}. The same selection as of the same state gives the same bytes.");
    }

    /// The head, the list of contents and the foot of the report on an item.
    Page PAGE {
        description: fn(Markup, &u64, Markup) -> Markup = |at, entries, root| {
            markup!("As of {at}: {} journal entries, Merkle root {root}", grouped(entries))
        };
        title: fn(&ItemNo, Markup, Markup) -> Markup = |no, name, at| markup!("{no} {name} · report as of {at}");
        skip = "Skip to the report";
        report_on: fn(&ItemNo, Markup) -> Markup = |no, case| markup!("Report on item {no} · case {case}");
        original = "SHA-256 of the original";
        as_of = "As of";
        journal = "Journal";
        entries: fn(&u64) -> String = |count| format!("{} entries", grouped(count));
        length = "Length";
        presented = "Frames presented";
        before_you_look: fn(&[ContentFlag], Markup) -> Markup = |flags, who| {
            let each: Vec<String> = flags.iter().map(VOCABULARY.content).collect();
            let what = if each.is_empty() { "nothing that could harm".to_owned() } else { each.join(", ") };
            markup!("Before you look: {what}, by the word of {who}.")
        };
        part: fn(&PublicationNo) -> String = |no| format!(
            "A part of the record: what was selected for publication {no}. That something is missing does not\nmean that it was not recorded."
        );
        unselected = "Nothing of this was selected for this publication.";
        no_verdict = "This document tells what was recorded and what methods found. It gives no verdict of its own:\njudgements are those of the people named, and the last section says how a stranger can check each part.";
        contents = "Contents";
        written: fn(Markup, &u64, Markup) -> Markup = |tool, entries, at| markup!(
            "Written by {tool} from {} journal entries, as of {at}.\nThe same entries give the same bytes.", grouped(entries)
        );
        plates = "The figures, sharp and in colour";
        before_plates = "Each is the exact frame, at the resolution of the original; where it is masked, that is said above. To see\nnone of them, do not turn this page.";
    }

    /// What was asked.
    Asked ASKED {
        title = "What was asked";
        nothing = "No explanation of this item has been put forward yet.";
        which = "Which of these explanations does the evidence bear out, and who judges so?";
        of_the_case = "(of the whole case)";
    }

    /// What is known, and what is not.
    Standing STANDING {
        title = "What is known, and what is not";
        known = "Known";
        open = "Not known";
        nothing_known = "Nothing yet.";
        nothing_open = "Nothing that the record asks is open.";
        drawn: Markup = Markup::fixed("Drawn from the record alone. A claim is a statement by somebody; its status is this case's, with its history below.");
        preserved: fn(u64, &str, &str) -> String = |bytes, who, at| {
            format!("These {} bytes were preserved by {who} on {at} and have this SHA-256.", grouped(bytes))
        };
        erased: fn(&str, &str) -> String = |who, at| {
            format!("They were erased from this case by {who} on {at}; the tombstone below says why.")
        };
        obtained: fn(usize) -> String = |times| match times {
            2 => "The same bytes were obtained twice in all.".to_owned(),
            _ => format!("The same bytes were obtained {times} times in all."),
        };
        not_inspected = "What the file contains: it was not inspected.";
        read_whole: fn(u32) -> String = |count| {
            format!("The file was read to its end: {} presented, each with its own hash.", frames(count))
        };
        read_in_part: fn(u32) -> String = |count| {
            format!("What the rest of the file contains: reading stopped after {}.", frames(count))
        };
        damaged: fn(usize) -> String = |count| {
            format!("What {count} of the frames showed: the decoder reported damage in them.")
        };
        claim: fn(ClaimNo, ClaimStatus, &str) -> String = |no, status, words| {
            let stands = match status {
                ClaimStatus::Unverified => "has not been examined",
                ClaimStatus::Unverifiable => "cannot be established",
                ClaimStatus::Corroborated => "is corroborated by independent evidence",
                ClaimStatus::Contradicted => "is contradicted by evidence",
                ClaimStatus::Verified => "is verified",
                ClaimStatus::Refuted => "is refuted",
            };
            format!("{no} {stands}: “{words}”")
        };
        shared: fn(MatchNo, [(&[String; 2], &str); 2]) -> String = |no, [(one, here), (other, there)]| format!(
            "{no}: a method found {} to {} in {here} to show the same footage as {} to {} in {there}.",
            one[0], one[1], other[0], other[1]
        );
        confirmed: fn(&str) -> String = |who| format!("{who} compared them and confirmed it.");
        rejected: fn(&str) -> String = |who| format!("{who} compared them and rejected it.");
        not_reviewed: fn(MatchNo) -> String = |no| {
            format!("Whether {no} is the same footage: no reviewer's word on it stands.")
        };
        no_match = "Whether the footage was published before: no match with another item is recorded, and footage outside the case was not searched.";
        not_judged: fn(HypothesisNo, &str) -> String = |no, words| format!("{no}, “{words}”: nobody has judged it yet.");
        not_agreed: fn(HypothesisNo, &str) -> String = |no, words| format!("{no}, “{words}”: the assessors do not agree.");
    }

    /// That the item was removed.
    Removed REMOVED {
        title = "Removed";
        told = "The bytes of this item, and what was derived of them alone, were erased from the case. What was recorded of it stays.\nWhoever holds a copy can tell by these hashes that it is the same.";
        ground = "For";
        reason = "Why";
        tombstone = "Tombstone";
        erased = "What was erased";
        what = "What";
        original = "original";
        unreadable = "unreadable";
    }

    /// Frames that are cited, and how they are shown.
    Figures FIGURES {
        title = "Figures";
        none = "No frame is cited.";
        on_screen = "Each figure is the exact frame, at the resolution of the original; where it is masked, it says so. It is shown blurred and in grey until you ask:\nsharpness and colour are two separate choices. A print shows each figure as chosen.";
        on_paper = "Each figure is a frame of the original; where it is masked, it says so. Here it is shown small, blurred and in grey. The\nlast pages of this report show each once more, sharp and in colour; the small picture leads there.";
        all = "All figures";
        sharp = "sharp";
        in_colour = "in colour";
        frame: fn(&FrameNo) -> String = |no| format!("Frame {no}");
        picture: fn(&FrameNo, String) -> String = |no, at| format!("Frame {no} at {at}");
        caption: fn(&FrameNo, String) -> Markup = |no, at| {
            markup!("<strong>Frame {no}</strong> at <span class=\"time\">{at}</span>")
        };
        // Why a frame is shown: what cites it says so.
        dated: fn(&str) -> String = |when| format!("dated {when}");
        placed: fn(&str) -> String = |name| format!("placed at {name}");
        shared_with: fn(&str) -> String = |item| format!("footage shared with {item}");
        outlined: fn(&Region) -> String = |it| format!("outlined: {}", region(it));
        masked = "Masked";
        parts_blackened = "Parts of it are blackened, for protection. The second hash is of the picture as it is shown here.";
        blackened: fn(&BTreeSet<PersonNo>) -> Markup = |who| markup!(
            "{} blackened, for protection. The second hash is of the picture as it is shown here.", Markup::refs(who, " ")
        );
        timestamp = "Timestamp";
        in_ticks: fn(Markup) -> Markup = |base| markup!("in ticks of {base} s");
        no_timestamp = "none in the stream";
        displayed = "Displayed as";
        pixels: fn(&u32, &u32) -> String = |width, height| format!("{width} × {height} pixels.");
        decoded = "Hash of the decoded frame";
        shown = "Hash of the picture’s RGB bytes";
        absent: fn(&[FrameNo]) -> String = |numbers| {
            let each: Vec<String> = numbers.iter().map(|no| format!("frame {no}")).collect();
            format!("Cited and not pictured here: {}.", each.join(", "))
        };
    }

    /// The item laid out in time.
    Time TIME {
        title = "In time";
        none = "The item has no frames that could be laid out in time.";
        lane_shots = "Shots";
        lane_dark = "Black and fades";
        lane_claims = "Claims";
        lane_observations = "Observations";
        lane_figures = "Figures";
        lane: fn(&str, usize) -> String = |name, count| format!("{name}: {count} in time");
        frame: fn(FrameNo) -> String = |no| format!("frame {no}");
        shot_from: fn(u32) -> String = |first| format!("shot from frame {first}");
        shots = "Shots between hard cuts, as the cut method found them";
        shot = "Shot";
        frames = "Frames";
        from = "From";
        to = "To";
    }

    /// What is said in the item and about it.
    Claims CLAIMS {
        title = "Claims";
        none = "No claim is recorded.";
        made_in = "Made in the item";
        made_about = "Made about the item";
        claim: fn(&ClaimNo) -> String = |no| format!("Claim {no}");
        credibility: fn(&Credibility, Markup) -> Markup = |grade, who| markup!("credibility {grade} ({who})");
        no_claimant = "claimant not recorded";
        asserted: fn(Markup) -> Markup = |at| markup!("asserted {at}");
        history = "How its status changed";
        ratings = "How credible it is held to be";
        rated: fn(&str, Markup) -> Markup = |how, who| markup!("{how}, says {who}");
    }

    /// What people saw.
    Observations OBSERVATIONS {
        title = "Observations";
        none = "Nobody has recorded an observation.";
        told = "What people saw, in their words.";
        observation: fn(&ObservationNo) -> String = |no| format!("Observation {no}");
        tracked: fn(&[Keyframe]) -> String = |keyframes| {
            let drawn = |it: &Keyframe| format!("frame {} ({})", it.frame.no, shape(&it.shape));
            let drawn: Vec<String> = keyframes.iter().map(drawn).collect();
            format!(
                "The region was drawn on {}; on frames between, each edge or corner lies in proportion to the number of the frame.",
                drawn.join(", ")
            )
        };
        sound: fn(&SoundSpan) -> Markup = |it| markup!(
            "Sound: samples {} up to {} at {} Hz of stream {}; SHA-256 of them as decoded {}",
            grouped(it.from), grouped(it.to), grouped(it.rate), it.stream, Markup::within("code", &it.hash)
        );
    }

    /// Who appears.
    People PEOPLE {
        title = "People";
        told = "Who appears in the item, by the word of the people named; nobody was recognised by a machine. Whoever is protected is\nblackened in the figures, and not named.";
        person: fn(&PersonNo) -> String = |no| format!("Person {no}");
        protected = "protected";
        identity = "Identity:";
        unknown = "not known";
        withheld = "known, and withheld";
    }

    /// When and where what it shows came about.
    Whereabouts WHEREABOUTS {
        title = "When and where";
        none = "Nobody has recorded when or where what it shows came about.";
        told = "Judgements of the people named. Where they differ, they stand side by side.";
        date: fn(&DateNo) -> String = |no| format!("Date {no}");
        place: fn(&PlaceNo) -> String = |no| format!("Place {no}");
        range: fn(Markup, Markup) -> Markup = |from, until| markup!("{from} to {until}");
        says: fn(&str, Markup) -> Markup = |precision, who| markup!("({precision}), says {who}");
        position: fn(String) -> String = |degrees| format!("latitude, longitude {degrees}");
        within: fn(&u32) -> String = |metres| format!("within {} m", grouped(metres));
    }

    /// What people hold of the explanations.
    Assessments ASSESSMENTS {
        title = "Assessments";
        none = "Nothing was put forward to be judged.";
        nobody = "Nobody has judged it yet.";
        assessment: fn(&AssessmentNo) -> String = |no| format!("Assessment {no}");
        agree: fn(&str) -> String = |likelihood| format!("The assessors agree on the likelihood: {likelihood}.");
        differ: fn(&str, &str) -> String = |lowest, highest| format!(
            "The assessors do not agree: from {lowest} to {highest}. Each judgement stands; nothing is averaged."
        );
        earlier = "Earlier judgements, revised by those who made them";
        weighed: fn(&HypothesisNo) -> String = |no| format!("Evidence weighed against {no}");
        evidence = "Evidence";
        bearing = "Bearing";
        reason = "Why";
        revised = "(revised later)";
    }

    /// How the item was coded as published.
    Reviews REVIEWS {
        title = "As it was published";
        told = "Codes of schema.org’s MediaReview, each reviewer’s beside the others’; nothing is averaged.";
        review: fn(&MediaReviewNo) -> String = |no| format!("Review {no}");
        context = "In this context:";
        contradicts: fn(Markup) -> Markup = |other| markup!("cannot hold together with {other}");
    }

    /// Judgements of what two frames show.
    Resemblances RESEMBLANCES {
        title = "Resemblances";
        told = "What people judged who looked at two frames. No program recognised or compared anybody.";
        judgement: fn(&ResemblanceNo) -> String = |no| format!("Judgement {no}");
        side: fn(&u32, Markup, Markup) -> Markup = |no, item, planes| {
            markup!("frame {no} of {item}, SHA-256 of its planes {planes}")
        };
        compared = "Compared:";
        limits = "Limits:";
    }

    /// Footage that the item shares with others.
    Matches MATCHES {
        title = "Shared footage";
        none = "No match with another item of this case is recorded. Footage outside the case was not searched.";
        told = "Spans that show the same footage in two items. Sharing says nothing of which came first.";
        matching: fn(&MatchNo) -> String = |no| format!("Match {no}");
        score: fn(&u32) -> String = |permille| format!("score {permille} of 1000");
        inside: fn(Markup) -> Markup = |item| markup!("In {item}");
        altered = "Altered";
        mirrored = "mirrored;";
        speed: fn(&u32) -> String = |permille| format!("speed {permille} ‰ of the other");
        found_by = "Found by";
        learned: fn(&[Markup; 4]) -> Markup = |[name, version, model, runtime]| {
            markup!("{name} {version}, model {model}, {runtime}")
        };
        pairs = "frames";
        method = "Method";
        repeat = "Repeat";
    }

    /// What methods found.
    Findings FINDINGS {
        title = "Findings";
        none = "No method found anything to report.";
        told: Markup = Markup::fixed("What methods found in the file. <code>framewitness inspect FILE --json</code> repeats all of them;\nthe other command lets another program look at the same matter. <code>FILE</code> stands for the original.");
        finding: fn(&u32) -> String = |no| format!("Finding {no}");
        method = "Method";
        version: fn(Markup, &u32) -> Markup = |name, version| markup!("{name}, version {version}");
        measured = "Measured";
        limits = "Does not account for";
        elsewhere = "Look elsewhere";
    }

    /// How the file was obtained, and what it says of itself.
    File FILE {
        title = "The file";
        obtained = "How its bytes were obtained";
        acquisitions: fn(&u64) -> String = |bytes| format!("Acquisitions of the same {} bytes", grouped(bytes));
        name = "Name";
        how = "How";
        from = "From";
        modified = "File’s own time";
        uploaded = "Uploaded, as stated";
        got = "Got, as stated";
        says = "What it says of itself";
        whose_words = "Names, dates and tags below were written by whoever made the file. They are claims of the file, not findings.";
        container = "Container";
        streams = "Streams";
        number = "No.";
        carries = "Carries";
        codec = "Codec";
        described = "Described as";
        tags = "Tags";
        video: fn(&Stream, &VideoFacts) -> Markup = |stream, it| markup!(
            "{} × {} stored, pixel aspect {}, rotated {}°, {}, {}/{}, average rate {}, ticks of {} s",
            it.width, it.height, it.sample_aspect, it.rotation, Markup::shown(&it.pixel_format),
            Markup::shown(&it.color_space), Markup::shown(&it.color_range), it.average_rate, stream.time_base
        );
        audio: fn(&AudioFacts) -> Markup = |it| {
            markup!("{} Hz, {} channels, {}", it.sample_rate, it.channels, Markup::shown(&it.sample_format))
        };
    }

    /// Tags and notes.
    Remarks REMARKS {
        title = "Tags and notes";
    }

    /// Where claims come from.
    Sources SOURCES {
        title = "Sources";
        none = "No source is recorded.";
        source: fn(&SourceNo) -> String = |no| format!("Source {no}");
        grade: fn(Markup, Markup) -> Markup = |grade, who| markup!("Admiralty grade {grade} ({who})");
        names = "Other names";
        ties = "In relation to others";
        grades = "How its grade came about";
        when_entered = "when it was entered";
        states = "States in which it was seen";
        seen: fn(Markup) -> Markup = |at| markup!("seen {at}");
        under: fn(Markup) -> Markup = |name| markup!("as {name}");
        shown_by: fn(Markup) -> Markup = |proof| markup!("shown by {proof}");
        item: fn(Markup) -> Markup = |id| markup!("an item of the case, SHA-256 {id}");
        kept: fn(Markup, Markup) -> Markup = |name, id| markup!("a kept file {name}, SHA-256 {id}");
        series = "Series of releases";
        one_series: fn(&SeriesNo) -> String = |no| format!("Series {no}");
        released_by = "released by";
        release: fn(&u32) -> String = |position| format!("This item is release {position}");
        released: fn(Markup) -> Markup = |at| markup!("released {at}");
        gaps: fn(&[u32]) -> String = |positions| {
            let each: Vec<String> = positions.iter().map(u32::to_string).collect();
            format!("Releases that the case does not have: {}.", each.join(", "))
        };
    }

    /// How a stranger checks the report.
    Check CHECK {
        title = "How this report can be checked";
        trust: Markup = Markup::fixed("With the original at hand, named <code>FILE</code> below, and no trust in this document:");
        original = "The original is the one that was preserved.";
        prints: fn(Markup) -> Markup = |hash| markup!("prints {hash}");
        frames = "The frames are those of the original. FFmpeg hashes each presented frame as decoded; the listing has one line a frame, and a figure’s line ends with its hash.";
        listing = "Figures in that listing";
        command = "Command";
        ends_with = "Ends with";
        figures: Markup = Markup::fixed("The figures are these frames, as displayed. Save a figure as <code>figure.png</code>; its pixels have the hash printed under it.");
        on_paper: Markup = Markup::fixed("Of this file, <code>pdfimages -png FILE.pdf figure</code> saves every figure, those in grey among them.");
        any_frame: Markup = Markup::fixed("With this program, any frame can be had again: <code>framewitness frame ITEM N -o figure.png</code>");
        record = "The record was not altered. With the case at hand:";
        rereads: fn(&u64, Markup) -> Markup = |entries, root| markup!(
            "re-reads every byte and every signed entry. This report was drawn from the first {} entries; the Merkle root over them (RFC 6962) is {root}",
            grouped(entries)
        );
        follows = "The report follows from the record: written again as of the same entries, it has the same bytes.";
        examined = "What it was examined with";
        program = "Program";
        not_proven = "Not proven by any of this: that the scene is what it is said to be, or when and where it was recorded.";
    }
}

fn frames(count: u32) -> String {
    match count {
        1 => "1 frame".to_owned(),
        _ => format!("{} frames", grouped(count)),
    }
}

fn region(it: &Region) -> String {
    format!("{} × {} pixels at {}, {}", it.width, it.height, it.x, it.y)
}

fn shape(it: &Shape) -> String {
    match it {
        Shape::Box(it) => region(it),
        Shape::Polygon(corners) => {
            let corners = corners.iter().map(|[x, y]| format!("{x}, {y}"));
            format!("corners at {}", corners.collect::<Vec<_>>().join("; "))
        }
    }
}
