//! The words of reports: every sentence that HTML, PDF and `CHECKING.md` say of themselves.
//!
//! [`english`] is one language; another is another file that makes a [`Messages`] too, and does not compile while
//! anything is missing. A message is a text, or a function of what it tells: it orders and inflects as its language does.
//! What is quoted keeps its own words and direction: titles, names, claims, and what a method wrote of a finding. Numbers
//! and times are written alike in every language ([`filters`](super::filters)): a reader holds them beside the output of
//! commands.

/// Shape and English of groups of messages, one line each: `name: kind = words;`, a text where no kind is said.
macro_rules! messages {
    (@kind) => { &'static str };
    (@kind $kind:ty) => { $kind };
    ($($(#[$doc:meta])* $group:ident $english:ident { $($name:ident $(: $kind:ty)? = $words:expr;)* })*) => {$(
        $(#[$doc])*
        pub(crate) struct $group { $(pub(crate) $name: messages!(@kind $($kind)?),)* }

        pub(in crate::report) const $english: $group = $group { $($name: $words,)* };
    )*};
}

pub(super) mod english;

pub(crate) use english::{Messages, Standing};

/// The words in which reports are written.
pub(crate) static REPORT: Messages = english::MESSAGES;
