//! What stands below an entry's text: its tags and its sources.

use super::facts::push_date;
use super::{FragmentWriter, push_attribute};
use crate::page::view::{Anchor, SourceView};

impl FragmentWriter {
    /// The tags of an entry; empty if there are none. `parts/after.html`
    pub fn tags(&self, tags: &[Anchor]) -> String {
        let mut out = String::new();
        if tags.is_empty() {
            return out;
        }
        out.push_str("\n<nav class=\"tags\"");
        push_attribute(&mut out, "aria-label", self.words.get("tags"));
        out.push('>');
        out.push_str(&self.tag_icon);
        out.push_str("<ul>");
        for tag in tags {
            out.push_str("<li><a class=\"tag\"");
            push_attribute(&mut out, "href", &tag.href);
            out.push('>');
            self.bdi(&mut out, tag.title, None);
            out.push_str("</a></li>");
        }
        out.push_str("</ul></nav>");
        out
    }

    /// The sources of an entry; empty if there are none. `parts/after.html`
    pub fn sources(&self, sources: &[SourceView]) -> String {
        let mut out = String::new();
        if sources.is_empty() {
            return out;
        }
        out.push_str("\n<section class=\"sources\" aria-labelledby=\":sources\"><h2 id=\":sources\">");
        self.word(&mut out, "sources");
        out.push_str("</h2><ol>");
        for source in sources {
            out.push_str("<li><span dir=\"auto\">");
            self.source(&mut out, source);
            out.push_str("</span></li>");
        }
        out.push_str("\n</ol></section>");
        out
    }

    /// `parts/source.html`
    fn source(&self, out: &mut String, source: &SourceView) {
        let is_said = |text: &&str| !text.is_empty();
        match (source.url.filter(is_said), source.href.as_deref().filter(is_said)) {
            (Some(url), _) => {
                out.push_str("<a class=\"external\" rel=\"noopener\"");
                push_attribute(out, "href", url);
                out.push('>');
                self.bdi(out, source.title, None);
                out.push_str("</a>");
            }
            (None, Some(href)) => self.link(out, href, None, source.title),
            (None, None) => {
                out.push_str("<cite>");
                self.bdi(out, source.title, None);
                out.push_str("</cite>");
            }
        }
        for said in [source.author, source.publisher].into_iter().flatten().filter(is_said) {
            out.push_str(", ");
            self.bdi(out, said, None);
        }
        if let Some(date) = &source.date {
            out.push_str(", ");
            push_date(out, date);
        }
        if let Some(accessed) = &source.accessed {
            out.push_str(" (");
            self.word(out, "accessed");
            out.push(' ');
            push_date(out, accessed);
            out.push(')');
        }
        out.push('.');
        if let Some(via) = &source.via {
            out.push_str(" <span class=\"via\">");
            self.word(out, "cited_through");
            out.push(' ');
            self.link(out, &via.href, None, via.title);
            out.push_str(".</span>");
        }
        if let Some(note) = source.note.filter(is_said) {
            out.push_str(" <span class=\"note\">");
            self.bdi(out, note, None);
            out.push_str("</span>");
        }
    }
}
