//! Quotes that begin with `[!kind] Title`, as other tools write them: alerts with kinds and titles of their own.

use pulldown_cmark::{Event, Tag};

use super::html::Writer;

/// How a callout begins.
pub struct Callout<'a> {
    /// The kind of alert that it looks like.
    pub class: &'static str,
    /// As its author wrote it.
    pub kind: &'a str,
    /// The places of the first event of its title, and of the one that ends it.
    pub title: (usize, usize),
}

/// What the kinds of Obsidian look like.
const KINDS: [(&str, &[&str]); 4] = [
    ("tip", &["tip", "hint", "success", "check", "done"]),
    ("important", &["important"]),
    ("warning", &["warning", "question", "help", "faq", "attention"]),
    ("caution", &["caution", "failure", "fail", "missing", "danger", "error", "bug"]),
];

impl<'a> Writer<'a> {
    /// The callout that a quote is, if it is one.
    pub(super) fn callout(&self, quote: usize) -> Option<Callout<'a>> {
        let (Event::Start(Tag::Paragraph), range) = self.events.get(quote + 1)? else { return None };
        let text: &'a str = self.markup.text;
        let (kind, _) = text.get(range.start..)?.lines().next()?.strip_prefix("[!")?.split_once(']')?;
        if kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            return None;
        }
        let behind = range.start + "[!]".len() + kind.len();
        let first = quote + 2;
        let ends = |event: &Event| matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(_));
        let last = self.after_inlines(first, ends);
        let start = (first..last).find(|at| self.events[*at].1.start >= behind).unwrap_or(last);
        let lower = kind.to_lowercase();
        let class = KINDS.iter().find(|(_, kinds)| kinds.contains(&lower.as_str())).map_or("note", |(class, _)| class);
        Some(Callout { class, kind, title: (start, last) })
    }

    /// The first event from a place on, outside what begins behind it, of which `ends` holds.
    fn after_inlines(&self, mut at: usize, ends: impl Fn(&Event) -> bool) -> usize {
        while at < self.events.len() && !ends(&self.events[at].0) {
            at = self.after(at);
        }
        at
    }

    /// Writes how a callout begins, and answers the place at which its text goes on.
    pub(super) fn start_callout(&mut self, Callout { class, kind, title: (start, last) }: Callout) -> usize {
        self.open_alert(class);
        let begins = self.out.len();
        self.write_events(start, last);
        // A sign behind the bracket says whether other tools fold it.
        let title = self.out[begins..].trim_start_matches(['+', '-']).trim().to_owned();
        self.out.truncate(begins);
        match title.is_empty() {
            true => self.text(&crate::base::path::title(&kind.to_lowercase())),
            false => self.out.push_str(&title),
        }
        self.out.push_str("</p>\n");
        if matches!(self.events.get(last), Some((Event::SoftBreak | Event::HardBreak, _))) {
            self.block("<p>");
        }
        last + 1
    }
}
