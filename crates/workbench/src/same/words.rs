//! The answer in sentences, with its method and what that does not account for.

use std::collections::BTreeMap;

use media::facts::StreamKind;
use media::finding::Method;

use super::answer::{Answer, Pace, PartKind, Party, StreamPair};
use super::judge::Evidence;
use super::parts::Parts;
use super::{Side, band, look};

/// Changes whenever an answer may.
const VERSION: u32 = 1;

const LIMITS: &str = "Says nothing of who changed what, why, or which came first. Sound and other \
     streams are compared by their packets alone.";

const PRINT_LIMITS: &str = "Frames that are not equal bit for bit are compared by PDQ prints of their \
     brightness: small changes within a picture (a face, a sign, a number), colour and fine detail go \
     unseen, plain pictures cannot be told apart; where pictures move little, the place of a missing frame is \
     one of several, and a frame left out with another added later is not seen. Crops, borders, mirroring, rotation and changes of rate break the pairing: \
     `framewitness match` finds footage through those.";

pub(super) fn same_file(party: &Party) -> String {
    format!("The same file, byte for byte: {}.", party.id)
}

/// One answer in a sentence or two.
pub(super) fn summary(
    answer: Answer,
    evidence: &Evidence,
    pairs: &[StreamPair],
    pace: Option<Pace>,
    [a, b]: [&Side; 2],
) -> String {
    let (frames, others) = (a.frames.frames.len(), b.frames.frames.len());
    let parts = evidence.parts.as_ref();
    let said = match (answer, parts) {
        (Answer::SameEssence, _) if frames == 0 => {
            "The same essence in another wrapper: every stream of \
             video and sound has the same packets."
                .to_owned()
        }
        (Answer::SameEssence, _) => format!(
            "The same essence in another wrapper: every stream of video and sound has the same \
             packets, and all {frames} frames are equal."
        ),
        (Answer::SamePictures, _) => {
            format!("The same pictures, bit for bit: all {frames} frames are equal.")
        }
        (Answer::ReEncoded, Some(parts)) => re_encoded(parts, frames),
        (Answer::Edited, Some(parts)) => edited(parts),
        (_, Some(parts)) if frames > 0 && others > 0 => format!(
            "Different: of {frames} and {others} frames, {} are alike beyond plain pictures, too few to \
             say that anything remains.",
            parts.telling,
        ),
        _ => "Different: there are no frames on both sides to compare.".to_owned(),
    };
    let mut said = vec![said];
    if answer != Answer::SameEssence {
        said.extend(packets(pairs, StreamKind::Video, "The video"));
        said.extend(packets(pairs, StreamKind::Audio, "The sound"));
    }
    said.extend(pace.map(|pace| {
        format!(
            "They are shown at other times: frame {} at {:.3} s in the first, at {:.3} s in the second.",
            pace.frame, pace.a_s, pace.b_s
        )
    }));
    said.extend(
        [a, b]
            .into_iter()
            .filter(|side| !side.party.complete)
            .map(|side| format!("{} was not read to its end.", side.party.name)),
    );
    if evidence.passed_over > 0 {
        said.push(format!(
            "{} frames lie in stretches too long to align and count as unlike.",
            evidence.passed_over
        ));
    }
    said.join(" ")
}

fn re_encoded(parts: &Parts, frames: usize) -> String {
    let worst = parts.worst.map_or_else(String::new, |(a, b, bits)| {
        format!(" the least alike pair, {a} and {b}, differs by {bits} of 256 bits.")
    });
    format!(
        "The same pictures, compressed again: all {frames} frames pair one to one, none left out, none \
         added;{worst}"
    )
}

fn edited(parts: &Parts) -> String {
    let place = |no: Option<u32>, of: &str| {
        no.map_or_else(
            || format!("the end of {of}"),
            |no| format!("frame {no} of {of}"),
        )
    };
    let first = parts.first_difference().map_or_else(String::new, |first| {
        format!(
            "from {} and {} on. ",
            place(first.a, "the first"),
            place(first.b, "the second")
        )
    });
    let mut counts = Vec::new();
    for (kind, what) in [
        (PartKind::Equal, "equal"),
        (PartKind::Alike, "alike"),
        (PartKind::LeftOut, "only in the first"),
        (PartKind::Added, "only in the second"),
    ] {
        let (a, b) = parts.count(kind);
        if a.max(b) > 0 {
            counts.push(format!("{} {what}", a.max(b)));
        }
    }
    let (gone, come) = parts.count(PartKind::Replaced);
    if gone > 0 {
        counts.push(format!("{gone} replaced by {come}"));
    }
    format!("Edited: they differ {first}Frames: {}.", counts.join(", "))
}

/// What the packets of one kind of stream say.
fn packets(pairs: &[StreamPair], kind: StreamKind, what: &str) -> Option<String> {
    let of_kind: Vec<_> = pairs.iter().filter(|pair| pair.kind == kind).collect();
    let verb = if of_kind.is_empty() {
        return None;
    } else if of_kind.iter().all(|pair| pair.equal) {
        "has the same packets in both"
    } else if of_kind.iter().all(|pair| pair.b.is_none()) {
        "is missing from the second"
    } else if of_kind.iter().all(|pair| pair.a.is_none()) {
        "is missing from the first"
    } else {
        "is packed or compressed otherwise"
    };
    Some(format!("{what} {verb}."))
}

/// How it was found.
pub(super) fn method(evidence: &Evidence) -> Method {
    let prints = evidence.parts.is_some();
    let parameters: &[(&str, f64)] = &[
        ("alike_bits", f64::from(look::ALIKE)),
        ("plain_quality", f64::from(look::PLAIN)),
        ("gap_open", f64::from(band::OPEN)),
        ("gap_frame", f64::from(band::ALONE)),
    ];
    let parameters: BTreeMap<_, _> = parameters
        .iter()
        .filter(|_| prints)
        .map(|&(name, value)| (name.to_owned(), value))
        .collect();
    Method {
        name: "same/bytes-packets-frames".to_owned(),
        version: VERSION,
        parameters,
        limits: if prints {
            format!("{LIMITS} {PRINT_LIMITS}")
        } else {
            LIMITS.to_owned()
        },
    }
}
