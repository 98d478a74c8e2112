//! Documents as a whole, and how lines and pages come about.

use crate::fonts::Fonts;
use crate::html;
use crate::inline::{Blanks, Gathering, Inline};
use crate::lines::{Breaking, Direction, Line, plain};
use crate::pages::paginate;
use crate::pieces::{Flow, Mark, What};
use crate::style::{BOTTOM, Style, WIDTH};
use crate::tags::ROOT;
use crate::{Document, Error, print};

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>A title</title>\n\
         <meta name=\"date\" content=\"2026-05-03T10:00:01Z\">\n<style>p {{ color: red }}</style>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n"
    )
}

fn flow_of(fonts: &Fonts, body: &str) -> Vec<Flow> {
    let html = page(body);
    let document = Document {
        name: "a.html",
        html: &html,
    };
    let read = html::read(&document).unwrap();
    crate::blocks::lay(fonts, &[("a.html", read)]).unwrap().flow
}

fn words(fonts: &Fonts, text: &str) -> Inline {
    let mut gathering = Gathering::new(fonts);
    gathering.words(text, plain(Style::BODY, ROOT), Blanks::One);
    gathering.finish()
}

fn text_of(line: &Line) -> String {
    line.spans.iter().map(|span| span.text.as_str()).collect()
}

fn flat(flow: &[Flow]) -> Vec<String> {
    let mut lines = Vec::new();
    for one in flow {
        match &one.what {
            What::Piece(piece) => lines.extend(piece.marks.iter().filter_map(said)),
            What::Row(row) => {
                for cell in &row.cells {
                    let cell: Vec<Flow> = cell.flow.iter().cloned().collect();
                    lines.extend(flat(&cell));
                }
            }
        }
    }
    lines
}

fn said(mark: &Mark) -> Option<String> {
    match mark {
        Mark::Words { line, .. } => Some(text_of(line).trim_end().to_owned()),
        _ => None,
    }
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    let html = page("<h1>Title</h1><p>قال <strong>three</strong> words</p>");
    let document = Document {
        name: "a.html",
        html: &html,
    };
    let first = print(&[document]).unwrap();
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(first, print(&[document]).unwrap());
}

#[test]
fn no_string_is_longer_than_a_pdf_may_have() {
    let long = "a long word ".repeat(3_000);
    let html = page(&format!(
        "<h1>{long}</h1><p id=\"x\"><a href=\"#x\">{long}</a></p>"
    ));
    let document = Document {
        name: "a.html",
        html: &html.replace("A title", &long),
    };
    assert!(print(&[document]).is_ok());
}

