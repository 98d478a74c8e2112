//! Reports on paper, read by programs of others.

use std::path::Path;
use std::process::{Command, Stdio};

use super::desk::*;
use crate::bench::Bench;

/// What a program prints that must succeed.
pub(super) fn printed(program: &str, arguments: &[&str], file: &Path) -> String {
    let mut command = Command::new(program);
    for argument in arguments {
        match *argument {
            "FILE" => command.arg(file),
            other => command.arg(other),
        };
    }
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{program} {}: {said}",
        file.display()
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of a PDF in the order in which it was written, without the foot of each page.
pub(super) fn text_of(pdf: &Path) -> String {
    let body = [
        "-raw", "-enc", "UTF-8", "-x", "0", "-y", "0", "-W", "596", "-H", "792", "FILE", "-",
    ];
    printed("pdftotext", &body, pdf)
}

/// What a person reads of a page on paper, one piece for each piece of text.
fn told(html: &str) -> Vec<String> {
    const VOID: [&str; 4] = ["meta", "img", "input", "br"];
    let mut pieces = Vec::new();
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut rest = html
        .split_once("<body")
        .unwrap()
        .1
        .split_once('>')
        .unwrap()
        .1;
    while let Some((text, more)) = rest.split_once('<') {
        let shown = open.iter().all(|(_, shown)| *shown);
        if shown && !text.trim().is_empty() {
            pieces.push(plain(text));
        }
        let (tag, more) = more.split_once('>').unwrap();
        rest = more;
        let name = tag.split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            open.pop();
            continue;
        }
        let classes = tag.split("class=\"").nth(1).unwrap_or_default();
        let classes: Vec<&str> = classes.split('"').next().unwrap().split(' ').collect();
        let hidden = tag.ends_with(" hidden") || tag.contains(" hidden ");
        let left_out = ["fieldset", "svg", "style"].contains(&name)
            || classes.contains(&"screen")
            || classes.contains(&"skip")
            || hidden && !classes.contains(&"paper");
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push((name, !left_out));
        }
    }
    pieces
}

fn plain(text: &str) -> String {
    let references = [
        ("&#38;", "&"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
    ];
    let mut plain = text.to_owned();
    for (reference, character) in [("&gt;", ">"), ("&amp;", "&")].iter().chain(&references) {
        plain = plain.replace(reference, character);
    }
    plain
}

/// Without blanks, which lines break at, and without what only steers the direction of text.
fn packed(text: &str) -> String {
    let steers = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let kept = text.chars().filter(|c| !c.is_whitespace() && !steers(*c));
    kept.collect()
}

fn assert_told(pdf: &Path, html: &str) {
    let text = packed(&text_of(pdf));
    for piece in told(html) {
        // Readers guess where a direction ends, so that words are looked for there, each by itself and without
        // the quotation marks, of which nobody knows to which direction they belong.
        let rtl = piece.chars().any(|c| ('\u{590}'..='\u{8FF}').contains(&c));
        let parts: Vec<&str> = match rtl {
            true => { piece.split_whitespace() }
                .map(|word| word.trim_matches(['“', '”']))
                .collect(),
            false => vec![&piece],
        };
        for part in parts {
            assert!(
                text.contains(&packed(part)),
                "{part:?} is not on paper: {text}"
            );
        }
    }
}

/// What no font within has is found and copied as what it is, and the page on which a code point is drawn in its stead says
/// so; no other does.
fn assert_stated(pdf: &Path) {
    let pages = printed("pdftotext", &["-enc", "UTF-8", "FILE", "-"], pdf);
    let pages: Vec<&str> = pages.trim_end_matches('\u{C}').split('\u{C}').collect();
    let stated = "A code point such as ⟨U+4E2D⟩ stands for a character that no font here has";
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(
            page.contains(stated),
            page.contains('港'),
            "page {at}: {page}"
        );
    }
    let text = text_of(pdf);
    for found in ["港口", "🎥", "«Доброе утро»"] {
        assert!(text.contains(found), "{found}: {text}");
    }
    let with = pages.iter().filter(|page| page.contains('港')).count();
    assert!(with > 0 && with < pages.len(), "{with} of {}", pages.len());
}

