//! What is known and what is not, drawn from the record and nothing else.

use store::record::Match;
use store::vocabulary::{ClaimStatus, Verdict};

use super::data::ReportData;
use super::filters::clock_text;
use super::judgement::{Agreement, Question};
use super::messages::{self, Messages};
use super::text;

/// Two lists of sentences.
pub(super) struct Standing {
    words: &'static messages::Standing,
    pub(super) known: Vec<String>,
    pub(super) open: Vec<String>,
}

pub(super) fn standing(
    data: &ReportData,
    questions: &[Question<'_>],
    m: &'static Messages,
) -> Standing {
    let mut standing = Standing {
        words: &m.standing,
        known: Vec::new(),
        open: Vec::new(),
    };
    standing.bytes(data);
    standing.reading(data);
    standing.claims(data);
    standing.reuse(data);
    standing.questions(data, questions);
    standing
}

impl Standing {
    fn bytes(&mut self, data: &ReportData) {
        let words = self.words;
        if let Some(first) = data.item.acquisitions.first() {
            let who = text::name(&first.origin.actor);
            self.known
                .push((words.preserved)(data.item.size, &who, &first.origin.at));
        }
        if let Some(removal) = &data.removal {
            let who = text::name(&removal.origin.actor);
            self.known.push((words.erased)(&who, &removal.origin.at));
        }
        let times = data.item.acquisitions.len();
        if times > 1 {
            self.known.push((words.obtained)(times));
        }
    }

    fn reading(&mut self, data: &ReportData) {
        let words = self.words;
        let Some(inspection) = &data.item.inspection else {
            self.open.push(words.not_inspected.to_owned());
            return;
        };
        let inspected = &inspection.inspected;
        match inspected.complete {
            true => self.known.push((words.read_whole)(inspected.frame_count)),
            false => self.open.push((words.read_in_part)(inspected.frame_count)),
        }
        let damaged = data.frames.as_ref().map_or(0, |index| {
            index.frames.iter().filter(|frame| frame.damaged).count()
        });
        if damaged > 0 {
            self.open.push((words.damaged)(damaged));
        }
    }

    fn claims(&mut self, data: &ReportData) {
        for claim in &data.claims {
            let said = text::prose(&claim.made.text);
            let line = (self.words.claim)(claim.number, claim.status, &said);
            match claim.status {
                ClaimStatus::Unverified | ClaimStatus::Unverifiable => self.open.push(line),
                ClaimStatus::Corroborated
                | ClaimStatus::Contradicted
                | ClaimStatus::Verified
                | ClaimStatus::Refuted => self.known.push(line),
            }
        }
    }

    fn reuse(&mut self, data: &ReportData) {
        let words = self.words;
        for reuse in &data.matches {
            let number = reuse.record.number;
            let query = reuse.query_seconds.map(clock_text);
            let reference = reuse.reference_seconds.map(clock_text);
            let (here, there) = (
                text::name(&reuse.query_name),
                text::name(&reuse.reference_name),
            );
            let found = (words.shared)(number, [(&query, &here), (&reference, &there)]);
            let said = self.reviewed(&reuse.record).into_iter();
            let sentences: Vec<String> = [found].into_iter().chain(said).collect();
            self.known.push(sentences.join(" "));
            if reuse.verdict == Verdict::Unreviewed {
                self.open.push((words.not_reviewed)(number));
            }
        }
        if data.matches.is_empty() && data.part.is_none() {
            self.open.push(words.no_match.to_owned());
        }
    }

    /// What the reviewer says whose word stands.
    fn reviewed(&self, found: &Match) -> Option<String> {
        let last = found.reviews.last()?;
        let who = text::name(&last.origin.actor);
        match last.verdict {
            Verdict::Unreviewed => None,
            Verdict::Confirmed => Some((self.words.confirmed)(&who)),
            Verdict::Rejected => Some((self.words.rejected)(&who)),
        }
    }

    fn questions(&mut self, data: &ReportData, questions: &[Question<'_>]) {
        for question in questions {
            let number = question.hypothesis.number;
            let explanation = text::prose(&question.hypothesis.text);
            match (question.standing.len(), &question.agreement) {
                (0, _) if data.part.is_some() => {}
                (0, _) => self
                    .open
                    .push((self.words.not_judged)(number, &explanation)),
                (_, Some(Agreement::Apart(..))) => {
                    self.open
                        .push((self.words.not_agreed)(number, &explanation));
                }
                _ => {}
            }
        }
    }
}
