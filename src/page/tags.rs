//! All tags.

use super::view::{Content, CountedAnchor, View};
use super::{Page, PageKind, Subject};
use crate::base::path::UrlPath;

pub const KIND: PageKind = PageKind {
    name: "tags",
    pages: |book, _| match book.tags.as_slice() {
        [] => Vec::new(),
        _ => vec![Page {
            kind: &KIND,
            subject: Subject::Tags,
            url: UrlPath::new(format!("{}/index.html", book.tags_folder)),
        }],
    },
    shows: |print| {
        let shelf = print.shelf;
        for (i, tag) in shelf.book.tags.iter().enumerate() {
            print.text(&tag.name);
            print.url(shelf.url(&Subject::Tag(i, None)));
            print.number(tag.entries.len() as u64);
        }
    },
    view: |shelf, page| {
        let tags = shelf.book.tags.iter().enumerate().map(|(i, tag)| CountedAnchor {
            title: &tag.name,
            href: shelf.href(page, &Subject::Tag(i, None)).unwrap_or_default(),
            count: tag.entries.len(),
            description: "",
        });
        let content = Content::Tags(tags.collect());
        View { page: shelf.page(page, "", "", Vec::new()), site: shelf.site(page), content }
    },
};
