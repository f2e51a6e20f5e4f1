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
    view: |cx| {
        let tags = cx.tags().iter().enumerate().map(|(i, tag)| CountedAnchor {
            title: &tag.name,
            href: cx.href(&Subject::Tag(i, None)).unwrap_or_default(),
            count: tag.entries.len(),
            description: "",
        });
        let content = Content::Tags(tags.collect());
        View { page: cx.page_view("", "", Vec::new()), site: cx.site_view(), content }
    },
};
