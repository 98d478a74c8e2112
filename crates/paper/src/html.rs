//! Reads HTML as our templates write it: every element is closed, save void ones; attributes are quoted.

use crate::{Document, Error};

/// An element, or text with its references resolved.
#[derive(Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|one| one == class)
    }

    /// Child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element called `name`, in depth.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        let mut within = self.elements();
        within.find_map(|element| match element.name == name {
            true => Some(element),
            false => element.find(name),
        })
    }

    /// All text below, runs of blanks as one.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.gather(text),
                Node::Text(words) => text.push_str(words),
            }
        }
    }
}

/// `text`, shortened where it is far longer than anybody listens to: strings of a PDF/A have at most 32 767 bytes.
pub(crate) fn brief(text: &str) -> String {
    const MOST: usize = 2000;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What a document says of itself.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) title: String,
    pub(crate) language: String,
    pub(crate) generator: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) description: Option<String>,
    /// What is said on a page on which code points stand for characters.
    pub(crate) code_points: Option<String>,
}

impl Head {
    pub(crate) fn of(html: Option<&Element>) -> Self {
        let Some(html) = html else {
            return Self::default();
        };
        let head = html.elements().find(|element| element.name == "head");
        let meta = |name: &str| {
            let mut all = head.iter().flat_map(|head| head.elements());
            let found = all.find(|it| it.attribute("name") == Some(name))?;
            found.attribute("content").map(str::to_owned)
        };
        Self {
            title: brief(&html.find("title").map(Element::text).unwrap_or_default()),
            language: html.attribute("lang").unwrap_or("en").to_owned(),
            generator: meta("generator"),
            date: meta("date"),
            description: meta("description"),
            code_points: { html.elements() }
                .find(|element| element.name == "body")
                .and_then(|body| body.attribute("data-code-points"))
                .map(str::to_owned),
        }
    }
}

/// The `html` element of a document.
pub(crate) fn read(document: &Document<'_>) -> Result<Element, Error> {
    let mut reader = Reader {
        name: document.name,
        html: document.html,
        at: 0,
    };
    reader.document()
}

struct Reader<'a> {
    name: &'a str,
    html: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Element, Error> {
        let doctype = "<!DOCTYPE html>";
        let blank = self.html.len() - self.html.trim_start().len();
        if !self.html[blank..].starts_with(doctype) {
            return Err(self.wrong("it does not begin with its document type"));
        }
        self.at = blank + doctype.len();
        let mut open = vec![Element::default()];
        while self.at < self.html.len() {
            self.step(&mut open)?;
        }
        let (Some(root), true) = (open.pop(), open.is_empty()) else {
            return Err(self.wrong("an element is not closed"));
        };
        let mut top = root.children.into_iter();
        let html = top.find_map(|node| match node {
            Node::Element(element) if element.name == "html" => Some(element),
            _ => None,
        });
        html.ok_or_else(|| self.wrong("it has no html element"))
    }

    /// Text up to the next tag, and that tag.
    fn step(&mut self, open: &mut Vec<Element>) -> Result<(), Error> {
        let rest = &self.html[self.at..];
        let end = rest.find('<').unwrap_or(rest.len());
        if end > 0 {
            let text = self.resolved(&rest[..end])?;
            put(open, Node::Text(text));
            self.at += end;
            return Ok(());
        }
        self.at += 1;
        if self.html[self.at..].starts_with('/') {
            self.at += 1;
            let name = self.until('>')?;
            return self.close(open, name);
        }
        let (element, closed) = self.tag()?;
        if element.name == "style" {
            let rest = &self.html[self.at..];
            let end = rest.find("</style>");
            self.at += end.ok_or_else(|| self.wrong("a style sheet does not end"))?;
        }
        match closed || VOID.contains(&element.name.as_str()) {
            true => put(open, Node::Element(element)),
            false => open.push(element),
        }
        Ok(())
    }

    fn close(&self, open: &mut Vec<Element>, name: &str) -> Result<(), Error> {
        match open.pop() {
            Some(element) if element.name == name && !open.is_empty() => {
                put(open, Node::Element(element));
                Ok(())
            }
            other => {
                let open = other.map(|it| it.name).unwrap_or_default();
                Err(self.wrong(&format!("`{name}` is closed where `{open}` is open")))
            }
        }
    }

    /// What stands between `<` and `>`, and whether it ends in `/`.
    fn tag(&mut self) -> Result<(Element, bool), Error> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_:".contains(c);
        let mut element = Element {
            name: self.take(is_name).to_owned(),
            ..Element::default()
        };
        loop {
            self.take(char::is_whitespace);
            let rest = &self.html[self.at..];
            if rest.starts_with("/>") {
                self.at += 2;
                return Ok((element, true));
            }
            if rest.starts_with('>') {
                self.at += 1;
                return Ok((element, false));
            }
            let name = self.take(is_name).to_owned();
            if name.is_empty() {
                return Err(self.wrong("a tag does not end"));
            }
            let value = match self.html[self.at..].starts_with("=\"") {
                true => {
                    self.at += 2;
                    let value = self.until('"')?;
                    self.resolved(value)?
                }
                false => String::new(),
            };
            element.attributes.push((name, value));
        }
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.html[self.at..];
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn until(&mut self, end: char) -> Result<&'a str, Error> {
        let rest = &self.html[self.at..];
        let found = rest.find(end);
        let length = found.ok_or_else(|| self.wrong(&format!("`{end}` is missing")))?;
        self.at += length + end.len_utf8();
        Ok(&rest[..length])
    }

    /// Text with its character references as characters.
    fn resolved(&self, text: &str) -> Result<String, Error> {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            plain.push_str(before);
            let (reference, after) = after
                .split_once(';')
                .ok_or_else(|| self.wrong("a character reference does not end"))?;
            let named = character(reference);
            plain.push(named.ok_or_else(|| self.wrong(&format!("`&{reference};` is not known")))?);
            rest = after;
        }
        plain.push_str(rest);
        Ok(plain)
    }

    fn wrong(&self, what: &str) -> Error {
        Error::Html {
            document: self.name.to_owned(),
            what: what.to_owned(),
            at: self.at,
        }
    }
}

fn put(open: &mut [Element], node: Node) {
    if let Some(innermost) = open.last_mut() {
        innermost.children.push(node);
    }
}

fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
