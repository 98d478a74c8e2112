//! What is known and what is not, drawn from the record and nothing else.

use store::record::Match;
use store::vocabulary::{ClaimStatus, Verdict};

use super::data::ReportData;
use super::filters::{clock_text, grouped_text};
use super::judgement::{Agreement, Question};
use super::text;

/// Two lists of sentences.
#[derive(Default)]
pub(super) struct Standing {
    pub(super) known: Vec<String>,
    pub(super) open: Vec<String>,
}

pub(super) fn standing(data: &ReportData, questions: &[Question<'_>]) -> Standing {
    let mut standing = Standing::default();
    standing.bytes(data);
    standing.reading(data);
    standing.claims(data);
    standing.reuse(data);
    standing.questions(data, questions);
    standing
}

impl Standing {
    fn bytes(&mut self, data: &ReportData) {
        if let Some(first) = data.item.acquisitions.first() {
            self.known.push(format!(
                "These {} bytes were preserved by {} on {} and have this SHA-256.",
                grouped_text(data.item.size),
                text::name(&first.origin.actor),
                first.origin.at
            ));
        }
        if let Some(removal) = &data.removal {
            self.known.push(format!(
                "They were erased from this case by {} on {}; the tombstone below says why.",
                text::name(&removal.origin.actor),
                removal.origin.at
            ));
        }
        let again = data.item.acquisitions.len().saturating_sub(1);
        if again > 0 {
            self.known.push(format!(
                "The same bytes were obtained {} in all.",
                times(again + 1)
            ));
        }
    }

    fn reading(&mut self, data: &ReportData) {
        let Some(inspection) = &data.item.inspection else {
            self.open
                .push("What the file contains: it was not inspected.".to_owned());
            return;
        };
        let inspected = &inspection.inspected;
        if inspected.complete {
            self.known.push(format!(
                "The file was read to its end: {} presented, each with its own hash.",
                frames(inspected.frame_count)
            ));
        } else {
            self.open.push(format!(
                "What the rest of the file contains: reading stopped after {}.",
                frames(inspected.frame_count)
            ));
        }
        let damaged = data.frames.as_ref().map_or(0, |index| {
            index.frames.iter().filter(|frame| frame.damaged).count()
        });
        if damaged > 0 {
            self.open.push(format!(
                "What {damaged} of the frames showed: the decoder reported damage in them."
            ));
        }
    }

    fn claims(&mut self, data: &ReportData) {
        for claim in &data.claims {
            let line = |standing: &str| {
                format!(
                    "{} {standing}: “{}”",
                    claim.number,
                    text::prose(&claim.made.text)
                )
            };
            match claim.status {
                ClaimStatus::Unverified => self.open.push(line("has not been examined")),
                ClaimStatus::Unverifiable => self.open.push(line("cannot be established")),
                ClaimStatus::Corroborated => self
                    .known
                    .push(line("is corroborated by independent evidence")),
                ClaimStatus::Contradicted => self.known.push(line("is contradicted by evidence")),
                ClaimStatus::Verified => self.known.push(line("is verified")),
                ClaimStatus::Refuted => self.known.push(line("is refuted")),
            }
        }
    }

    fn reuse(&mut self, data: &ReportData) {
        for reuse in &data.matches {
            let seconds =
                |[start, end]: [f64; 2]| format!("{} to {}", clock_text(start), clock_text(end));
            let number = reuse.record.number;
            self.known.push(format!(
                "{number}: a method found {} in {} to show the same footage as {} in {}.{}",
                seconds(reuse.query_seconds),
                text::name(&reuse.query_name),
                seconds(reuse.reference_seconds),
                text::name(&reuse.reference_name),
                reviewed(&reuse.record)
            ));
            if reuse.verdict == Verdict::Unreviewed {
                self.open.push(format!(
                    "Whether {number} is the same footage: no reviewer's word on it stands."
                ));
            }
        }
        if data.matches.is_empty() && data.part.is_none() {
            let other = "Whether the footage was published before: no match with another item is recorded, \
                         and footage outside the case was not searched.";
            self.open.push(other.to_owned());
        }
    }

    fn questions(&mut self, data: &ReportData, questions: &[Question<'_>]) {
        for question in questions {
            let number = question.hypothesis.number;
            let explanation = text::prose(&question.hypothesis.text);
            match (question.standing.len(), &question.agreement) {
                (0, _) if data.part.is_some() => {}
                (0, _) => self.open.push(format!(
                    "{number}, “{explanation}”: nobody has judged it yet."
                )),
                (_, Some(Agreement::Apart(..))) => {
                    self.open.push(format!(
                        "{number}, “{explanation}”: the assessors do not agree."
                    ));
                }
                _ => {}
            }
        }
    }
}

/// What the reviewer says whose word stands, as a sentence to follow another.
fn reviewed(found: &Match) -> String {
    let Some(last) = found.reviews.last() else {
        return String::new();
    };
    let who = text::name(&last.origin.actor);
    match last.verdict {
        Verdict::Unreviewed => String::new(),
        Verdict::Confirmed => format!(" {who} compared them and confirmed it."),
        Verdict::Rejected => format!(" {who} compared them and rejected it."),
    }
}

fn frames(count: u32) -> String {
    match count {
        1 => "1 frame".to_owned(),
        _ => format!("{} frames", grouped_text(u64::from(count))),
    }
}

fn times(count: usize) -> String {
    match count {
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}
