//! What people make of an item as it was published, and of what two frames show.

use store::event::{Event, MediaReviewed, ResemblanceJudged};
use store::number::{MediaReviewNo, ResemblanceNo};
use store::record::{Item, MediaReview, ResemblanceRecord};
use store::vocabulary::{MediaCode, RecordKind, Resemblance};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::record::Where;
use crate::view::MediaReviewView;

/// A review to record.
#[derive(Clone, Debug)]
pub struct NewMediaReview {
    /// Whose it is.
    pub reviewer: String,
    /// What applies.
    pub codes: Vec<MediaCode>,
    /// How it was shared or published.
    pub context: Option<String>,
    /// Why.
    pub reasons: String,
    /// Numbers of the evidence.
    pub evidence: Vec<String>,
    /// The review that it revises.
    pub supersedes: Option<MediaReviewNo>,
}

/// A judgement of resemblance to record.
#[derive(Clone, Debug)]
pub struct NewResemblance {
    /// What is compared.
    pub subject: String,
    /// Whose judgement it is.
    pub judge: String,
    /// What the comparison supports.
    pub degree: Resemblance,
    /// What was compared.
    pub features: Vec<String>,
    /// Why.
    pub reasons: String,
    /// What could not be compared.
    pub limits: String,
    /// The judgement that it revises.
    pub supersedes: Option<ResemblanceNo>,
}

impl Case {
    /// Records a reviewer's codes for `item`, or a revision of them.
    ///
    /// # Errors
    /// The codes contradict each other, something cited does not exist, the reviewer holds another review that
    /// this one does not revise, or the store fails.
    pub fn review_media(&self, item: &Item, new: NewMediaReview) -> Result<MediaReviewView> {
        let made = MediaReviewed {
            item: item.id,
            reviewer: new.reviewer,
            codes: new.codes,
            context: new.context,
            reasons: new.reasons,
            evidence: new.evidence,
            supersedes: new.supersedes,
        };
        let entry = self.record(&Event::MediaReviewed(made))?.seq;
        let made: MediaReview = self.made_by(entry)?;
        let mut reviews = self.media_reviews(Some(item))?.into_iter();
        let view = reviews.find(|view| view.record.number == made.number);
        view.ok_or_else(|| Error::integrity(format!("{} is not of {}", made.number, item.number)))
    }

    /// Reviews of `item` or of every one, superseded ones included; each says which reviews of others that
    /// stand it contradicts.
    ///
    /// # Errors
    /// The store fails.
    pub fn media_reviews(&self, item: Option<&Item>) -> Result<Vec<MediaReviewView>> {
        let mut reviews: Vec<MediaReview> = match item {
            None => self.store.media_reviews()?,
            Some(item) => self.about(RecordKind::MediaReview, item)?,
        };
        reviews.retain(|one| item.is_none_or(|item| one.made.item == item.id));
        let against = |one: &MediaReview| -> Vec<MediaReviewNo> {
            let others = reviews.iter().filter(|other| contradict(one, other));
            others.map(|other| other.number).collect()
        };
        let views = reviews.iter().map(|one| MediaReviewView {
            contradicts: against(one),
            record: one.clone(),
        });
        Ok(views.collect())
    }

    /// Records a person's judgement of how alike what a region of one frame shows is to what a region of
    /// another does. Nothing is compared by the program.
    ///
    /// # Errors
    /// A place is no single frame with a region, nothing is said of features, reasons or limits, the judge
    /// holds another judgement that this one does not revise, or the store fails.
    pub fn judge_resemblance(
        &self,
        (one, at): (&Item, Where),
        (other, there): (&Item, Where),
        new: NewResemblance,
    ) -> Result<ResemblanceRecord> {
        let made = ResemblanceJudged {
            one: self.pin(one, at)?,
            other: self.pin(other, there)?,
            subject: new.subject,
            judge: new.judge,
            degree: new.degree,
            features: new.features,
            reasons: new.reasons,
            limits: new.limits,
            supersedes: new.supersedes,
        };
        let entry = self.record(&Event::ResemblanceJudged(made))?.seq;
        self.made_by(entry)
    }

    /// Judgements of resemblance with a frame of `item` or of any, superseded ones included.
    ///
    /// # Errors
    /// The store fails.
    pub fn resemblances(&self, item: Option<&Item>) -> Result<Vec<ResemblanceRecord>> {
        let mut judged: Vec<ResemblanceRecord> = match item {
            None => self.store.resemblances()?,
            Some(item) => self.about(RecordKind::Resemblance, item)?,
        };
        judged.retain(|it| {
            let sides = [it.made.one.item, it.made.other.item];
            item.is_none_or(|item| sides.contains(&item.id))
        });
        Ok(judged)
    }
}

/// Whether two reviews of one item that both stand hold what cannot be true together.
pub(crate) fn contradict(one: &MediaReview, other: &MediaReview) -> bool {
    let stand = one.stands() && other.stands();
    let clash = |code: &MediaCode| {
        other
            .made
            .codes
            .iter()
            .any(|another| code.contradicts(*another))
    };
    stand && one.made.item == other.made.item && one.made.codes.iter().any(clash)
}
