//! Links and pictures: to where the book says, and to nothing that could run a script.

use super::HtmlWriter;
use crate::base::direction::{Direction, direction};
use crate::base::escape;
use crate::base::url::is_unsafe;
use crate::markup::host::LinkTarget;
use crate::parse::markdown::{LinkKind, MarkdownLink, Node, Picture, Size};

impl HtmlWriter<'_> {
    /// Writes how a link begins, and if it has no words of its own, what it is called; answers the place at which to go
    /// on.
    pub(super) fn link(&mut self, link: &MarkdownLink, at: usize) -> usize {
        let target = self.markup.host.link(self.nodes[at].1.start);
        let has_words = link.has_words && !matches!(target, LinkTarget::To { instead: true, .. });
        let (close, text) = match target {
            LinkTarget::Plain { text } => ("", text),
            LinkTarget::Broken { reason } => (self.open_broken(&reason), None),
            _ if self.is_in_link() => ("", None),
            LinkTarget::To { href, external, class, text, .. } => {
                (self.open_link(&href, external, class, &link.title), text)
            }
            LinkTarget::Image { src } => (self.open_link(&src, false, None, &link.title), None),
            LinkTarget::Keep => {
                let href = &*link.destination;
                (self.open_link(href, is_elsewhere(href), None, &link.title), None)
            }
        };
        self.keep_address(close, link, at);
        if !has_words {
            self.text(text.as_deref().unwrap_or(&link.destination));
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

    /// Says of a link that has just been opened, and shows its own address, which way that is written.
    fn keep_address(&mut self, close: &str, link: &MarkdownLink, at: usize) {
        let shows = |words: &str| {
            let words = words.trim_end_matches('/');
            !words.is_empty() && link.destination.trim_end_matches('/').ends_with(words) && words.contains(['.', ':'])
        };
        let is_address = matches!(self.nodes.get(at + 1), Some((Node::Text(words), _)) if shows(words));
        if close == "</a>" && is_address && direction(self.markup.lang) == Direction::Rtl {
            self.out.truncate(self.out.len() - 1);
            self.out.push_str(" dir=\"ltr\">");
        }
    }

    fn open_broken(&mut self, reason: &str) -> &'static str {
        self.out.push_str("<span class=\"broken-link\"");
        self.attribute("title", reason);
        self.out.push('>');
        "</span>"
    }

    pub(super) fn picture(&mut self, picture: &Picture, at: usize) {
        let Picture { link, words, .. } = picture;
        let is_wiki = link.kind == LinkKind::Wiki;
        // `![](a.png)` says that the picture says nothing, and `![[a.png]]` does not say what it says.
        let own = (!is_wiki || link.has_words).then_some(words.as_str());
        let file = name_of_file(&link.destination);
        let target = self.markup.host.link(at);
        let own = own.filter(|_| !matches!(target, LinkTarget::To { instead: true, .. }));
        let (close, text) = match target {
            LinkTarget::Image { src } => return self.image(&src, own.unwrap_or(&file), picture),
            LinkTarget::Keep => return self.image(&link.destination, own.unwrap_or(&file), picture),
            LinkTarget::Plain { text } => ("", text),
            LinkTarget::Broken { reason } => (self.open_broken(&reason), None),
            LinkTarget::To { text, .. } if self.is_in_link() => ("", text),
            LinkTarget::To { href, external, class, text, .. } => {
                (self.open_link(&href, external, class, &link.title), text)
            }
        };
        // What shows nothing could not be followed.
        let own = own.filter(|own| !own.trim().is_empty());
        let shown = own.or(text.as_deref()).unwrap_or(if is_wiki { &link.destination } else { &file });
        self.text(shown);
        self.out.push_str(close);
    }

    fn image(&mut self, src: &str, alt: &str, picture: &Picture) {
        if is_unsafe(src) {
            return self.text(alt);
        }
        self.out.push_str("<img src=\"");
        escape::href(&mut self.out, src);
        self.out.push('"');
        self.attribute("alt", alt);
        if !picture.link.title.is_empty() {
            self.attribute("title", &picture.link.title);
        }
        if let Some(Size { width, height }) = picture.size {
            self.attribute("width", &width.to_string());
            if let Some(height) = height {
                self.attribute("height", &height.to_string());
            }
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }
}

fn is_elsewhere(href: &str) -> bool {
    let scheme = href.split(':').next().unwrap_or("").to_ascii_lowercase();
    href.starts_with("//") || (scheme.len() < href.len() && matches!(scheme.as_str(), "http" | "https" | "ftp"))
}

/// What a picture is called that its author does not describe: `charts/tax-relief.png` is `tax relief`.
fn name_of_file(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['-', '_'], " ")
}
