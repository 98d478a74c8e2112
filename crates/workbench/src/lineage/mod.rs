//! Which items share footage, since when each is known, and which may come from which.

mod footage;
mod link;
mod sets;
#[cfg(test)]
mod tests;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use store::number::{ItemNo, MatchNo};
use store::record::Item;

use self::sets::Sets;
use self::times::Best;
pub(crate) use self::times::Window;
use crate::case::Case;
use crate::error::{Error, Result};
use crate::examine::count;
use crate::matching::Rejected;
use crate::tally;
use crate::view::{Cluster, ClusterItem, MatchView};

/// An item of a cluster, with the time that orders it.
struct Member {
    shown: ClusterItem,
    best: Option<Best>,
}

impl Member {
    /// The time at which it is known to have been out, if any is.
    fn told(&self) -> Option<&Best> {
        self.best.as_ref().filter(|best| best.tells())
    }
}

impl Case {
    /// Clusters of items that share footage by matches that nobody rejected: all of them, or the one
    /// with `item`. Earliest first, as far as times are known.
    ///
    /// # Errors
    /// The store fails, or kept bytes are not what they were.
    pub fn reuse(&self, item: Option<&Item>) -> Result<Vec<Cluster>> {
        let matches = match item {
            None => self.matches(None, Rejected::Quiet)?,
            Some(item) => self.matches_around(item)?,
        };
        let mut clusters = Vec::new();
        for matches in grouped(matches) {
            let members = self.members(&matches)?;
            let first = members.iter().position(|one| one.told().is_some());
            let order = first
                .and_then(|at| members[at].told())
                .map(|best| best.window.from);
            let wanted = |one: &Member| item.is_none_or(|item| one.shown.number == item.number);
            if members.iter().any(wanted) {
                clusters.push((order.is_none(), order, cluster(members, &matches)));
            }
        }
        clusters.sort_by_key(|(unknown, order, _)| (*unknown, *order));
        Ok(clusters
            .into_iter()
            .map(|(_, _, cluster)| cluster)
            .collect())
    }

    /// The matches of `item`, of those that it shares footage with, and so on.
    fn matches_around(&self, item: &Item) -> Result<Vec<MatchView>> {
        let mut found: BTreeMap<MatchNo, MatchView> = BTreeMap::new();
        let (mut met, mut next) = (BTreeSet::from([item.number]), vec![item.number]);
        while let Some(number) = next.pop() {
            let item = self.store.item(number)?;
            let item = item.ok_or_else(|| Error::missing(format!("there is no item {number}")))?;
            for one in self.matches(Some(&item), Rejected::Quiet)? {
                let both = [one.query_item, one.reference_item];
                next.extend(both.into_iter().filter(|side| met.insert(*side)));
                found.insert(one.record.number, one);
            }
        }
        Ok(found.into_values().collect())
    }

    /// The items of `matches`, in the order of what is known of their times.
    fn members(&self, matches: &[MatchView]) -> Result<Vec<Member>> {
        let mut numbers: Vec<ItemNo> = matches
            .iter()
            .flat_map(|one| [one.query_item, one.reference_item])
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut members = Vec::new();
        for number in numbers {
            let item = self.store.item(number)?;
            let item = item.ok_or_else(|| Error::missing(format!("there is no item {number}")))?;
            members.push(self.member(&item)?);
        }
        let order = |one: &Member| one.best.as_ref().map(|best| best.window.from);
        members.sort_by_key(|one| (one.told().is_none(), order(one), one.shown.number));
        Ok(members)
    }

    fn member(&self, item: &Item) -> Result<Member> {
        let examined = self.examined(item)?;
        let claims = self.claims(Some(item))?;
        let (times, best) = times::times(item, &claims, &examined.examination.facts);
        Ok(Member {
            shown: ClusterItem {
                number: item.number,
                name: item.name.clone(),
                frames: count(examined.frames.frames.len()),
                duration_s: tally::duration(&examined),
                thumbnails: examined.thumbnails.len(),
                times,
            },
            best,
        })
    }
}

/// Matches of items that hang together, in the order of the first of each.
fn grouped(matches: Vec<MatchView>) -> Vec<Vec<MatchView>> {
    let number = |item: ItemNo| item.0 as usize;
    let most = matches
        .iter()
        .flat_map(|one| [number(one.query_item), number(one.reference_item)])
        .max();
    let mut sets = Sets::new(most.map_or(0, |most| most + 1));
    for one in &matches {
        sets.join(number(one.query_item), number(one.reference_item));
    }
    let mut groups: BTreeMap<usize, Vec<MatchView>> = BTreeMap::new();
    for one in matches {
        let set = sets.of(number(one.query_item));
        groups.entry(set).or_default().push(one);
    }
    groups.into_values().collect()
}

fn cluster(members: Vec<Member>, matches: &[MatchView]) -> Cluster {
    Cluster {
        footage: footage::footage(&members, matches),
        links: link::links(&members, matches),
        items: members.into_iter().map(|member| member.shown).collect(),
    }
}
