//! What leaves the case: drafts of it, their reviews, and the bundles that strangers check.

mod bundle;
mod check;
mod findings;
mod minors;
mod passing;
mod preview;
mod previews;
mod protecting;
mod received;
mod records;
mod refusing;
mod report;
mod sealing;
mod sharing;
mod signing;
mod slice;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use journal::ContentId;
use store::event::{Event, PublicationDrafted, PublicationReviewed, PublicationWithdrawn};
use store::number::{CheckpointNo, PublicationNo};
use store::record::Publication;

use crate::case::Case;
use crate::error::{Kind, Result};

pub use check::{CheckedBundle, Damage, DamageKind, check_bundle};
pub use preview::{BundleFile, Previewed, PublicationPreview};
pub(crate) use previews::Previews;
pub use received::{Incoming, LinkedItem, ReceivedView, TakenIn, Taking};
pub use refusing::Refusal;
pub use sealing::{PublicationView, SealedBundle};

/// Hears how far it is: bytes done and bytes in all. Says whether to go on.
pub type Watching<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// A publication to draft.
#[derive(Clone, Debug)]
pub struct NewPublication {
    /// Its title.
    pub title: String,
    /// The question that it answers, where somebody asked one.
    pub question: Option<String>,
    /// What it says.
    pub summary: String,
    /// Whose words these are.
    pub editor: String,
    /// The signed head as of which it is; else the newest, signed if there is none of this state.
    pub checkpoint: Option<CheckpointNo>,
    /// Addresses of what is published.
    pub selected: Vec<String>,
    /// Addresses that may be mentioned.
    pub mentioned: Vec<String>,
    /// Names that actors go by, by their own.
    pub pseudonyms: BTreeMap<String, String>,
    /// Whether it tells how items were obtained.
    pub acquisitions: bool,
    /// Whether it holds the originals.
    pub originals: bool,
    /// Whether it holds masked copies of the items.
    pub masked: bool,
    /// The publication that it revises.
    pub supersedes: Option<PublicationNo>,
}

/// A reader's word on a draft.
#[derive(Clone, Debug)]
pub struct NewReview {
    /// What exactly was read, where the reader says so; else the draft as it is.
    pub draft: Option<ContentId>,
    /// Whether it may leave.
    pub approved: bool,
    /// Why, or anything else.
    pub note: Option<String>,
}

impl Case {
    /// Drafts a publication, or one that revises another. Nothing leaves yet.
    ///
    /// # Errors
    /// Nothing is selected, something selected is not there or of a kind that is not published, the checkpoint
    /// does not exist, what it revises is no longer what stands, or the store fails.
    pub fn draft_publication(&self, new: NewPublication) -> Result<Publication> {
        self.writable()?;
        let checkpoint = match new.checkpoint {
            Some(named) => named,
            None => self.newest_checkpoint()?.number,
        };
        let drafted = PublicationDrafted {
            title: new.title,
            question: new.question,
            summary: new.summary,
            editor: new.editor,
            checkpoint,
            selected: new.selected,
            mentioned: new.mentioned,
            pseudonyms: new.pseudonyms,
            acquisitions: new.acquisitions,
            originals: new.originals,
            masked: new.masked,
            supersedes: new.supersedes,
        };
        let entry = self.record(&Event::PublicationDrafted(drafted))?.seq;
        self.made_by(entry)
    }

    /// Records that the case's author read a draft, and whether it may leave.
    ///
    /// # Errors
    /// There is no such draft, it is not the one that was read, who drafted it approves it though others sign in
    /// the case, nothing says why it is held back, or the store fails.
    pub fn review_publication(&self, number: PublicationNo, new: NewReview) -> Result<Publication> {
        let draft = match new.draft {
            Some(named) => named,
            None => self.publication(number)?.digest,
        };
        self.record(&Event::PublicationReviewed(PublicationReviewed {
            publication: number,
            draft,
            approved: new.approved,
            note: new.note,
        }))?;
        self.publication(number)
    }

    /// Takes a draft back; what it revised stands again.
    ///
    /// # Errors
    /// There is no such draft, it is sealed or revised, no reason is given, or the store fails.
    pub fn withdraw_publication(
        &self,
        number: PublicationNo,
        reason: String,
    ) -> Result<Publication> {
        self.record(&Event::PublicationWithdrawn(PublicationWithdrawn {
            publication: number,
            reason,
        }))?;
        self.publication(number)
    }

    /// Every publication, drafts and former ones included.
    ///
    /// # Errors
    /// The store fails.
    pub fn publications(&self) -> Result<Vec<Publication>> {
        Ok(self.store.publications()?)
    }

    /// Publication `number`.
    ///
    /// # Errors
    /// There is none, or the store fails.
    pub fn publication(&self, number: PublicationNo) -> Result<Publication> {
        let found = self.by_number(number);
        found.map_err(|error| match error.kind {
            Kind::Missing => error.hint("`framewitness publish list` shows them"),
            _ => error,
        })
    }
}
