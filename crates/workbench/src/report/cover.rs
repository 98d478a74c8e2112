//! The first page of a publication.

use std::collections::BTreeSet;

use askama::Template;
use store::number::ItemNo;
use store::record::{Hypothesis, Item, Publication, SignedCheckpoint, Source};

use super::filters;
use super::messages::Messages;

/// What the page tells.
#[derive(Template)]
#[template(path = "report/cover.html")]
pub(crate) struct Cover<'a> {
    pub(crate) m: &'static Messages,
    pub(crate) publication: &'a Publication,
    pub(crate) checkpoint: &'a SignedCheckpoint,
    pub(crate) items: &'a [Item],
    /// Items whose masked copy is published.
    pub(crate) masked: BTreeSet<ItemNo>,
    pub(crate) sources: &'a [Source],
    /// Explanations of the whole case.
    pub(crate) whole: Vec<&'a Hypothesis>,
    /// Name of the journal.
    pub(crate) journal: &'a str,
    pub(crate) tool: &'a str,
}

impl Cover<'_> {
    /// The page as one HTML document.
    #[allow(clippy::expect_used)]
    pub(crate) fn written(&self) -> String {
        self.render()
            .expect("a template that writes to memory cannot fail")
    }
}
