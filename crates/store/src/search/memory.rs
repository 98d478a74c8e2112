//! Searching records in memory: every document is looked at.

use std::collections::BTreeMap;

use super::document::Document;
use super::keep::each_document;
use super::terms::Wanted;
use super::{Searched, form};
use crate::error::Error;
use crate::fold::{Memory, Table};
use crate::vocabulary::Order;

impl Memory {
    /// Every document of these records, by id; made when they are first needed.
    fn kept_documents(&self) -> Result<&BTreeMap<u64, Document>, Error> {
        if let Some(kept) = self.documents.get() {
            return Ok(kept);
        }
        let mut documents = BTreeMap::new();
        each_document(self, &mut |document| {
            documents.insert(document.id, document);
            Ok(())
        })?;
        Ok(self.documents.get_or_init(|| documents))
    }
}

impl Searched for Memory {
    fn document(&self, id: u64) -> Result<Option<Document>, Error> {
        Ok(self.kept_documents()?.get(&id).cloned())
    }

    fn documents(&self, after: Option<u64>, limit: usize) -> Result<Vec<Document>, Error> {
        let from = after.map_or(0, |after| after + 1);
        let documents = self.kept_documents()?.range(from..);
        Ok(documents.take(limit).map(|(_, one)| one.clone()).collect())
    }

    fn found(
        &self,
        wanted: &Wanted,
        order: Order,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Table, u32)>, Error> {
        let documents = self.kept_documents()?.values();
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
        let documents = self.kept_documents()?.values();
        Ok(documents
            .filter(|document| wanted.holds(&document.words))
            .take(most)
            .count())
    }

    fn form(&self) -> Result<String, Error> {
        Ok(form())
    }
}
