//! What links to an entry.

use super::lists::push_item_date;
use super::{FragmentWriter, push_count};
use crate::base::escape;
use crate::page::view::{BacklinksView, LinkedView, LinksView};

/// How many entries of a group are shown at once if there are more than a few others, and how many those are.
const SHOWN: usize = 6;
const FEW: usize = 8;

impl FragmentWriter {
    /// The section of an entry's backlinks, `all` of them or some behind a button; empty if there are none.
    /// `parts/backlinks.html`
    pub fn backlinks(&self, links: &BacklinksView, all: bool) -> String {
        let mut out = String::new();
        if links.count == 0 {
            return out;
        }
        out.push_str("\n<section class=\"backlinks\" aria-labelledby=\":backlinks\">\n<h2 id=\":backlinks\">");
        out.push_str(&self.link_icon);
        out.push(' ');
        self.word(&mut out, "backlinks");
        push_count(&mut out, links.count);
        out.push_str("</h2>");
        for group in &links.groups {
            self.link_group(&mut out, group, links.rest.as_deref(), all);
        }
        out.push_str("\n</section>");
        out
    }

    fn link_group(&self, out: &mut String, group: &LinksView, rest: Option<&str>, all: bool) {
        out.push_str("\n<section class=\"links");
        out.push_str(if group.is_relation { " relation\"><h3>" } else { "\"><h3>" });
        self.bdi(out, &group.label, None);
        push_count(out, group.count);
        out.push_str("</h3>\n<ul>");
        let is_cut = group.items.len() > FEW && !all;
        let (shown, more) = group.items.split_at(if is_cut { SHOWN } else { group.items.len() });
        shown.iter().for_each(|item| self.linked(out, item));
        out.push_str("\n</ul>");
        if is_cut {
            out.push_str("\n<details><summary>");
            escape::quoted(out, &self.words.count("more", more.len()));
            out.push_str("</summary><ul>");
            more.iter().for_each(|item| self.linked(out, item));
            out.push_str("\n</ul></details>");
        }
        if let Some(rest) = rest.filter(|_| group.count > group.items.len()) {
            push_more(out, rest, &self.words.count("more_elsewhere", group.count - group.items.len()));
        }
        out.push_str("</section>");
    }

    fn linked(&self, out: &mut String, item: &LinkedView) {
        out.push_str("\n<li>");
        self.link(out, &item.href, None, item.title);
        if let Some(kind) = item.kind.filter(|kind| !kind.is_empty()) {
            out.push_str(" <span class=\"item-kind\">");
            self.bdi(out, kind, None);
            out.push_str("</span>");
        }
        item.date.iter().for_each(|date| push_item_date(out, date));
        for sentence in &item.sentences {
            out.push_str("<p class=\"sentence\" dir=\"auto\">");
            self.lang(out, &sentence.before);
            out.push_str("<mark>");
            self.lang(out, &sentence.link);
            out.push_str("</mark>");
            self.lang(out, &sentence.after);
            out.push_str("</p>");
        }
        if item.sentences.is_empty() {
            self.summary(out, "<p dir=\"auto\">", item.summary);
        }
        out.push_str("</li>");
    }
}

fn push_more(out: &mut String, href: &str, label: &str) {
    out.push_str("<p class=\"more\"><a href=\"");
    escape::quoted(out, href);
    out.push_str("\">");
    escape::quoted(out, label);
    out.push_str("</a></p>");
}
