//! Proving that a case is what its journal says.

use std::collections::BTreeMap;

use journal::tree::Frontier;
use journal::{Chain, ContentId, Opened, Opener, Skimmed};
use serde_json::Value;

use super::side_by_side::in_order;
use super::{Backend, Entries};
use crate::error::Error;
use crate::event::Event;
use crate::fold::{self, Memory, Table};
use crate::problem::{Place, Problem};
use crate::record::Origin;
use crate::search;
use crate::store::Checked;

/// Rows read at a time.
const PAGE: usize = 1000;

/// Looks on while entries are verified: is given the tree up to each and what it records.
pub(super) type Watch<'a> = &'a mut (dyn FnMut(&Frontier, &Event) + Send);

/// Checks everything that is kept, while others go on writing.
pub(super) fn check(backend: &impl Backend, watch: Watch<'_>) -> Result<Checked, Error> {
    survey(backend, |kept, checked| look(kept, checked, watch))
}

/// Lets `look` note what it finds while others go on writing; damage that ends the look is a finding too.
pub(super) fn survey(
    backend: &impl Backend,
    look: impl FnOnce(&dyn Entries, &mut Checked) -> Result<(), Error>,
) -> Result<Checked, Error> {
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

fn look(kept: &dyn Entries, checked: &mut Checked, watch: Watch<'_>) -> Result<(), Error> {
    checked.problems.extend(kept.structure()?);
    let replay = replay(kept, watch)?;
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
    /// Whether entries of this kind are applied.
    applies: fn(&str) -> bool,
}

/// Reads every entry, verifies it and hands it to `watch`.
pub(super) fn replay(kept: &dyn Entries, watch: Watch<'_>) -> Result<Replay, Error> {
    let mut replay = Replay::of(|_| true);
    let opener = replay.chain.opener();
    let take = |read: Read| replay.take(read, watch);
    in_order(kept, 0..u64::MAX, move |page| read(&opener, page), take)?;
    Ok(replay)
}

/// An envelope that was looked at by itself.
pub(super) struct Read {
    kept_as: u64,
    opened: Opened,
    event: Option<Result<Event, serde_json::Error>>,
}

pub(super) fn read(opener: &Opener, page: &[(u64, Vec<u8>)]) -> Vec<Read> {
    let opened = opener.open(page.iter().map(|(_, bytes)| bytes.as_slice()));
    let places = page.iter().map(|(seq, _)| *seq);
    let read = |(kept_as, opened): (u64, Opened)| {
        let entry = opened.envelope.as_ref().ok().map(|it| &it.entry);
        let event = entry.map(|entry| Event::from_entry(&entry.kind, &entry.body));
        Read {
            kept_as,
            opened,
            event,
        }
    };
    places.zip(opened).map(read).collect()
}

impl Replay {
    /// Of no entry yet. Those whose kind `applies` are applied, the others verified alone.
    pub(super) fn of(applies: fn(&str) -> bool) -> Self {
        Self {
            chain: Chain::default(),
            records: Memory::default(),
            problems: Vec::new(),
            whole: true,
            applies,
        }
    }

    /// Takes an envelope that was skimmed.
    pub(super) fn pass(&mut self, kept_as: u64, skimmed: &Skimmed) {
        self.follow(kept_as, |chain| chain.pass(skimmed));
    }

    /// Lets the chain take the next envelope, and notes what it finds wrong.
    fn follow<T>(&mut self, kept_as: u64, take: impl FnOnce(&mut Chain) -> T) -> T {
        let seq = self.chain.tree.size();
        let known = self.chain.faults.len();
        let taken = take(&mut self.chain);
        let faults = self.chain.faults[known..].iter();
        self.problems
            .extend(faults.map(|f| Problem::new(Place::Entry(f.seq), f.fault.to_string())));
        if kept_as != seq {
            let what = format!("it is kept as entry {kept_as}");
            self.problems.push(Problem::new(Place::Entry(seq), what));
        }
        taken
    }

    pub(super) fn take(&mut self, read: Read, watch: Watch<'_>) -> Result<(), Error> {
        let seq = self.chain.tree.size();
        let envelope = self.follow(read.kept_as, |chain| chain.take(read.opened));
        let (Some(envelope), Some(event)) = (envelope, read.event) else {
            self.whole = false;
            return Ok(());
        };
        let entry = envelope.entry;
        if !(self.applies)(&entry.kind) {
            return Ok(());
        }
        let origin = Origin {
            entry: seq,
            at: entry.at,
            actor: entry.actor,
        };
        match event {
            Ok(event) => {
                watch(&self.chain.tree, &event);
                self.apply(&origin, &event, &entry.body)
            }
            Err(e) => {
                self.refuse(seq, format!("kind {} cannot be read here: {e}", entry.kind));
                Ok(())
            }
        }
    }

    fn apply(&mut self, origin: &Origin, event: &Event, body: &Value) -> Result<(), Error> {
        let applied = fold::apply(&mut self.records, origin, event);
        match applied.and_then(|_| fold::remember(&mut self.records, origin, body)) {
            Ok(()) => Ok(()),
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
        problems.extend(differences_of(table, kept, fresh)?);
    }
    problems.extend(unlike_index(kept, fresh)?);
    Ok(problems)
}

/// The same, of one table.
pub(super) fn differences_of(
    table: Table,
    kept: &dyn Entries,
    fresh: &Memory,
) -> Result<Vec<Problem>, Error> {
    let mut problems = Vec::new();
    let mut differ = |number, what| {
        problems.push(Problem::new(Place::Record(table.called(number)), what));
    };
    let mut expected = fresh.every(table).peekable();
    let mut after = i64::MIN;
    loop {
        let page = kept.rows_after(table, after, PAGE)?;
        let Some(last) = page.last() else {
            break;
        };
        after = i64::from(last.number);
        for row in &page {
            while let Some(lacking) = expected.next_if(|it| it.number < row.number) {
                differ(lacking.number, "it is missing");
            }
            match expected.next_if(|it| it.number == row.number) {
                None => differ(row.number, "the journal holds no such record"),
                Some(fresh) if fresh != row => {
                    differ(row.number, "it is not what the journal says");
                }
                Some(_) => {}
            }
        }
    }
    expected.for_each(|lacking| differ(lacking.number, "it is missing"));
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
