//! The structure of the document (ISO 32000-1, 14.7): which content belongs to which paragraph, cell or heading.
//!
//! A tag joins its parent when its first content is drawn, so that children stand in the order in which they are read,
//! on however many pages.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TagNo(usize);

/// The whole document.
pub(crate) const ROOT: TagNo = TagNo(0);

#[derive(Clone, Copy)]
enum Child {
    Tag(usize),
    Content(Identifier),
}

struct Entry {
    kind: Option<TagKind>,
    parent: usize,
    joined: bool,
    children: Vec<Child>,
}

pub(crate) struct Tags {
    entries: Vec<Entry>,
}

impl Tags {
    pub(crate) fn new() -> Self {
        let root = Entry {
            kind: None,
            parent: 0,
            joined: true,
            children: Vec::new(),
        };
        Self {
            entries: vec![root],
        }
    }

    pub(crate) fn add(&mut self, parent: TagNo, kind: impl Into<TagKind>) -> TagNo {
        self.entries.push(Entry {
            kind: Some(kind.into()),
            parent: parent.0,
            joined: false,
            children: Vec::new(),
        });
        TagNo(self.entries.len() - 1)
    }

    /// Notes that `content` was drawn for `tag`.
    pub(crate) fn drawn(&mut self, tag: TagNo, content: Identifier) {
        self.join(tag.0);
        self.entries[tag.0].children.push(Child::Content(content));
    }

    fn join(&mut self, no: usize) {
        if self.entries[no].joined {
            return;
        }
        self.entries[no].joined = true;
        let parent = self.entries[no].parent;
        self.join(parent);
        self.entries[parent].children.push(Child::Tag(no));
    }

    pub(crate) fn tree(mut self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        let children = std::mem::take(&mut self.entries[0].children);
        for child in children {
            if let Some(node) = self.node(child) {
                tree.push(node);
            }
        }
        tree
    }

    fn node(&mut self, child: Child) -> Option<Node> {
        match child {
            Child::Content(content) => Some(content.into()),
            Child::Tag(no) => {
                let children = std::mem::take(&mut self.entries[no].children);
                let mut group = TagGroup::new(self.entries[no].kind.take()?);
                for child in children {
                    if let Some(node) = self.node(child) {
                        group.push(node);
                    }
                }
                Some(group.into())
            }
        }
    }
}
