//! Links and pictures: to where the book says, and to nothing that could run a script.

use pulldown_cmark::LinkType;

use super::Target;
use super::html::Writer;
use crate::base::escape;
use crate::base::url::is_unsafe;

impl Writer<'_> {
    pub(super) fn link(&mut self, at: usize, link_type: LinkType, dest: &str, title: &str) -> usize {
        let target = (self.markup.target)(self.events[at].1.start);
        let (close, text) = match target {
            Target::Plain { text } => ("", text),
            Target::Broken { reason } => (self.open_broken(&reason), None),
            _ if self.is_in_link() => ("", None),
            Target::To { href, external, class, text } => (self.open_link(&href, external, class, title), text),
            Target::Image { src } => (self.open_link(&src, false, None, title), None),
            Target::Keep => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                let href = format!("{mail}{dest}");
                (self.open_link(&href, is_elsewhere(&href), None, title), None)
            }
        };
        if self.has_no_text(at, link_type) {
            self.text(text.as_deref().unwrap_or(name(dest)));
            self.out.push_str(close);
            return self.after(at);
        }
        self.links.push(close);
        at + 1
    }

    /// Whether a link is open; another cannot stand in it.
    fn is_in_link(&self) -> bool {
        self.links.contains(&"</a>")
    }

    /// Opens a link, unless it could run a script, and answers how it ends.
    fn open_link(&mut self, href: &str, external: bool, class: Option<&str>, title: &str) -> &'static str {
        if is_unsafe(href) {
            return "";
        }
        self.out.push_str("<a href=\"");
        escape::href(&mut self.out, href);
        self.out.push('"');
        match (class, external) {
            (Some(class), true) => self.attribute("class", &format!("{class} external")),
            (Some(class), false) => self.attribute("class", class),
            (None, true) => self.attribute("class", "external"),
            (None, false) => {}
        }
        if external {
            self.attribute("rel", "noopener");
        }
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out.push('>');
        "</a>"
    }

    fn open_broken(&mut self, reason: &str) -> &'static str {
        self.out.push_str("<span class=\"broken-link\"");
        self.attribute("title", reason);
        self.out.push('>');
        "</span>"
    }

    /// Whether a link is a wikilink that shows nothing of its author's: `[[Plan]]`, `[[Plan|]]`.
    fn has_no_text(&self, at: usize, link_type: LinkType) -> bool {
        match link_type {
            LinkType::WikiLink { has_pothole: false } => true,
            LinkType::WikiLink { has_pothole: true } => self.plain_text(at).0.trim().is_empty(),
            _ => false,
        }
    }

    pub(super) fn image(&mut self, at: usize, link_type: LinkType, dest: &str, title: &str) -> usize {
        let (described, next) = self.plain_text(at);
        // ![[pic.png|300]] gives a width, as other tools have it, and no description.
        let is_width = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
        let is_wikilink = matches!(link_type, LinkType::WikiLink { .. });
        let has_none = self.has_no_text(at, link_type) || (is_wikilink && is_width(&described));
        let own = (!has_none).then_some(described.as_str());
        let target = (self.markup.target)(self.events[at].1.start);
        let (close, text) = match target {
            Target::Image { src } => {
                self.picture(&src, own.unwrap_or(&name_of_file(dest)), title);
                return next;
            }
            Target::Keep => {
                self.picture(dest, own.unwrap_or(&name_of_file(dest)), title);
                return next;
            }
            Target::Plain { text } => ("", text),
            Target::Broken { reason } => (self.open_broken(&reason), None),
            Target::To { text, .. } if self.is_in_link() => ("", text),
            Target::To { href, external, class, text } => (self.open_link(&href, external, class, title), text),
        };
        // What shows nothing could not be followed.
        let own = own.filter(|own| !own.trim().is_empty());
        let file = name_of_file(dest);
        let shown = own.or(text.as_deref()).unwrap_or(if matches!(link_type, LinkType::WikiLink { .. }) {
            name(dest)
        } else {
            &file
        });
        self.text(shown);
        self.out.push_str(close);
        next
    }

    fn picture(&mut self, src: &str, alt: &str, title: &str) {
        if is_unsafe(src) {
            return self.text(alt);
        }
        self.out.push_str("<img src=\"");
        escape::href(&mut self.out, src);
        self.out.push('"');
        self.attribute("alt", alt);
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }
}

/// What a wikilink names. In a table the bar of `[[Plan\|the plan]]` is escaped, and the parser
/// leaves the backslash.
fn name(dest: &str) -> &str {
    dest.strip_suffix('\\').unwrap_or(dest)
}

fn is_elsewhere(href: &str) -> bool {
    let scheme = href.split(':').next().unwrap_or("").to_ascii_lowercase();
    href.starts_with("//") || (scheme.len() < href.len() && matches!(scheme.as_str(), "http" | "https" | "ftp"))
}

/// What a picture is called that its author does not describe: `charts/tax-relief.png` is `tax relief`.
fn name_of_file(path: &str) -> String {
    let name = name(path).rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['-', '_'], " ")
}