#[test]
fn html_that_is_not_strict_is_refused_with_its_place() {
    for (body, what) in [
        ("<p>open", "closed where"),
        ("<p>a</div></p>", "closed where"),
        ("<p>&nothing;</p>", "not known"),
        ("<p class=\"a>b</p>", "missing"),
    ] {
        let html = page(body);
        let document = Document {
            name: "a.html",
            html: &html,
        };
        match print(&[document]) {
            Err(Error::Html { what: said, .. }) => assert!(said.contains(what), "{said}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn lines_are_full_and_none_is_too_wide() {
    let fonts = Fonts::new();
    let hash = "0123456789abcdef".repeat(12);
    let text = format!(
        "{} {hash} {}",
        "some words of prose ".repeat(30),
        "and more ".repeat(20)
    );
    let inline = words(&fonts, &text);
    let lines = Breaking::new(&fonts, &inline, Direction::LeftToRight).lines(200.0);
    assert!(lines.len() > 15);
    let together: String = lines.iter().map(text_of).collect();
    assert_eq!(together, inline.text, "nothing is lost between lines");
    for line in &lines {
        let shown = text_of(line);
        let blanks = shown.len() - shown.trim_end().len();
        assert!(line.width - blanks as f32 * 4.0 <= 200.0, "{shown}");
    }
    let full = lines[1..5].iter().all(|line| line.width > 150.0);
    assert!(full, "a line takes what fits");
}

#[test]
fn text_that_runs_from_right_to_left_does() {
    let fonts = Fonts::new();
    let inline = words(&fonts, "שלום עולם 123 abc");
    for (direction, rtl) in [(Direction::OfText, true), (Direction::LeftToRight, false)] {
        let lines = Breaking::new(&fonts, &inline, direction).lines(400.0);
        let [line] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert_eq!(line.rtl, rtl);
        let x = |part: &str| {
            line.spans
                .iter()
                .find(|span| span.text.contains(part))
                .unwrap()
                .x
        };
        assert_eq!(x("abc") < x("שלום"), rtl, "{direction:?}");
        assert!(x("123") < x("שלום"), "numbers follow the words before them");
    }
    // Within a span the first letter is the rightmost glyph.
    let hebrew = words(&fonts, "שלום");
    let lines = Breaking::new(&fonts, &hebrew, Direction::OfText).lines(400.0);
    let starts: Vec<usize> = lines[0].spans[0]
        .glyphs
        .iter()
        .map(|it| it.text_range.start)
        .collect();
    assert_eq!(starts, [6, 4, 2, 0]);
}

#[test]
fn arabic_letters_are_joined() {
    let fonts = Fonts::new();
    let glyphs = |text: &str| {
        let inline = words(&fonts, text);
        let lines = Breaking::new(&fonts, &inline, Direction::OfText).lines(400.0);
        let glyphs = lines[0].spans.iter().flat_map(|span| &span.glyphs);
        glyphs
            .map(|glyph| glyph.glyph_id.to_u32())
            .collect::<Vec<_>>()
    };
    let (alone, joined) = (glyphs("ب"), glyphs("ببب"));
    assert_eq!(joined.len(), 3);
    assert!(
        !joined.contains(&alone[0]),
        "beginning, middle and end have shapes of their own"
    );
}

#[test]
fn what_no_font_has_is_written_as_its_code_point() {
    let fonts = Fonts::new();
    let inline = words(&fonts, "a\u{6E2F}\u{1F3A5}\u{E000} Ω я ა あ");
    assert_eq!(inline.text, "a⟨U+6E2F⟩⟨U+1F3A5⟩⟨U+E000⟩ Ω я ა ⟨U+3042⟩");
    let stood_for: Vec<char> = { inline.runs.iter() }
        .filter_map(|run| run.look.stands_for)
        .collect();
    for c in ['\u{6E2F}', '\u{1F3A5}', '\u{E000}', '\u{3042}'] {
        assert!(
            stood_for.contains(&c) && !fonts.writes(&c.to_string()),
            "{c}"
        );
    }
    assert!(!stood_for.contains(&'Ω') && fonts.writes("a Ω я ა"));
    for run in &inline.runs {
        let c = inline.text[run.start..].chars().next().unwrap();
        assert!(fonts.of(c, &run.look.style, None).is_some());
    }
}

#[test]
fn what_is_for_the_screen_is_left_out_and_what_is_for_paper_is_not() {
    let fonts = Fonts::new();
    let body = "<p class=\"screen\">click</p><p class=\"paper\" hidden>turn</p><p hidden>never</p>\
                <fieldset><legend>ask</legend></fieldset><p>a  b\n c&amp;d&#60;</p><p class=\"prose\">e\n f</p>";
    assert_eq!(flat(&flow_of(&fonts, body)), ["turn", "a b c&d<", "e", "f"]);
}

#[test]
fn headings_stay_with_what_follows_and_heads_of_tables_are_repeated() {
    let fonts = Fonts::new();
    let row = |no: usize| format!("<tr><th scope=\"row\">{no}</th><td>value</td></tr>");
    let rows: String = (0..120).map(row).collect();
    let sections: String = (0..60)
        .map(|no| format!("<section><h3>Heading {no}</h3><p>Words below it.</p></section>"))
        .collect();
    let body = format!(
        "<h1>T</h1><table><caption>C</caption><thead><tr><th scope=\"col\">No</th><th scope=\"col\">V</th></tr></thead>\
         <tbody>{rows}</tbody></table>{sections}"
    );
    let pages = paginate(flow_of(&fonts, &body));
    assert!(pages.all.len() > 4);
    let lines = |page: &Vec<crate::pages::Placed>| {
        let marks = page.iter().flat_map(|placed| &placed.piece.marks);
        marks.filter_map(said).collect::<Vec<_>>()
    };
    assert_eq!(lines(&pages.all[1])[..2], ["No", "V"], "the head again");
    assert!(pages.all[1][0].repeated && !pages.all[0][0].repeated);
    for page in &pages.all {
        let last = lines(page).pop().unwrap();
        assert!(!last.starts_with("Heading"), "{last} stands alone");
        for placed in page {
            assert!(placed.y + placed.piece.height <= BOTTOM + 0.01);
        }
    }
    assert_eq!(pages.headings.len(), 61);
}

#[test]
fn a_row_taller_than_a_page_is_divided() {
    let fonts = Fonts::new();
    let long = "words that go on and on ".repeat(900);
    let body = format!(
        "<table><thead><tr><th scope=\"col\">No</th><th scope=\"col\">V</th></tr></thead>\
         <tbody><tr><td>1</td><td>{long}</td></tr></tbody></table>"
    );
    let pages = paginate(flow_of(&fonts, &body));
    assert!(pages.all.len() > 1);
    let marks = pages
        .all
        .iter()
        .flatten()
        .flat_map(|placed| &placed.piece.marks);
    let together: String = marks.filter_map(said).map(|line| line + " ").collect();
    assert_eq!(together.matches("go on").count(), 900);
}

#[test]
fn columns_share_the_width() {
    let fonts = Fonts::new();
    let hash = "0123456789abcdef".repeat(4);
    let body = format!(
        "<table><tbody><tr><td>1</td><td><code>{hash}</code></td><td><code>{hash}</code></td><td>{}</td></tr></tbody></table>",
        "prose of a record ".repeat(20)
    );
    for one in flow_of(&fonts, &body) {
        let What::Row(row) = one.what else { continue };
        for cell in row.cells {
            for piece in cell.flow {
                let What::Piece(piece) = piece.what else {
                    panic!()
                };
                for mark in piece.marks {
                    let Mark::Words { x, line, .. } = mark else {
                        panic!()
                    };
                    assert!(x + line.width < crate::style::LEFT + WIDTH + 4.0);
                }
            }
        }
    }
}

#[test]
fn links_lead_somewhere_or_say_where_the_file_is() {
    let first = page(
        "<h1>A</h1><p><a href=\"b.html#x\">see</a> <a href=\"masked/item-1.json\">copy</a></p>",
    );
    let second = page("<h1>B</h1><p id=\"x\">here</p>");
    let documents = [("a.html", first), ("b.html", second)];
    let documents = documents
        .each_ref()
        .map(|(name, html)| Document { name, html });
    let pdf = print(&documents).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    assert_eq!(
        text.matches("/Subtype /Link").count() + text.matches("/Subtype/Link").count(),
        1
    );
    let fonts = Fonts::new();
    let lines = flat(&flow_of(
        &fonts,
        "<p><a href=\"masked/item-1.json\">copy</a></p>",
    ));
    assert_eq!(lines, ["copy (masked/item-1.json)"]);
    let lost = page("<p><a href=\"#nowhere\">lost</a></p>");
    let lost = Document {
        name: "a.html",
        html: &lost,
    };
    let lost = String::from_utf8_lossy(&print(&[lost]).unwrap()).into_owned();
    assert!(!lost.contains("/Subtype /Link") && !lost.contains("/Subtype/Link"));
    assert_eq!(
        flat(&flow_of(&fonts, "<p><a href=\"#nowhere\">lost</a></p>")),
        ["lost"]
    );
}
