//! Since when an item is known: four times, each with whose word it is.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use journal::time::is_minute;
use media::facts::Facts;
use store::record::{Claim, Item};
use store::vocabulary::ClaimRelation;

use crate::view::{ItemTimes, KnownTime, RestsOn, TimeKind};

/// No clock on Earth is further ahead of UTC, or behind it: a day without a zone may be any zone's.
const AHEAD: SignedDuration = SignedDuration::from_hours(14);
const BEHIND: SignedDuration = SignedDuration::from_hours(12);

/// How long after its beginning a time to the minute may be.
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Before this, what files say is a counter that was never set: QuickTime counts from 1904, others from 1970.
const FIRST_DIGITAL_YEAR: i16 = 1980;

/// Tags in which files say when they were recorded, the most telling first.
const TAGS: [&str; 2] = ["com.apple.quicktime.creationdate", "creation_time"];

/// When something was, between two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl Window {
    /// The time that `text` says, in whatever zone it was meant.
    pub(crate) fn of(text: &str) -> Option<Self> {
        match text.len() {
            4 => {
                let year = text.parse().ok()?;
                Self::days(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)
            }
            7 => {
                let first: Date = format!("{text}-01").parse().ok()?;
                Self::days(first, first.last_of_month())
            }
            10 => {
                let day = text.parse().ok()?;
                Self::days(day, day)
            }
            _ => {
                let from: Timestamp = text.parse().ok()?;
                let lasts = if is_minute(text) {
                    MINUTE
                } else {
                    SignedDuration::ZERO
                };
                let to = from.checked_add(lasts).ok()?;
                Some(Self { from, to })
            }
        }
    }

    fn days(first: Date, last: Date) -> Option<Self> {
        let midnight = |day: Date| Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp());
        Some(Self {
            from: midnight(first)?.checked_sub(AHEAD).ok()?,
            to: midnight(last.tomorrow().ok()?)?.checked_add(BEHIND).ok()?,
        })
    }

    /// The same where nobody says which zone a clock was set to.
    fn of_any_zone(self) -> Option<Self> {
        Some(Self {
            from: self.from.checked_sub(AHEAD).ok()?,
            to: self.to.checked_add(BEHIND).ok()?,
        })
    }

    /// Whether all of this is before all of `other`.
    pub(super) fn is_before(self, other: Self) -> bool {
        self.to < other.from
    }
}

/// The time that orders an item.
#[derive(Clone, Debug)]
pub(super) struct Best {
    pub(super) kind: TimeKind,
    pub(super) known: KnownTime,
    pub(super) window: Window,
}

impl Best {
    /// Whether it says anything of when the item came out.
    pub(super) fn tells(&self) -> bool {
        self.kind != TimeKind::Acquired
    }
}

/// The four times of `item`, and the one to order it by.
pub(super) fn times(item: &Item, claims: &[Claim], facts: &Facts) -> (ItemTimes, Option<Best>) {
    let uploaded = earliest(TimeKind::Uploaded, uploaded(item));
    let asserted = earliest(TimeKind::Asserted, asserted(item, claims));
    let recorded = recorded(facts);
    let acquired = earliest(TimeKind::Acquired, acquired(item));
    let out = [&uploaded, &asserted].into_iter().flatten();
    let best = out
        .min_by_key(|known| known.window.from)
        .or(recorded.as_ref())
        .or(acquired.as_ref())
        .cloned();
    let known = |best: Option<Best>| best.map(|best| best.known);
    let times = ItemTimes {
        recorded: known(recorded),
        uploaded: known(uploaded),
        acquired: known(acquired),
        asserted: known(asserted),
        used: best.as_ref().map(|best| best.kind),
    };
    (times, best)
}

fn earliest(kind: TimeKind, told: impl Iterator<Item = KnownTime>) -> Option<Best> {
    told.filter_map(|known| {
        Some(Best {
            kind,
            window: Window::of(&known.at)?,
            known,
        })
    })
    .min_by_key(|best| best.window.from)
}

fn uploaded(item: &Item) -> impl Iterator<Item = KnownTime> {
    item.acquisitions.iter().filter_map(|one| {
        Some(KnownTime {
            at: one.acquired.uploaded.clone()?,
            rests_on: RestsOn::Person,
            says: format!("stated by {} when it was added", one.origin.actor),
        })
    })
}

