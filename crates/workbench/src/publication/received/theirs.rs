//! What another team's bundle says of itself.

use std::collections::BTreeMap;

use journal::ContentId;
use serde_json::Value;
use store::event::{TheirItem, TheirWords};

use crate::error::{Error, Kind, Result};
use crate::publication::bundle::SIGNERS;
use crate::publication::check::Bag;

/// Where its records are.
pub(super) const CASE: &str = "data/case.json";

/// What the form of these is called.
const FORMAT: &str = "framewitness-publication/1";

/// Bytes of words that are entered for a search: a book. The rest is read in the bundle.
const MOST_WORDS: usize = 400_000;

/// What of each kind of record is in words.
const WORDS: [(&str, &[&str]); 10] = [
    ("claims", &["text", "claimant"]),
    ("observations", &["text"]),
    ("hypotheses", &["text"]),
    ("assessments", &["reasons", "assessor"]),
    ("media_reviews", &["reasons", "limits"]),
    ("resemblances", &["subject", "reasons", "limits"]),
    ("dates", &["reason"]),
    ("places", &["name", "reason"]),
    ("sources", &["name", "url"]),
    ("matches", &["note"]),
];

/// What a bundle says, sound as it is.
pub(super) struct Theirs {
    pub(super) title: String,
    pub(super) number: String,
    pub(super) sealed_by: String,
    pub(super) words: Vec<TheirWords>,
    /// Number and name of each item.
    items: BTreeMap<ContentId, (String, String)>,
    /// Those whose bytes are there.
    originals: Vec<ContentId>,
}

/// The records of a bundle.
pub(super) fn parsed(bytes: &[u8]) -> Result<Value> {
    let said: Value = serde_json::from_slice(bytes)
        .map_err(|why| Error::integrity(format!("{CASE} cannot be read: {why}")))?;
    match said["format"].as_str() {
        Some(FORMAT) => Ok(said),
        other => Err(Error::new(
            Kind::Unsupported,
            format!("its records are of the form {other:?}"),
        )
        .hint(format!(
            "this version reads {FORMAT}: import it with a newer one"
        ))),
    }
}

impl Theirs {
    pub(super) fn read(bag: &Bag<'_>) -> Result<Self> {
        let said = parsed(&bag.bytes(CASE)?.unwrap_or_default())?;
        let text = |member: &str| said["publication"][member].as_str().unwrap_or_default();
        let signers = bag.bytes(SIGNERS)?.unwrap_or_default();
        let signers = String::from_utf8_lossy(&signers);
        let sealed_by = signers.split(' ').next().unwrap_or_default();
        let number = text("number").to_owned();
        let mut words = Heard::default();
        words.hear(&number, text("question"));
        words.hear(&number, text("summary"));
        words.hear(&number, text("editor"));
        words.records(&said["records"]);
        words.findings(bag)?;
        let originals = bag.paths().filter_map(|path| {
            let hash = path.strip_prefix("data/originals/")?;
            format!("sha256:{hash}").parse().ok()
        });
        let theirs = Self {
            title: text("title").to_owned(),
            number,
            sealed_by: sealed_by.to_owned(),
            words: words.said,
            items: items(&said["records"]["items"]),
            originals: originals.collect(),
        };
        theirs.are_theirs()?;
        Ok(theirs)
    }

    /// Refuses originals of which it says nothing.
    fn are_theirs(&self) -> Result<()> {
        let mut originals = self.originals.iter();
        match originals.find(|id| !self.items.contains_key(id)) {
            None => Ok(()),
            Some(id) => Err(Error::new(
                Kind::Integrity,
                format!("{id} is an original of no item that the bundle tells of"),
            )
            .hint("nothing was taken from it: ask whoever sealed it")),
        }
    }

    pub(super) fn items(&self) -> Vec<TheirItem> {
        let each = self.items.iter();
        each.map(|(id, (number, _))| TheirItem {
            their_number: number.clone(),
            item: *id,
            original: self.originals.contains(id),
        })
        .collect()
    }

    /// The name of an item's file, where they tell it.
    pub(super) fn name_of(&self, id: &ContentId) -> Option<String> {
        let (number, name) = self.items.get(id)?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
        let told = !name.is_empty() && name != format!("item {number}");
        told.then(|| name.to_owned())
    }

    /// The item that a file is, or that it shows or tells of alone.
    pub(super) fn item_of(&self, path: &str) -> Option<ContentId> {
        if let Some(hash) = path.strip_prefix("data/originals/") {
            return format!("sha256:{hash}").parse().ok();
        }
        let name = path.strip_prefix("data/")?.rsplit('/').next()?;
        let number = name.split("item-").nth(1)?;
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        let called = format!("#{digits}");
        let mut items = self.items.iter();
        items
            .find(|(_, (number, _))| *number == called)
            .map(|(id, _)| *id)
    }
}

fn items(rows: &Value) -> BTreeMap<ContentId, (String, String)> {
    let rows = rows.as_array().into_iter().flatten();
    let item = |row: &Value| {
        let text = |member: &str| row[member].as_str().map(str::to_owned);
        let id: ContentId = text("id")?.parse().ok()?;
        Some((id, (text("number")?, text("name").unwrap_or_default())))
    };
    rows.filter_map(item).collect()
}

/// What is found by a search, up to [`MOST_WORDS`].
#[derive(Default)]
struct Heard {
    said: Vec<TheirWords>,
    bytes: usize,
}

impl Heard {
    fn hear(&mut self, number: &str, text: &str) {
        self.bytes += text.len();
        if text.trim().is_empty() || self.bytes > MOST_WORDS {
            return;
        }
        self.said.push(TheirWords {
            their_number: number.to_owned(),
            text: text.to_owned(),
        });
    }

    fn records(&mut self, records: &Value) {
        for (kind, members) in WORDS {
            for row in records[kind].as_array().into_iter().flatten() {
                let number = row["number"].as_str().unwrap_or_default();
                for member in members {
                    self.hear(number, row[*member].as_str().unwrap_or_default());
                }
            }
        }
    }

    fn findings(&mut self, bag: &Bag<'_>) -> Result<()> {
        for path in bag.paths().filter(|it| it.starts_with("data/findings-")) {
            let listed = bag.bytes(path)?.unwrap_or_default();
            let listed: Value = serde_json::from_slice(&listed).unwrap_or_default();
            for finding in listed.as_array().into_iter().flatten() {
                let text = |member: &str| finding[member].as_str().unwrap_or_default();
                self.hear(text("address"), text("summary"));
            }
        }
        Ok(())
    }
}
