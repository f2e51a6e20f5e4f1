//! Fragments of pages: the parts that most pages repeat, as HTML without a template. Templates cost most where they show
//! many small values, and a template engine first needs a copy of each.
//!
//! A fragment has the bytes that the built-in template of the same name writes (`themes/default/templates/parts`). The
//! tests here and `tests/it/themes.rs` compare both. A theme with templates of its own has the values instead, for its
//! templates may show them otherwise.

mod backlinks;
mod facts;
mod lists;
mod navigation;
mod references;
mod social;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::base::escape;
use crate::base::messages::Messages;
use crate::theme::{Prose, Theme};

pub use facts::date;
pub use navigation::BelowText;

/// Writes fragments as the built-in theme does.
pub struct FragmentWriter {
    prose: Prose,
    words: Arc<Messages>,
    link_icon: String,
    menu_icon: String,
    tag_icon: String,
}

impl FragmentWriter {
    /// None for a theme with templates of its own.
    pub fn new(theme: &Theme) -> Option<FragmentWriter> {
        let icon = |name: &str| theme.built_in_part(&format!("<icon name=\"{name}\" />"));
        Some(FragmentWriter {
            prose: theme.prose().clone(),
            words: theme.words().clone(),
            link_icon: icon("link")?,
            menu_icon: icon("menu")?,
            tag_icon: icon("tag")?,
        })
    }

    /// Writes a word of the interface.
    fn word(&self, out: &mut String, key: &str) {
        escape::quoted(out, self.words.get(key));
    }

    /// Writes a text among others, as `{{ text | bdi }}` does; `around` is the language of what is around it, if not the
    /// book's.
    fn bdi(&self, out: &mut String, text: &str, around: Option<&str>) {
        out.push_str(&self.prose.bdi(text, around));
    }

    /// Writes a text that stands by itself, as `{{ text | lang }}` does.
    fn lang(&self, out: &mut String, text: &str) {
        out.push_str(&self.prose.lang(text, None));
    }

    /// Writes a link, which may be that to the page it stands on: `current` is the value of `aria-current` then.
    fn link(&self, out: &mut String, href: &str, current: Option<&str>, title: &str) {
        out.push_str("<a href=\"");
        escape::quoted(out, href);
        out.push('"');
        if let Some(current) = current {
            push_attribute(out, "aria-current", current);
        }
        out.push('>');
        self.bdi(out, title, None);
        out.push_str("</a>");
    }

    /// Writes a summary of an entry, if there is one.
    fn summary(&self, out: &mut String, opening: &str, summary: &str) {
        if !summary.is_empty() {
            out.push_str(opening);
            self.lang(out, summary);
            out.push_str("</p>");
        }
    }
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::quoted(out, value);
    out.push('"');
}

fn push_count(out: &mut String, count: usize) {
    out.push_str(" <span class=\"count\">");
    out.push_str(&count.to_string());
    out.push_str("</span>");
}
