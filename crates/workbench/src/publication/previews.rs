//! Bundles that were made to be looked at, kept while the case stands as it did: a page asks for each file of one alone.

use std::sync::{Arc, Mutex};

use store::number::PublicationNo;

use super::bundle::{Bundle, Content};
use crate::case::lock;
use crate::error::Result;

/// Most bundles that are kept.
const MOST: usize = 4;

/// Most bytes of all of them together, originals and masked copies aside, which are read where they lie.
const MOST_BYTES: u64 = 256 << 20;

/// The bundles, the one that was asked for last at the end.
#[derive(Default)]
pub(crate) struct Previews(Mutex<Vec<(State, Arc<Bundle>)>>);

/// All that the bytes of a bundle come of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) publication: PublicationNo,
    /// Who would seal it.
    pub(super) actor: String,
    /// Head of the journal as the case is shown: size and root.
    pub(super) head: (u64, String),
    /// The same of the case as it stands, where it is shown as it stood: masks that lie now hide what was open then.
    pub(super) present: Option<(u64, String)>,
}

impl Previews {
    /// The bundle of `state`, made where it is not kept. One is made at a time.
    pub(super) fn of(
        &self,
        state: State,
        make: impl FnOnce() -> Result<Bundle>,
    ) -> Result<Arc<Bundle>> {
        let mut kept = lock(&self.0);
        let known = kept.iter().position(|(of, _)| *of == state);
        let bundle = match known.map(|at| kept.remove(at)) {
            Some((_, bundle)) => bundle,
            None => Arc::new(make()?),
        };
        kept.push((state, Arc::clone(&bundle)));
        while kept.len() > MOST || kept.iter().map(|(_, it)| written(it)).sum::<u64>() > MOST_BYTES
        {
            kept.remove(0);
        }
        Ok(bundle)
    }
}

/// Bytes of a bundle that are in memory.
fn written(bundle: &Bundle) -> u64 {
    let sizes = bundle.files.values().map(|content| match content {
        Content::Bytes(bytes) => bytes.len() as u64,
        Content::Blob(..) => 0,
    });
    sizes.sum()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeMap;

    use journal::ContentId;

    use super::*;
    use crate::error::Error;

    fn state(size: u64) -> State {
        State {
            publication: PublicationNo(1),
            actor: "Ada".to_owned(),
            head: (size, "root".to_owned()),
            present: None,
        }
    }

    fn bundle(bytes: usize) -> Bundle {
        Bundle {
            files: BTreeMap::from([("a".to_owned(), Content::Bytes(vec![0; bytes]))]),
            manifest: ContentId([0; 32]),
        }
    }

    #[test]
    fn a_bundle_is_made_once_while_the_case_stands_as_it_did() {
        let (previews, made) = (Previews::default(), Cell::new(0));
        let ask = |state: State| {
            let make = || {
                made.set(made.get() + 1);
                Ok(bundle(10))
            };
            previews.of(state, make).unwrap();
            made.get()
        };
        assert_eq!([ask(state(1)), ask(state(1))], [1, 1]);
        assert_eq!(ask(state(2)), 2, "something was entered");
        let other = State {
            actor: "Ben".to_owned(),
            ..state(2)
        };
        assert_eq!(ask(other), 3, "another would sign it");
        let earlier = State {
            present: Some((9, "later".to_owned())),
            ..state(1)
        };
        assert_eq!([ask(earlier.clone()), ask(earlier)], [4, 4]);
        // The one that was not asked for longest goes first.
        assert_eq!([ask(state(1)), ask(state(7)), ask(state(1))], [4, 5, 5]);
        assert_eq!(ask(state(2)), 6);
    }

    #[test]
    fn what_is_too_large_is_not_kept_and_a_failure_is_not_either() {
        let previews = Previews::default();
        let large = usize::try_from(MOST_BYTES).unwrap() + 1;
        previews.of(state(1), || Ok(bundle(10))).unwrap();
        assert!(previews.of(state(2), || Err(Error::missing("x"))).is_err());
        previews.of(state(3), || Ok(bundle(large))).unwrap();
        assert!(lock(&previews.0).is_empty());
    }
}
