//! Proving that a case is what its journal says.

use std::collections::BTreeMap;

use journal::{Chain, ContentId};

use super::{Backend, Entries};
use crate::error::Error;
use crate::event::Event;
use crate::fold::{self, Memory, Table, Tables as _};
use crate::problem::{Place, Problem};
use crate::record::Origin;
use crate::search;
use crate::store::Checked;

/// Entries read at a time.
const PAGE: usize = 1000;

/// Checks everything that is kept, while others go on writing.
pub(super) fn check(backend: &impl Backend) -> Result<Checked, Error> {
    let mut checked = Checked {
        entries: 0,
        root: ContentId(journal::tree::root(&[])),
        problems: Vec::new(),
    };
    match backend.survey(|kept| look(kept, &mut checked)) {
        Err(Error::Damaged(problem)) => checked.problems.push(problem),
        other => other?,
    }
    Ok(checked)
}

fn look(kept: &dyn Entries, checked: &mut Checked) -> Result<(), Error> {
    checked.problems.extend(kept.structure()?);
    let replay = replay(kept)?;
    checked.entries = replay.chain.tree.size();
    checked.root = ContentId(replay.chain.tree.root());
    checked.problems.extend(replay.problems);
    check_head(kept, &replay.chain, &mut checked.problems);
    if replay.whole {
        checked.problems.extend(differences(kept, &replay.records)?);
    } else {
        let what = "not compared with the journal, because not every entry can be replayed";
        checked
            .problems
            .push(Problem::new(Place::Record("of every kind".into()), what));
    }
    Ok(())
}

/// The journal, verified and folded.
pub(super) struct Replay {
    pub(super) chain: Chain,
    pub(super) records: Memory,
    /// Faults of entries, in order.
    pub(super) problems: Vec<Problem>,
    /// Whether every entry could be read and applied.
    pub(super) whole: bool,
}

pub(super) fn replay(kept: &dyn Entries) -> Result<Replay, Error> {
    let mut replay = Replay {
        chain: Chain::default(),
        records: Memory::default(),
        problems: Vec::new(),
        whole: true,
    };
    let mut next = 0;
    loop {
        let page = kept.envelopes(next, PAGE)?;
        let Some((last, _)) = page.last() else {
            return Ok(replay);
        };
        if *last < next {
            return Err(Error::damaged(Place::Database, "entries are out of order"));
        }
        next = last + 1;
        for (seq, bytes) in &page {
            replay.take(*seq, bytes)?;
        }
    }
}

impl Replay {
    fn take(&mut self, kept_as: u64, bytes: &[u8]) -> Result<(), Error> {
        let seq = self.chain.tree.size();
        let known = self.chain.faults.len();
        let envelope = self.chain.push(bytes);
        let faults = self.chain.faults[known..].iter();
        self.problems
            .extend(faults.map(|f| Problem::new(Place::Entry(f.seq), f.fault.to_string())));
        if kept_as != seq {
            self.problems.push(Problem::new(
                Place::Entry(seq),
                format!("it is kept as entry {kept_as}"),
            ));
        }
        let Some(envelope) = envelope else {
            self.whole = false;
            return Ok(());
        };
        let entry = envelope.entry;
        let origin = Origin {
            entry: seq,
            at: entry.at,
            actor: entry.actor,
        };
        match Event::from_entry(&entry.kind, &entry.body) {
            Ok(event) => self.apply(&origin, &event),
            Err(e) => {
                self.refuse(seq, format!("kind {} cannot be read here: {e}", entry.kind));
                Ok(())
            }
        }
    }

    fn apply(&mut self, origin: &Origin, event: &Event) -> Result<(), Error> {
        match fold::apply(&mut self.records, origin, event) {
            Ok(_) => Ok(()),
            Err(Error::Refused(refusal)) => {
                self.refuse(origin.entry, format!("the rules refuse it: {refusal}"));
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    fn refuse(&mut self, seq: u64, what: String) {
        self.whole = false;
        self.problems.push(Problem::new(Place::Entry(seq), what));
    }
}

/// Whether the head kept beside the entries is theirs.
pub(super) fn check_head(kept: &dyn Entries, chain: &Chain, problems: &mut Vec<Problem>) {
    let what = match kept.head() {
        Err(e) => e.to_string(),
        Ok(kept) if kept.tree != chain.tree => format!(
            "it says {} entries with root {}; the entries give {} with root {}",
            kept.tree.size(),
            ContentId(kept.tree.root()),
            chain.tree.size(),
            ContentId(chain.tree.root()),
        ),
        Ok(kept) if kept.last != chain.last() => format!("it says the last entry is {}", kept.last),
        Ok(_) => return,
    };
    problems.push(Problem::new(Place::Head, what));
}

/// Where the records kept are not those that the journal gives.
pub(super) fn differences(kept: &dyn Entries, fresh: &Memory) -> Result<Vec<Problem>, Error> {
    let mut problems = Vec::new();
    for table in Table::ALL {
        let (kept, fresh) = (kept.rows(table)?, fresh.rows(table)?);
        let mut differ = |number, what| {
            problems.push(Problem::new(Place::Record(table.called(number)), what));
        };
        for row in &kept {
            match fresh
                .binary_search_by_key(&row.number, |f| f.number)
                .map(|at| &fresh[at])
            {
                Err(_) => differ(row.number, "the journal holds no such record"),
                Ok(fresh) if fresh != row => differ(row.number, "it is not what the journal says"),
                Ok(_) => {}
            }
        }
        for row in &fresh {
            if !kept.iter().any(|k| k.number == row.number) {
                differ(row.number, "it is missing");
            }
        }
    }
    problems.extend(unlike_index(kept, fresh)?);
    Ok(problems)
}

/// Where the index of words is not that of the records.
fn unlike_index(kept: &dyn Entries, fresh: &Memory) -> Result<Vec<Problem>, Error> {
    if kept.form()? != search::form() {
        let what = "it is in another form; open the case to have it made anew";
        return Ok(vec![Problem::new(
            Place::Index("every record".into()),
            what,
        )]);
    }
    let mut expected: BTreeMap<u64, (ContentId, Table, u32)> = BTreeMap::new();
    search::each_document(fresh, &mut |document| {
        let words = ContentId::of(document.words.as_bytes());
        expected.insert(document.id, (words, document.table, document.number));
        Ok(())
    })?;
    let mut problems = Vec::new();
    let mut differ = |table: Table, number: u32, what: &str| {
        problems.push(Problem::new(Place::Index(table.called(number)), what));
    };
    let mut after = None;
    loop {
        let page = kept.documents(after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for document in page {
            let words = ContentId::of(document.words.as_bytes());
            let (table, number) = (document.table, document.number);
            match expected.remove(&document.id) {
                None => differ(table, number, "the journal holds no such record"),
                Some(fresh) if fresh != (words, table, number) => {
                    differ(table, number, "they are not those of the record");
                }
                Some(_) => {}
            }
        }
    }
    for (_, table, number) in expected.into_values() {
        differ(table, number, "they are missing");
    }
    Ok(problems)
}
