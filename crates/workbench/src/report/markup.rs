//! HTML put together from words of ours and text by strangers: nothing gets in that was not written here or escaped.

use std::borrow::Cow;
use std::fmt::{self, Display};

use askama::filters::{Escaper, Html, HtmlSafe};

use super::text;

/// A piece of HTML, which the templates write as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Markup(Cow<'static, str>);

impl Markup {
    /// Words of ours.
    pub(super) const fn fixed(html: &'static str) -> Self {
        Self(Cow::Borrowed(html))
    }

    /// Words of ours around other pieces: [`markup!`] makes it.
    pub(super) const fn made(html: String) -> Self {
        Self(Cow::Owned(html))
    }

    /// Short text by a stranger, escaped, with what does not show written out.
    pub(super) fn shown(text: impl Display) -> Self {
        let mut escaped = String::new();
        // Writing to a String cannot fail.
        let _ = Html.write_escaped_str(&mut escaped, &text::name(&text.to_string()));
        Self::made(escaped)
    }

    /// The same within an element `name`.
    pub(super) fn within(name: &str, text: impl Display) -> Self {
        Self::made(format!("<{name}>{}</{name}>", Self::shown(text)))
    }

    /// Numbers of records, each set apart, with `between` between them.
    pub(super) fn refs(numbers: impl IntoIterator<Item: Display>, between: &str) -> Self {
        let numbers = numbers.into_iter().map(Self::shown);
        let each = numbers.map(|number| format!("<span class=\"ref\">{number}</span>"));
        Self::made(each.collect::<Vec<_>>().join(between))
    }
}

impl Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// Writes as `format!` does. What is put in is [`Markup`], a number, or a word of ours.
macro_rules! markup {
    ($($written:tt)*) => { $crate::report::markup::Markup::made(format!($($written)*)) };
}
pub(super) use markup;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_strangers_is_escaped_and_words_of_ours_are_not() {
        let who = Markup::within("bdi", "<b>\u{202E}&");
        assert_eq!(
            markup!("<i>{who}</i>").to_string(),
            "<i><bdi>&#60;b&#62;⟨U+202E⟩&#38;</bdi></i>"
        );
        let refs = Markup::refs(["C1", "<"], ", ");
        assert_eq!(
            refs.to_string(),
            "<span class=\"ref\">C1</span>, <span class=\"ref\">&#60;</span>"
        );
    }
}
