//! That a report takes all its words from one place, so that another language is another file.

use std::fs;
use std::path::Path;

use super::invented::case;
use super::structure;
use crate::report::messages::english::{self, Claims, Language, Messages};
use crate::report::page::written;

/// Names that are the same in every language.
const NAMES: [&str; 3] = ["SHA-256", "BLAKE3", "F"];

#[test]
fn no_template_has_words_of_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/report");
    let mut seen = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|it| it != "html") {
            continue;
        }
        let own = words(&fs::read_to_string(&path).unwrap());
        assert!(own.is_empty(), "{}: {own:?}", path.display());
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
    let one = "<p title=\"{{ x }} of\">{% if a %}Known{% endif %} {{ name }} <code>FILE</code></p>";
    assert_eq!(words(one), ["of", "Known"]);
}

/// What a template says beside what it is given: in its text and in the labels of its elements. Commands are none of it.
fn words(template: &str) -> Vec<String> {
    let taken = [("{#", "#}"), ("{%", "%}"), ("{{", "}}")];
    let commands = [
        ("<style>", "</style>"),
        ("<code>", "</code>"),
        ("<pre>", "</pre>"),
    ];
    let left = { taken.iter().chain(&commands) }
        .fold(template.to_owned(), |text, (open, close)| {
            without(&text, open, close)
        });
    let labels = ["aria-label", "alt", "title"].iter().flat_map(|name| {
        let opened = format!(" {name}=\"");
        let from = left.split(&opened).skip(1);
        from.filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect::<Vec<_>>()
    });
    let text = without(&left, "<", ">");
    let all: Vec<String> = labels.chain([text]).collect();
    let each = all.iter().flat_map(|text| text.split_whitespace());
    each.filter(|word| word.contains(char::is_alphabetic) && !NAMES.contains(word))
        .map(str::to_owned)
        .collect()
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut pieces = text.split(open);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, piece| {
        let (_, after) = piece.split_once(close).expect("closed");
        kept + " " + after
    })
}

#[test]
fn another_language_keeps_what_is_quoted_as_it_is() {
    let other = Messages {
        language: Language {
            tag: "x-other",
            right_to_left: true,
            ..english::MESSAGES.language
        },
        claims: Claims {
            title: "ادعاها",
            ..english::MESSAGES.claims
        },
        ..english::MESSAGES
    };
    let mut data = case();
    data.claims[0].made.language = Some("de".to_owned());
    let html = written(&data, Box::leak(Box::new(other)));
    assert!(html.contains("<html lang=\"x-other\" dir=\"rtl\">"));
    assert_eq!(
        html.matches("ادعاها").count(),
        2,
        "in its place and in the list of contents"
    );
    assert!(!html.contains("id=\"claims-h\">Claims<"));
    let quoted =
        "<blockquote class=\"prose\" dir=\"auto\" lang=\"de\">We arrived before dawn.</blockquote>";
    assert!(html.contains(quoted));
    let english = structure::read(&written(&data, &crate::report::REPORT));
    assert_eq!(structure::read(&html).ids, english.ids);
}
