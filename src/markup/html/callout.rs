//! Quotes that begin with `[!kind] Title`: alerts, with kinds and titles of other tools as well.

use super::HtmlWriter;
use crate::parse::markdown::Callout;

/// What the kinds of Obsidian look like.
const KINDS: [(&str, &[&str]); 4] = [
    ("tip", &["tip", "hint", "success", "check", "done"]),
    ("important", &["important"]),
    ("warning", &["warning", "question", "help", "faq", "attention"]),
    ("caution", &["caution", "failure", "fail", "missing", "danger", "error", "bug"]),
];

/// The kinds that have a word of the interface, and look like themselves.
const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

impl<'a> HtmlWriter<'a> {
    /// Writes how a callout begins, up to its title.
    pub(super) fn start_callout(&mut self, Callout { kind }: &'a Callout<'a>) {
        let lower = kind.to_lowercase();
        let class = KINDS.iter().find(|(_, kinds)| kinds.contains(&lower.as_str())).map_or("note", |(class, _)| class);
        // As a note it is no landmark, of which each would need a name of its own.
        self.block(&format!("<aside class=\"alert alert-{class}\" role=\"note\">"));
        self.callout = match ALERTS.contains(&lower.as_str()) {
            true => self.markup.locale.words.get(&format!("alert_{lower}")).to_owned(),
            false => crate::base::path::title(&lower),
        };
    }

    /// Writes the title of a callout, or what its kind is called, and answers the place after it.
    pub(super) fn callout_title(&mut self, at: usize) -> usize {
        let next = self.after(at);
        self.out.push_str("<p class=\"alert-title\">");
        let begins = self.out.len();
        self.write_nodes(at + 1, next - 1);
        if self.out[begins..].trim().is_empty() {
            self.out.truncate(begins);
            let name = std::mem::take(&mut self.callout);
            self.text(&name);
        }
        self.out.push_str("</p>\n");
        next
    }
}
