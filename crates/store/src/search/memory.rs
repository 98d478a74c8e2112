//! Searching records in memory: every document is looked at, or those that name what is asked about.

use std::collections::{BTreeMap, HashMap};

use super::document::Document;
use super::keep::each_document;
use super::terms::{Term, Wanted};
use super::{Searched, form};
use crate::error::Error;
use crate::fold::{Memory, Table};
use crate::vocabulary::Order;

/// Marks that few documents have: what a record is, or names.
const NAMING: [&str; 3] = ["·is·", "·item·", "·cites·"];

/// Documents by id, and the ids of those with a mark that names something.
#[derive(Default)]
pub(crate) struct Documents {
    all: BTreeMap<u64, Document>,
    naming: HashMap<String, Vec<u64>>,
}

impl Documents {
    fn put(&mut self, document: Document) {
        let words = document.words.split(' ');
        for mark in words.filter(|word| NAMING.iter().any(|naming| word.starts_with(naming))) {
            let ids = self.naming.entry(mark.to_owned()).or_default();
            ids.push(document.id);
        }
        self.all.insert(document.id, document);
    }

    /// Those that may be wanted, by id: of terms that name something, the documents with one of them.
    fn candidates(&self, wanted: &Wanted) -> Box<dyn DoubleEndedIterator<Item = &Document> + '_> {
        let naming = wanted.all.iter().find(|terms| terms.iter().all(names));
        let Some(terms) = naming else {
            return Box::new(self.all.values());
        };
        let named = terms
            .iter()
            .filter_map(|term| self.naming.get(&term.words[0]));
        let mut ids: Vec<u64> = named.flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        Box::new(ids.into_iter().filter_map(|id| self.all.get(&id)))
    }
}

/// Whether it is a whole mark that names something.
fn names(term: &Term) -> bool {
    let [mark] = &term.words[..] else {
        return false;
    };
    !term.begins && NAMING.iter().any(|naming| mark.starts_with(naming))
}

impl Memory {
    /// Every document of these records; made when they are first needed.
    fn kept_documents(&self) -> Result<&Documents, Error> {
        if let Some(kept) = self.documents.get() {
            return Ok(kept);
        }
        let mut documents = Documents::default();
        each_document(self, &mut |document| {
            documents.put(document);
            Ok(())
        })?;
        Ok(self.documents.get_or_init(|| documents))
    }
}

impl Searched for Memory {
    fn document(&self, id: u64) -> Result<Option<Document>, Error> {
        Ok(self.kept_documents()?.all.get(&id).cloned())
    }

    fn documents(&self, after: Option<u64>, limit: usize) -> Result<Vec<Document>, Error> {
        let from = after.map_or(0, |after| after + 1);
        let documents = self.kept_documents()?.all.range(from..);
        Ok(documents.take(limit).map(|(_, one)| one.clone()).collect())
    }

    fn found(
        &self,
        wanted: &Wanted,
        order: Order,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Table, u32)>, Error> {
        let documents = self.kept_documents()?.candidates(wanted);
        let name = |document: &Document| (document.id, document.table, document.number);
        let found = documents
            .filter(|document| wanted.holds(&document.words))
            .map(name);
        let found: Vec<_> = match order {
            Order::Newest => {
                let beyond = found
                    .rev()
                    .filter(|one| after.is_none_or(|after| one.0 < after));
                beyond.take(limit).collect()
            }
            Order::Oldest => {
                let beyond = found.filter(|one| after.is_none_or(|after| one.0 > after));
                beyond.take(limit).collect()
            }
        };
        Ok(found)
    }

    fn count(&self, wanted: &Wanted, most: usize) -> Result<usize, Error> {
        let documents = self.kept_documents()?.candidates(wanted);
        Ok(documents
            .filter(|document| wanted.holds(&document.words))
            .take(most)
            .count())
    }

    fn form(&self) -> Result<String, Error> {
        Ok(form())
    }
}