fn asserted(item: &Item, claims: &[Claim]) -> impl Iterator<Item = KnownTime> {
    let about = |claim: &&Claim| {
        claim.made.pin.item == item.id && claim.made.relation == ClaimRelation::About
    };
    claims.iter().filter(about).filter_map(|claim| {
        let source = claim.made.source.map(|source| source.to_string());
        let who = claim.made.claimant.clone().or(source);
        let by = who.map_or_else(String::new, |who| format!(" by {who}"));
        Some(KnownTime {
            at: claim.made.asserted.clone()?,
            rests_on: RestsOn::Person,
            says: format!("when claim {}{by} was made about it", claim.number),
        })
    })
}

fn acquired(item: &Item) -> impl Iterator<Item = KnownTime> {
    item.acquisitions
        .iter()
        .map(|one| match &one.acquired.acquired {
            Some(at) => KnownTime {
                at: at.clone(),
                rests_on: RestsOn::Person,
                says: format!(
                    "when it was got, as stated by {}, which says nothing of when it came out",
                    one.origin.actor
                ),
            },
            None => KnownTime {
                at: one.origin.at.clone(),
                rests_on: RestsOn::Journal,
                says: "when this case got it, which says nothing of when it came out".to_owned(),
            },
        })
}

/// When the file says that it was recorded, by a clock of which nobody knows the zone.
fn recorded(facts: &Facts) -> Option<Best> {
    let streams = facts.video.and_then(|at| facts.streams.get(at));
    let places = [Some(&facts.tags), streams.map(|stream| &stream.tags)];
    let tags = TAGS
        .iter()
        .flat_map(|name| places.iter().flatten().map(move |tags| (name, tags)));
    tags.filter_map(|(name, tags)| {
        let at: Timestamp = tags.get(*name)?.parse().ok()?;
        let set = at.to_zoned(TimeZone::UTC).year() >= FIRST_DIGITAL_YEAR;
        let window = Window { from: at, to: at }.of_any_zone().filter(|_| set)?;
        Some(Best {
            kind: TimeKind::Recorded,
            known: KnownTime {
                at: at.to_string(),
                rests_on: RestsOn::File,
                says: format!("as the file says of itself ({name}), which anybody can change"),
            },
            window,
        })
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(a: &str, b: &str) -> bool {
        Window::of(a)
            .expect("a time")
            .is_before(Window::of(b).expect("a time"))
    }

    #[test]
    fn times_decide_only_where_no_reading_of_them_overlaps() {
        assert!(before("2019", "2026-05-03"));
        assert!(before("2026-05-03T10:00:00Z", "2026-05-03T10:00:01Z"));
        // 12:00 in UTC+3 is 09:00 in UTC.
        assert!(before("2026-05-03T12:00:00+03:00", "2026-05-03T10:00:00Z"));
        assert!(before("2026-05-02", "2026-05-05"));
        assert!(before("2026-05-03T10:00Z", "2026-05-03T10:02Z"));
        for (a, b) in [
            ("2026", "2026-05-03"),
            ("2026-05", "2026-05-03T10:00:00Z"),
            ("2026-05-03", "2026-05-03"),
            ("2026-05-03T10:00Z", "2026-05-03T10:00:30Z"),
            ("2026-05-03T10:00:00Z", "2026-05-03T10:00:00Z"),
            // The third of May ends in one place when the fourth is half over in another.
            ("2026-05-03", "2026-05-04"),
        ] {
            assert!(!before(a, b) && !before(b, a), "{a} {b}");
        }
    }

    #[test]
    fn a_clock_that_was_never_set_says_nothing() {
        let tagged = |at: &str| {
            let mut facts = Facts::default();
            facts.tags.insert("creation_time".to_owned(), at.to_owned());
            recorded(&facts).map(|best| best.known.at)
        };
        assert_eq!(tagged("1904-01-01T00:00:00.000000Z"), None);
        assert_eq!(tagged("1970-01-01T00:00:00.000000Z"), None);
        assert_eq!(tagged("next Tuesday"), None);
        let phone = tagged("2019-12-20T16:08:32.000000Z");
        assert_eq!(phone.as_deref(), Some("2019-12-20T16:08:32Z"));
    }
}
