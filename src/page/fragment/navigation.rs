//! Ways to other pages, and to the headings of this one.

use super::{FragmentWriter, push_attribute, push_count};
use crate::base::escape;
use crate::page::view::{HeadingView, NavItem};

/// What stands beside or below a text.
pub struct BelowText {
    pub has_facts: bool,
    pub has_sources: bool,
    /// How many entries link here.
    pub backlinks: usize,
}

impl FragmentWriter {
    /// The way to all sections and to the root's pages; empty if there are none. `parts/navigation.html`
    pub fn navigation(&self, sections: &[NavItem], pages: &[NavItem]) -> String {
        let mut out = String::new();
        if sections.is_empty() && pages.is_empty() {
            return out;
        }
        out.push_str("\n<button class=\"button menu-button\" type=\"button\" popovertarget=\":menu\">");
        out.push_str(&self.menu_icon);
        out.push_str("<span>");
        self.word(&mut out, "menu");
        out.push_str("</span></button>\n<nav class=\"site-nav\" id=\":menu\" popover");
        push_attribute(&mut out, "aria-label", self.words.get("navigation"));
        out.push('>');
        self.navigation_list(&mut out, "nav-sections", sections);
        self.navigation_list(&mut out, "nav-pages", pages);
        out.push_str("\n</nav>");
        out
    }

    fn navigation_list(&self, out: &mut String, class: &str, items: &[NavItem]) {
        if items.is_empty() {
            return;
        }
        out.push_str("\n<ul class=\"");
        out.push_str(class);
        out.push_str("\">");
        for item in items {
            let current = item.current.then_some("true");
            out.push_str("\n<li><a");
            push_attribute(out, "href", &item.href);
            current.iter().for_each(|current| push_attribute(out, "aria-current", current));
            out.push('>');
            match item.kind {
                "timeline" => self.word(out, "timeline"),
                _ => self.bdi(out, item.title, None),
            }
            out.push_str("</a></li>");
        }
        out.push_str("\n</ul>");
    }

    /// The headings of a text in the language `of`, with the ways to what stands below it; empty if there are less than
    /// two. `parts/contents.html`
    pub fn contents(&self, headings: &[HeadingView], of: &str, below: &BelowText) -> String {
        let mut out = String::new();
        if headings.len() < 2 {
            return out;
        }
        out.push_str("\n<button class=\"button contents-button\" type=\"button\" popovertarget=\":contents-list\">");
        self.word(&mut out, "contents");
        out.push_str("</button>\n<nav class=\"contents\" id=\":contents-list\" popover ");
        out.push_str("aria-labelledby=\":contents\"><h2 id=\":contents\">");
        self.word(&mut out, "contents");
        out.push_str("</h2><ul>");
        let around = Some(of).filter(|of| !of.is_empty());
        for heading in headings {
            out.push_str("<li class=\"level-");
            out.push_str(&heading.level.to_string());
            out.push_str("\"><a href=\"#");
            escape::quoted(&mut out, heading.anchor);
            out.push_str("\">");
            self.bdi(&mut out, heading.text, around);
            out.push_str("</a></li>");
        }
        if below.has_facts {
            out.push_str("<li class=\"to-facts\"><a href=\"#:facts\">");
            self.word(&mut out, "facts");
            out.push_str("</a></li>");
        }
        if below.has_sources {
            out.push_str("<li><a href=\"#:sources\">");
            self.word(&mut out, "sources");
            out.push_str("</a></li>");
        }
        if below.backlinks > 0 {
            out.push_str("<li><a href=\"#:backlinks\">");
            self.word(&mut out, "backlinks");
            push_count(&mut out, below.backlinks);
            out.push_str("</a></li>");
        }
        out.push_str("\n</ul></nav>");
        out
    }

    /// The entries of a section, which is called `label`; empty if there are none. `parts/siblings.html`
    pub fn siblings(&self, entries: &[NavItem], label: &str) -> String {
        let mut out = String::new();
        if entries.is_empty() {
            return out;
        }
        out.push_str("\n<nav class=\"siblings\" aria-labelledby=\":siblings\"><h2 id=\":siblings\">");
        self.bdi(&mut out, label, None);
        out.push_str("</h2><ul>");
        for entry in entries {
            out.push_str("<li>");
            self.link(&mut out, &entry.href, entry.current.then_some("page"), entry.title);
            out.push_str("</li>");
        }
        out.push_str("\n</ul></nav>");
        out
    }
}
