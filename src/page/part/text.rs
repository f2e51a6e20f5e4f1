//! Texts with markup as they stand on a page.

use super::block;
use crate::markup::{self, Host, LinkTarget, RenderInput};
use crate::page::context::{Context, Whole};
use crate::parse::Body;
use crate::parse::markdown::Dialect;

/// The body of an entry as HTML.
pub fn body(cx: &Context, entry: Whole) -> String {
    html(cx, entry, &entry.said().body, "", None)
}

/// A text with markup as HTML: the body, or a Markdown field. `prefix` tells its ids from those of other texts on
/// the page; the body's has none. `lang` is the text's own language, if it is not its entry's.
pub fn html(cx: &Context, entry: Whole, body: &Body, prefix: &str, lang: Option<&str>) -> String {
    let (said, locale) = (entry.said(), cx.locale());
    let lang = lang.or(said.lang.as_deref()).unwrap_or(&locale.language);
    let anchors: Vec<String> = body.headings.iter().map(|heading| format!("{prefix}{}", heading.anchor)).collect();
    let markup = RenderInput {
        text: body.text(&said.text),
        title: body.title.map(|at| at as usize),
        anchors: &anchors,
        host: &TextHost { cx, entry, body, lang },
        prefix,
        lang,
        locale,
        dialect: Dialect::of(cx.config()),
        heading_shift: body.heading_shift(),
    };
    match prefix {
        "" => markup::html(&markup, cx.highlighter()),
        _ => markup::inline_html(&markup, cx.highlighter()),
    }
}

/// A text of an entry on a page.
struct TextHost<'c, 'a> {
    cx: &'c Context<'a>,
    entry: Whole<'c>,
    body: &'c Body,
    lang: &'c str,
}

impl Host for TextHost<'_, '_> {
    fn link(&self, at: usize) -> LinkTarget {
        let target = self.cx.link_target_at(self.entry, self.body.links(), at);
        target.unwrap_or(LinkTarget::Plain { text: None })
    }

    fn block(&self, at: usize) -> Option<String> {
        let places = self.body.blocks();
        let blocks = &self.entry.said().blocks[places.clone()];
        let found = blocks.binary_search_by_key(&(at as u32), |block| block.at).ok()?;
        block::html(self.cx, self.entry, places.start + found, self.lang)
    }
}
