//! Matches on record, and what reviewers say of them.

use store::event::{Event, MatchFound, MatchReviewed, Span};
use store::number::{ItemNo, MatchNo};
use store::record::{Item, Match};
use store::vocabulary::{RecordKind, Verdict};

use super::Rejected;
use crate::case::Case;
use crate::error::{Error, Result};
use crate::view::MatchView;

impl Case {
    /// Records a reviewer's word on a match. It supersedes an earlier one; `unreviewed` takes that back.
    ///
    /// # Errors
    /// There is no such match, there is no word to take back, the note is empty, or the store fails.
    pub fn review(
        &self,
        number: MatchNo,
        verdict: Verdict,
        note: Option<String>,
    ) -> Result<MatchView> {
        self.record(&Event::MatchReviewed(MatchReviewed {
            number,
            verdict,
            note,
        }))?;
        let reviewed = self.match_record(number)?;
        self.match_view(reviewed)
    }

    /// The record of a match.
    pub(crate) fn match_record(&self, number: MatchNo) -> Result<Match> {
        let found = self.record_of(RecordKind::Match, number.0)?;
        found.ok_or_else(|| Error::missing(format!("there is no match {number}")))
    }

    /// Matches on record, of one item or of all.
    ///
    /// # Errors
    /// The store fails, or kept bytes are not what they were.
    pub fn matches(&self, item: Option<&Item>, rejected: Rejected) -> Result<Vec<MatchView>> {
        let of_item = |found: &Match| item.is_none_or(|item| involves(&found.found, item));
        let told = |found: &Match| of_item(found) && rejected.tells(Some(found.verdict()));
        let matches = match item {
            None => self.store.matches()?,
            Some(item) => self.about(RecordKind::Match, item)?,
        };
        let told = matches.into_iter().filter(told);
        told.map(|found| self.match_view(found)).collect()
    }

    pub(crate) fn match_view(&self, record: Match) -> Result<MatchView> {
        let side = |id: &journal::ContentId, span: &Span| -> Result<(ItemNo, String, [f64; 2])> {
            let item = self.store.item_by_id(id)?;
            let item = item.ok_or_else(|| Error::missing(format!("{id} is gone")))?;
            let seconds = self.seconds_of(&item, span)?;
            Ok((item.number, item.name, seconds))
        };
        let (query_item, query_name, query_seconds) =
            side(&record.found.query, &record.found.query_span)?;
        let (reference_item, reference_name, reference_seconds) =
            side(&record.found.reference, &record.found.reference_span)?;
        Ok(MatchView {
            verdict: record.verdict(),
            score: f64::from(record.found.score_permille) / 1000.0,
            speed: f64::from(record.found.speed_permille) / 1000.0,
            record,
            query_item,
            reference_item,
            query_name,
            reference_name,
            query_seconds,
            reference_seconds,
        })
    }
}

fn involves(found: &MatchFound, item: &Item) -> bool {
    found.query == item.id || found.reference == item.id
}