/// A case whose people write from right to left.
fn eastern() -> Bench {
    let bench = recorded();
    let ada = |words: &[&str]| say(&bench, "Ada", words);
    ada(&[
        "claim",
        "add",
        "1",
        "وصلنا إلى الميناء قبل الفجر",
        "--frame",
        "5",
        "--language",
        "ar",
    ]);
    ada(&[
        "claim",
        "add",
        "1",
        "הגענו לנמל לפני עלות השחר",
        "--frame",
        "5",
        "--language",
        "he",
    ]);
    ada(&[
        "claim",
        "add",
        "1",
        "港口 🎥 «Доброе утро»",
        "--frame",
        "5",
        "--by",
        "Ωμέγα",
    ]);
    bench
}

#[test]
fn a_report_on_paper_says_what_the_page_says() {
    let bench = eastern();
    bench.run("report 1 -o report.html --pdf report.pdf");
    let pdf = bench.path("report.pdf");
    let html = std::fs::read_to_string(bench.path("report.html")).unwrap();
    assert_told(&pdf, &html);
    assert_stated(&pdf);
    printed("qpdf", &["--check", "FILE"], &pdf);
    let info = printed("pdfinfo", &["-isodates", "FILE"], &pdf);
    for line in [
        "Tagged:          yes",
        "Page size:       595.28 x 841.89 pts (A4)",
    ] {
        assert!(info.contains(line), "{line}: {info}");
    }
    let stated = printed("pdfinfo", &["-meta", "FILE"], &pdf);
    for claimed in ["<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1"] {
        assert!(stated.contains(claimed), "{claimed}: {stated}");
    }
    let fonts = printed("pdffonts", &["FILE"], &pdf);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(fonts.len() > 3);
    for font in fonts {
        assert!(
            font.contains("yes yes yes"),
            "embedded, a part, with its text: {font}"
        );
    }
}

/// The frames on the last pages are the pixels whose hash is printed.
#[test]
fn the_figures_on_paper_are_the_exact_frames() {
    let bench = recorded();
    bench.run("report 1 -o report.html --pdf report.pdf");
    let html = std::fs::read_to_string(bench.path("report.html")).unwrap();
    printed(
        "pdfimages",
        &["-png", "FILE", bench.path("picture").to_str().unwrap()],
        &bench.path("report.pdf"),
    );
    let mut found = 0;
    for (path, _) in files(&bench.path(""))
        .iter()
        .filter(|(path, _)| path.starts_with("picture-"))
    {
        let hash = printed(
            "sh",
            &[
                "-c",
                "ffmpeg -v error -i \"$0\" -f rawvideo -pix_fmt rgb24 - | sha256sum",
                "FILE",
            ],
            &bench.path(path),
        );
        found += usize::from(html.contains(&format!("<code>{}</code>", &hash[..64])));
    }
    assert_eq!(found, html.matches("<figure ").count());
    assert!(found > 0);
}

#[test]
fn another_clock_makes_no_other_bundle() {
    let bench = eastern();
    let number = approved(&bench, &format!("{SELECTED} C3 C4 C5"));
    let seal = |out: &str, clock: &str, zone: &str| {
        let mut command = bench.command("Ada", &format!("publish seal {number} --out {out}"));
        command.env("TZ", zone);
        if !clock.is_empty() {
            command.env("LD_PRELOAD", faketime()).env("FAKETIME", clock);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        files(&bench.path(out))
    };
    let elsewhere = seal("elsewhere", "@2031-07-01 03:00:00", "Asia/Kathmandu");
    let here = seal("here", "", "America/Caracas");
    assert_eq!(
        here.keys().collect::<Vec<_>>(),
        elsewhere.keys().collect::<Vec<_>>()
    );
    for (path, bytes) in &here {
        assert!(
            elsewhere[path] == *bytes,
            "{path} is otherwise under another clock"
        );
    }
    let mut pages = 0;
    for (_, bytes) in here.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        assert_told(&bench.path("here/data/report.pdf"), &html);
        pages += 1;
    }
    assert_eq!(pages, 2, "the cover, and that of the item");
}

fn faketime() -> String {
    let places = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];
    let library = |folder: &str| format!("{folder}/faketime/libfaketime.so.1");
    let found = places
        .iter()
        .map(|it| library(it))
        .find(|it| Path::new(it).exists());
    found.expect("faketime is installed by tools/setup")
}
