//! Masks as a person reads them.

use media::mask::leak::{FieldsRead, Leak, LeakReport};
use store::event::{Cover, Keyframe, Shape};
use store::record::Mask;
use store::vocabulary::Protection;
use workbench::Item;
use workbench::masking::{Audible, MaskingOwed, RenderingView, Unmasked};

pub(super) fn line(mask: &Mask, items: &[Item]) -> String {
    let item = items.iter().find(|item| item.id == mask.drawn.item);
    let item = item.map_or_else(String::new, |item| format!("{}  ", item.number));
    let confirmed: Vec<&str> = { mask.confirmations.iter() }
        .filter(|it| it.withdrawn.is_none())
        .map(|it| it.origin.actor.as_str())
        .collect();
    let confirmed = match confirmed.is_empty() {
        true => "  not confirmed".to_owned(),
        false => format!("  confirmed by {}", confirmed.join(", ")),
    };
    let protects: String = { mask.drawn.protects.iter() }
        .map(|it| format!(" {it}"))
        .collect();
    let protects = match protects.is_empty() {
        true => protects,
        false => format!("  protects{protects}"),
    };
    let proposed = mask.drawn.proposed_by.as_deref();
    format!(
        "{}  {item}{}{protects}  {}{}{confirmed}{}{}",
        mask.number,
        cover(&mask.drawn.cover),
        mask.drawn.reason,
        proposed.map_or_else(String::new, |by| format!("  proposed by {by}")),
        super::super::revision(mask.drawn.supersedes, mask.superseded_by),
        super::super::withdrawn(mask.withdrawn.as_ref())
    )
}

pub(super) fn whole(mask: &Mask) -> String {
    let mut lines = vec![line(mask, &[])];
    if let Some(picture) = mask.drawn.picture() {
        lines.extend(picture.tracked.keyframes.iter().map(drawn));
    }
    lines.join("\n")
}

fn cover(cover: &Cover) -> String {
    match cover {
        Cover::Picture(it) => {
            let frames = match (it.span.first.no, it.span.last.no) {
                (first, last) if first == last => format!("frame {first}"),
                (first, last) => format!("frames {first}-{last}"),
            };
            format!("{} {} on {frames}", it.method, it.shape)
        }
        Cover::Sound(it) => {
            let last = it.span.to.saturating_sub(1);
            format!("{} of samples {}-{last}", it.method, it.span.from)
        }
    }
}

fn drawn(keyframe: &Keyframe) -> String {
    let shape = match &keyframe.shape {
        Shape::Box(it) => format!("{},{},{},{}", it.x, it.y, it.width, it.height),
        Shape::Polygon(corners) => {
            let corners: Vec<String> = corners.iter().map(|[x, y]| format!("{x},{y}")).collect();
            corners.join(";")
        }
    };
    format!("      {}={shape}", keyframe.frame.no)
}

pub(super) fn owed(owed: &MaskingOwed) -> String {
    let list = |numbers: &[store::number::MaskNo]| {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        numbers.join(" ")
    };
    let mut lines = vec![format!(
        "{}  {} masks  {}",
        owed.item,
        owed.masks.len(),
        if owed.is_settled() {
            "nothing is owed"
        } else {
            "NOT MASKED YET"
        }
    )];
    lines.extend(owed.unmasked.iter().map(unmasked));
    lines.extend(owed.audible.iter().map(audible));
    if !owed.unconfirmed.is_empty() {
        lines.push(format!("      not confirmed: {}", list(&owed.unconfirmed)));
    }
    if !owed.can_be_undone.is_empty() {
        let numbers = list(&owed.can_be_undone);
        lines.push(format!("      can be undone, in part or whole: {numbers}"));
    }
    lines.join("\n")
}

fn audible(one: &Audible) -> String {
    let samples = match (one.from, one.to) {
        (Some(from), Some(to)) => format!("in samples {from}-{}", to.saturating_sub(1)),
        _ => "in it, which was not inspected".to_owned(),
    };
    let frame = one.first.map(|no| format!(", from frame {no}"));
    format!(
        "      {} ({}) can be heard {samples}{} (entry {})",
        one.person,
        grounds(&one.protection),
        frame.unwrap_or_default(),
        one.entry
    )
}

fn grounds(protection: &[Protection]) -> String {
    let words: Vec<&str> = protection.iter().map(|it| it.word()).collect();
    words.join(" ")
}

fn unmasked(one: &Unmasked) -> String {
    let frames = match (one.first, one.last) {
        (Some(first), Some(last)) if first == last => format!("on frame {first}"),
        (Some(first), Some(last)) => format!("on frames {first}-{last}"),
        _ => "in all of it, which was not inspected".to_owned(),
    };
    let open = one.open.map_or_else(String::new, |it| {
        format!(
            ": a mask leaves some of {},{},{},{} open",
            it.x, it.y, it.width, it.height
        )
    });
    format!(
        "      {} ({}) is not masked {frames}{open} (entry {})",
        one.person,
        grounds(&one.protection),
        one.entry
    )
}

pub(super) fn rendering(view: &RenderingView) -> String {
    let rendered = &view.rendering.rendered;
    let masks: Vec<String> = rendered.masks.iter().map(ToString::to_string).collect();
    let current = if view.current {
        ""
    } else {
        "  OTHER MASKS STAND NOW"
    };
    format!(
        "{}  {}  {} bytes  {}  {} frames with {}{current}\n{}",
        view.rendering.number,
        rendered.form,
        rendered.size,
        rendered.video,
        rendered.frames,
        masks.join(" "),
        report(&view.report)
    )
}

pub(super) fn report(report: &LeakReport) -> String {
    let count = report.leaks.len() + report.more as usize;
    let outcome = match count {
        0 => "nothing leaks".to_owned(),
        1 => "1 LEAK".to_owned(),
        many => format!("{many} LEAKS"),
    };
    let mut lines = vec![format!(
        "      {outcome}: {} frames compared, {} of them masked, {} samples of sound masked ({})",
        report.frames, report.masked_frames, report.muffled_samples, report.method
    )];
    if let Some(read) = &report.exiftool {
        lines.push(match read {
            FieldsRead::Read { version, fields } => {
                format!("      exiftool {version} read it too, {fields} fields")
            }
            FieldsRead::Absent { reason } => format!("      exiftool did not read it: {reason}"),
        });
    }
    lines.extend(report.leaks.iter().map(leak));
    if report.more > 0 {
        lines.push(format!("      and {} more", report.more));
    }
    lines.join("\n")
}

fn leak(leak: &Leak) -> String {
    let place = match (leak.frame, leak.samples) {
        (Some(no), _) => format!("frame {no}: "),
        (None, Some([from, to])) => format!("samples {from}-{}: ", to.saturating_sub(1)),
        _ => String::new(),
    };
    format!("      {place}{}", leak.says)
}
